"""The words of positions on a board: which text is one, how it is spelled, and which one leads."""

import re
from functools import cache, lru_cache
from itertools import pairwise

from chalicelib.documents.types import Kind
from chalicelib.documents.words.alike import plain
from chalicelib.documents.words.lexicon import cleaned, lexicon_of
from chalicelib.documents.words.vocabulary import nearest, vocabulary

NUMBER = re.compile(r"^\W*[0-9IVXl]{1,4}[.)]?\W*$")
NUMBERED = re.compile(r"^\W*[0-9]{1,2}(?:[.)]\s*|\s+(?=[^\W\d])|(?=[A-Z][a-z]|[A-Z]{3}))")
LETTERED = re.compile(r"^\W*[a-h]\s?[.)]\s*(?=[^\W\d])")
_LISTED = re.compile(r"^\W*(?:[0-9]{1,2}|[A-Za-z]|[IVX]{1,4})[.)]\s*(?=\S)")
_DOTS = " .:;,-–—_…·=()[]"
_SURE = 0.97
LONGEST = 6
"""Words of a position; what has more is a sentence."""
_HALVES = frozenset(
    {"SEKSI", "SIE", "BIDANG", "DIVISI", "WAKIL", "DEWAN", "PENANGGUNG", "KOORDINATOR", "PENATA"}
)
_TOGETHER = frozenset({"DAN", "SERTA", "ATAU"})


def bare(text: str) -> str:
    """A position's text without its number in the list and without what is printed between it and the name."""
    return cleaned(_LISTED.sub("", NUMBERED.sub("", text))).strip(_DOTS)


@lru_cache(maxsize=4096)
def is_known(text: str, tolerance: float = 0.15) -> bool:
    """Whether it is one of the positions that boards have, nearly or exactly."""
    return nearest(bare(text), vocabulary().board_roster.positions, tolerance) is not None


@lru_cache(maxsize=4096)
def is_position(text: str) -> bool:
    """Whether it is a known position or begins as positions do: `Divisi Lukis`, `Koordinator Lapangan`."""
    words = bare(text).split()
    if is_known(text):
        return True
    heads = vocabulary().board_roster.position_heads
    return (
        1 < len(words) <= LONGEST
        and any(plain(words[0]) == plain(head) for head in heads)
        and not is_label(text)
    )


def is_label(text: str) -> bool:
    """Whether it labels something about the group or the paper: no position, whatever stands beside it."""
    said = bare(text)
    return lexicon_of(Kind.BOARD_ROSTER).field_of(said) is not None and not is_known(said, 0.0)


def is_half(text: str) -> bool:
    """Whether the position goes on in the next line: `Seksi`, `Seksi Pendidikan dan`, `Humas /`."""
    words = [plain(word) for word in cleaned(text).split()]
    if len(words) > LONGEST:
        return False
    return (
        " ".join(words) in _HALVES
        or bool(words and words[-1] in _TOGETHER)
        or text.rstrip()[-1:] in ("/", "&")
    )


def goes_on(text: str) -> bool:
    """Whether a line can only be the rest of the position above: `dan Latihan`, `& Humas`."""
    words = text.split()
    if not words or LETTERED.match(text):
        return False
    return plain(words[0]) in _TOGETHER or words[0][0] in "&/" or words[0].islower()


def spelled(text: str, certainty: float = 1.0) -> str:
    """The position as printed; a near misreading of a known one is put right, its numeral (I, 2) kept as read."""
    said = bare(text)
    numbered = re.fullmatch(r"(.{4,}?)(\s+(?:[IVl1]{1,3}|[0-9]))?", said)
    head, numeral = (numbered[1], numbered[2] or "") if numbered else (said, "")
    known = nearest(head, vocabulary().board_roster.positions, 0.15 if certainty > _SURE else 0.22)
    return known + numeral if known and plain(known) != plain(head) else said


def leads(position: str) -> bool:
    """Whether it is the position of the leader."""
    return nearest(position, vocabulary().board_roster.leaders, 0.17) is not None and not plain(
        position
    ).startswith("WAKIL")


def tells_of_leader(line: str) -> bool:
    """Whether a word with which the leader's position begins stands in the line, otherwise than of a deputy."""
    words = [plain(word) for word in re.findall(r"[^\W\d_]+", line)]
    return any(word in _leading() and before != "WAKIL" for before, word in pairwise(["", *words]))


@cache
def _leading() -> frozenset[str]:
    first = (position.split()[0] for position in vocabulary().board_roster.leaders)
    return frozenset(plain(word) for words in first for word in words.split("/"))

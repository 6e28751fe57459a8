"""What a paper is, by the phrases printed on it and by who issued it. All evidence is in `vocabulary.toml`."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec

from chalicelib.documents.types import Kind
from chalicelib.documents.words.alike import distance, plain
from chalicelib.documents.words.vocabulary import Evidence, Issuer, vocabulary

_ENOUGH = 4.0
_HEAD = 9
_LETTERHEAD, _FOOT = 7, 12
_IMPOSSIBLE = -9.0
_BEGINS = re.compile(
    r"^\W*(?:surat|nomor|no\b|piagam|kartu|tanda|sertifikat|yang|kepada|yth|perihal|hal\b|lampiran)", re.I
)
_OPENING = re.compile(r"(?:bawah ?ini|ber ?tanda ?tangan)(.{3,160}?(?=terangkan|nyatakan|berikan)|.{3,70})")
_DEPUTY = re.compile(r"^(?:(?:a ?n|atas nama|pl[thd]|p[js]|u ?b|penjabat|mengetahui|camat) )+")


class _Paper(msgspec.Struct, frozen=True):
    """A paper's words: as one text, the same without blanks, and the lines at its head.

    `issuer` is who issued it, `strangeness` what its title is worth against all kinds.
    """

    text: str
    packed: str
    heads: tuple[str, ...]
    issuer: str | None
    strangeness: float


def kind_of(lines: Sequence[str]) -> tuple[Kind, float]:
    """The kind with the most evidence and how sure that is, 0..1; `other` when no kind has enough."""
    return _judged(tuple(lines))


@lru_cache(maxsize=16)  # a page is judged alone and as its whole file, before and after a closer look
def _judged(lines: tuple[str, ...]) -> tuple[Kind, float]:
    paper = _paper(lines)
    scores = {kind: _score(paper, evidence) for kind, evidence in vocabulary().evidence.items()}
    ranked = sorted(scores.items(), key=lambda pair: -pair[1])
    (best, most), (_, second) = ranked[0], ranked[1]
    if most < _ENOUGH:
        return Kind.OTHER, round(min(1.0, 0.5 + (_ENOUGH - most) / 8), 3)
    return Kind(best), round(min(0.999, 0.6 + (most - max(second, 0)) / 15), 3)


def _paper(lines: Sequence[str]) -> _Paper:
    text = _bare(" ".join(lines))
    heads = lines[:_HEAD]
    return _Paper(
        text=text,
        packed=text.replace(" ", ""),
        heads=tuple(plain(line) for line in heads),
        issuer=issuer_of(lines),
        strangeness=max(map(_strangeness, heads), default=0.0),
    )


def _score(paper: _Paper, evidence: Evidence) -> float:
    if not all(any(_says(paper, phrase) for phrase in group) for group in evidence.needed):
        return _IMPOSSIBLE
    score = sum(worth for phrase, worth in evidence.phrases.items() if _says(paper, phrase))
    score -= sum(worth for phrase, worth in evidence.against.items() if _says(paper, phrase))
    score += evidence.issued_by.get(paper.issuer or "", 0.0)
    titles = [worth for title, worth in evidence.titles.items() if _is_headed(paper, title)]
    return score + max(titles, default=0.0) - paper.strangeness


def issuer_of(lines: Sequence[str]) -> str | None:
    """Who issued the paper: the office of whoever says that he signs it, or of the letterhead, or at its foot."""
    issuers = vocabulary().issuers
    opening = _OPENING.search(_bare(" ".join(lines)))
    if opening and (named := _first_named(opening[1], issuers)):
        return named
    foot = (_DEPUTY.sub("", _bare(line).strip()) for line in lines[-_FOOT:])
    return _in_letterhead(lines, issuers) or next(
        (name for line in foot if (name := _signs(line, issuers))), None
    )


def _first_named(text: str, issuers: dict[str, Issuer]) -> str | None:
    """The office of the signer who is named first in the text."""
    places = [
        (at, name)
        for name, issuer in issuers.items()
        for signer in issuer.signers
        if (at := _place_of(signer, text)) >= 0
    ]
    return min(places)[1] if places else None


def _place_of(signer: str, text: str) -> int:
    """How many letters stand before the signer's title, also where its blanks were lost; -1 where it is not."""
    words = f" {text} ".find(_bare(signer))
    if words >= 0:
        return len(text[:words].replace(" ", ""))
    tight = plain(signer).lower()
    return text.replace(" ", "").find(tight) if len(tight) >= 7 else -1


def _in_letterhead(lines: Sequence[str], issuers: dict[str, Issuer]) -> str | None:
    """The first office above the title: every letterhead names those above its own, so the most local one wins."""
    head: list[str] = []
    for line in lines[:_LETTERHEAD]:
        if _BEGINS.match(line):
            break
        head.append(_bare(line))
    named = [name for line in head for name, issuer in issuers.items() if _any_in(line, issuer.letterheads)]
    return min(named, key=lambda name: (issuers[name].rank, named.index(name)), default=None)


def _any_in(line: str, phrases: Iterable[str]) -> bool:
    return any(_contains(line, line.replace(" ", ""), phrase) for phrase in phrases)


def _signs(line: str, issuers: dict[str, Issuer]) -> str | None:
    """The office of the signer with whom the line begins."""
    starts = ((name, _bare(signer).strip()) for name, issuer in issuers.items() for signer in issuer.signers)
    return next((name for name, signer in starts if f"{line} ".startswith(f"{signer} ")), None)


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    """Words of letters and figures with single blanks, so that a phrase can be looked for without its spacing."""
    return " " + re.sub(r"[^a-z0-9]+", " ", text.lower()).strip() + " "


def _says(paper: _Paper, phrase: str) -> bool:
    return _contains(paper.text, paper.packed, phrase)


def _contains(text: str, packed: str, phrase: str) -> bool:
    """The phrase as words; a long one also with its blanks lost or with one letter in eight misread."""
    wanted = _bare(phrase)
    if wanted in text:
        return True
    tight = wanted.replace(" ", "")
    if len(tight) < 9:
        return False
    return tight in packed or (len(tight) >= 10 and _nearly_in(packed, tight))


def _nearly_in(packed: str, tight: str) -> bool:
    """Whether a stretch beginning or ending like the phrase is at most one edit in eight letters away."""
    size, allowed = len(tight), len(tight) / 8
    starts = set(_places(packed, tight[:4])) | {at - size + 4 for at in _places(packed, tight[-4:])}
    return any(distance(packed[max(at, 0) : at + size], tight, allowed) <= allowed for at in starts)


def _places(text: str, part: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(part), text)]


def _is_headed(paper: _Paper, title: str) -> bool:
    """Whether a line at the head of the page holds the title."""
    wanted = plain(title)
    return any(wanted in line or _alike(line, wanted) for line in paper.heads)


def is_strange(lines: Sequence[str]) -> bool:
    """Whether the page is headed as another paper than the four kinds."""
    return any(_strangeness(line) for line in lines[:_HEAD])


def _strangeness(line: str) -> float:
    """What a line is worth against all kinds because it begins with the title of another paper."""
    if not line.lstrip(" .:*-")[:1].isupper():  # a sentence that goes on says such words, too
        return 0.0
    worths = (
        one.worth for one in vocabulary().strange_titles for title in one.titles if _begins(line, title)
    )
    return max(worths, default=0.0)


def _begins(line: str, title: str) -> bool:
    """The title as words; a long one also with its blanks lost or with one letter in twelve misread."""
    wanted = plain(title)
    packed = plain(line)[: len(wanted)]
    return _bare(line).startswith(_bare(title)) or (len(wanted) >= 9 and _alike(packed, wanted, 12))


def _alike(line: str, wanted: str, letters: int = 8) -> bool:
    """Whether at most one letter in so many differs."""
    allowed = len(wanted) / letters
    return abs(len(line) - len(wanted)) <= 2 and distance(line, wanted, allowed) <= allowed

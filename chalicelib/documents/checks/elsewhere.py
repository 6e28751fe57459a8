"""Whether what was typed is printed in a document after all, at another place than the one its reader looked at.

A reader that took the wrong line for a name has seen no contradiction. So before two values are called different, the
whole text is searched for the typed one, as it would stand there by itself: `Seto Budi` is not found in
`Seto Budi Utomo`.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from chalicelib.documents.checks.agreement import Match, name_match, parts_untouched
from chalicelib.documents.types import Value
from chalicelib.documents.words.alike import plain
from chalicelib.documents.words.person_names import ways_to_write

_ENDS = re.compile(r"[,.;:)\"”“'’]$")
_STARTS = re.compile(r"^[(\"“”'‘]")
_LONGEST = 12
"""Words of the longest name that is searched for."""
_TRIES = 200
"""Windows that are compared; an honest paper has some dozens with a trace of a name."""
_ADDRESSED = frozenset({"SAUDARA", "SAUDARI", "SDR", "SDRI", "BAPAK", "IBU", "PAK", "BU", "NAMA", "AN"})
_NEW_LINE = re.compile(r"^\W*(?:[0-9]{1,2}|[a-zA-Z])[.)]\s|^[^:]{2,40}:|^\W*[a-z]|^\W*[0-9]")


def stands_in(claimed: str, lines: Sequence[str], *, person: bool, exact: bool) -> bool:
    """Whether the claimed name is printed in these lines, bounded at both ends by something that is no part of it.

    Both texts come from strangers and comparing costs: only windows with a trace of the name are compared, and no
    more than a paper has that prints it.
    """
    wanted = claimed.split()
    if len(plain(claimed)) < 5 or len(wanted) > _LONGEST:
        return False
    words, begins = _words(lines)
    bare, traces = [plain(word) for word in words], _traces(claimed, person=person)
    likely = (
        (start, start + count)
        for count in range(max(len(wanted) - 1, 1), len(wanted) + 3)
        for start in range(len(words) - count + 1)
        if _bounded(words, start, start + count, begins)
        and any(trace in "".join(bare[start : start + count]) for trace in traces)
    )
    return any(
        name_match(claimed, _value(words[start:end]), person=person, exact=exact) is Match.SAME
        for start, end in islice(likely, _TRIES)
    )


def _traces(claimed: str, *, person: bool) -> set[str]:
    """Letters of which some stand in every text that counts as the same name.

    So many edits as are allowed cannot touch each of one part more; of a name shortened to initials a whole word stays.
    """
    ways = ways_to_write(claimed) if person else (claimed,)
    words = [bare for word in claimed.split() if len(bare := plain(word)) > 2] if person else []
    return {part for way in ways for part in _parts(plain(way))} | set(words)


def _parts(bare: str) -> Iterator[str]:
    count = parts_untouched(len(bare))
    edges = [len(bare) * at // count for at in range(count + 1)]
    return (bare[start:end] for start, end in pairwise(edges) if start < end)


def number_stands_in(claimed: str, lines: Sequence[str]) -> bool:
    """Whether a number of a paper or person is printed, sign by sign, with no sign of a number beside it."""
    bare = re.escape(re.sub(r"\s", "", claimed))
    return bool(bare) and any(
        re.search(rf"(?<![\w./-]){bare}(?![\w/-])", re.sub(r"\s+", "", part), re.IGNORECASE)
        for line in lines
        for part in re.split(r":", line)
    )


def _words(lines: Sequence[str]) -> tuple[list[str], set[int]]:
    """All words, and the numbers of those before which something new begins; a name may go on in the next line."""
    words: list[str] = []
    begins: set[int] = {0}
    for line in lines:
        if _NEW_LINE.search(line):
            begins.add(len(words))
        words += re.sub(r"(?<=\w):(?=\w)|(?<=\w):\s|^:(?=\w)", ": ", line).split()
    begins.add(len(words))
    return words, begins


def _bounded(words: Sequence[str], start: int, end: int, begins: set[int]) -> bool:
    first, last = words[start], words[end - 1]
    before = words[start - 1] if start else ":"
    after = words[end] if end < len(words) else ""
    opened = (
        start in begins
        or bool(_STARTS.search(first) or _ENDS.search(before))
        or before[:1].islower()
        or plain(before) in _ADDRESSED
    )
    closed = end in begins or bool(_ENDS.search(last)) or not after[:1].isalpha() or after[:1].islower()
    return opened and closed


def _value(words: Sequence[str]) -> Value:
    return Value(text=" ".join(words).strip(" ,.;:()\"“”‘’'"), confidence=1.0)

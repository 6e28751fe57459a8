"""Whether what was typed is printed in a document after all, at another place than the one its reader looked at.

A reader that took the wrong line for a name has seen no contradiction. So before two values are called different, the
whole text is searched for the typed one, as it would stand there by itself: `Seto Budi` is not found in
`Seto Budi Utomo`.
"""

import re
from collections.abc import Sequence

from chalicelib.documents.agreement import Match, name_match
from chalicelib.documents.alike import plain
from chalicelib.documents.types import Value

_ENDS = re.compile(r"[,.;:)\"”“'’]$")
_STARTS = re.compile(r"^[(\"“”'‘]")
_ADDRESSED = frozenset({"SAUDARA", "SAUDARI", "SDR", "SDRI", "BAPAK", "IBU", "PAK", "BU", "NAMA", "AN"})
_NEW_LINE = re.compile(r"^\W*(?:[0-9]{1,2}|[a-zA-Z])[.)]\s|^[^:]{2,40}:|^\W*[a-z]|^\W*[0-9]")


def stands_in(claimed: str, lines: Sequence[str], *, person: bool, exact: bool) -> bool:
    """Whether the claimed name is printed in these lines, bounded at both ends by something that is no part of it."""
    wanted = claimed.split()
    if len(plain(claimed)) < 5:
        return False
    words, begins = _words(lines)
    return any(
        _bounded(words, start, start + count, begins)
        and name_match(claimed, _value(words[start : start + count]), person=person, exact=exact)
        is Match.SAME
        for count in range(max(len(wanted) - 1, 1), len(wanted) + 3)
        for start in range(len(words) - count + 1)
    )


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

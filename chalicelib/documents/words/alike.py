"""How far two texts are apart when one of them may have been misread."""

import re
import unicodedata
from functools import lru_cache
from math import inf

_TWINS = (
    set("0OQDo"),
    set("1Il|iLj7"),
    set("5Ss"),
    set("8B"),
    set("2Zz"),
    set("6Gb"),
    set("9gq"),
    set("UV"),
    set("CGO"),
)
TWIN = 0.4
"""What taking a letter for its twin in print counts; any other edit counts 1."""
_PAIRS = frozenset((a, b) for twins in _TWINS for a in twins for b in twins)
_LEADING = re.compile(
    r"^(?:(?:h|hj|drs|dra|ir|dr|kh|ky|prof|ki|nyi|sdr|sdri|bpk|bapak|ibu|tn|ny|nn|r|rr|m)\.\s*|(?:h|hj|drs|dra|ir|dr|kh|ki|nyi|prof|sdr|sdri|bapak|ibu)\s+)+",
    re.IGNORECASE,
)


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Only letters and figures, in upper case, without accents."""
    bare = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in bare.upper() if sign.isascii() and sign.isalnum())


def without_titles(name: str) -> str:
    """The name alone: nothing after a comma (S.Pd., M.M.), no H., Drs., Bapak in front."""
    return _LEADING.sub("", name.split(",", maxsplit=1)[0].strip())


@lru_cache(maxsize=20_000)
def distance(left: str, right: str, most: float = inf) -> float:
    """Edits between two texts; taking a letter for its twin in print (0/O, 1/I/l, 5/S, 8/B) costs 0.4.

    `inf` when it is more than `most`: words that have nothing in common are told after a few letters, since a way
    with more than `most` letters lost or added need not be followed (Ukkonen 1985).
    """
    reach = int(min(most, max(len(left), len(right))))
    if abs(len(left) - len(right)) > reach:
        return inf
    before = [float(at) for at in range(len(right) + 1)]
    for row, a in enumerate(left, 1):
        first = max(row - reach, 1)
        last = float(row) if first == 1 else inf
        now = [inf] * len(before)
        now[first - 1] = last
        for column in range(first, min(row + reach, len(right)) + 1):
            b = right[column - 1]
            swapped = before[column - 1] + (0.0 if a == b else TWIN if (a, b) in _PAIRS else 1.0)
            last = min(swapped, before[column] + 1, last + 1)
            now[column] = last
        if min(now[first - 1 : row + reach + 1]) > most:
            return inf
        before = now
    return before[-1] if before[-1] <= most else inf


def allowed(share: float, wanted: str) -> float:
    """Edits that are no more than that share of a text's length, whatever the division rounds."""
    return share * len(wanted) + 1e-9


def likeness(left: str, right: str) -> float:
    """1 for the same letters and figures, 0 for nothing in common."""
    a, b = plain(left), plain(right)
    longest = max(len(a), len(b))
    if longest == 0:
        return 0.0
    if a == b:
        return 1.0
    return max(0.0, 1 - distance(a, b) / longest)

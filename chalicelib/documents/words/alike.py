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


def _families() -> dict[int, str]:
    """Of every letter that has a twin, one letter that stands for it, its twins and theirs: it is no twin of others."""
    families: list[set[str]] = []
    for twins in _TWINS:
        joined = [family for family in families if family & twins]
        families = [family for family in families if not family & twins] + [twins.union(*joined)]
    return {ord(letter): min(family) for family in families for letter in family}


_FAMILY = _families()
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
    left, right = _where_they_differ(left, right)
    reach = int(min(most, max(len(left), len(right))))
    if abs(len(left) - len(right)) > reach or _strangers(left, right) > most:
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


def _where_they_differ(left: str, right: str) -> tuple[str, str]:
    """Both without the beginning and the end that they share: no other way to match those letters is cheaper."""
    shorter = min(len(left), len(right))
    start = 0
    while start < shorter and left[start] == right[start]:
        start += 1
    end = 0
    while end < shorter - start and left[-1 - end] == right[-1 - end]:
        end += 1
    return left[start : len(left) - end], right[start : len(right) - end]


def _strangers(left: str, right: str) -> int:
    """Kinds of letters that only one of the two has: none has a twin in the other, so each costs a whole edit."""
    ours, theirs = _kinds(left), _kinds(right)
    return max((ours & ~theirs).bit_count(), (theirs & ~ours).bit_count())


@lru_cache(maxsize=20_000)
def _kinds(text: str) -> int:
    """A bit for each kind of letter in the text; letters of other scripts share bits, which hides some of them."""
    bits = 0
    for letter in set(text.translate(_FAMILY)):
        bits |= 1 << (ord(letter) & 127)
    return bits


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

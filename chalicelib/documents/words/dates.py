"""Dates as Indonesian papers write them: 13 Agustus 2024, 13-08-2024, 13/8/24, 2024-08-13, 13-VIII-2024, in words."""

import datetime as dt
import re
from collections.abc import Iterator

from chalicelib.documents.words.alike import distance

_MONTHS = (
    ("januari", "jan", "i"),
    ("februari", "pebruari", "feb", "peb", "ii"),
    ("maret", "mar", "mrt", "iii"),
    ("april", "apr", "iv"),
    ("mei", "may", "v"),
    ("juni", "jun", "vi"),
    ("juli", "jul", "vii"),
    ("agustus", "agu", "agt", "ags", "agst", "aug", "viii"),
    ("september", "sep", "sept", "ix"),
    ("oktober", "okt", "oct", "x"),
    ("november", "nopember", "nov", "nop", "xi"),
    ("desember", "des", "dec", "xii"),
)
_FIGURES = str.maketrans(
    {
        "O": "0",
        "o": "0",
        "Q": "0",
        "D": "0",
        "I": "1",
        "l": "1",
        "|": "1",
        "i": "1",
        "S": "5",
        "s": "5",
        "B": "8",
        "Z": "2",
        "z": "2",
    }
)
_F = "[0-9OoQIl|SsBZ]"
_NUMERIC = re.compile(
    rf"(?<![0-9]){_F}?({_F}{{1,2}})\s?[-/.\u2013]\s?({_F}{{1,2}})\s?[-/.\u2013]\s?({_F}{{4}}|{_F}{{2}})(?![0-9])".replace(
        f"{_F}?(", "("
    )
)
_ISO = re.compile(r"(?<![0-9])([12][0-9]{3})-([01][0-9])-([0-3][0-9])(?![0-9])")
_NAMED = re.compile(
    rf"(?<![0-9])({_F}{{1,2}})[\s.,/-]*([A-Za-z01]{{1,12}}?)[\s.,/-]*([12]{_F}{{3}})(?![0-9])"
)
_WORDS = {
    "satu": 1,
    "dua": 2,
    "tiga": 3,
    "empat": 4,
    "lima": 5,
    "enam": 6,
    "tujuh": 7,
    "delapan": 8,
    "sembilan": 9,
    "sepuluh": 10,
    "sebelas": 11,
    "seribu": 1000,
}


def first_date(text: str) -> dt.date | None:
    """The first date in the text, None when there is none (also for a dotted line to fill in)."""
    return next(dates_in(text), None)


def dates_in(text: str) -> Iterator[dt.date]:
    """All dates in the order of the text; impossible ones are left out."""
    found = [*_iso(text), *_named(text), *_numeric(text)] or list(_in_words(text))
    for _, date in sorted(found, key=lambda pair: pair[0]):
        yield date


def _iso(text: str) -> Iterator[tuple[int, dt.date]]:
    for match in _ISO.finditer(text):
        yield from _valid(match.start(), match[3], int(match[2]), match[1])


def _named(text: str) -> Iterator[tuple[int, dt.date]]:
    for match in _NAMED.finditer(text):
        month = _month(match[2])
        if month:
            yield from _valid(match.start(), match[1], month, match[3])


def _numeric(text: str) -> Iterator[tuple[int, dt.date]]:
    for match in _NUMERIC.finditer(text):
        month = match[2].translate(_FIGURES)
        if month.isdigit():
            yield from _valid(match.start(), match[1], int(month), match[3])


def _month(word: str) -> int | None:
    """The number of a month by its name, short name, roman figure or a near misreading of its name."""
    name = word.lower().replace("1", "l").replace("0", "o")
    for number, names in enumerate(_MONTHS, 1):
        if name in names:
            return number
    if len(name) < 4:
        return None
    most = 1 if len(name) < 6 else 2
    nearest = min(
        (min(distance(name, full, most) for full in names if len(full) > 3), number)
        for number, names in enumerate(_MONTHS, 1)
        if len(names[0]) > 3
    )
    return nearest[1] if nearest[0] <= most else None


def _valid(place: int, day: str, month: int, year: str) -> Iterator[tuple[int, dt.date]]:
    figures, digits = day.translate(_FIGURES), year.translate(_FIGURES)
    if not (figures.isdigit() and digits.isdigit()):
        return
    full = int(digits) + (0 if len(digits) == 4 else 2000 if int(digits) < 40 else 1900)
    try:
        date = dt.date(full, month, int(figures))
    except ValueError:
        return
    if 1900 <= full <= 2100:
        yield place, date


def _in_words(text: str) -> Iterator[tuple[int, dt.date]]:
    """`tanggal tiga belas bulan Agustus tahun dua ribu dua puluh empat`."""
    words = re.findall(r"[a-z]+", text.lower())
    for at, word in enumerate(words):
        month = _month(word) if len(word) > 2 else None
        if month is None:
            continue
        before = [w for w in words[max(0, at - 5) : at] if w != "bulan"]
        after = [w for w in words[at + 1 : at + 9] if w != "tahun"]
        day, year = _number(_tail(before)), _number(_head(after))
        if day and year > 1900:
            yield from _valid(at, str(day), month, str(year))


def _tail(words: list[str]) -> list[str]:
    kept: list[str] = []
    for word in reversed(words):
        if word not in _WORDS and word not in ("belas", "puluh"):
            break
        kept.insert(0, word)
    return kept


def _head(words: list[str]) -> list[str]:
    kept: list[str] = []
    for word in words:
        if word not in _WORDS and word not in ("belas", "puluh", "ratus", "ribu"):
            break
        kept.append(word)
    return kept


def _number(words: list[str]) -> int:
    total = last = 0
    for word in words:
        if word in _WORDS:
            total, last = total + last, _WORDS[word]
        elif word == "belas":
            last += 10
        else:
            last *= {"puluh": 10, "ratus": 100, "ribu": 1000}[word]
    return total + last

"""The national ID number (16 digits): its structure (sop.md, facts for checks) and how to find it in a reading."""

import datetime as dt
import re

_LOOKS_LIKE = str.maketrans(
    {
        "O": "0",
        "o": "0",
        "Q": "0",
        "D": "0",
        "U": "0",
        "C": "0",
        "I": "1",
        "l": "1",
        "|": "1",
        "i": "1",
        "L": "1",
        "!": "1",
        "S": "5",
        "s": "5",
        "B": "8",
        "Z": "2",
        "z": "2",
        "G": "6",
        "b": "6",
        "g": "9",
        "q": "9",
        "?": "7",
        "A": "4",
    }
)
_PROVINCES = frozenset(
    [
        *range(11, 20),
        21,
        *range(31, 37),
        *range(51, 54),
        *range(61, 66),
        *range(71, 77),
        81,
        82,
        *range(91, 98),
    ]
)


def well_formed(number: str) -> bool:
    """16 digits with a known province, a possible birth date and a serial above 0."""
    return (
        re.fullmatch(r"[0-9]{16}", number) is not None
        and int(number[:2]) in _PROVINCES
        and number[2:4] != "00"
        and number[12:] != "0000"
        and _birth_parts(number) is not None
    )


def fits_birth(number: str, birth_date: dt.date) -> bool:
    """Whether day, month and year in the number are those of the birth date."""
    parts = _birth_parts(number)
    return parts is not None and parts == (birth_date.day, birth_date.month, birth_date.year % 100)


def birth_in(number: str) -> str | None:
    """The birth date inside the number, `45` days and all taken back: `05-07-85`; None when it has none."""
    parts = _birth_parts(number)
    return "-".join(f"{part:02d}" for part in parts) if parts else None


def is_woman(number: str) -> bool:
    """The day of birth carries 40 more for women."""
    return int(number[6:8]) > 40


def _birth_parts(number: str) -> tuple[int, int, int] | None:
    day, month, year = int(number[6:8]), int(number[8:10]), int(number[10:12])
    day -= 40 if day > 40 else 0
    try:
        dt.date(2000 if year % 4 == 0 else 2001, month, day)
    except ValueError:
        return None
    return day, month, year


def digits_of(text: str) -> str:
    """The text as figures, letters taken for the figures they look like; blanks, dots and dashes dropped."""
    return "".join(sign for sign in re.sub(r"[\s.\-:,'_]", "", text).translate(_LOOKS_LIKE) if sign.isdigit())


def find_number(*readings: str) -> str | None:
    """The best 16 digit number in several readings of one place: a well-formed one before any other."""
    candidates = [part for reading in readings for part in _runs(reading)]
    exact = [part for part in candidates if len(part) == 16]
    return next((part for part in exact if well_formed(part)), exact[0] if exact else None)


def _runs(reading: str) -> list[str]:
    bare = re.sub(r"(?<=[0-9A-Za-z])[\s.\-]+(?=[0-9OIlSB])", "", reading)
    runs = [
        digits_of(run)
        for run in re.findall(r"[0-9OoQDUIl|iSsBZzGbgqLA?!C]{12,}", bare)
        if sum(map(str.isdigit, run)) >= 10
    ]
    return [*runs, *([bare] if bare.isdigit() else [])]

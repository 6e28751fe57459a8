"""The day of a letter: beside the place above the signature (`Bangil, 12 Maret 2024`), else under its title."""

import re
from collections.abc import Iterator, Sequence

from chalicelib.documents.papers.reading import row_text, value_of
from chalicelib.documents.sight.sheet import Row
from chalicelib.documents.types import Value
from chalicelib.documents.words.dates import first_date

_OF_SOMETHING_ELSE = re.compile(
    r"lahir|berdiri|sejak|berlaku|NIP|pengantar|berdasarkan|keputusan|permohonan|musyawarah|akta|bahwa|hingga|nomor",
    re.IGNORECASE,
)
_REFERRING = re.compile(r"pengantar|berdasarkan|keputusan|musyawarah", re.IGNORECASE)
_OWN = re.compile(r"^\W*(?:(?:pada\s+)?tanggal|tgl|di(?:keluarkan|tetapkan|buat|berikan))\b", re.IGNORECASE)
_OPEN = re.compile(r"^\W*[A-Z][\w' -]+,.*(?:[._…]{4}|\b20\s?[._…]{2})")
_PLACED = re.compile(r"^\W*[A-Z][\w' -]{2,30},")
_HEAD = 12
"""Lines of a letter's head."""
_LONGEST = 60
"""Letters of a line that is a date with its place, and a second column beside it; running text is longer."""


def letter_date(rows: Sequence[Row], title: int | None) -> Value | None:
    """The date above the signer's title (row `title`), else in the lower part, else one called so at the top.

    A date of another paper or event that the text speaks of is none of the letter's.
    """
    for at in _order(rows, title):
        text = row_text(rows[at])
        before = row_text(rows[at - 1]) if at else ""
        if _OF_SOMETHING_ELSE.search(text) or _REFERRING.search(before):
            continue
        date = first_date(text)
        if date and date.year >= 1990:
            return value_of(rows[at], date.isoformat())
    return next(_beside_number(rows[:_HEAD]), None)


def _beside_number(rows: Sequence[Row]) -> Iterator[Value]:
    """A place with a day at the right of a letter's head, as official letters to an office have it."""
    for row in rows:
        for piece in row[1:]:
            date = first_date(piece.text) if _PLACED.match(piece.text) else None
            if date and date.year >= 1990:
                yield value_of((piece,), date.isoformat())


def _order(rows: Sequence[Row], title: int | None) -> Iterator[int]:
    if title is not None:
        yield from range(title, max(title - 4, -1), -1)
    for at in range(len(rows) - 1, int(len(rows) * 0.4), -1):
        text = row_text(rows[at])
        if len(text) <= _LONGEST or _OWN.search(text):
            yield at
    yield from (at for at in range(min(14, len(rows))) if _OWN.search(row_text(rows[at])))


def day_row(rows: Sequence[Row]) -> int | None:
    """The last line of the lower half that is a place with a day, filled in or left open."""
    for at in range(len(rows) - 1, len(rows) // 2, -1):
        if _is_day(row_text(rows[at])):
            return at
    return None


def _is_day(text: str) -> bool:
    short = len(text) <= _LONGEST and not _OF_SOMETHING_ELSE.search(text)
    return short and bool(first_date(text) or _OPEN.search(text))


def closing_row(rows: Sequence[Row], title: int | None) -> int:
    """Where the text of a letter ends: at the line with the day above the signer's title, else at the title."""
    end = len(rows) if title is None else title
    above = range(max(end - 4, 0), end)
    return next((at for at in above if _is_day(row_text(rows[at]))), end)

"""When a certificate was issued and until when it holds: `Berlaku sejak A s/d B`, `3 (tiga) tahun sejak ditetapkan`."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

import msgspec

from chalicelib.documents.papers.reading import retold, row_text, value_of
from chalicelib.documents.sight.sheet import Row
from chalicelib.documents.types import Value
from chalicelib.documents.words.dates import dates_in, first_date

_HOLDS = re.compile(r"berlaku|jangka waktu", re.IGNORECASE)
_NO_TERM = re.compile(
    r"(?:undang|undangan|peraturan|ketentuan|aturan|persyaratan) yang berlaku|(?:habis|sebelum|akhir) (?:masa )?berlaku\w*|masa berlaku\w* (?:habis|berakhir)",
    re.IGNORECASE,
)
_COUNTED = ("satu", "dua", "tiga", "empat", "lima")
_YEARS = re.compile(
    rf"(?<!setiap )(?<!tiap )\b([1-9]|{'|'.join(_COUNTED)})\s*(?:\(\s*\w+\s*\))?\s*tahun\b(?!\s*[12][0-9]{{3}})",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"s\s?/\s?d|s\.\s?d\b|sampai|hingga", re.IGNORECASE)
_SINCE = re.compile(r"sejak|mulai|terhitung|dari", re.IGNORECASE)
_AWAITS = re.compile(r"(?:dengan|hingga|sampai|s/d|sejak|mulai|dari|tanggal|[-–:])\W*$", re.IGNORECASE)
_NEXT = re.compile(
    r"^\W*(?:di(?:tetapkan|keluarkan|terbitkan|buat)\b|(?:pada )?tanggal\b|kepala\b|a\.?\s?n\b|[a-z][a-z .]{2,28}(?:,\s*[0-9OIl]{1,2}\b|:))",
    re.IGNORECASE,
)
_OTHER_DAY = re.compile(
    r"berlaku|berdiri|didirikan|NIP\b|undang|peraturan|lahir|perpanjang|daftar ulang", re.I
)
_MORE_ROWS = 2
_RECKONED = 0.9


class _Term(msgspec.Struct, frozen=True):
    """The rows that say how long the paper holds, and the two days or the years that they give."""

    rows: tuple[Row, ...]
    since: dt.date | None = None
    until: dt.date | None = None
    years: int | None = None


def term(rows: Sequence[Row]) -> dict[str, Value]:
    """`issue_date` and `valid_until`, as far as the paper says them or they follow from it."""
    said = next(_terms(rows), _Term(rows=()))
    issued = _issued([row for row in rows if not any(row is one for one in said.rows)], said.until)
    if not said.rows:
        return {"issue_date": issued} if issued else {}
    place = value_of([piece for row in said.rows for piece in row])
    if issued is None and said.since:
        issued = retold(place, said.since.isoformat(), _RECKONED)
    fields = {"issue_date": issued} if issued else {}
    start = said.since or (first_date(issued.text) if issued else None)
    if said.until:
        fields["valid_until"] = retold(place, said.until.isoformat())
    elif said.years and start:
        fields["valid_until"] = retold(place, _years_later(start, said.years).isoformat(), _RECKONED)
    return fields


def _terms(rows: Sequence[Row]) -> Iterator[_Term]:
    """What each sentence about the term says, where it says a day or a number of years."""
    for at, row in enumerate(rows):
        begin = _HOLDS.search(_NO_TERM.sub("", row_text(row)))
        if begin is None:
            continue
        taken = [row]
        text = _NO_TERM.sub("", row_text(row))[begin.start() :]
        for more in rows[at + 1 : at + 1 + _MORE_ROWS]:
            if _NEXT.match(row_text(more)) and not _AWAITS.search(text):
                break
            if more[0].box.page != row[0].box.page:
                break
            taken.append(more)
            text += f" {row_text(more)}"
        found = _read(text, tuple(taken))
        if found.since or found.until or found.years:
            yield found


def _read(text: str, rows: tuple[Row, ...]) -> _Term:
    """Days before and after `sampai dengan`; a single day is the end, unless the paper holds from then for years."""
    counted = _YEARS.search(text)
    years = _count(counted[1]) if counted else None
    turn = _UNTIL.search(text)
    until = first_date(text[turn.end() :]) if turn else None
    if turn and until:
        return _Term(rows, since=first_date(text[: turn.start()]), until=until)
    days = sorted(dates_in(text))
    if len(days) > 1:
        return _Term(rows, since=days[0], until=days[-1])
    if days and (years or _SINCE.search(text)):
        return _Term(rows, since=days[0], years=years)
    return _Term(rows, until=days[0] if days else None, years=years)


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _COUNTED.index(word.lower()) + 1


def _years_later(day: dt.date, years: int) -> dt.date:
    """The same day some years later; 28 February where a leap day has none."""
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if leap_day and years % 4 else day.day)


def _issued(rows: Sequence[Row], until: dt.date | None) -> Value | None:
    """The last date of the paper that is neither the end of its term nor some other day."""
    for row in reversed(rows):
        date = None if _OTHER_DAY.search(row_text(row)) else first_date(row_text(row))
        if date and date != until:
            return value_of(row, date.isoformat())
    return None

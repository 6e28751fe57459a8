"""The office's own corrections of its calendar, one revision after the other, and the calendar that each gives."""

from datetime import date, datetime
from functools import lru_cache, reduce

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.worktime.calendar import OfficeCalendar
from chalicelib.worktime.errors import CalendarError
from chalicelib.worktime.holidays_id import build_calendar
from chalicelib.worktime.office_files import (
    AddedDay,
    AnnouncedRamadan,
    Corrections,
    RemovedDay,
    shipped_corrections,
    shipped_hours,
)

Correction = AddedDay | RemovedDay | AnnouncedRamadan


class Revision(Struct, frozen=True, kw_only=True):
    """What the office says of its calendar from `at` on, beside the file that ships with the product; and why."""

    at: datetime
    why: str
    own: Corrections


Revisions = tuple[Revision, ...]
"""In order. Revision 0 is the calendar that ships with the product, 1 the first of these."""


def calendar_of(revisions: Revisions, number: int, day: date) -> OfficeCalendar:
    """The calendar of that revision around `day`: from last year's beginning to the end of the year after next.

    Raises CalendarError.
    """
    return _calendar(day.year, revisions[number - 1].own if number else Corrections(), number)


@lru_cache(maxsize=16)
def _calendar(year: int, own: Corrections, number: int) -> OfficeCalendar:
    said: tuple[Correction, ...] = (*own.closed, *own.open, *own.ramadan)
    corrections = reduce(with_correction, said, shipped_corrections())
    return replace(build_calendar(year - 1, year + 2, shipped_hours(), corrections), revision=number)


def with_correction(known: Corrections, new: Correction) -> Corrections:
    """`known` with one more, in place of what it said of the same day, or of a Ramadan that overlaps.

    Raises CalendarError for one that names no decree or runs backwards.
    """
    if isinstance(new, AnnouncedRamadan):
        others = tuple(one for one in known.ramadan if one.last < new.first or new.last < one.first)
        return Corrections(closed=known.closed, open=known.open, ramadan=(*others, new))
    rest = without(known, new.date)
    if isinstance(new, AddedDay):
        return Corrections(closed=(*rest.closed, new), open=rest.open, ramadan=rest.ramadan)
    return Corrections(closed=rest.closed, open=(*rest.open, new), ramadan=rest.ramadan)


def without(known: Corrections, day: date) -> Corrections:
    """`known` without what it says of that day: the national list counts again."""
    return Corrections(
        closed=tuple(one for one in known.closed if one.date != day),
        open=tuple(one for one in known.open if one.date != day),
        ramadan=known.ramadan,
    )


def check(own: Corrections, today: date) -> None:
    """Raises CalendarError where the office could not count in such a calendar from `today` on."""
    far = [f"{day} is too far ahead" for day in _days(own) if day.year > today.year + 2]
    if far:
        raise CalendarError(problems=far)
    _calendar(today.year, own, 0)


def _days(own: Corrections) -> list[date]:
    dates = [*(one.date for one in own.closed), *(one.date for one in own.open)]
    return [*dates, *(day for one in own.ramadan for day in (one.first, one.last))]

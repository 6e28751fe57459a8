"""The office corrects its calendar: a pure rule over the office's book (sop.md 4)."""

from datetime import date, datetime

from msgspec import to_builtins

from chalicelib.staffing.book import Book, OfficeChange, Order, record
from chalicelib.staffing.errors import StaffingError
from chalicelib.worktime.calendar import whole_minute
from chalicelib.worktime.errors import CalendarError
from chalicelib.worktime.office_files import AnnouncedRamadan, Corrections
from chalicelib.worktime.revisions import Correction, Revision, check, with_correction, without


def correct(book: Book, correction: Correction, order: Order, at: datetime) -> OfficeChange:
    """A day closed or opened, or a Ramadan as announced. Raises StaffingError for what the calendar cannot be.

    A day that is over stays as it was counted: what was used then is on record.
    """
    today = whole_minute(at).date()
    last = correction.last if isinstance(correction, AnnouncedRamadan) else correction.date
    _check_ahead(last, today)
    try:
        own = with_correction(_own(book), correction)
    except CalendarError as error:
        raise StaffingError(problem="; ".join(error.facts["problems"])) from error
    said = {"kind": type(correction).__name__, **to_builtins(correction)}
    return _revised(book, own, said, order, at)


def take_back(book: Book, day: date, order: Order, at: datetime) -> OfficeChange:
    """The office's own word on a day taken back: the national list counts again. Raises StaffingError."""
    _check_ahead(day, whole_minute(at).date())
    own = without(_own(book), day)
    if own == _own(book):
        raise StaffingError(problem="the office itself said nothing of that day")
    return _revised(book, own, {"kind": "TakenBack", "date": day.isoformat()}, order, at)


def _own(book: Book) -> Corrections:
    return book.calendars[-1].own if book.calendars else Corrections()


def _check_ahead(day: date, today: date) -> None:
    if day < today:
        raise StaffingError(problem=f"{day} is over, and stays as it was counted")


def _revised(
    book: Book, own: Corrections, said: dict[str, object], order: Order, at: datetime
) -> OfficeChange:
    try:
        check(own, whole_minute(at).date())
    except CalendarError as error:
        raise StaffingError(problem="; ".join(error.facts["problems"])) from error
    revision = Revision(at=at, why=order.why, own=own)
    facts = {"revision": len(book.calendars) + 1, **said}
    return record(book, order, at, "calendar.corrected", facts, calendars=(*book.calendars, revision))

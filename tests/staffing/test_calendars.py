"""The office corrects its calendar: what it may say, and what it may not."""

from datetime import date

import pytest

from chalicelib.staffing.book import Book, Order
from chalicelib.staffing.calendars import correct, take_back
from chalicelib.staffing.errors import StaffingError
from chalicelib.worktime.calendar import OfficeCalendar
from chalicelib.worktime.office_files import AddedDay, AnnouncedRamadan, RemovedDay
from chalicelib.worktime.revisions import Correction, calendar_of
from tests.worktime.offices import at

NOW = at("2026-11-24 09:00")
ORDER = Order(by="Admin Contoh", why="banjir")


def closed(day: str, name: str = "Banjir") -> AddedDay:
    return AddedDay(date=date.fromisoformat(day), name=name, name_en="Flood", decree="SE 1")


def after(*corrections: Correction) -> tuple[Book, OfficeCalendar]:
    """The book and the calendar after those corrections."""
    book = Book()
    for one in corrections:
        book = correct(book, one, ORDER, NOW).book
    return book, calendar_of(book.calendars, len(book.calendars), NOW.date())


def test_a_closed_day_has_no_working_minutes_and_its_name() -> None:
    book, calendar = after(closed("2026-11-25"))
    assert calendar.working_minutes(date(2026, 11, 25)) == 0
    assert calendar.closed[date(2026, 11, 25)].name == "Banjir"
    assert calendar.revision == len(book.calendars) == 1


def test_the_last_word_on_a_day_counts() -> None:
    _, calendar = after(closed("2026-11-25"), closed("2026-11-25", name="Rob"))
    assert calendar.closed[date(2026, 11, 25)].name == "Rob"
    _, calendar = after(
        RemovedDay(date=date(2026, 12, 25), decree="SE 2"), closed("2026-12-25", name="Natal")
    )
    assert calendar.closed[date(2026, 12, 25)].name == "Natal"


def test_a_day_of_the_national_list_is_worked_when_the_office_says_so() -> None:
    _, calendar = after(RemovedDay(date=date(2026, 12, 25), decree="SE 2"))
    assert calendar.working_minutes(date(2026, 12, 25)) > 0


def test_ramadan_as_announced_takes_the_place_of_the_computed_one() -> None:
    announced = AnnouncedRamadan(first=date(2027, 2, 9), last=date(2027, 3, 9), decree="Sidang Isbat")
    _, calendar = after(announced)
    assert (announced.first, announced.last) in [(one.first, one.last) for one in calendar.periods]
    assert sum(one.first.year == 2027 for one in calendar.periods) == 1


def test_a_word_taken_back_leaves_the_national_list_and_both_revisions() -> None:
    book, _ = after(closed("2026-11-25"))
    again = take_back(book, date(2026, 11, 25), ORDER, NOW)
    calendar = calendar_of(again.book.calendars, 2, NOW.date())
    assert calendar.working_minutes(date(2026, 11, 25)) > 0
    assert calendar_of(again.book.calendars, 1, NOW.date()).working_minutes(date(2026, 11, 25)) == 0
    assert again.entry.facts["revision"] == 2


def test_each_correction_is_on_record_with_its_decree() -> None:
    made = correct(Book(), closed("2026-11-25"), ORDER, NOW)
    assert made.entry.action == "calendar.corrected"
    assert made.entry.facts == {
        "revision": 1,
        "kind": "AddedDay",
        "date": "2026-11-25",
        "name": "Banjir",
        "name_en": "Flood",
        "decree": "SE 1",
        "by": "Admin Contoh",
        "why": "banjir",
    }


@pytest.mark.parametrize(
    ("correction", "said"),
    [
        (closed("2026-11-23"), "is over"),
        (closed("2030-01-01"), "too far ahead"),
        (RemovedDay(date=date(2026, 11, 25), decree="SE"), "no national holiday"),
        (RemovedDay(date=date(2026, 12, 25), decree=" "), "no decree"),
        (AnnouncedRamadan(first=date(2027, 3, 9), last=date(2027, 2, 9), decree="SE"), "runs backwards"),
        (AnnouncedRamadan(first=date(2025, 3, 1), last=date(2025, 3, 30), decree="SE"), "is over"),
    ],
)
def test_what_no_calendar_can_be_is_refused_with_the_reason(correction: Correction, said: str) -> None:
    with pytest.raises(StaffingError) as refused:
        correct(Book(), correction, ORDER, NOW)
    assert said in str(refused.value.facts["problem"])


def test_only_an_own_word_on_a_day_to_come_can_be_taken_back() -> None:
    book, _ = after(closed("2026-11-25"))
    for day in (date(2026, 12, 25), date(2026, 11, 23)):
        with pytest.raises(StaffingError):
            take_back(book, day, ORDER, NOW)

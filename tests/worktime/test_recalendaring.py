"""A change of the calendar moves deadlines and never a used minute."""

from datetime import date, time, timedelta

import msgspec

from chalicelib.worktime import budget
from chalicelib.worktime.budget import open_ledger
from chalicelib.worktime.calendar import HoursPeriod, OfficeHours, Span
from chalicelib.worktime.ledger import (
    Recalendared,
    Stretch,
)
from tests.worktime.ledgers import MONDAY_10, ONE_DAY, opened, suspended, with_closed, with_ramadan
from tests.worktime.offices import at, plain_weeks, the_office


def test_a_new_holiday_moves_the_deadline_and_not_the_minutes() -> None:
    new = with_closed("2026-11-24")
    moved = budget.reproject(opened(), new, at("2026-11-23 15:00"), "SKB", old=plain_weeks())
    assert moved.entries[-1] == Recalendared(at("2026-11-23 15:00"), "SKB", 0, 240)
    assert budget.deadline(moved, new) == at("2026-11-25 10:00")
    assert budget.left(moved, at("2026-11-23 15:00"), new) == 210


def test_a_holiday_taken_back_brings_the_deadline_forward() -> None:
    old = with_closed("2026-11-24")
    ledger = open_ledger(ONE_DAY, MONDAY_10, old)
    assert budget.deadline(ledger, old) == at("2026-11-25 10:00")
    moved = budget.reproject(ledger, plain_weeks(), at("2026-11-23 15:00"), "SKB", old=old)
    assert budget.deadline(moved, plain_weeks()) == at("2026-11-24 10:00")


def test_a_holiday_declared_for_the_past_takes_back_no_used_minute() -> None:
    new = with_closed("2026-11-23")
    moved = budget.reproject(opened(), new, at("2026-11-24 08:30"), "SKB", old=plain_weeks())
    assert budget.used(moved, at("2026-11-24 08:30"), new) == 360
    assert budget.deadline(moved, new) == at("2026-11-24 10:00")


def test_a_day_closed_from_now_on_gives_back_what_it_takes() -> None:
    new = with_closed("2026-11-23")
    moved = budget.reproject(opened(), new, at("2026-11-23 15:00"), "flood", old=plain_weeks())
    assert budget.used(moved, at("2026-11-23 16:00"), new) == 240
    assert budget.deadline(moved, new) == at("2026-11-24 11:00")


def test_ramadan_announced_a_day_later_keeps_one_day_one_day() -> None:
    expected, announced = with_ramadan("2026-11-24", "2026-12-20"), with_ramadan("2026-11-25", "2026-12-20")
    ledger = open_ledger(ONE_DAY, MONDAY_10, expected)
    assert budget.deadline(ledger, expected) == at("2026-11-24 10:10")
    moved = budget.reproject(ledger, announced, at("2026-11-23 19:30"), "sidang isbat", old=expected)
    assert moved.entries[-1] == Recalendared(at("2026-11-23 19:30"), "sidang isbat", 20, 300)
    assert budget.deadline(moved, announced) == at("2026-11-24 10:00")


def test_days_that_are_lived_are_not_measured_again() -> None:
    said_too_late = with_ramadan("2026-11-23", "2026-11-23")
    moved = budget.reproject(
        opened(), said_too_late, at("2026-11-24 08:30"), "sidang isbat", old=plain_weeks()
    )
    assert moved.entries[-1] == Recalendared(at("2026-11-24 08:30"), "sidang isbat", 0, 360)


def test_a_missed_deadline_is_never_put_past_the_change_of_the_calendar() -> None:
    new = with_closed("2026-11-23", "2026-11-24")
    moved = budget.reproject(opened(), new, at("2026-11-24 15:00"), "SKB", old=plain_weeks())
    assert budget.left(moved, at("2026-11-24 15:00"), new) == -240
    assert budget.deadline(moved, new) == at("2026-11-24 15:00")


def test_contradicting_changes_of_the_past_leave_at_least_a_minute() -> None:
    short = OfficeHours(week=((Span(time(8), time(8, 30)),),) * 7)
    monday, wednesday = date(2026, 11, 23), date(2026, 11, 25)
    first = msgspec.structs.replace(plain_weeks(), periods=(HoursPeriod(monday, monday, short),))
    second = with_closed("2026-11-23", "2026-11-24")
    third = msgspec.structs.replace(second, periods=(HoursPeriod(wednesday, wednesday, short),))
    ledger = open_ledger(ONE_DAY, at("2026-11-23 07:00"), first)
    stopped = budget.suspend(ledger, at("2026-11-23 07:10"), "applicant_corrects", first)
    moved = budget.reproject(stopped, second, at("2026-11-24 09:00"), "SKB", old=first)
    again = budget.reproject(moved, third, at("2026-11-24 10:00"), "SKB", old=second)
    assert [moved.standing().allowed, again.standing().allowed] == [30, 1]


def test_the_stretches_of_counting_leave_the_suspensions_out() -> None:
    new, noon = the_office(), at("2026-11-23 12:00")
    moved = budget.reproject(suspended(), new, noon, "SKB", old=plain_weeks())
    moved = budget.reproject(moved, new, noon, "SKB", old=new)
    again = budget.close(budget.resume(moved, at("2026-11-24 08:00")), at("2026-11-24 09:00"), new)
    assert again.stretches() == (
        Stretch(MONDAY_10, 0, at("2026-11-23 11:00")),
        Stretch(at("2026-11-24 08:00"), 60, at("2026-11-24 09:00")),
    )


def test_a_stopped_clock_stays_stopped_under_a_new_calendar() -> None:
    moved = budget.reproject(
        suspended(), with_closed("2026-12-03"), MONDAY_10 + timedelta(days=2), "SKB", old=plain_weeks()
    )
    assert budget.deadline(moved, with_closed("2026-12-03")) is None
    again = budget.resume(moved, at("2026-12-02 14:00"))
    assert budget.deadline(again, with_closed("2026-12-03")) == at("2026-12-04 13:30")

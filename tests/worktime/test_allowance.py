"""What "1 hari" and "30 menit" of the SOP come to."""

from datetime import datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.worktime.budget import allowed_minutes
from chalicelib.worktime.calendar import OfficeCalendar, whole_minute
from chalicelib.worktime.errors import AllowanceError
from chalicelib.worktime.ledger import Allowance
from tests.worktime.offices import at, moments, office_calendars, plain_weeks, the_office

ONE_DAY = Allowance(days=1)
HALF_HOUR = Allowance(minutes=30)
allowances = st.tuples(st.integers(0, 5), st.integers(1, 600)).map(lambda pair: Allowance(*pair))


def ends(allowance: Allowance, start: datetime, calendar: OfficeCalendar) -> datetime:
    return calendar.add_working_minutes(start, allowed_minutes(allowance, start, calendar))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-11-23 10:20", "2026-11-24 10:20"),  # in hours
        ("2026-11-23 05:00", "2026-11-23 16:00"),  # before hours: the whole of that day
        ("2026-11-23 07:30", "2026-11-23 16:00"),  # at the opening
        (
            "2026-11-23 12:20",
            "2026-11-24 12:00",
        ),  # in the break: counts from 13.00, whose other side is 12.00
        ("2026-11-23 16:00", "2026-11-24 16:00"),  # at the closing: the whole next day
        ("2026-11-23 20:00", "2026-11-24 16:00"),  # at night
        ("2026-11-21 11:00", "2026-11-23 16:00"),  # on a Saturday
        ("2026-11-26 10:00", "2026-11-27 10:00"),  # Thursday to Friday
        ("2026-11-26 15:30", "2026-11-27 16:00"),  # 30 minutes before the end of both days
        ("2026-11-27 09:00", "2026-11-30 09:00"),  # Friday before the break, across the weekend
        ("2026-11-27 12:15", "2026-11-30 11:30"),  # Friday within it: 240 minutes into the day
        ("2026-11-27 15:00", "2026-11-30 14:30"),  # Friday after it: 90 minutes before the end
        ("2026-08-14 10:00", "2026-08-18 10:00"),  # across the weekend and Independence Day
        ("2026-08-17 10:00", "2026-08-18 16:00"),  # on a holiday
        ("2026-12-31 10:00", "2027-01-04 10:00"),  # across a year's end
        ("2026-03-17 11:00", "2026-03-25 10:58"),  # across Lebaran: 180 of 390 are 207.7 of 450 minutes
        ("2026-02-18 07:30", "2026-02-18 16:00"),  # the last day before Ramadan
        ("2026-02-18 11:15", "2026-02-19 11:15"),  # into Ramadan: 225 of 450 are 195 of 390 minutes
        ("2026-02-24 09:05", "2026-02-25 09:05"),  # within Ramadan
    ],
)
def test_one_day_is_one_working_day(start: str, end: str) -> None:
    assert ends(ONE_DAY, at(start), the_office()) == at(end)


def test_one_day_is_never_24_working_hours() -> None:
    assert allowed_minutes(ONE_DAY, at("2026-11-23 10:20"), the_office()) == 450
    assert ends(ONE_DAY, at("2026-11-23 10:20"), the_office()) - at("2026-11-23 10:20") == timedelta(hours=24)
    assert allowed_minutes(ONE_DAY, at("2026-11-27 09:00"), the_office()) == 450


def test_one_day_into_ramadan_is_shorter_and_one_out_of_it_longer() -> None:
    office = the_office()
    assert allowed_minutes(ONE_DAY, at("2026-02-18 07:30"), office) == 450
    assert allowed_minutes(ONE_DAY, at("2026-02-18 11:15"), office) == 225 + 195
    assert allowed_minutes(ONE_DAY, at("2026-03-17 08:00"), office) == 390
    assert allowed_minutes(ONE_DAY, at("2026-03-17 11:00"), office) == 210 + 208


def test_days_between_count_with_their_own_length() -> None:
    # Tuesday 17 February 2026 is Imlek; Wednesday is normal, Thursday and Friday are in Ramadan.
    assert allowed_minutes(Allowance(days=2), at("2026-02-18 07:30"), the_office()) == 450 + 390
    assert ends(Allowance(days=3), at("2026-02-18 11:15"), the_office()) == at("2026-02-23 11:15")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-11-23 07:00", "2026-11-23 08:00"),
        ("2026-11-23 11:45", "2026-11-23 13:15"),  # around the break
        ("2026-11-23 15:50", "2026-11-24 07:50"),  # overnight
        ("2026-11-27 16:20", "2026-11-30 07:50"),  # over the weekend
        ("2026-03-17 14:50", "2026-03-25 07:50"),  # over Lebaran
        ("2026-11-23 11:30", "2026-11-23 12:00"),  # up to the break
    ],
)
def test_thirty_minutes_are_working_minutes(start: str, end: str) -> None:
    assert ends(HALF_HOUR, at(start), the_office()) == at(end)


def test_the_whole_procedure_is_three_days_and_sixty_minutes_of_the_office() -> None:
    moment, total = at("2026-11-23 08:00"), 0
    for allowance in (ONE_DAY, ONE_DAY, ONE_DAY, HALF_HOUR, HALF_HOUR):
        total += allowed_minutes(allowance, moment, the_office())
        moment = ends(allowance, moment, the_office())
    assert (moment, total) == (at("2026-11-26 09:00"), 3 * 450 + 60)
    assert allowed_minutes(Allowance(3, 60), at("2026-11-23 08:00"), the_office()) == total


def test_days_come_before_minutes() -> None:
    assert ends(Allowance(1, 30), at("2026-11-23 15:45"), the_office()) == at("2026-11-25 07:45")


def test_the_limit_of_five_working_days_passes_a_holiday() -> None:
    assert ends(Allowance(days=5), at("2026-08-12 09:10"), the_office()) == at("2026-08-20 09:10")


@pytest.mark.parametrize(("days", "minutes"), [(0, 0), (-1, 30), (1, -1)])
def test_an_allowance_of_nothing_is_refused(days: int, minutes: int) -> None:
    with pytest.raises(AllowanceError):
        Allowance(days, minutes)


@given(moments)
@settings(deadline=None)
def test_on_equal_days_a_day_leads_to_the_same_clock_time(start: datetime) -> None:
    office, begin = plain_weeks(), whole_minute(start)
    end = ends(ONE_DAY, start, office)
    assert allowed_minutes(ONE_DAY, start, office) == 450
    edges = {opens for opens, _ in office.open_intervals(begin.date())}
    same_hours = office.is_open(begin) and begin.weekday() < 3
    if same_hours and begin not in edges:
        assert end == begin + timedelta(days=1)


@given(office_calendars, moments, allowances)
@settings(deadline=None)
def test_a_wait_for_the_opening_costs_nothing(
    calendar: OfficeCalendar, start: datetime, allowance: Allowance
) -> None:
    opening = calendar.next_opening(start)
    assert allowed_minutes(allowance, start, calendar) == allowed_minutes(allowance, opening, calendar)
    assert ends(allowance, start, calendar) == ends(allowance, opening, calendar)


@given(office_calendars, moments, moments, allowances)
@settings(deadline=None)
def test_who_comes_later_is_never_due_earlier(
    calendar: OfficeCalendar, a: datetime, b: datetime, allowance: Allowance
) -> None:
    a, b = sorted((a, b))
    assert ends(allowance, a, calendar) <= ends(allowance, b, calendar)


@given(office_calendars, moments, st.integers(1, 5))
@settings(deadline=None)
def test_n_days_end_on_the_nth_working_day_or_on_the_closing_edge_before(
    calendar: OfficeCalendar, start: datetime, days: int
) -> None:
    opening = calendar.next_opening(start)
    target, before = opening.date(), opening.date()
    for _ in range(days):
        before, target = target, calendar.next_working_day(target)
    assert ends(Allowance(days), start, calendar).date() in (before, target)
    assert ends(Allowance(days), start, calendar) > opening


@given(allowances)
def test_an_allowance_survives_json(allowance: Allowance) -> None:
    assert msgspec.json.decode(msgspec.json.encode(allowance), type=Allowance) == allowance

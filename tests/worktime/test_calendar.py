"""Counting in office hours."""

from datetime import UTC, date, datetime, time, timedelta
from timeit import repeat

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chalicelib.worktime.calendar import HoursPeriod, OfficeCalendar, OfficeHours, Span, whole_minute
from chalicelib.worktime.errors import AllowanceError, CalendarError, NaiveMomentError, OutsideCalendarError
from tests.worktime.offices import (
    at,
    calendars,
    moments,
    naive_count,
    office_calendars,
    plain_weeks,
    the_office,
)


def test_a_normal_day_has_450_minutes_and_a_day_in_ramadan_390() -> None:
    office = the_office()
    week = [date(2026, 11, 23) + timedelta(days=n) for n in range(7)]
    assert [office.working_minutes(day) for day in week] == [450] * 5 + [0, 0]
    fasting = [date(2026, 2, 23) + timedelta(days=n) for n in range(7)]
    assert [office.working_minutes(day) for day in fasting] == [390] * 5 + [0, 0]


def test_the_intervals_of_a_friday_leave_out_its_long_break() -> None:
    assert plain_weeks().open_intervals(date(2026, 11, 27)) == (
        (at("2026-11-27 07:30"), at("2026-11-27 11:30")),
        (at("2026-11-27 13:00"), at("2026-11-27 16:30")),
    )
    assert plain_weeks().open_intervals(date(2026, 11, 28)) == ()


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-11-23 06:00", "2026-11-23 07:30"),  # before hours
        ("2026-11-23 07:30", "2026-11-23 07:30"),
        ("2026-11-23 09:15", "2026-11-23 09:15"),  # in hours
        ("2026-11-23 12:00", "2026-11-23 13:00"),  # the break begins
        ("2026-11-23 12:40", "2026-11-23 13:00"),  # in the break
        ("2026-11-23 16:00", "2026-11-24 07:30"),  # the office closes
        ("2026-11-23 22:00", "2026-11-24 07:30"),  # at night
        ("2026-11-27 11:29", "2026-11-27 11:29"),  # Friday, before the break
        ("2026-11-27 11:30", "2026-11-27 13:00"),  # Friday, within it
        ("2026-11-27 16:15", "2026-11-27 16:15"),  # Friday closes later
        ("2026-11-27 16:30", "2026-11-30 07:30"),  # the weekend
        ("2026-12-24 09:00", "2026-12-28 07:30"),  # joint leave, Christmas, weekend
        ("2026-03-17 16:00", "2026-03-25 07:30"),  # Nyepi, Lebaran and their joint leave
        ("2026-12-31 16:00", "2027-01-04 07:30"),  # a year's end
    ],
)
def test_the_next_opening_passes_everything_closed(moment: str, opening: str) -> None:
    assert the_office().next_opening(at(moment)) == at(opening)
    assert the_office().is_open(at(moment)) == (moment == opening)


def test_seconds_and_zones_do_not_change_a_minute() -> None:
    moment = datetime(2026, 11, 23, 1, 0, 59, 999_999, tzinfo=UTC)
    assert whole_minute(moment) == at("2026-11-23 08:00")
    assert plain_weeks().working_minutes_between(at("2026-11-23 07:30"), moment) == 30


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveMomentError):
        plain_weeks().is_open(datetime(2026, 11, 23, 8))  # noqa: DTZ001 - the point


def test_days_beyond_the_calendar_are_refused_and_not_guessed() -> None:
    office = plain_weeks()
    for ask in (
        lambda: office.working_minutes(date(2028, 1, 1)),
        lambda: office.next_opening(at("2027-12-31 17:00")),
        lambda: office.add_working_minutes(at("2027-12-31 16:00"), 31),
        lambda: office.next_working_day(date(2027, 12, 31)),
    ):
        with pytest.raises(OutsideCalendarError):
            ask()
    assert office.add_working_minutes(at("2027-12-31 16:00"), 30) == at("2027-12-31 16:30")


def test_adding_nothing_stays_at_work_or_waits_for_the_opening() -> None:
    for moment in ("2026-11-23 09:00", "2026-11-23 12:00", "2026-11-23 16:00"):
        assert plain_weeks().add_working_minutes(at(moment), 0) == at(moment)
    assert plain_weeks().add_working_minutes(at("2026-11-23 12:01"), 0) == at("2026-11-23 13:00")


def test_minutes_cannot_be_added_backwards() -> None:
    with pytest.raises(AllowanceError):
        plain_weeks().add_working_minutes(at("2026-11-23 08:00"), -1)


def test_the_next_working_day_passes_lebaran_with_its_joint_leave() -> None:
    assert the_office().next_working_day(date(2026, 3, 17)) == date(2026, 3, 25)
    assert the_office().next_working_day(date(2026, 11, 27)) == date(2026, 11, 30)


def test_contradictory_hours_are_refused() -> None:
    backwards = (Span(time(9), time(8)),)
    touching = (Span(time(8), time(9)), Span(time(9), time(10)))
    seconds = (Span(time(8, 0, 1), time(9)),)
    for spans in (backwards, touching, seconds):
        with pytest.raises(CalendarError):
            OfficeHours(week=(spans, (), (), (), (), (), ()))
    with pytest.raises(CalendarError):
        OfficeHours(week=((),))


def test_contradictory_periods_are_refused() -> None:
    normal = plain_weeks().normal
    day, next_day = date(2026, 1, 2), date(2026, 1, 3)
    overlapping = (HoursPeriod(day, next_day, normal), HoursPeriod(next_day, next_day, normal))
    for periods in (overlapping, (HoursPeriod(next_day, day, normal),)):
        with pytest.raises(CalendarError):
            OfficeCalendar(first_day=day, last_day=next_day, normal=normal, periods=periods)
    with pytest.raises(CalendarError):
        OfficeCalendar(first_day=next_day, last_day=day, normal=normal)


@given(calendars(), st.tuples(moments, moments))
@settings(max_examples=25, deadline=None)
def test_counting_agrees_with_counting_every_minute(
    calendar: OfficeCalendar, pair: tuple[datetime, datetime]
) -> None:
    a, b = sorted(whole_minute(moment) for moment in pair)
    b = min(b, a + timedelta(days=6))
    assert calendar.working_minutes_between(a, b) == naive_count(calendar, a, b)


@given(office_calendars, moments, moments, moments)
@settings(deadline=None)
def test_neighbouring_intervals_add_up(
    calendar: OfficeCalendar, a: datetime, b: datetime, c: datetime
) -> None:
    between = calendar.working_minutes_between
    assert between(a, b) + between(b, c) == between(a, c)
    assert between(a, b) == -between(b, a)


@given(office_calendars, moments, st.integers(0, 5000))
@settings(deadline=None)
def test_adding_is_the_inverse_of_counting(calendar: OfficeCalendar, start: datetime, minutes: int) -> None:
    assume(
        minutes
        <= calendar.working_minutes_between(start, start.replace(year=calendar.last_day.year, month=1, day=1))
    )
    end = calendar.add_working_minutes(start, minutes)
    assert calendar.working_minutes_between(start, end) == minutes
    if minutes:
        assert calendar.working_minutes_between(start, end - timedelta(minutes=1)) == minutes - 1


@given(office_calendars, moments, moments, st.integers(0, 3000), st.integers(0, 3000))
@settings(deadline=None)
def test_later_starts_and_longer_times_never_end_earlier(
    calendar: OfficeCalendar, a: datetime, b: datetime, short: int, more: int
) -> None:
    a, b = sorted((a, b))
    add = calendar.add_working_minutes
    assert add(a, short) <= add(b, short)
    assert add(a, short) <= add(a, short + more)


@given(office_calendars, moments, st.integers(0, 3000))
@settings(deadline=None)
def test_an_end_lies_in_open_hours_or_on_a_closing_edge(
    calendar: OfficeCalendar, start: datetime, n: int
) -> None:
    end = calendar.add_working_minutes(start, n)
    assert any(opens <= end <= closes for opens, closes in calendar.open_intervals(end.date()))


@given(office_calendars, moments)
@settings(deadline=None)
def test_the_next_opening_is_open_and_nothing_was_open_before(
    calendar: OfficeCalendar, moment: datetime
) -> None:
    opening = calendar.next_opening(moment)
    assert calendar.is_open(opening)
    assert opening >= whole_minute(moment)
    assert calendar.working_minutes_between(moment, opening) == 0


@given(calendars())
@settings(max_examples=20, deadline=None)
def test_a_calendar_survives_json(calendar: OfficeCalendar) -> None:
    assert msgspec.json.decode(msgspec.json.encode(calendar), type=OfficeCalendar) == calendar


def test_counting_over_a_year_takes_less_than_a_millisecond() -> None:
    office, first, last = the_office(), at("2026-01-01 00:00"), at("2026-12-31 23:59")
    office.working_minutes_between(first, last)
    assert (
        min(repeat(lambda: office.working_minutes_between(first, last), number=100, repeat=5)) / 100 < 0.001
    )

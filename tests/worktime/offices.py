"""Calendars for the tests: the real one, and small made-up ones for the properties."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from hypothesis import strategies as st

from chalicelib.worktime.calendar import (
    ClosedDay,
    HoursPeriod,
    OfficeCalendar,
    OfficeHours,
    Span,
    office_zone,
)
from chalicelib.worktime.holidays_id import office_calendar
from chalicelib.worktime.office_files import shipped_hours

MONDAY = date(2026, 11, 2)
DRAWN_DAYS = 28


def at(text: str) -> datetime:
    """'2026-11-23 08:00' in office time."""
    return datetime.fromisoformat(text).replace(tzinfo=office_zone())


def the_office() -> OfficeCalendar:
    """The shipped calendar of 2024 to 2028."""
    return office_calendar(2024, 2028)


@cache
def plain_weeks() -> OfficeCalendar:
    """Two years of normal hours without any holiday."""
    return OfficeCalendar(
        first_day=date(2026, 1, 1), last_day=date(2027, 12, 31), normal=shipped_hours().normal
    )


def naive_count(calendar: OfficeCalendar, a: datetime, b: datetime) -> int:
    """The working minutes from `a` to `b`, counted one by one from the spans: the judge of the odometer."""
    return sum(calendar.is_open(a + timedelta(minutes=n)) for n in range(int((b - a) / timedelta(minutes=1))))


def _spans(edges: list[int]) -> tuple[Span, ...]:
    times = [time(edge // 60, edge % 60) for edge in sorted(edges)]
    return tuple(Span(opens, closes) for opens, closes in zip(times[::2], times[1::2], strict=True))


_edges = st.sampled_from([0, 2, 4]).flatmap(
    lambda n: st.lists(st.integers(6 * 60, 20 * 60), min_size=n, max_size=n, unique=True)
)
_open_edges = st.sampled_from([2, 4]).flatmap(
    lambda n: st.lists(st.integers(6 * 60, 20 * 60), min_size=n, max_size=n, unique=True)
)
# One weekday is always open, so that every question has an answer in sight.
hours = st.tuples(_open_edges, *([_edges] * 6)).map(
    lambda week: OfficeHours(week=tuple(_spans(edges) for edges in week))
)


@st.composite
def calendars(draw: st.DrawFn) -> OfficeCalendar:
    """Four drawn weeks from MONDAY, perhaps with a period and closed days, then plain hours for long."""
    days = st.integers(0, DRAWN_DAYS - 1).map(lambda n: MONDAY + timedelta(days=n))
    first, last = sorted((draw(days), draw(days)))
    periods = (HoursPeriod(first, last, draw(hours)),) if draw(st.booleans()) else ()
    closed = {day: ClosedDay("Libur", "Holiday") for day in draw(st.sets(days, max_size=6))}
    return OfficeCalendar(
        first_day=MONDAY - timedelta(days=7),
        last_day=MONDAY + timedelta(days=3000),
        normal=draw(hours),
        periods=periods,
        closed=closed,
    )


office_calendars = st.one_of(st.builds(plain_weeks), st.builds(the_office), calendars())
# Seconds and another zone on purpose: both must vanish.
moments = st.integers(0, DRAWN_DAYS * 24 * 3600).map(
    lambda s: datetime.combine(MONDAY, time(), office_zone()).astimezone(UTC) + timedelta(seconds=s)
)

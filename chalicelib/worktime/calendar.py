"""Office hours as data, and counting in them.

All moments are aware datetimes and are cut down to the whole minute in office time, so that minutes are
exact integers and neighbouring intervals add up. Counting works like an odometer: every moment has a
reading (working minutes since the first day), a distance is a difference of readings, and a deadline is
the first moment that shows a reading.
"""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo

from msgspec import Struct

from chalicelib.worktime.errors import AllowanceError, CalendarError, NaiveMomentError, OutsideCalendarError

ZONE_NAME = "Asia/Jakarta"
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


def office_zone() -> ZoneInfo:
    """WIB, the zone of the office (UTC+7 without daylight saving); read from the system at the first call."""
    return ZoneInfo(ZONE_NAME)


def whole_minute(moment: datetime) -> datetime:
    """`moment` in office time, cut down to its minute. Raises NaiveMomentError without a time zone."""
    if moment.tzinfo is None:
        raise NaiveMomentError(moment=moment.isoformat())
    return moment.astimezone(office_zone()).replace(second=0, microsecond=0)


class Span(Struct, frozen=True, array_like=True):
    """One stretch of opening: from `opens` up to, and without, `closes`; local times in whole minutes."""

    opens: time
    closes: time

    @property
    def edges(self) -> tuple[int, int]:
        """Opening and closing in minutes after midnight."""
        return self.opens.hour * 60 + self.opens.minute, self.closes.hour * 60 + self.closes.minute


class OfficeHours(Struct, frozen=True):
    """Opening hours of a week, Monday first: seven tuples of spans, in order and without overlap.

    Raises CalendarError.
    """

    week: tuple[tuple[Span, ...], ...]

    def __post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise CalendarError(problems=problems)

    def _problems(self) -> Iterator[str]:
        if len(self.week) != 7:
            yield f"a week of {len(self.week)} days"
        for weekday, spans in enumerate(self.week):
            edges = [edge for span in spans for edge in (span.opens, span.closes)]
            if any(later <= earlier for earlier, later in pairwise(edges)):
                yield f"spans of weekday {weekday} overlap or run backwards"
            if any(edge.second or edge.microsecond for edge in edges):
                yield f"spans of weekday {weekday} are not in whole minutes"


class HoursPeriod(Struct, frozen=True):
    """Other hours from `first` to `last`, both included; `name` is for people (Ramadan)."""

    first: date
    last: date
    hours: OfficeHours
    name: str = ""


class ClosedDay(Struct, frozen=True):
    """Why the office is closed that day, in both languages; `decree` names the office's own correction."""

    name: str
    name_en: str
    decree: str = ""


class OfficeCalendar(Struct, frozen=True, kw_only=True, dict=True):
    """Opening hours from `first_day` to `last_day`, both included; a question beyond them is refused.

    Refused, and not answered with plain weekdays: a deadline over an unknown Lebaran is a wrong promise.
    Every method raises OutsideCalendarError for such a day and NaiveMomentError for a moment without a zone;
    the constructor raises CalendarError. `revision` counts the office's own corrections (`worktime.revisions`).
    """

    first_day: date
    last_day: date
    normal: OfficeHours
    periods: tuple[HoursPeriod, ...] = ()
    closed: dict[date, ClosedDay] = {}
    revision: int = 0

    def __post_init__(self) -> None:
        ordered = sorted(self.periods, key=lambda period: period.first)
        problems = [f"period {p.first} ends before it begins" for p in ordered if p.last < p.first]
        problems += [
            f"periods {a.first} and {b.first} overlap" for a, b in pairwise(ordered) if b.first <= a.last
        ]
        if self.last_day < self.first_day:
            problems.append("the calendar ends before it begins")
        if problems:
            raise CalendarError(problems=problems)

    def open_intervals(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """Opening and closing moments of `day`, in order; empty on a closed day."""
        return tuple((_at(day, opens), _at(day, closes)) for opens, closes in self._days[self._index(day)])

    def working_minutes(self, day: date) -> int:
        """Working minutes of `day`; 0 on a closed day."""
        index = self._index(day)
        return self._odometer[index + 1] - self._odometer[index]

    def is_open(self, moment: datetime) -> bool:
        """Whether the minute that begins at `moment` is a working minute: open at 07.30, closed at 16.00."""
        return any(opens <= minute < closes for minute, opens, closes in self._around(moment))

    def next_opening(self, moment: datetime) -> datetime:
        """The beginning of the first working minute at or after `moment`: itself in open hours."""
        return self._moment_at(self._reading(moment) + 1) - _MINUTE

    def working_minutes_between(self, a: datetime, b: datetime) -> int:
        """Working minutes from `a` to `b`; negative when `b` is earlier."""
        return self._reading(b) - self._reading(a)

    def add_working_minutes(self, moment: datetime, minutes: int) -> datetime:
        """The first moment by which `minutes` working minutes have passed since `moment`.

        It lies in open hours or at a closing edge: 450 minutes from 07.30 end at 16.00, not at 07.30 of the
        next day. With 0 minutes: `moment`, or the next opening when it lies outside hours. Raises
        AllowanceError below 0.
        """
        if minutes < 0:
            raise AllowanceError(days=0, minutes=minutes)
        if minutes:
            return self._moment_at(self._reading(moment) + minutes)
        at_work = any(opens <= minute <= closes for minute, opens, closes in self._around(moment))
        return whole_minute(moment) if at_work else self.next_opening(moment)

    def next_working_day(self, day: date) -> date:
        """The first day after `day` with working minutes."""
        following = day + _DAY
        while not self.working_minutes(following):
            following += _DAY
        return following

    @cached_property
    def _days(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        span = (self.last_day - self.first_day).days + 1
        return tuple(self._hours_on(self.first_day + timedelta(days=n)) for n in range(span))

    @cached_property
    def _odometer(self) -> tuple[int, ...]:
        lengths = (sum(closes - opens for opens, closes in spans) for spans in self._days)
        return tuple(accumulate(lengths, initial=0))

    def _hours_on(self, day: date) -> tuple[tuple[int, int], ...]:
        if day in self.closed:
            return ()
        hours = next((p.hours for p in self.periods if p.first <= day <= p.last), self.normal)
        return tuple(span.edges for span in hours.week[day.weekday()])

    def _index(self, day: date) -> int:
        if not self.first_day <= day <= self.last_day:
            raise OutsideCalendarError(day=day, first=self.first_day, last=self.last_day)
        return (day - self.first_day).days

    def _around(self, moment: datetime) -> Iterator[tuple[int, int, int]]:
        local = whole_minute(moment)
        minute = local.hour * 60 + local.minute
        return ((minute, opens, closes) for opens, closes in self._days[self._index(local.date())])

    def _reading(self, moment: datetime) -> int:
        today = sum(max(0, min(minute, closes) - opens) for minute, opens, closes in self._around(moment))
        return self._odometer[self._index(whole_minute(moment).date())] + today

    def _moment_at(self, reading: int) -> datetime:
        index = bisect_left(self._odometer, reading) - 1
        if index >= len(self._days):
            raise OutsideCalendarError(day=None, first=self.first_day, last=self.last_day)
        rest = reading - self._odometer[index]
        spans = iter(self._days[index])
        opens, closes = next(spans)
        while rest > closes - opens:
            rest -= closes - opens
            opens, closes = next(spans)
        return _at(self.first_day + timedelta(days=index), opens + rest)


def _at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60), office_zone())

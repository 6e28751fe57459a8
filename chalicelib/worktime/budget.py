"""The clock of a step: a budget of working minutes with a ledger (SOP positions 2, 4, 7 and 12).

Every function takes the moment and the calendar in force as arguments and gives a new ledger or a number.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from chalicelib.worktime.calendar import OfficeCalendar, whole_minute
from chalicelib.worktime.errors import NotOverdueError
from chalicelib.worktime.ledger import (
    Allowance,
    Closed,
    Entry,
    Ledger,
    Opened,
    Overdue,
    Recalendared,
    Resumed,
    Standing,
    Suspended,
)

_DAY = timedelta(days=1)


def allowed_minutes(allowance: Allowance, start: datetime, calendar: OfficeCalendar) -> int:
    """The exact working minutes of `allowance` for a step that begins at `start`.

    A start outside hours counts from the next opening. A day leads to the same relative position on the next
    working day (rounded half up to a minute), so on equal days to the same clock time. On an opening edge
    that is the closing edge before it: one day from 07.30 is used up at 16.00, one from 13.00 at 12.00.
    """
    begin = whole_minute(start)
    return _measured(allowance, begin, _position(begin, calendar), calendar.working_minutes)


def _measured(allowance: Allowance, start: datetime, position: int, length: Callable[[date], int]) -> int:
    """`position`: working minutes of the start's day before `start`; `length`: working minutes of a day."""
    day = start.date()
    if position >= length(day):
        day, position = _next_day(day, length), 0
    if not allowance.days:
        return allowance.minutes
    first, total = length(day), -position
    for _ in range(allowance.days):
        total += length(day)
        day = _next_day(day, length)
    return total + (2 * position * length(day) + first) // (2 * first) + allowance.minutes


def _position(moment: datetime, calendar: OfficeCalendar) -> int:
    midnight = datetime.combine(moment.date(), time(), moment.tzinfo)
    return calendar.working_minutes_between(midnight, moment)


def _next_day(day: date, length: Callable[[date], int]) -> date:
    following = day + _DAY
    while not length(following):
        following += _DAY
    return following


def open_ledger(allowance: Allowance, at: datetime, calendar: OfficeCalendar) -> Ledger:
    """A ledger that starts to count at `at`, or at the next opening when the office is closed then."""
    begin = whole_minute(at)
    return Ledger(allowance, (Opened(begin, allowed_minutes(allowance, begin, calendar)),))


def suspend(ledger: Ledger, at: datetime, cause: str, calendar: OfficeCalendar) -> Ledger:
    """Stop the clock. `cause` is a code. Raises a LedgerError when it does not run."""
    return _with(ledger, Suspended(whole_minute(at), cause, used(ledger, at, calendar)))


def resume(ledger: Ledger, at: datetime) -> Ledger:
    """Start the clock again with what is left. Raises a LedgerError when it was not stopped."""
    return _with(ledger, Resumed(whole_minute(at)))


def close(ledger: Ledger, at: datetime, calendar: OfficeCalendar) -> Ledger:
    """End the counting, from running or stopped. Raises a LedgerError when it has ended."""
    return _with(ledger, Closed(whole_minute(at), used(ledger, at, calendar)))


def mark_overdue(ledger: Ledger, at: datetime, level: int, calendar: OfficeCalendar) -> Ledger:
    """Record that the deadline is missed and that `level` is told (SOP position 7: the step goes on).

    Raises NotOverdueError while minutes are left, LevelNotRaisedError when that level was told before, or
    another LedgerError when the clock does not run.
    """
    marked = _with(ledger, Overdue(whole_minute(at), level))
    remaining = left(ledger, at, calendar)
    if remaining > 0:
        raise NotOverdueError(at=at, left=remaining)
    return marked


def used(ledger: Ledger, now: datetime, calendar: OfficeCalendar) -> int:
    """Working minutes used by `now`. A `now` before the last entry gives what that entry says."""
    standing = ledger.standing()
    if standing.phase != "running":
        return standing.used
    return standing.used + max(0, calendar.working_minutes_between(standing.since, now))


def left(ledger: Ledger, now: datetime, calendar: OfficeCalendar) -> int:
    """Working minutes left at `now`; negative when overdue."""
    return ledger.standing().allowed - used(ledger, now, calendar)


def deadline(ledger: Ledger, calendar: OfficeCalendar) -> datetime | None:
    """When the minutes are, or were, used up; None while the clock is stopped and after the closing."""
    standing = ledger.standing()
    if standing.phase != "running":
        return None
    if standing.used < standing.allowed:
        return calendar.add_working_minutes(standing.since, standing.allowed - standing.used)
    return _missed(ledger, standing, calendar)


def moment_of_share(ledger: Ledger, percent: int, calendar: OfficeCalendar) -> datetime | None:
    """When `percent` of the allowed minutes will be used (rounded up to a minute); None when they are, or while
    the clock is stopped.
    """
    standing = ledger.standing()
    minutes = -(-standing.allowed * percent // 100)
    if standing.phase != "running" or standing.used >= minutes:
        return None
    return calendar.add_working_minutes(standing.since, minutes - standing.used)


def _missed(ledger: Ledger, standing: Standing, calendar: OfficeCalendar) -> datetime:
    stretch = next(s for s in reversed(ledger.stretches()) if s.used < standing.allowed)
    moment = calendar.add_working_minutes(stretch.start, standing.allowed - stretch.used)
    # An earlier stretch was counted in the calendar of its time; today's may put the moment past its end.
    return moment if stretch.end is None else min(moment, stretch.end)


def reproject(
    ledger: Ledger, new: OfficeCalendar, at: datetime, reason: str, *, old: OfficeCalendar
) -> Ledger:
    """From `at` on, count in `new` (SOP position 4); `reason` is kept.

    Minutes used by then were used in the `old` calendar and stay. Where the days after `at` have another
    length than was thought, "1 hari" is measured again, with the days up to `at` as they were lived.
    Raises a LedgerError after the closing.
    """
    today = whole_minute(at).date()

    def lived(day: date) -> int:
        return (old if day <= today else new).working_minutes(day)

    start = ledger.entries[0].at
    position = _position(start.astimezone(whole_minute(at).tzinfo), old)
    before = allowed_minutes(ledger.allowance, start, old)
    change = _measured(ledger.allowance, whole_minute(start), position, lived) - before
    # Two retroactive changes in a row may take off more than a shrunken allowance holds.
    change = max(change, 1 - ledger.standing().allowed)
    return _with(ledger, Recalendared(whole_minute(at), reason, change, used(ledger, at, old)))


def _with(ledger: Ledger, entry: Entry) -> Ledger:
    return Ledger(ledger.allowance, (*ledger.entries, entry))

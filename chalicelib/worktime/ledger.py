"""The ledger of a step's budget: named facts in the order in which they happened, and where they lead.

Each event that ends a stretch of counting carries the minutes used by then. So what was used is written once,
and no later calendar can change it.
"""

from datetime import datetime
from functools import reduce
from typing import Literal, assert_never

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.worktime.errors import (
    AllowanceError,
    AlreadyOpenedError,
    ClockRunningError,
    ClockStoppedError,
    EventOutOfOrderError,
    LedgerClosedError,
    LevelNotRaisedError,
    NotOpenedError,
    UsedRewrittenError,
)


class Allowance(Struct, frozen=True):
    """A standard time of the SOP: `days` working days ("1 hari"), then working `minutes` ("30 menit").

    A working day is the same relative position on the next working day: never 24 hours, nor a fixed
    450 minutes.
    Raises AllowanceError for less than a minute.
    """

    days: int = 0
    minutes: int = 0

    def __post_init__(self) -> None:
        if min(self.days, self.minutes) < 0 or self.days == self.minutes == 0:
            raise AllowanceError(days=self.days, minutes=self.minutes)


class Opened(Struct, frozen=True, tag_field="event", tag="opened"):
    """The step began at `at` with `allowed` working minutes."""

    at: datetime
    allowed: int


class Suspended(Struct, frozen=True, tag_field="event", tag="suspended"):
    """The clock stopped, for example while the applicant corrects. `cause` is a code, not a sentence."""

    at: datetime
    cause: str
    used: int


class Resumed(Struct, frozen=True, tag_field="event", tag="resumed"):
    """The clock started again with what was left."""

    at: datetime


class Overdue(Struct, frozen=True, tag_field="event", tag="overdue"):
    """The deadline was missed and escalation `level` (1 and up) was told; the clock runs on."""

    at: datetime
    level: int


class Recalendared(Struct, frozen=True, tag_field="event", tag="recalendared"):
    """From `at` on another calendar counts. `allowed_change`: minutes that its days add or take."""

    at: datetime
    reason: str
    allowed_change: int
    used: int


class Closed(Struct, frozen=True, tag_field="event", tag="closed"):
    """The step ended."""

    at: datetime
    used: int


Entry = Opened | Suspended | Resumed | Overdue | Recalendared | Closed


class Standing(Struct, frozen=True, kw_only=True):
    """Where a ledger stands after its entries.

    `used` minutes are written; while running, those since `since` come on top. `last` is the moment of the
    last entry.
    """

    phase: Literal["running", "suspended", "closed"]
    last: datetime
    since: datetime
    used: int
    allowed: int
    level: int = 0


class Stretch(Struct, frozen=True):
    """A stretch of counting: from `start`, with `used` minutes before it, to `end` (None: it runs)."""

    start: datetime
    used: int
    end: datetime | None


class Ledger(Struct, frozen=True):
    """The allowance as the procedure gives it, and what happened.

    Raises a LedgerError for an impossible order, also when it is read from JSON.
    """

    allowance: Allowance
    entries: tuple[Entry, ...]

    def __post_init__(self) -> None:
        self.standing()

    def standing(self) -> Standing:
        """Where the entries lead."""
        if not self.entries or not isinstance(self.entries[0], Opened):
            raise NotOpenedError()
        first = self.entries[0]
        start = Standing(phase="running", last=first.at, since=first.at, used=0, allowed=first.allowed)
        return reduce(_after, self.entries[1:], start)

    def stretches(self) -> tuple[Stretch, ...]:
        """The stretches in which the clock ran, in order."""
        done: list[Stretch] = []
        start, used = self.entries[0].at, 0
        running = True
        for entry in self.entries[1:]:
            if isinstance(entry, Suspended | Recalendared | Closed):
                if running:
                    done.append(Stretch(start, used, entry.at))
                running = running and isinstance(entry, Recalendared)
                start, used = entry.at, entry.used
            elif isinstance(entry, Resumed):
                start, running = entry.at, True
        return (*done, Stretch(start, used, None)) if running else tuple(done)


def _after(now: Standing, entry: Entry) -> Standing:
    _check_order(now, entry)
    match entry:
        case Suspended():
            return replace(now, phase="suspended", last=entry.at, used=entry.used)
        case Resumed():
            return replace(now, phase="running", last=entry.at, since=entry.at)
        case Overdue():
            return replace(now, last=entry.at, level=entry.level)
        case Recalendared():
            allowed = now.allowed + entry.allowed_change
            return replace(now, last=entry.at, since=entry.at, used=entry.used, allowed=allowed)
        case Closed():
            return replace(now, phase="closed", last=entry.at, used=entry.used)
        case Opened():
            raise AlreadyOpenedError(at=entry.at)
        case _:
            assert_never(entry)


def _check_order(now: Standing, entry: Entry) -> None:
    if now.phase == "closed":
        raise LedgerClosedError(at=entry.at, closed_at=now.last)
    if entry.at < now.last:
        raise EventOutOfOrderError(at=entry.at, last=now.last)
    if now.phase == "suspended" and isinstance(entry, Suspended | Overdue):
        raise ClockStoppedError(at=entry.at, stopped_at=now.last)
    if now.phase == "running" and isinstance(entry, Resumed):
        raise ClockRunningError(at=entry.at, running_since=now.since)
    if isinstance(entry, Overdue) and entry.level <= now.level:
        raise LevelNotRaisedError(level=entry.level, reached=now.level)
    if isinstance(entry, Suspended | Recalendared | Closed):
        _check_used(now, entry)


def _check_used(now: Standing, entry: Suspended | Recalendared | Closed) -> None:
    rewritten = entry.used != now.used if now.phase == "suspended" else entry.used < now.used
    if rewritten:
        raise UsedRewrittenError(at=entry.at, used=entry.used, before=now.used)

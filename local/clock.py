"""Clocks that can be set and hastened, so that days of working time can be watched in a minute."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from chalicelib.worktime.now import Clock, system_clock


def set_clock(starts_at: datetime | None, scale: float) -> Clock:
    """A clock that begins at `starts_at` (now, by default) and runs `scale` times as fast as the machine's."""
    begin = starts_at or system_clock().now()
    started = time.monotonic()

    def now() -> datetime:
        return begin + timedelta(seconds=(time.monotonic() - started) * scale)

    return Clock(now=now, scale=scale)


@dataclass(frozen=True)
class _Held(Clock):
    """A clock whose waits are shortened by whoever holds its hands."""

    pace: Callable[[], float] = lambda: 1.0

    def seconds_until(self, moment: datetime) -> int:
        return Clock(self.now, self.pace()).seconds_until(moment)


class Hands:
    """A clock that stands until its hands are moved.

    `scale` shortens the waits that begin from then on, and nothing else: who wakes finds the time unmoved.
    """

    def __init__(self, moment: datetime) -> None:
        self._moment = moment
        self.scale = 1.0
        self.clock: Clock = _Held(now=lambda: self._moment, pace=lambda: self.scale)

    @classmethod
    def at(cls, moment: str) -> Self:
        """The clock standing at a moment given as ISO 8601."""
        return cls(datetime.fromisoformat(moment))

    def move(self, **by: float) -> None:
        """Moves the hands on by `timedelta`'s arguments."""
        self._moment += timedelta(**by)

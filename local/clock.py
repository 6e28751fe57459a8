"""Clocks that can be set and hastened, so that days of working time can be watched in a minute."""

import time
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


class Hands:
    """A clock that stands until its hands are moved; `scale` shortens the waits for what is still to come."""

    def __init__(self, moment: datetime, scale: float = 1.0) -> None:
        self._moment = moment
        self.clock = Clock(now=lambda: self._moment, scale=scale)

    @classmethod
    def at(cls, moment: str, scale: float = 1.0) -> Self:
        """The clock standing at a moment given as ISO 8601."""
        return cls(datetime.fromisoformat(moment), scale)

    def move(self, **by: float) -> None:
        """Moves the hands on by `timedelta`'s arguments."""
        self._moment += timedelta(**by)

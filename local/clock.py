"""A clock that can be set and hastened, so that days of working time can be watched in a minute."""

import time
from datetime import datetime, timedelta

from chalicelib.worktime.now import Clock, system_clock


def set_clock(starts_at: datetime | None, scale: float) -> Clock:
    """A clock that begins at `starts_at` (now, by default) and runs `scale` times as fast as the machine's."""
    begin = starts_at or system_clock().now()
    started = time.monotonic()

    def now() -> datetime:
        return begin + timedelta(seconds=(time.monotonic() - started) * scale)

    return Clock(now=now, scale=scale)

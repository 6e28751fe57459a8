"""The edge to real time: the only place that reads the machine's clock, handed to the shell as a value."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from chalicelib.worktime.calendar import office_zone

LONGEST_WAIT_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True)
class Clock:
    """What time it is for the office. `scale`: office seconds in a real second, 1 on AWS, more in a show."""

    now: Callable[[], datetime]
    scale: float = 1.0

    def seconds_until(self, moment: datetime) -> int:
        """Real seconds to wait for `moment`, rounded up: at least 1 (also for the past), at most a year.

        A year is below the longest wait of Step Functions (99,999,999 s). Whoever wakes must look at the
        ledger again: the deadline can have moved.
        """
        real = (moment - self.now()) / timedelta(seconds=1) / self.scale
        return min(max(ceil(real), 1), LONGEST_WAIT_SECONDS)

    def felt(self, span: timedelta) -> timedelta:
        """A span of people's own time, in the office's: they read a mail no faster in a show."""
        return span * self.scale


def system_clock() -> Clock:
    """The machine's clock in office time."""
    return Clock(lambda: datetime.now(office_zone()))

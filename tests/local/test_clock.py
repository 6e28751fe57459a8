"""Clocks that tests and shows set and hasten."""

import time
from datetime import timedelta

from local.clock import set_clock
from tests.worktime.offices import at


def test_a_clock_that_is_set_begins_there_and_runs_as_fast_as_asked() -> None:
    origin = at("2026-11-23 12:00")
    clock = set_clock(origin, 3600.0)
    assert timedelta(0) <= clock.now() - origin < timedelta(hours=1)
    before = clock.now()
    time.sleep(0.02)
    assert clock.now() - before >= timedelta(seconds=0.02 * 3600)
    assert clock.scale == 3600.0

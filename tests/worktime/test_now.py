"""Waiting for an office moment in real seconds."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.worktime.now import LONGEST_WAIT_SECONDS, Clock, system_clock
from tests.worktime.offices import at

NOON = at("2026-11-23 12:00")


def test_a_wait_is_in_whole_real_seconds() -> None:
    assert Clock(lambda: NOON).seconds_until(at("2026-11-23 12:10")) == 600
    assert Clock(lambda: NOON).seconds_until(NOON + timedelta(seconds=1.2)) == 2


def test_a_moment_that_has_passed_is_waited_for_one_second() -> None:
    assert Clock(lambda: NOON).seconds_until(at("2026-11-20 12:00")) == 1
    assert Clock(lambda: NOON).seconds_until(NOON) == 1


def test_no_wait_is_longer_than_a_year() -> None:
    assert Clock(lambda: NOON).seconds_until(at("2031-11-23 12:00")) == LONGEST_WAIT_SECONDS < 99_999_999


def test_a_fast_office_waits_shorter() -> None:
    assert Clock(lambda: NOON, scale=600).seconds_until(at("2026-11-24 12:00")) == 144


@given(st.integers(1, 10**6), st.sampled_from([1.0, 7.0, 60.0, 3600.0]))
def test_nobody_wakes_before_the_moment(office_seconds: int, scale: float) -> None:
    waited = Clock(lambda: NOON, scale).seconds_until(NOON + timedelta(seconds=office_seconds))
    assert waited * scale >= office_seconds


def test_the_machine_speaks_office_time() -> None:
    assert system_clock().now().utcoffset() == timedelta(hours=7)
    assert system_clock().scale == 1

"""Before a step is late its officer is reminded; a complete file that nobody decides is watched (sop.md 7 and 12)."""

from datetime import datetime

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.cases import workflow
from chalicelib.cases.change import Change
from chalicelib.worktime import budget
from chalicelib.worktime.ledger import Allowance
from tests.cases.test_between_waits import APPROVE, RETURN
from tests.cases.walker import CALENDAR, OFFICERS, PROCEDURE, STEPS, WHOLE, Walker
from tests.worktime.offices import at

MONDAY_8 = at("2026-11-23 08:00")


def opened(since: datetime = MONDAY_8, steps: int = 1) -> Walker:
    """A case of which so many steps were opened at that moment, all but the last one approved."""
    walker = Walker()
    walker.now = since
    walker.save(WHOLE)
    walker.submit(send_anyway=True)
    for step, officer in zip(STEPS[:steps], OFFICERS, strict=False):
        if walker.case.current:
            walker.decide(APPROVE, walker.case.current.officer_id)
        walker.open(step.key, officer)
    return walker


def _remind(walker: Walker) -> Change | None:
    return walker.make(lambda case: workflow.record_reminder(case, PROCEDURE, walker.now, CALENDAR))


def overdue(walker: Walker) -> Change | None:
    """The open step recorded as overdue, if it is."""
    step = walker.case.current.key if walker.case.current else ""
    return walker.make(lambda case: workflow.record_overdue(case, step, None, walker.now, CALENDAR))


def watch(walker: Walker) -> Change | None:
    """The warning of the watch over a complete file, if it is due."""
    return walker.make(lambda case: workflow.record_watch(case, ("kepala-1",), walker.now))


def _told(made: Change | None) -> list[tuple[str, str]]:
    return [(one.notice, one.to) for one in made.outbox] if made else []


def _due(walker: Walker) -> datetime:
    moment = walker.case.due_at
    assert moment is not None
    return moment


def test_an_officer_is_reminded_at_half_and_at_four_fifths_of_the_working_time() -> None:
    walker = opened()  # one working day from Monday 08.00: 450 minutes, to Tuesday 08.00
    assert _due(walker) == at("2026-11-23 11:45")
    assert _remind(walker) is None
    walker.now = at("2026-11-23 11:45")
    assert _told(_remind(walker)) == [("step_reminder", OFFICERS[0])]
    assert _remind(walker) is None
    assert _due(walker) == at("2026-11-23 15:00")
    walker.now = at("2026-11-23 15:00")
    assert _told(_remind(walker)) == [("step_reminder", OFFICERS[0])]
    assert _due(walker) == at("2026-11-24 08:00")  # the deadline itself


def test_a_sweep_that_comes_late_reminds_once() -> None:
    walker = opened()
    walker.now = at("2026-11-23 15:30")
    assert _told(_remind(walker)) == [("step_reminder", OFFICERS[0])]
    assert _due(walker) == at("2026-11-24 08:00")


def test_who_is_overdue_is_reminded_no_more() -> None:
    walker = opened()
    walker.now = at("2026-11-24 08:00")
    walker.machine("overdue", STEPS[0].key)
    assert _remind(walker) is None
    assert _due(walker) == at("2026-11-25 08:00")


def test_a_step_that_opens_again_goes_on_with_the_reminders_that_are_left() -> None:
    walker = opened()
    walker.now = at("2026-11-23 13:30")  # 270 of 450 minutes used
    walker.decide(RETURN, OFFICERS[0])
    assert walker.case.due_at is None
    walker.now = at("2026-11-25 08:00")
    walker.correct(send_anyway=True)
    walker.open(STEPS[0].key, OFFICERS[0])
    assert _due(walker) == at("2026-11-25 09:30")  # four fifths: 90 minutes more


def test_a_complete_file_without_a_decision_is_warned_of_a_day_before_the_fifth_working_day_ends() -> None:
    walker = opened(steps=2)
    watched = walker.case.watch
    assert watched is not None
    assert (watched.wakes_at, watched.until) == (at("2026-11-27 08:00"), at("2026-11-30 08:00"))
    walker.now = at("2026-11-27 08:00")
    assert _told(watch(walker)) == [("deemed_near", OFFICERS[1]), ("deemed_near_above", "kepala-1")]
    assert watch(walker) is None
    walker.now = at("2026-11-30 08:00")
    assert _told(watch(walker)) == [("deemed_reached", OFFICERS[1]), ("deemed_reached_above", "kepala-1")]
    assert walker.entries[-1].action == "approval.deemed"
    walker.now = at("2026-12-30 08:00")
    assert watch(walker) is None


def test_an_incomplete_file_is_not_watched() -> None:
    walker = opened()
    walker.now = at("2027-01-20 08:00")
    assert walker.case.watch is None
    assert watch(walker) is None


def test_a_file_is_watched_from_its_first_completeness_on() -> None:
    walker = opened(steps=2)
    first = walker.case.watch
    walker.wait(days=1)
    walker.decide(RETURN, OFFICERS[1])
    walker.correct(send_anyway=True)
    walker.open(STEPS[1].key, OFFICERS[1])
    assert walker.case.watch == first


@given(minutes=st.lists(st.integers(1, 2000), min_size=1, max_size=12))
def test_whenever_one_looks_a_case_is_due_until_everything_due_was_told(minutes: list[int]) -> None:
    walker = opened(steps=2)
    for passed in minutes:
        walker.wait(minutes=passed)
        while _due(walker) <= walker.now:
            assert overdue(walker) or _remind(walker) or watch(walker)
        assert walker.case.current is not None
        assert walker.case.current.level == 0 or walker.now >= walker.case.current.deadline


@given(percent=st.integers(1, 100), suspended=st.integers(1, 449), later=st.integers(1, 5000))
def test_a_share_of_the_time_is_used_at_its_moment_and_not_a_minute_before(
    percent: int, suspended: int, later: int
) -> None:
    ledger = budget.open_ledger(Allowance(days=1), MONDAY_8, CALENDAR)
    stopped = CALENDAR.add_working_minutes(MONDAY_8, suspended)
    ledger = budget.suspend(ledger, stopped, "decided", CALENDAR)
    assert budget.moment_of_share(ledger, percent, CALENDAR) is None
    ledger = budget.resume(ledger, CALENDAR.add_working_minutes(stopped, later))
    moment = budget.moment_of_share(ledger, percent, CALENDAR)
    wanted = -(-450 * percent // 100)
    if suspended >= wanted:
        assert moment is None
    else:
        assert moment is not None
        assert budget.used(ledger, moment, CALENDAR) == wanted
        assert budget.used(ledger, CALENDAR.add_working_minutes(moment, 0), CALENDAR) == wanted


def test_a_case_kept_before_there_were_reminders_still_reads() -> None:
    kept = msgspec.json.decode(msgspec.json.encode(opened(steps=2).case))
    del kept["watch"], kept["current"]["reminds_at"]
    case = msgspec.convert(kept, type(opened().case))
    assert case.watch is None
    assert case.due_at == case.current.wakes_at if case.current else False

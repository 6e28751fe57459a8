"""The office corrects its calendar: clocks that run are counted anew, and nothing else changes (sop.md 4)."""

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.cases.case import OpenStep
from chalicelib.cases.recounting import is_behind, recount
from chalicelib.worktime import budget
from chalicelib.worktime.ledger import Recalendared
from chalicelib.worktime.office_files import AddedDay, Corrections
from chalicelib.worktime.revisions import Revision, Revisions, calendar_of
from tests.cases.test_between_waits import RETURN
from tests.cases.test_reminders import MONDAY_8, opened, overdue, watch
from tests.cases.walker import OFFICERS, PROCEDURE, STEPS, Walker
from tests.worktime.offices import at, moments


def closing(*days: str) -> Revisions:
    """One revision a day more."""
    closed = [
        AddedDay(date=date.fromisoformat(day), name="Libur daerah", name_en="Local holiday", decree="SE 1")
        for day in days
    ]
    return tuple(
        Revision(at=MONDAY_8, why=f"alasan {n}", own=Corrections(closed=tuple(closed[:n])))
        for n in range(1, len(days) + 1)
    )


def _recount(walker: Walker, revisions: Revisions) -> None:
    assert walker.make(lambda case: recount(case, PROCEDURE, revisions, walker.now))


def _current(walker: Walker) -> OpenStep:
    assert walker.case.current is not None
    return walker.case.current


def test_a_day_that_the_office_closes_moves_deadline_and_reminders_and_says_why() -> None:
    walker = opened()  # one working day from Monday 08.00
    walker.now = at("2026-11-23 11:00")
    _recount(walker, closing("2026-11-24"))
    assert _current(walker).deadline == _current(walker).wakes_at == at("2026-11-25 08:00")
    assert _current(walker).reminds_at == at("2026-11-23 11:45")
    assert walker.case.ledgers[STEPS[0].key].entries[-1] == Recalendared(walker.now, "alasan 1", 0, 180)
    last = walker.entries[-1]
    assert last.action == "calendar.changed"
    assert last.facts == {
        "revision": 1,
        "before": 0,
        "why": "alasan 1",
        "step": STEPS[0].key,
        "deadline": "2026-11-25T08:00:00+07:00",
    }


def test_two_corrections_are_taken_in_one_go_with_both_reasons() -> None:
    walker = opened()
    _recount(walker, closing("2026-11-24", "2026-11-25"))
    assert _current(walker).deadline == at("2026-11-26 08:00")
    assert walker.entries[-1].facts["why"] == "alasan 1; alasan 2"
    assert walker.case.calendar == 2


def test_a_reminder_that_was_due_and_not_given_is_not_lost() -> None:
    walker = opened()
    walker.now = at("2026-11-23 12:30")
    _recount(walker, closing("2026-11-24"))
    assert _current(walker).reminds_at == at("2026-11-23 11:45")


def test_an_overdue_step_rises_to_its_next_level_a_working_day_of_the_new_calendar_later() -> None:
    walker = opened()
    walker.now = at("2026-11-24 08:00")
    assert overdue(walker)
    walker.now = at("2026-11-24 09:00")
    _recount(walker, closing("2026-11-25"))
    assert _current(walker).wakes_at == at("2026-11-26 08:00")
    assert _current(walker).level == 1
    walker.now = at("2026-11-26 08:00")
    assert overdue(walker)


def test_the_watch_over_a_complete_file_ends_later_too_and_warns_once() -> None:
    walker = opened(steps=2)
    walker.now = at("2026-11-26 10:00")
    _recount(walker, closing("2026-11-27"))
    watched = walker.case.watch
    assert watched is not None
    assert (watched.wakes_at, watched.until) == (at("2026-11-30 08:00"), at("2026-12-01 08:00"))
    walker.now = at("2026-11-30 08:00")
    assert watch(walker)
    _recount(walker, closing("2026-11-27", "2026-12-01"))
    watched = walker.case.watch
    assert watched is not None
    assert (watched.told, watched.wakes_at) == (1, at("2026-12-02 08:00"))


def test_nothing_is_counted_anew_where_no_working_time_runs() -> None:
    walker = opened()
    assert is_behind(walker.case, 1)
    assert not is_behind(walker.case, 0)
    walker.withdraw()
    assert not is_behind(walker.case, 1)


def test_a_step_that_opens_later_counts_in_the_calendar_of_that_day() -> None:
    walker = opened()
    walker.decide(RETURN, OFFICERS[0])
    assert not is_behind(walker.case, 1)
    walker.now = at("2026-11-24 08:00")
    walker.correct(send_anyway=True)
    walker.open(STEPS[0].key, OFFICERS[0], calendar_of(closing("2026-11-24"), 1, date(2026, 11, 24)))
    assert walker.case.calendar == 1
    assert _current(walker).deadline == at("2026-11-25 16:00")


@given(moments, st.lists(st.dates(date(2026, 11, 20), date(2026, 12, 20)), unique=True, max_size=6))
def test_no_correction_changes_a_minute_that_was_used(moment: datetime, days: list[date]) -> None:
    walker = opened()
    walker.now = max(walker.now, min(moment, at("2026-11-23 15:59")))
    key = STEPS[0].key
    before = budget.used(walker.case.ledgers[key], walker.now, calendar_of((), 0, walker.now.date()))
    for n in range(1, len(days) + 1):
        _recount(walker, closing(*(day.isoformat() for day in days[:n])))
    calendar = calendar_of(closing(*(day.isoformat() for day in days)), len(days), walker.now.date())
    ledger = walker.case.ledgers[key]
    assert budget.used(ledger, walker.now, calendar) == before
    assert _current(walker).deadline == budget.deadline(ledger, calendar)

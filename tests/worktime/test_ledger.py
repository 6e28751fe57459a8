"""The budget's ledger: what was used stays used, what is left is projected."""

from collections.abc import Callable
from datetime import date, timedelta

import msgspec
import pytest

from chalicelib.worktime import budget
from chalicelib.worktime.budget import open_ledger
from chalicelib.worktime.errors import (
    AlreadyOpenedError,
    ClockRunningError,
    ClockStoppedError,
    EventOutOfOrderError,
    LedgerClosedError,
    LevelNotRaisedError,
    NotOpenedError,
    NotOverdueError,
    UsedRewrittenError,
)
from chalicelib.worktime.ledger import (
    Closed,
    Ledger,
    Opened,
    Resumed,
    Suspended,
)
from tests.worktime.ledgers import MONDAY_10, ONE_DAY, closed, opened, suspended
from tests.worktime.offices import at, plain_weeks, the_office


def test_a_step_spends_working_minutes_only() -> None:
    office = plain_weeks()
    assert budget.used(opened(), at("2026-11-23 12:30"), office) == 120
    assert budget.left(opened(), at("2026-11-24 06:00"), office) == 150
    assert budget.deadline(opened(), office) == at("2026-11-24 10:00")


def test_the_clock_stands_still_while_the_applicant_corrects() -> None:
    office = plain_weeks()
    assert budget.deadline(suspended(), office) is None
    assert budget.used(suspended(), at("2026-12-03 10:00"), office) == 60
    again = budget.resume(suspended(), at("2026-12-03 14:00"))
    assert budget.left(again, at("2026-12-03 14:00"), office) == 390
    assert budget.deadline(again, office) == at("2026-12-04 13:30")  # a Friday, whose break is longer


def test_a_suspension_outside_hours_costs_nothing() -> None:
    office = plain_weeks()
    stopped = budget.suspend(opened(), at("2026-11-23 17:00"), "applicant_corrects", office)
    again = budget.resume(stopped, at("2026-11-24 05:00"))
    assert budget.deadline(again, office) == budget.deadline(opened(), office)


def test_a_missed_deadline_is_recorded_and_the_step_goes_on() -> None:
    office, late = plain_weeks(), at("2026-11-24 10:20")
    told = budget.mark_overdue(opened(), at("2026-11-24 10:00"), 1, office)
    assert budget.left(told, late, office) == -20
    assert budget.deadline(told, office) == at("2026-11-24 10:00")
    higher = budget.mark_overdue(told, late, 2, office)
    assert higher.standing().level == 2
    assert budget.close(higher, late, office).entries[-1] == Closed(late, 470)


def test_an_overdue_step_keeps_its_missed_deadline_through_a_correction() -> None:
    office = plain_weeks()
    stopped = budget.suspend(opened(), at("2026-11-24 11:00"), "applicant_corrects", office)
    again = budget.resume(stopped, at("2026-12-01 08:00"))
    assert budget.deadline(again, office) == at("2026-11-24 10:00")
    assert budget.left(again, at("2026-12-01 08:30"), office) == -90


def test_a_clock_stopped_on_its_deadline_keeps_that_deadline() -> None:
    due = at("2026-11-24 10:00")
    stopped = budget.suspend(opened(), due, "applicant_corrects", plain_weeks())
    assert budget.deadline(budget.resume(stopped, at("2026-12-01 08:00")), plain_weeks()) == due


def test_a_deadline_crosses_lebaran() -> None:
    ledger = open_ledger(ONE_DAY, at("2026-03-17 11:15"), the_office())
    assert budget.deadline(ledger, the_office()) == at("2026-03-25 11:15")


@pytest.mark.parametrize(
    ("write", "fault"),
    [
        (lambda: budget.resume(opened(), at("2026-11-23 11:00")), ClockRunningError),
        (
            lambda: budget.suspend(suspended(), at("2026-11-23 12:00"), "again", plain_weeks()),
            ClockStoppedError,
        ),
        (
            lambda: budget.mark_overdue(suspended(), at("2026-12-23 12:00"), 1, plain_weeks()),
            ClockStoppedError,
        ),
        (lambda: budget.close(closed(), at("2026-11-23 12:00"), plain_weeks()), LedgerClosedError),
        (lambda: budget.resume(closed(), at("2026-11-23 12:00")), LedgerClosedError),
        (lambda: budget.suspend(closed(), at("2026-11-23 12:00"), "late", plain_weeks()), LedgerClosedError),
        (lambda: budget.mark_overdue(closed(), at("2026-12-23 12:00"), 1, plain_weeks()), LedgerClosedError),
        (
            lambda: budget.reproject(
                closed(), the_office(), at("2026-11-23 12:00"), "SKB", old=plain_weeks()
            ),
            LedgerClosedError,
        ),
        (lambda: budget.resume(suspended(), at("2026-11-23 10:59")), EventOutOfOrderError),
        (lambda: budget.mark_overdue(opened(), at("2026-11-24 09:59"), 1, plain_weeks()), NotOverdueError),
        (
            lambda: budget.mark_overdue(opened(), at("2026-11-24 10:00"), 0, plain_weeks()),
            LevelNotRaisedError,
        ),
        (lambda: Ledger(ONE_DAY, ()), NotOpenedError),
        (lambda: Ledger(ONE_DAY, (Resumed(MONDAY_10),)), NotOpenedError),
        (lambda: Ledger(ONE_DAY, (Opened(MONDAY_10, 450), Opened(MONDAY_10, 450))), AlreadyOpenedError),
        (
            lambda: Ledger(ONE_DAY, (*suspended().entries, Closed(at("2026-11-24 08:00"), 59))),
            UsedRewrittenError,
        ),
        (
            lambda: Ledger(ONE_DAY, (Opened(MONDAY_10, 450), Suspended(MONDAY_10, "x", -1))),
            UsedRewrittenError,
        ),
    ],
)
def test_an_impossible_order_of_events_is_named(write: Callable[[], Ledger], fault: type[Exception]) -> None:
    with pytest.raises(fault):
        write()


def test_an_altered_ledger_does_not_load() -> None:
    text = msgspec.json.encode(closed()).replace(b'"used":60', b'"used":-60')
    with pytest.raises(UsedRewrittenError):
        msgspec.json.decode(text, type=Ledger)


def test_a_ledger_is_named_facts_in_json() -> None:
    assert msgspec.json.decode(msgspec.json.encode(suspended())) == {
        "allowance": {"days": 1, "minutes": 0},
        "entries": [
            {"event": "opened", "at": "2026-11-23T10:00:00+07:00", "allowed": 450},
            {
                "event": "suspended",
                "at": "2026-11-23T11:00:00+07:00",
                "cause": "applicant_corrects",
                "used": 60,
            },
        ],
    }


def test_a_question_about_the_past_never_takes_minutes_back() -> None:
    again = budget.resume(suspended(), at("2026-12-03 14:00"))
    assert budget.used(again, MONDAY_10, plain_weeks()) == 60


def test_a_finished_step_needs_no_calendar_of_its_year() -> None:
    later = msgspec.structs.replace(plain_weeks(), first_day=date(2027, 6, 1), last_day=date(2027, 12, 31))
    assert budget.left(closed(), at("2027-07-01 10:00"), later) == 390
    assert budget.deadline(closed(), later) is None


def test_events_are_kept_in_whole_minutes() -> None:
    late = budget.suspend(
        opened(), at("2026-11-23 11:00") + timedelta(seconds=59), "applicant_corrects", plain_weeks()
    )
    assert late == suspended()

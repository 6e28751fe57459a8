"""What the minutes bring by themselves: reminders, missed deadlines and the watch over a complete file, by mail."""

from collections.abc import Iterator

import pytest

from chalicelib.aws import outbox
from chalicelib.tasks import deliveries
from local.person import text_of, wait_for
from tests.journeys.agreement import agree
from tests.journeys.office import Town, open_town


@pytest.fixture
def town() -> Iterator[Town]:
    """A town of its own for each test: what is due is due for all cases in it."""
    with open_town() as town:
        yield town


def _later(town: Town, case_id: str, **time: float) -> None:
    """Time passes once everything is delivered: a leap of the clock outlasts every claim on a delivery."""
    wait_for(lambda: not list(outbox.pending_of(case_id)) or None, "the last delivery")
    town.hands.move(**time)


def _a_minute_of_the_schedule(town: Town) -> int:
    """The sweep as its schedule calls it; answers how many cases were due."""
    return deliveries.sweep({}, town.desk)["due"]


def test_an_officer_is_reminded_by_mail_with_the_working_time_that_is_left(town: Town) -> None:
    case_id = town.applicant().sent()
    town.waiting(case_id, "completeness_check")
    assert _a_minute_of_the_schedule(town) == 0
    _later(town, case_id, hours=4, minutes=45)  # 13.45: 225 of 450 minutes, with the break left out
    assert _a_minute_of_the_schedule(town) == 1
    mail = town.told(case_id, "step_reminder", 1)[0]
    assert "laras" in str(mail["To"])
    assert "(sisa 3 jam 45 menit)" in str(mail["Subject"])
    assert "/tinjau/#" in text_of(mail)
    assert _a_minute_of_the_schedule(town) == 0
    _later(town, case_id, hours=2, minutes=15)
    _a_minute_of_the_schedule(town)
    assert len(town.told(case_id, "step_reminder", 2)) == 2


def test_a_deadline_that_the_machine_sleeps_through_is_recorded_by_the_sweep(town: Town) -> None:
    case_id = town.applicant().sent()
    town.waiting(case_id, "completeness_check")
    _later(town, case_id, days=1)
    _a_minute_of_the_schedule(town)
    late = town.when(case_id, lambda case: bool(case.current and case.current.level == 1), "the level")
    assert late.current is not None
    assert len(town.told(case_id, "overdue", 2)) == 2
    town.approve(case_id, "completeness_check", "verification", "recommendation_review", "signing")
    entries = agree(town, case_id, "issued")
    assert [entry.action for entry in entries].count("step.overdue") == 1


def test_the_line_is_told_before_and_when_a_request_can_count_as_granted(town: Town) -> None:
    case_id = town.applicant().sent()
    town.approve(case_id, "completeness_check")
    town.waiting(case_id, "verification")
    complete = town.case(case_id).complete_at
    assert complete is not None
    _later(town, case_id, days=6)  # a Monday: four working days
    _a_minute_of_the_schedule(town)
    near = town.told(case_id, "deemed_near", 3)
    assert {str(mail["To"]).partition(".")[0] for mail in near} == {"bagas", "ratna", "sekar"}
    _later(town, case_id, days=1)
    _a_minute_of_the_schedule(town)
    reached = town.told(case_id, "deemed_reached", 3)
    assert "pasal 53" in text_of(reached[0])
    assert town.case(case_id).status == "in_progress"
    actions = [entry.action for entry in town.desk.cases.entries(case_id)]
    assert (actions.count("approval.deemed_soon"), actions.count("approval.deemed")) == (1, 1)


def test_nothing_is_due_of_a_case_that_lies_with_the_applicant(town: Town) -> None:
    case_id = town.applicant().sent()
    town.waiting(case_id, "completeness_check")
    town.give_back(case_id, "completeness_check")
    _later(town, case_id, days=5)
    assert _a_minute_of_the_schedule(town) == 0

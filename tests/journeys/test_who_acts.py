"""Who acts changes while the machine waits, and so does the calendar: the case goes on to its permit."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from chalicelib.steps import administration
from chalicelib.tasks import deliveries
from chalicelib.worktime.office_files import AddedDay
from tests.journeys.agreement import agree
from tests.journeys.office import A_DAY_A_SECOND, Town, open_town
from tests.web.office import APPROVE
from tests.web.staff import ORDER, gone, standing_in

REST = ("verification", "recommendation_review", "signing")


@pytest.fixture(scope="module")
def _town() -> Iterator[Town]:
    with open_town() as town:
        yield town


@pytest.fixture
def town(_town: Town) -> Iterator[Town]:
    """Here time runs forward only, as it does for the office's own chain."""
    yield _town
    _town.hands.scale = 1.0


def test_a_stand_in_decides_in_both_names_and_the_machine_hears_of_nothing(town: Town) -> None:
    case_id = town.applicant().sent()
    before = town.approve_up_to(case_id, "verification")
    assert before.current is not None
    old_link = town.link(before)
    with standing_in(town.desk, "koor-1", before.current.officer_id):
        laid = town.waiting(case_id, "verification")
        assert laid.current is not None
        assert (laid.current.officer_id, laid.current.acting_for) == ("koor-1", before.current.officer_id)
        assert laid.waiting == before.waiting
        assert town.ask("GET", "/api/review", X_Sanggar_Link=old_link).code == "link_moved"
        town.rule(case_id, APPROVE)
    decided = town.case(case_id).decisions[-1]
    assert (decided.officer_id, decided.acting_for, decided.acting_as) == ("koor-1", "sub-1", "plh")
    assert town.when(case_id, lambda case: bool(case.current), "the next step").current is not None


def test_nobody_decides_two_steps_not_even_in_anothers_place(town: Town) -> None:
    case_id = town.applicant().sent()
    town.waiting(case_id, "completeness_check")
    with standing_in(town.desk, "koor-1", "sub-1"):
        town.approve(case_id, "completeness_check", "verification")
        review = town.waiting(case_id, "recommendation_review")
        assert review.current is not None
        assert review.current.officer_id != "koor-1"


def test_an_officer_leaves_in_the_middle_of_a_wait_and_the_permit_is_issued_all_the_same(town: Town) -> None:
    case_id = town.applicant().sent()
    before = town.waiting(case_id, "completeness_check")
    assert before.current is not None
    holder, old_link = before.current.officer_id, town.link(before)
    with gone(town.desk, holder):
        assert town.ask("GET", "/api/review", X_Sanggar_Link=old_link).status in (403, 409, 410)
        after = town.waiting(case_id, "completeness_check").current
        assert after is not None
        assert after.officer_id != holder
        town.approve(case_id, "completeness_check", *REST)
    agree(town, case_id, "issued")


def test_a_day_that_closes_while_the_machine_waits_makes_nobody_late(town: Town) -> None:
    case_id = town.applicant().sent()
    before = town.waiting(case_id, "completeness_check").current
    assert before is not None
    day = before.deadline.date()
    closed = AddedDay(date=day, name="Cuti daerah", name_en="Local leave", decree="SE 7")
    administration.correct_calendar(town.desk, closed, ORDER)
    town.hands.scale = A_DAY_A_SECOND
    town.hands.move(seconds=(before.deadline - town.desk.clock.now()).total_seconds() + 60)
    deliveries.sweep(
        {}, town.desk
    )  # the machine wakes by the old deadline, finds nothing late, and waits again
    town.hands.scale = 1.0
    town.hands.move(seconds=0)
    still = town.waiting(case_id, "completeness_check").current
    assert still is not None
    assert (still.level, still.deadline > before.deadline) == (0, True)
    town.approve(case_id, "completeness_check", *REST)
    entries = agree(town, case_id, "issued")
    assert [entry.action for entry in entries].count("calendar.changed") == 1
    assert "step.overdue" not in [entry.action for entry in entries]
    assert town.desk.clock.now() - before.deadline < timedelta(days=1)

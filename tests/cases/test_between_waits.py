"""A case that ends while the workflow is between two waits ends the workflow at the next one."""

import pytest

from chalicelib.cases import workflow
from chalicelib.cases.case import CORRECTION, Waiting
from chalicelib.cases.deciding import Ruling
from tests.cases.walker import CALENDAR, OFFICERS, STEPS, WHOLE, Walker

RETURN = Ruling(choice="return", reasons=("missing_document:ktp",))
APPROVE = Ruling(choice="approve", technical_recommendation="Layak.")


def _sent() -> Walker:
    walker = Walker()
    walker.save(WHOLE)
    walker.submit(send_anyway=True)
    return walker


def _through(walker: Walker, *steps: int, ruling: Ruling = APPROVE) -> None:
    for at in steps:
        walker.open(STEPS[at].key, OFFICERS[at])
        walker.decide(ruling, OFFICERS[at])


def _answers_at(walker: Walker, step: str, attempt: int) -> str | None:
    return walker.case.answer_to(Waiting(step=step, attempt=attempt, task_token=f"token-{step}"))


def test_a_withdrawal_after_a_correction_is_heard_although_the_step_was_decided_before() -> None:
    """Otherwise the old return would be heard again, then the old correction, and so on without end."""
    walker = _sent()
    _through(walker, 0, ruling=RETURN)
    walker.correct(send_anyway=True)
    walker.withdraw()
    walker.open(STEPS[0].key, OFFICERS[0])
    assert walker.case.status == "withdrawn"
    assert _answers_at(walker, STEPS[0].key, walker.case.attempts[STEPS[0].key]) == "withdraw"
    assert _answers_at(walker, CORRECTION, 1) == "withdraw"
    walker.check()


def test_a_withdrawal_after_a_return_between_officers_is_heard_too() -> None:
    walker = _sent()
    _through(walker, 0, 1)
    _through(walker, 2, ruling=Ruling(choice="return", reasons=("recommendation_incomplete",)))
    walker.withdraw()
    assert _answers_at(walker, STEPS[1].key, 1) == "withdraw"
    walker.check()


@pytest.mark.parametrize("superior", ["cs-1", "sub-1", None])
def test_whoever_is_officer_and_superior_in_one_is_told_once(superior: str | None) -> None:
    walker = _sent()
    walker.open(STEPS[0].key, "cs-1")
    walker.wait(days=2)
    made = walker.make(
        lambda case: workflow.record_overdue(case, STEPS[0].key, superior, walker.now, CALENDAR)
    )
    assert made is not None
    assert {one.to for one in made.outbox} == {"cs-1", superior or "cs-1"}

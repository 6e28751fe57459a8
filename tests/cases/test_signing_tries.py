"""A signature asked of an outside service is on record first, and no second one while its answer may still come."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.cases.case import SigningTry
from chalicelib.cases.errors import SigningInProgressError
from chalicelib.cases.signing_tries import (
    ANSWERED_WITHIN,
    ask_signing,
    lost_at,
    signing_failed,
    signing_lost,
)
from tests.cases.test_between_waits import APPROVE
from tests.cases.test_reminders import opened
from tests.cases.walker import Walker

SECONDS = ANSWERED_WITHIN.total_seconds()


def standing(walker: Walker) -> SigningTry | None:
    assert walker.case.current is not None
    return walker.case.current.signing


def asked(walker: Walker) -> bool:
    return walker.make(lambda case: ask_signing(case, walker.now)) is not None


def test_a_second_signature_waits_until_no_answer_can_come() -> None:
    walker = opened()
    assert asked(walker)
    walker.now += ANSWERED_WITHIN - timedelta(seconds=1)
    with pytest.raises(SigningInProgressError) as caught:
        ask_signing(walker.case, walker.now)
    assert caught.value.facts["retry_at"] == (walker.now + timedelta(seconds=1)).isoformat()
    walker.now += timedelta(seconds=1)
    assert asked(walker)


def test_a_failure_frees_the_step_at_once_and_a_lost_answer_says_so_too() -> None:
    walker = opened()
    asked(walker)
    walker.make(lambda case: signing_failed(case, walker.now, "passphrase_wrong"))
    assert standing(walker) is None
    asked(walker)
    began = walker.now
    walker.make(lambda case: signing_lost(case, walker.now, "timeout", "dokumen-7"))
    assert walker.case.current is not None
    assert lost_at(walker.case.current, walker.now) == began
    assert walker.entries[-1].facts | {"why": "timeout", "document": "dokumen-7"} == walker.entries[-1].facts
    assert asked(walker)


def test_what_was_not_asked_for_ends_in_nothing() -> None:
    walker = opened()
    assert walker.make(lambda case: signing_failed(case, walker.now, "x")) is None
    assert walker.make(lambda case: signing_lost(case, walker.now, "x")) is None
    walker.decide(APPROVE, "cs-1")
    assert walker.make(lambda case: signing_failed(case, walker.now, "x")) is None


@given(st.lists(st.tuples(st.sampled_from(["ask", "fail", "lose"]), st.integers(0, 60)), max_size=25))
def test_in_any_sequence_two_signatures_are_never_awaited_at_once(acts: list[tuple[str, int]]) -> None:
    walker = opened()
    awaited: list[float] = []
    clock = 0.0
    for act, seconds in acts:
        walker.now += timedelta(seconds=seconds)
        clock += seconds
        awaited = [one for one in awaited if clock - one < SECONDS]
        if act == "ask":
            assert asked(walker) is not bool(awaited)
            awaited = awaited or [clock]
        elif act == "fail":
            walker.make(lambda case: signing_failed(case, walker.now, "x"))
            awaited = []
        else:
            walker.make(lambda case: signing_lost(case, walker.now, "x"))
            awaited = []

"""A case's ways through the six steps, on moto: each ends where the SOP's flow chart says."""

import json

from statemachine.build import PAGE, ROOT
from tests.statemachine.office import LATE, Journey, journey


def _named_steps(went: Journey) -> list[str]:
    waits = {
        "1 Application",
        "2 Completeness check",
        "3 Verification",
        "4 Recommendation review",
        "5 Signing",
    }
    return [state for state in went.states if state in waits | {"6 Issuance"} or state[0].isalpha()]


def test_a_straight_approval_passes_the_six_steps_and_stays_cheap() -> None:
    went = journey({})
    assert went.status == "SUCCEEDED"
    assert _named_steps(went) == [
        "1 Application",
        "2 Completeness check",
        "3 Verification",
        "4 Recommendation review",
        "5 Signing",
        "6 Issuance",
        "Issued",
    ]
    assert len(went.states) <= 35  # entered states are transitions, the unit that is paid for
    assert went.events <= 120
    assert _cost(went) in _page()


def test_a_return_from_every_step_costs_what_the_page_says() -> None:
    steps = ("completeness_check", "verification", "recommendation_review", "signing")
    went = journey({step: ["return"] for step in steps})
    assert went.states[-1] == "Issued"
    assert _cost(went) in _page()


def _cost(went: Journey) -> str:
    return f"{len(went.states)} transitions and {went.events} history events"


def _page() -> str:
    return (ROOT / PAGE).read_text(encoding="utf-8")


def test_the_machine_knows_a_case_by_its_id_alone() -> None:
    went = journey({})
    assert {asked["case_id"] for asked in went.asked} == {"case-1"}
    allowed = {"action", "case_id", "step", "attempt", "token"}
    assert set().union(*went.asked) == allowed
    assert set(went.output) == {"case_id", "step", "decision"}
    assert "token" not in json.dumps(went.output)


def test_a_wait_is_opened_and_asked_with_the_same_attempt() -> None:
    went = journey({})
    asked = [call for call in went.asked if call.get("action") == "await_decision"]
    assert [went.asked[went.asked.index(call) - 1]["action"] for call in asked] == ["open_step"] * 4
    assert [call["attempt"] for call in asked] == [went.asked.index(call) for call in asked]


def test_an_incomplete_file_goes_to_the_applicant_and_comes_back_to_the_same_step() -> None:
    went = journey({"completeness_check": ["return"]})
    assert went.states[:9] == [
        "1 Application",
        "2 Open completeness check",
        "2 Completeness check",
        "2 Complete?",
        "2 Open correction",
        "2 Correction by applicant",
        "2 Corrected?",
        "2 Open completeness check",
        "2 Completeness check",
    ]
    assert went.states[-1] == "Issued"


def test_an_incorrect_file_goes_to_the_applicant_and_comes_back_to_verification() -> None:
    went = journey({"verification": ["return"]})
    assert went.states.count("3 Correction by applicant") == 1
    assert went.states.count("3 Verification") == 2
    assert went.states.count("2 Completeness check") == 1
    assert went.states[-1] == "Issued"


def test_a_doubted_recommendation_goes_back_one_step() -> None:
    went = journey({"recommendation_review": ["return"]})
    after = went.states[went.states.index("4 Recommendation sound?") + 1]
    assert after == "3 Open verification"
    assert "3 Open correction" not in went.states
    assert went.states[-1] == "Issued"


def test_an_unsigned_draft_goes_back_one_step() -> None:
    went = journey({"signing": ["return"]})
    assert went.states[went.states.index("5 Signed?") + 1] == "4 Open recommendation review"
    assert went.states.count("5 Signing") == 2
    assert went.states[-1] == "Issued"


def test_verification_and_signing_can_refuse() -> None:
    for step in ("verification", "signing"):
        went = journey({step: ["refuse"]})
        assert went.status == "SUCCEEDED"
        assert went.states[-1] == "Refused"
        assert "issue" not in went.actions


def test_a_step_that_may_not_refuse_stops_loudly_at_a_refusal() -> None:
    went = journey({"completeness_check": ["refuse"]})
    assert went.status == "FAILED"
    assert "issue" not in went.actions


def test_the_applicant_can_withdraw_at_any_wait() -> None:
    for step in ("completeness_check", "verification", "recommendation_review", "signing"):
        assert journey({step: ["withdraw"]}).states[-1] == "Withdrawn"
    went = journey({"completeness_check": ["return"], "correction": ["withdraw"]})
    assert went.states[-2:] == ["2 Corrected?", "Withdrawn"]


def test_an_uncorrected_application_is_reminded_of_and_then_lapses() -> None:
    went = journey({"verification": ["return"], "correction": [LATE, LATE], "lapse": [False, True]})
    assert went.actions.count("record_correction_timeout") == 2
    assert went.states.count("3 Correction by applicant") == 2
    assert went.states[-2:] == ["3 Lapsed?", "Lapsed"]
    assert went.status == "SUCCEEDED"


def test_a_reminded_applicant_can_still_correct() -> None:
    went = journey({"completeness_check": ["return"], "correction": [LATE, "resubmit"]})
    assert went.states[-1] == "Issued"


def test_a_deadline_missed_twice_is_recorded_twice_and_the_step_goes_on() -> None:
    went = journey({"verification": [LATE, LATE, "approve"]})
    assert went.actions.count("record_timeout") == 2
    assert went.states.count("3 Verification") == 3
    assert went.states.count("3 Open verification") == 1
    assert went.states[-1] == "Issued"
    tokens = [call["token"] for call in went.asked if call.get("step") == "verification" and "token" in call]
    assert len(set(tokens)) == 3


def test_a_function_that_fails_twice_and_then_works_costs_nothing_but_time() -> None:
    went = journey({}, failures={"open_step": 2})
    assert went.states[-1] == "Issued"
    assert went.actions.count("open_step") == 2 + 4


def test_a_failing_wait_and_a_failing_issuance_are_tried_again_too() -> None:
    went = journey({}, failures={"await_decision": 1, "issue": 1})
    assert went.status == "SUCCEEDED"
    assert went.actions.count("issue") == 2
    assert len(went.states) == 15

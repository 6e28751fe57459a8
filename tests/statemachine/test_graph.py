"""The machine's graph is whole, and the check that says so finds a graph that is not."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.procedures.procedure import load
from statemachine.definition import definition, with_functions
from statemachine.graph import problems, targets
from statemachine.states import INVOKE_AND_WAIT

MACHINE = definition(load())
STATES = MACHINE["States"]
WAITS = [name for name, state in STATES.items() if state.get("Resource") == INVOKE_AND_WAIT]
ARROWS = [(name, target) for name, state in STATES.items() for target in targets(state)]


def _spoilt() -> dict[str, Any]:
    return copy.deepcopy(MACHINE)


def _turned(state: dict[str, Any], old: str, new: str) -> None:
    for holder in (state, *state.get("Choices", ()), *state.get("Catch", ())):
        for key in ("Next", "Default"):
            if holder.get(key) == old:
                holder[key] = new


def test_the_graph_has_no_problem() -> None:
    assert problems(MACHINE) == ()


def test_the_six_sop_steps_are_named_states() -> None:
    for step in load().steps:
        assert f"{step.number} {step.name.en}" in STATES


def test_every_wait_has_a_timeout_from_the_clock_and_goes_on_after_it() -> None:
    assert len(WAITS) == 6
    for name in WAITS:
        assert STATES[name]["TimeoutSecondsPath"] == "$.step.timeout_seconds"
        assert STATES[name]["Catch"][0]["Next"] in STATES


def test_no_state_holds_more_of_a_case_than_its_id() -> None:
    payloads = [state["Parameters"]["Payload"] for state in STATES.values() if state["Type"] == "Task"]
    paths = {value for payload in payloads for value in payload.values() if value.startswith("$")}
    assert paths == {"$.case_id", "$.step.attempt", "$$.Task.Token"}


def test_every_decision_of_the_procedure_and_a_withdrawal_have_an_arrow() -> None:
    for step in load().steps:
        if step.decisions and step.question:
            choices = STATES[f"{step.number} {step.question.en}"]["Choices"]
            assert {choice["StringEquals"] for choice in choices} == {*step.decisions, "withdraw"}


def test_the_deployment_fills_both_functions_in_and_touches_nothing_else() -> None:
    text = '{"FunctionName": "${RunTaskArn}", "token.$": "$$.Task.Token", "to": "${IssuePermitArn}"}'
    filled = with_functions(text, run_task="arn:run", issue_permit="arn:issue")
    assert filled == '{"FunctionName": "arn:run", "token.$": "$$.Task.Token", "to": "arn:issue"}'


@given(st.sampled_from(ARROWS), st.text(min_size=1).filter(lambda name: name not in STATES))
def test_a_dangling_arrow_is_found_wherever_it_is(arrow: tuple[str, str], nowhere: str) -> None:
    spoilt = _spoilt()
    _turned(spoilt["States"][arrow[0]], arrow[1], nowhere)
    assert f"{arrow[0]!r} leads to {nowhere!r}, which does not exist" in problems(spoilt)


@given(st.sampled_from(sorted(STATES)))
def test_a_state_that_was_taken_away_is_found(name: str) -> None:
    spoilt = _spoilt()
    del spoilt["States"][name]
    assert any("does not exist" in problem for problem in problems(spoilt))


@given(st.sampled_from(sorted(STATES)))
def test_a_state_that_nothing_leads_to_is_found(name: str) -> None:
    spoilt = _spoilt()
    spoilt["States"]["island"] = spoilt["States"][name]
    assert "'island' is never reached" in problems(spoilt)


@given(st.sampled_from(ARROWS))
def test_a_trap_is_found(arrow: tuple[str, str]) -> None:
    spoilt = _spoilt()
    _turned(spoilt["States"][arrow[0]], arrow[1], "trap")
    spoilt["States"]["trap"] = {**STATES["1 Application"], "Next": "pit"}
    spoilt["States"]["pit"] = {**STATES["1 Application"], "Next": "trap"}
    assert {"'trap' reaches no end", "'pit' reaches no end"} <= set(problems(spoilt))


@given(st.sampled_from(WAITS), st.sampled_from(["TimeoutSecondsPath", "Catch", "Retry", "Comment", "Next"]))
def test_a_wait_that_lacks_something_is_found(name: str, field: str) -> None:
    spoilt = _spoilt()
    del spoilt["States"][name][field]
    assert problems(spoilt)


@given(st.sampled_from(sorted(STATES)))
def test_a_state_without_a_clause_is_found(name: str) -> None:
    spoilt = _spoilt()
    spoilt["States"][name]["Comment"] = "Waits for the officer."
    assert problems(spoilt) == (f"{name!r} names no clause of the SOP",)


@given(st.sampled_from(WAITS), st.integers(1))
def test_a_literal_deadline_is_found(name: str, seconds: int) -> None:
    spoilt = _spoilt()
    spoilt["States"][name]["TimeoutSeconds"] = seconds
    assert problems(spoilt) == (f"{name!r} holds a literal duration",)


@pytest.mark.parametrize("start", ["", "0 Nowhere"])
def test_a_machine_that_starts_nowhere_is_found(start: str) -> None:
    assert any("StartAt" in problem for problem in problems(_spoilt() | {"StartAt": start}))

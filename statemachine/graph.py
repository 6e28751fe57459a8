"""What no emulator and no linter checks: that the machine's arrows lead somewhere, and all the way."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from statemachine.states import INVOKE_AND_WAIT, RETRY, State

CLAUSE = re.compile(r"SOP / .+, A\.\d")


def problems(definition: Mapping[str, Any]) -> tuple[str, ...]:
    """Every fault of a machine's graph in one sentence each; none for a good machine.

    Targets exist, every state is reached and reaches an end, every wait has a timeout from its input and goes
    on after it, every task is retried in the one shared way, and every state names its clause of the SOP.
    """
    states: dict[str, State] = definition["States"]
    dangling = [
        f"{name!r} leads to {target!r}, which does not exist"
        for name, state in [("StartAt", {"Next": definition["StartAt"]}), *states.items()]
        for target in targets(state)
        if target not in states
    ]
    faults = [f"{name!r} {fault}" for name, state in states.items() for fault in _faults(state)]
    return (*dangling, *_lost(definition["StartAt"], states), *faults)


def targets(state: Mapping[str, Any]) -> Iterator[str]:
    """The names of all states that can follow `state`."""
    yield from (state[key] for key in ("Next", "Default") if key in state)
    for branch in (*state.get("Choices", ()), *state.get("Catch", ())):
        yield branch["Next"]


def _lost(start: str, states: Mapping[str, State]) -> Iterator[str]:
    arrows = {
        name: [target for target in targets(state) if target in states] for name, state in states.items()
    }
    back: dict[str, list[str]] = {name: [] for name in states}
    for name, following in arrows.items():
        for target in following:
            back[target].append(name)
    ends = [name for name, state in states.items() if state["Type"] in ("Succeed", "Fail")]
    yield from (f"{name!r} is never reached" for name in states.keys() - _spread([start], arrows))
    yield from (f"{name!r} reaches no end" for name in states.keys() - _spread(ends, back))


def _spread(sources: Iterable[str], arrows: Mapping[str, list[str]]) -> set[str]:
    seen: set[str] = set()
    open_ = [name for name in sources if name in arrows]
    while open_:
        name = open_.pop()
        seen.add(name)
        open_ += [target for target in arrows[name] if target not in seen]
    return seen


def _faults(state: Mapping[str, Any]) -> Iterator[str]:
    if not CLAUSE.match(state.get("Comment", "")):
        yield "names no clause of the SOP"
    if "TimeoutSeconds" in state or state["Type"] == "Wait":
        yield "holds a literal duration"
    if state["Type"] not in ("Succeed", "Fail") and not list(targets(state)):
        yield "stops without being an end"
    if state["Type"] == "Task":
        yield from _faults_of_task(state)


def _faults_of_task(state: Mapping[str, Any]) -> Iterator[str]:
    if state.get("Retry") != RETRY:
        yield "is not retried as all tasks are"
    if state["Resource"] != INVOKE_AND_WAIT:
        return
    if "TimeoutSecondsPath" not in state:
        yield "waits without a timeout"
    if ["States.Timeout"] not in [catch["ErrorEquals"] for catch in state.get("Catch", ())]:
        yield "fails at its deadline"

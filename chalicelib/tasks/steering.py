"""What the state machine asks for (`statemachine/definition.py`), and the sweep, of a case that is due."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.errors import InvalidInputError

if TYPE_CHECKING:
    from chalicelib.steps.desk import Desk

Action = Callable[["Desk", "Task"], Any]


class Task(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One request of the machine. `token` comes with the waits alone, and stays in the back end."""

    action: str
    case_id: str
    step: str = ""
    attempt: int = 0
    token: str = ""


def run_task(event: Mapping[str, Any], desk: "Desk") -> Any:
    """Does what the machine asks; openings answer a `Wait`, everything else an empty object.

    Raises msgspec.ValidationError and InvalidInputError for a request that no state makes.
    """
    task = msgspec.convert(event, Task)
    action = actions().get(task.action)
    if action is None:
        raise InvalidInputError(where="action")
    return msgspec.to_builtins(action(desk, task)) or {}


def actions() -> Mapping[str, Action]:
    """Every action by its name. `watch_clock` is the sweep's, the others are the machine's."""
    from chalicelib.steps import progress

    return {
        "register_application": lambda desk, task: progress.register_application(desk, task.case_id),
        "open_step": lambda desk, task: progress.open_step(desk, task.case_id, task.step),
        "await_decision": lambda desk, task: progress.await_decision(
            desk, task.case_id, task.step, task.attempt, task.token
        ),
        "watch_clock": lambda desk, task: progress.watch_clock(desk, task.case_id),
        "record_timeout": lambda desk, task: progress.record_timeout(desk, task.case_id, task.step),
        "open_correction": lambda desk, task: progress.open_correction(desk, task.case_id),
        "await_correction": lambda desk, task: progress.await_correction(
            desk, task.case_id, task.attempt, task.token
        ),
        "record_correction_timeout": lambda desk, task: progress.record_correction_timeout(
            desk, task.case_id
        ),
    }

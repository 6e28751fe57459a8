"""The five kinds of state that the machine is made of, in Amazon States Language (JSONPath).

A case's data in the machine is `{"case_id": ..., "step": {"attempt": ..., "timeout_seconds": ...},
"decision": {"decision": ...}}`: an id, two counts and a word, and never personal data, for histories are kept
for 90 days and read by operators.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

State: TypeAlias = dict[str, Any]

RUN_TASK = "${RunTaskArn}"
"""Replaced at deployment: the function that opens steps, keeps task tokens and records what was missed."""
ISSUE_PERMIT = "${IssuePermitArn}"
"""Replaced at deployment: the function that registers and publishes the signed permit."""
INVOKE = "arn:aws:states:::lambda:invoke"
INVOKE_AND_WAIT = f"{INVOKE}.waitForTaskToken"

RETRY: list[dict[str, Any]] = [
    {
        # Every error but States.Timeout: a Lambda that raised, was throttled, or could not be reached.
        "ErrorEquals": ["States.TaskFailed"],
        "IntervalSeconds": 1,
        "BackoffRate": 2,
        "MaxAttempts": 10,
        "MaxDelaySeconds": 300,
        "JitterStrategy": "FULL",
    }
]
"""The one way in which a task is tried again: for up to 13 minutes. Each task is safe to repeat.

A wait is not over when it times out (States.Timeout is not in the list), and nothing here is a deadline.
"""


def request(action: str, *, step: str, again: bool = False) -> dict[str, str]:
    """What RunTask is asked about a step; `again` names the attempt that the state before it opened."""
    asked = {"action": action, "case_id.$": "$.case_id", "step": step}
    return asked | {"attempt.$": "$.step.attempt"} if again else asked


def task(comment: str, payload: Mapping[str, str], *, then: str, function: str = RUN_TASK) -> State:
    """A task that is over when its function answers; the answer is not kept."""
    return {
        "Comment": comment,
        "Type": "Task",
        "Resource": INVOKE,
        "Parameters": {"FunctionName": function, "Payload": dict(payload)},
        "ResultPath": None,
        "Retry": RETRY,
        "Next": then,
    }


def opening(comment: str, payload: Mapping[str, str], *, then: str, more: Iterable[str] = ()) -> State:
    """A task whose answer says how long the next wait may take: `attempt`, `timeout_seconds` and `more`."""
    kept = ("attempt", "timeout_seconds", *more)
    return task(comment, payload, then=then) | {
        "ResultSelector": {f"{field}.$": f"$.Payload.{field}" for field in kept},
        "ResultPath": "$.step",
    }


def wait(comment: str, payload: Mapping[str, str], *, late: str, then: str) -> State:
    """A wait for somebody's word, `{"decision": ...}`, sent with the task token; at the deadline, `late`."""
    return task(comment, {**payload, "token.$": "$$.Task.Token"}, then=then) | {
        "Resource": INVOKE_AND_WAIT,
        "TimeoutSecondsPath": "$.step.timeout_seconds",
        "ResultSelector": {"decision.$": "$.decision"},
        "ResultPath": "$.decision",
        # Without the null the error would replace the whole input, case_id and all.
        "Catch": [{"ErrorEquals": ["States.Timeout"], "ResultPath": None, "Next": late}],
    }


def choice(comment: str, arrows: Mapping[str, str]) -> State:
    """Follows the word that ended the wait. An unknown word fails the execution, loudly, on purpose."""
    choices = [
        {"Variable": "$.decision.decision", "StringEquals": word, "Next": state}
        for word, state in arrows.items()
    ]
    return {"Comment": comment, "Type": "Choice", "Choices": choices}


def flag(comment: str, variable: str, *, yes: str, no: str) -> State:
    """Follows a truth value that a task answered."""
    chosen = [{"Variable": variable, "BooleanEquals": True, "Next": yes}]
    return {"Comment": comment, "Type": "Choice", "Choices": chosen, "Default": no}


def end(comment: str) -> State:
    """An end of the case. What led to it is in the case's own records."""
    return {"Comment": comment, "Type": "Succeed"}

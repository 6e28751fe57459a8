"""A whole office in one process: the machine on moto, and two functions that follow a script."""

import json
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import boto3
import msgspec
from moto import mock_aws

from chalicelib.procedures.procedure import load
from local.lambdas import MOTO_CONFIG, Context, dispatch
from statemachine.definition import definition, with_functions

REGION = "ap-southeast-3"
ARN = f"arn:aws:lambda:{REGION}:123456789012:function:"
LATE = "late"
"""Nobody answers: the wait runs into its deadline."""


class Journey(msgspec.Struct, frozen=True):
    """How a case went: its execution's status and output, the states it entered, what was asked of whom."""

    status: str
    output: dict[str, Any]
    states: list[str]
    events: int
    asked: list[dict[str, Any]]

    @property
    def actions(self) -> list[str]:
        """What RunTask and IssuePermit were asked to do, in order, without the steps."""
        return [str(asked.get("action", "issue")) for asked in self.asked]


class Office:
    """Answers as its script says, the first answer first; a step without a script is approved.

    The script's keys are a step's key, or "correction" and "lapse". `failures` counts, for an action, how
    often it raises before it works.
    """

    def __init__(self, script: Mapping[str, list[Any]], failures: Mapping[str, int] | None = None) -> None:
        self._script = defaultdict(list, {key: list(answers) for key, answers in script.items()})
        self._failures = dict(failures or {})
        self._machine = boto3.client("stepfunctions", region_name=REGION)
        self.asked: list[dict[str, Any]] = []

    def run_task(self, event: dict[str, Any], _: Context) -> dict[str, Any]:
        """Stands where RunTask will, and where the officers and the applicant sit: answers waits at once."""
        self.asked.append(event)
        action = event["action"]
        self._maybe_fail(action)
        if action.startswith("await_"):
            usual = "resubmit" if action == "await_correction" else "approve"
            self._answer(event["token"], self._next(_desk(event), usual))
            return {}
        late = self._script[_desk(event)][:1] == [LATE]
        return {
            "attempt": len(self.asked),
            "timeout_seconds": 1 if late else 60,
            "lapsed": action == "record_correction_timeout" and bool(self._next("lapse", False)),
        }

    def issue_permit(self, event: dict[str, Any], _: Context) -> None:
        """Stands where IssuePermit will."""
        self.asked.append(event)
        self._maybe_fail("issue")

    def _next(self, key: str, otherwise: Any) -> Any:
        answers = self._script[key]
        return answers.pop(0) if answers else otherwise

    def _maybe_fail(self, action: str) -> None:
        if self._failures.get(action, 0):
            self._failures[action] -= 1
            raise ConnectionError(action)

    def _answer(self, token: str, decision: str) -> None:
        if decision != LATE:
            self._machine.send_task_success(taskToken=token, output=json.dumps({"decision": decision}))


def _desk(event: Mapping[str, Any]) -> str:
    return "correction" if "correction" in event["action"] else str(event["step"])


def journey(script: Mapping[str, list[Any]], failures: Mapping[str, int] | None = None) -> Journey:
    """The way of one case through the committed form of the machine, on moto, to its end."""
    with mock_aws(config=MOTO_CONFIG):
        office = Office(script, failures)
        with dispatch({"RunTask": office.run_task, "IssuePermit": office.issue_permit}):
            return _followed(office)


@contextmanager
def machine() -> Iterator[tuple[Any, str]]:
    """A Step Functions client and the ARN of the machine, made through the API from the built definition."""
    client = boto3.client("stepfunctions", region_name=REGION)
    text = with_functions(
        json.dumps(definition(load())), run_task=f"{ARN}RunTask", issue_permit=f"{ARN}IssuePermit"
    )
    role = "arn:aws:iam::123456789012:role/machine"
    yield (
        client,
        client.create_state_machine(name="permits", definition=text, roleArn=role)["stateMachineArn"],
    )


def _followed(office: Office) -> Journey:
    with machine() as (client, arn):
        case = json.dumps({"case_id": "case-1"})
        started = client.start_execution(stateMachineArn=arn, name="case-1", input=case)["executionArn"]
        found = client.describe_execution(executionArn=started)
        for _ in range(600):
            found = client.describe_execution(executionArn=started)
            if found["status"] != "RUNNING":
                break
            threading.Event().wait(0.05)
        events = client.get_execution_history(executionArn=started, maxResults=1000)["events"]
    entered = [
        event["stateEnteredEventDetails"]["name"] for event in events if "stateEnteredEventDetails" in event
    ]
    output = json.loads(found.get("output", "{}"))
    return Journey(found["status"], output, entered, len(events), office.asked)

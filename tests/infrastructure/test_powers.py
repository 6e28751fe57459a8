"""Least privilege, both ways: what the functions ask for is allowed, and what is allowed is asked for.

moto enforces no IAM, so a policy that lacks something would show on AWS alone.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any

import pytest

from infrastructure.template import resources
from tests.infrastructure.calls import Asked
from tests.infrastructure.policies import Allowed, allowed, functions, holders, stage, statements

ASKED_BY_AWS = {
    "logs:CreateLogStream": "the runtime writes the function's log",
    "logs:PutLogEvents": "the runtime writes the function's log",
    "sqs:DeleteMessage": "the queue's poller does it under the function's role",
    "sqs:GetQueueAttributes": "the queue's poller does it under the function's role",
    "sqs:ReceiveMessage": "the queue's poller does it under the function's role",
    "s3:ListBucket": "without it S3 answers 403 for an upload or a checkpoint that is not there",
}
"""What no call of ours asks for, and why it is allowed."""

ON_EVERYTHING = {
    ("deliver", "states:SendTaskSuccess"): "IAM knows no resource for it; the task token is the proof"
}
"""What is allowed on every resource, and why."""


@pytest.mark.slow
def test_everything_that_a_function_asks_for_is_allowed_to_it(asked: set[Asked]) -> None:
    assert [one for one in sorted(asked) if not any(it.covers(one) for it in allowed())] == []


@pytest.mark.slow
def test_nothing_is_allowed_that_is_not_asked_for(asked: set[Asked]) -> None:
    unused = [it for it in allowed() if not any(it.covers(one) for one in asked)]
    assert [it for it in unused if it.action not in ASKED_BY_AWS] == []


@pytest.mark.slow
def test_the_listener_hears_every_function(asked: set[Asked]) -> None:
    assert {one.function for one in asked} == set(functions())


def test_no_action_is_a_pattern() -> None:
    assert [it for it in allowed() if "*" in it.action] == []


def test_nothing_is_allowed_on_everything_without_a_reason() -> None:
    assert {(it.function, it.action) for it in allowed() if it.resource == "*"} == set(ON_EVERYTHING)


@pytest.mark.parametrize("it", allowed(), ids=lambda it: f"{it.function} {it.action} {it.resource[-24:]}")
def test_an_action_exists_and_names_a_resource_where_iam_knows_one(it: Allowed) -> None:
    service, _, action = it.action.partition(":")
    known = _reference()[service]["Actions"].get(action.lower())
    assert known is not None, f"IAM knows no {it.action}"
    assert (it.resource == "*") == (not known.get("Resources"))


def test_the_machine_acts_on_everything_only_where_iam_knows_no_resource() -> None:
    policies = resources()["Resources"]["StateMachineRole"]["Properties"]["Policies"]
    said = [one for policy in policies for one in policy["PolicyDocument"]["Statement"]]
    everywhere = [action for one in said if one["Resource"] == "*" for action in one["Action"]]
    named = (action.partition(":") for action in everywhere)
    assert [action for service, _, action in named if _reference()[service]["Actions"][action.lower()]] == []


@pytest.mark.parametrize(
    ("who", "action", "resource"),
    [
        ("sign_permit", "kms:Sign", "alias/sanggar-local-permit"),
        ("sign_permit", "kms:Sign", "alias/sanggar-local-qr"),
        ("seal", "kms:Sign", "alias/sanggar-local-seal"),
        ("publish_log", "kms:Sign", "alias/sanggar-local-log"),
        ("publish_log", "s3:PutObject", f"{stage().arn('LogBucket')}/log/any"),
        ("deliver", "ses:SendEmail", "arn:aws:ses:ap-southeast-3:123456789012:identity/kantor.contoh.id"),
        ("deliver", "states:SendTaskSuccess", "*"),
        ("deliver", "states:StartExecution", stage().arn("StateMachine")),
        ("issue_permit", "dynamodb:PutItem", stage().arn("RegisterTable")),
        ("sign_permit", "secretsmanager:GetSecretValue", stage().name("PermitChain")),
        ("sign_permit", "s3:PutObject", f"{stage().arn('PermitsBucket')}/any"),
        ("inspect", "s3:PutObject", f"{stage().arn('DocumentsBucket')}/any"),
        ("inspect", "s3:GetObject", f"{stage().arn('QuarantineBucket')}/any"),
        ("seal", "s3:PutObject", f"{stage().arn('TrailBucket')}/any"),
        ("api_handler", "s3:PutObject", f"{stage().arn('QuarantineBucket')}/any"),
        ("api_handler", "lambda:InvokeFunction", stage().arn("SignPermit")),
    ],
)
def test_a_power_belongs_to_one_function_alone(who: str, action: str, resource: str) -> None:
    assert holders(action, resource) == {who}


def test_the_queue_can_feed_the_inspection() -> None:
    for action in ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"):
        assert holders(action, stage().arn("InspectQueue")) == {"inspect"}
    assert holders("s3:ListBucket", stage().arn("QuarantineBucket")) == {"inspect"}


@pytest.mark.parametrize("function", functions())
def test_a_function_writes_its_own_log_and_no_other(function: str) -> None:
    logs = f"arn:aws:logs:ap-southeast-3:123456789012:log-group:/aws/lambda/sanggar-local-{function}:log-stream:any"
    for action in ("logs:CreateLogStream", "logs:PutLogEvents"):
        assert holders(action, logs) == {function}


@pytest.mark.parametrize("table", ["CasesTable", "PeopleTable", "RegisterTable", "RatingsTable"])
def test_no_record_can_be_deleted(table: str) -> None:
    for action in ("dynamodb:DeleteItem", "dynamodb:BatchWriteItem", "dynamodb:DeleteTable"):
        assert holders(action, stage().arn(table)) == set()


def test_mail_goes_out_under_the_one_address() -> None:
    (mail,) = [one for one in statements("deliver") if "ses:SendEmail" in one["Action"]]
    assert mail["Condition"] == {"StringEquals": {"ses:FromAddress": {"Ref": "MailFrom"}}}


@pytest.mark.parametrize(
    ("key", "function"),
    [
        ("SealKey", "seal"),
        ("LogKey", "publish_log"),
        ("PermitKey", "sign_permit"),
        ("QrKey", "sign_permit"),
    ],
)
def test_a_keys_own_policy_lets_one_function_sign(key: str, function: str) -> None:
    said = stage().of_type("AWS::KMS::Key")[key]["KeyPolicy"]["Statement"]
    (signing,) = [one for one in said if "kms:Sign" in _listed(one["Action"])]
    role = f"arn:aws:iam::123456789012:role/sanggar-local-{function}"
    assert signing["Condition"] == {"ArnEquals": {"aws:PrincipalArn": role}}
    actions = [action for one in said for action in _listed(one["Action"])]
    assert not {"kms:CreateGrant", "kms:ReplicateKey"} & set(actions)
    assert "*" not in "".join(actions)


def _listed(said: str | list[str]) -> list[str]:
    return [said] if isinstance(said, str) else said


@cache
def _reference() -> dict[str, Any]:
    """AWS's own list of actions with the resources of each, as cfn-lint carries it."""
    path = files("cfnlint") / "data" / "AdditionalSpecs" / "Policies.json"
    known: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return known

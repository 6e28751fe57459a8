"""What each of our functions asks of AWS, in the words of IAM: heard at botocore, while it happens."""

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

import msgspec

from local.listening import function_at_work, listening
from local.template import ACCOUNT, REGION

Params = Mapping[str, Any]
Actions = list[tuple[str, str]]


class Asked(msgspec.Struct, frozen=True, order=True):
    """One function asks for one action on one resource (ARN, or the name of a secret)."""

    function: str
    action: str
    resource: str


@contextmanager
def heard() -> Iterator[set[Asked]]:
    """Everything that the functions ask for while open, presigned addresses and forms included.

    Which function it is, the call stack tells: nothing of ours is replaced. Calls of the test itself, and of
    the one-machine stack between the functions, belong to nobody and are left out.
    """
    asked: set[Asked] = set()

    def note(actions: Callable[[Params], Actions], params: Params) -> None:
        function = function_at_work()
        if function:
            asked.update(Asked(function, action, resource) for action, resource in actions(params))

    def call(params: Params, model: Any, context: Params, **_: Any) -> None:
        if context.get("is_presign_request") and model.name == "CreateBucket":
            return  # the address of a form is that of this call: botocore asks itself for it
        name = f"{model.service_model.service_name}.{model.name}"
        note(_ACTIONS.get(name, lambda _: [(name, "unknown")]), params)

    def signature(request: Any, **_: Any) -> None:
        policy = request.context.get("s3-presign-post-policy")  # a form asks for nothing until it is signed
        if policy:
            note(_offered, policy)

    with listening(before_parameter_build=call, before_sign=signature):
        yield asked


def policy_of(fields: Mapping[str, str]) -> dict[str, Any]:
    """The policy document of a presigned form."""
    policy: dict[str, Any] = json.loads(base64.b64decode(fields["policy"]))
    return policy


def _offered(policy: Mapping[str, Any]) -> Actions:
    named: dict[str, str] = {}
    for condition in policy["conditions"]:
        named |= condition if isinstance(condition, dict) else {}
    return [("s3:PutObject", f"arn:aws:s3:::{named['bucket']}/{named['key']}")]


def _table(params: Params) -> str:
    table = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{params['TableName']}"
    return f"{table}/index/{params['IndexName']}" if "IndexName" in params else table


def _on_a_table(action: str, params: Params) -> Actions:
    return [(action, _table(params))]


def _batch(params: Params) -> Actions:
    return [("dynamodb:BatchGetItem", _table({"TableName": name})) for name in params["RequestItems"]]


def _transaction(params: Params) -> Actions:
    names = {
        "Put": "PutItem",
        "Update": "UpdateItem",
        "Delete": "DeleteItem",
        "ConditionCheck": "ConditionCheckItem",
    }
    items = [one for item in params["TransactItems"] for one in item.items()]
    return [(f"dynamodb:{names[kind]}", _table(item)) for kind, item in items]


def _get_object(params: Params) -> Actions:
    action = "s3:GetObjectVersion" if "VersionId" in params else "s3:GetObject"
    return [(action, f"arn:aws:s3:::{params['Bucket']}/{params['Key']}")]


def _copy_object(params: Params) -> Actions:
    source = params["CopySource"]
    written = f"arn:aws:s3:::{params['Bucket']}/{params['Key']}"
    return [*_get_object(source), ("s3:PutObject", written)]


def _send_email(params: Params) -> Actions:
    domain = params["FromEmailAddress"].partition("@")[2]
    identity = f"arn:aws:ses:{REGION}:{ACCOUNT}:identity/{domain}"
    raw = [("ses:SendRawEmail", identity)] if "Raw" in params["Content"] else []
    return [("ses:SendEmail", identity), *raw]


_NO_RESOURCE = "*"
_ACTIONS: Mapping[str, Callable[[Params], Actions]] = {
    **{
        f"dynamodb.{name}": partial(_on_a_table, f"dynamodb:{name}")
        for name in ("GetItem", "PutItem", "UpdateItem", "Query", "Scan")
    },
    "dynamodb.BatchGetItem": _batch,
    "dynamodb.TransactWriteItems": _transaction,
    "s3.GetObject": _get_object,
    "s3.HeadObject": _get_object,
    "s3.PutObject": lambda it: [("s3:PutObject", f"arn:aws:s3:::{it['Bucket']}/{it['Key']}")],
    "s3.CopyObject": _copy_object,
    "kms.Sign": lambda it: [("kms:Sign", it["KeyId"])],
    "kms.GetPublicKey": lambda it: [("kms:GetPublicKey", it["KeyId"])],
    "secretsmanager.GetSecretValue": lambda it: [("secretsmanager:GetSecretValue", it["SecretId"])],
    "lambda.Invoke": lambda it: [
        ("lambda:InvokeFunction", f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{it['FunctionName']}")
    ],
    "stepfunctions.StartExecution": lambda it: [("states:StartExecution", it["stateMachineArn"])],
    "stepfunctions.SendTaskSuccess": lambda _: [("states:SendTaskSuccess", _NO_RESOURCE)],
    "sesv2.SendEmail": _send_email,
}
"""What IAM asks about each call. One that is missing here is asked for by its own name, which no policy allows."""

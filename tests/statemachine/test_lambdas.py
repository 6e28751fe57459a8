"""Functions of this process, invoked through moto, answer and fail as Lambdas do."""

import json
import threading
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from local.lambdas import MOTO_CONFIG, Context, Function, dispatch
from tests.statemachine.office import ARN, REGION


@pytest.fixture
def functions() -> Iterator[dict[str, Function]]:
    table: dict[str, Function] = {}
    with mock_aws(config=MOTO_CONFIG), dispatch(table):
        yield table


def _invoke(name: str, event: object = None, kind: str = "RequestResponse") -> Any:
    client = boto3.client("lambda", region_name=REGION)
    return client.invoke(FunctionName=name, Payload=json.dumps(event), InvocationType=kind)  # type: ignore[arg-type]


def test_a_function_gets_the_event_and_its_context_and_answers(functions: dict[str, Function]) -> None:
    functions["greet"] = lambda event, context: [event, context.function_name, context.invoked_function_arn]
    for name in ("greet", f"{ARN}greet", f"{ARN}greet:live"):
        answer = _invoke(name, {"name": "Laras"})
        assert "FunctionError" not in answer
        assert json.load(answer["Payload"]) == [{"name": "Laras"}, "greet", f"{ARN}greet"]


def test_no_answer_is_null_as_on_aws(functions: dict[str, Function]) -> None:
    functions["quiet"] = lambda *_: None
    assert _invoke("quiet")["Payload"].read() == b"null"


def _fails(event: object, context: Context) -> None:
    raise LookupError("no such case")


def test_an_exception_is_a_function_error_with_its_name(functions: dict[str, Function]) -> None:
    functions["fails"] = _fails
    answer = _invoke("fails")
    told = json.load(answer["Payload"])
    assert (answer["StatusCode"], answer["FunctionError"]) == (200, "Unhandled")
    assert (told["errorType"], told["errorMessage"]) == ("LookupError", "no such case")


def test_an_answer_that_is_no_json_is_a_function_error(functions: dict[str, Function]) -> None:
    functions["odd"] = lambda *_: {1, 2}
    assert json.load(_invoke("odd")["Payload"])["errorType"] == "TypeError"


def test_an_unknown_function_is_not_found(functions: dict[str, Function]) -> None:
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        _invoke("nobody")


def test_an_event_invocation_returns_before_the_function_ends(functions: dict[str, Function]) -> None:
    may_end, ended = threading.Event(), threading.Event()

    def waits(event: object, context: Context) -> None:
        may_end.wait(10)
        ended.set()

    functions["waits"] = waits
    assert _invoke("waits", kind="Event")["StatusCode"] == 202
    assert not ended.is_set()
    may_end.set()
    assert ended.wait(10)


def test_a_failing_event_invocation_troubles_nobody(functions: dict[str, Function]) -> None:
    functions["fails"] = _fails
    assert _invoke("fails", kind="Event")["StatusCode"] == 202


def test_a_queue_delivers_to_the_function_and_keeps_what_it_refused(functions: dict[str, Function]) -> None:
    got: list[str] = []

    def reads(event: dict[str, Any], context: Context) -> dict[str, Any]:
        record = event["Records"][0]
        got.append(record["body"])
        refused = [{"itemIdentifier": record["messageId"]}] if record["body"] == "bad" else []
        return {"batchItemFailures": refused}

    functions["reads"] = reads
    queue = _queue_to("reads")
    sqs = boto3.client("sqs", region_name=REGION)
    for body in ("good", "bad"):
        sqs.send_message(QueueUrl=queue, MessageBody=body)
    left = sqs.receive_message(QueueUrl=queue).get("Messages", [])
    assert got == ["good", "bad"]
    assert [message["Body"] for message in left] == ["bad"]


def _queue_to(function: str) -> str:
    """A queue that invokes `function`; moto wants the function to exist for this, unlike for invoking it."""
    role = {"Version": "2012-10-17", "Statement": []}
    iam = boto3.client("iam").create_role(RoleName="r", AssumeRolePolicyDocument=json.dumps(role))
    lambdas = boto3.client("lambda", region_name=REGION)
    lambdas.create_function(
        FunctionName=function,
        Runtime="python3.13",
        Role=iam["Role"]["Arn"],
        Handler="app.none",
        Code={"ZipFile": b"-"},
    )
    sqs = boto3.client("sqs", region_name=REGION)
    url = sqs.create_queue(QueueName="q")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    lambdas.create_event_source_mapping(EventSourceArn=arn, FunctionName=function, BatchSize=1)
    return url


def test_the_functions_are_gone_when_the_table_is_closed() -> None:
    with mock_aws(config=MOTO_CONFIG):
        with dispatch({"greet": lambda *_: "hello"}):
            assert json.load(_invoke("greet")["Payload"]) == "hello"
        assert _invoke("greet", "echo")["Payload"].read() == b'"echo"'

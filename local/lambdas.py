"""Lambda on one machine: moto's invocations reach Python functions of this process.

moto's Step Functions, its queues and boto3 clients all invoke through one method of moto's Lambda backend.
This module puts a table of functions behind it. What moto 5.2.5 does otherwise than AWS, where it bites:

- It echoes the event as every function's answer, and calls that a success. `dispatch` must be on first.
- What is set on an instance of the backend is lost at its reset, so the method is replaced on the class.
- A queue delivers inside the sender's SendMessage, in the sender's thread, a message at a time, without an
  invocation type. It ignores `batchItemFailures` (honoured here), and a message whose function failed is
  delivered again only when the next one is sent.
- Its Step Functions call Lambda in moto's default account, over http://localhost:$MOTO_PORT (5000) unless
  `mock_aws` is on in this process. A `ThreadedMotoServer` in this process works too: set MOTO_PORT to its port
  and POST `MOTO_CONFIG` to its /moto-api/config.
- A timeout runs in real seconds, and covers the invocation of the function that keeps the token.
- An execution that waits lives in threads that StopExecution does not end. Answer its waits.
"""

import json
import logging
import threading
import traceback
import uuid
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from typing import Any, TypeAlias

import msgspec
from moto.awslambda.exceptions import UnknownFunctionException
from moto.awslambda_simple.models import LambdaSimpleBackend
from moto.core.config import DefaultConfig

MOTO_CONFIG: DefaultConfig = {
    "stepfunctions": {"execute_state_machine": True},
    "lambda": {"use_docker": False},
}
"""What `mock_aws(config=...)` needs to run state machines, and functions without Docker."""

LOG = logging.getLogger(__name__)


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What a function learns about its invocation, by the names that AWS gives."""

    function_name: str
    invoked_function_arn: str
    aws_request_id: str
    function_version: str = "$LATEST"
    memory_limit_in_mb: int = 1024
    log_group_name: str = "local"
    log_stream_name: str = "local"

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds left. Nothing is cut off here: always the 15 minutes of a full start."""
        return 900_000


Function: TypeAlias = Callable[[Any, Context], object]


@contextmanager
def dispatch(functions: Mapping[str, Function]) -> Iterator[None]:
    """While open, invoking a function of that name (or its ARN) through moto calls the Python one.

    Events and answers pass through JSON, as they do on AWS. An exception becomes a function error with
    `errorMessage` and `errorType`; a name that is not in the table, a ResourceNotFoundException. An
    invocation of type Event returns at once and runs in a thread; closing waits for these threads. The table
    is looked up at each call, so it can be filled later.
    """
    running: list[threading.Thread] = []

    def invoke(
        self: LambdaSimpleBackend,
        function_name: str,
        qualifier: str | None,
        body: str | bytes,
        headers: Mapping[str, str],
        response_headers: MutableMapping[str, str],
    ) -> bytes:
        function, context = _found(self, functions, function_name, qualifier)
        if headers.get("X-Amz-Invocation-Type") == "Event":
            thread = threading.Thread(target=_run, args=(function, context, body), daemon=True)
            running.append(thread)
            thread.start()
            return b""
        answer, failed = _run(function, context, body)
        if failed or (not headers and b'"batchItemFailures": [{' in answer):  # a queue sends no headers
            response_headers["x-amz-function-error"] = "Unhandled"
        return answer

    echo = LambdaSimpleBackend.invoke
    LambdaSimpleBackend.invoke = invoke  # type: ignore[method-assign]  # the one seam that all callers share
    try:
        yield
    finally:
        LambdaSimpleBackend.invoke = echo  # type: ignore[method-assign]
        for thread in running:
            thread.join(timeout=30)


def _found(
    backend: LambdaSimpleBackend, functions: Mapping[str, Function], called: str, qualifier: str | None
) -> tuple[Function, Context]:
    # A caller says a name or an ARN, and either can end with a version or alias.
    name, *version = called.split(":")[6:] if called.startswith("arn:") else called.split(":")
    arn = f"arn:aws:lambda:{backend.region_name}:{backend.account_id}:function:{name}"
    if name not in functions:
        raise UnknownFunctionException(arn)
    context = Context(
        function_name=name,
        invoked_function_arn=arn,
        aws_request_id=str(uuid.uuid4()),
        function_version=qualifier or "".join(version) or "$LATEST",
    )
    return functions[name], context


def _run(function: Function, context: Context, body: str | bytes) -> tuple[bytes, bool]:
    """The answer as JSON, and whether it is a failure."""
    try:
        return json.dumps(function(json.loads(body or "{}"), context)).encode(), False
    except Exception as error:
        # As on AWS, nobody but the log sees why a function failed that was invoked as an Event.
        LOG.warning("%s failed", context.function_name, exc_info=True)
        told = {
            "errorMessage": str(error),
            "errorType": type(error).__name__,
            "stackTrace": traceback.format_tb(error.__traceback__),
        }
        return json.dumps(told).encode(), True

"""What the log says of a failure: where, never with what. Messages of errors can hold what people typed."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any


class FunctionError(Exception):
    """What AWS learns of a failed function: the kind of its error alone, for logs and histories keep messages."""


@contextmanager
def nameless(function: str) -> Iterator[None]:
    """An error inside is logged without its message, and goes on to AWS, which tries again, without it."""
    try:
        yield
    except Exception as error:
        failed(f"{function} failed", error)
        raise FunctionError(type(error).__name__) from None


@cache
def _logger() -> Any:
    from aws_lambda_powertools import Logger

    return Logger(service="sanggar", use_rfc3339=True)


def failed(what: str, error: BaseException, **facts: Any) -> None:
    """One JSON line: the kind of the error, where it was raised, and facts that name nobody."""
    places = [
        f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    _logger().error(what, extra={"error": type(error).__name__, "places": places[-12:], **facts})

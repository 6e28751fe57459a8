"""What the log says of a failure: where, never with what. Messages of errors can hold what people typed."""

import traceback
from functools import cache
from typing import Any


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

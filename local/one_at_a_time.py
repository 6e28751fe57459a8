"""moto's tables, one request at a time.

DynamoDB does its requests one after another where they touch; moto 5.2.5 does not. Its TransactWriteItems copies
whole tables and puts the copies back when a condition fails: what other threads wrote meanwhile is lost, and
a table that grows during the copy ends the transaction with a RuntimeError.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from moto.core.common_types import TYPE_RESPONSE
from moto.dynamodb.responses import DynamoHandler


@contextmanager
def tables_in_turn() -> Iterator[None]:
    """While open, no two threads are inside moto's DynamoDB."""
    turn = threading.RLock()
    call_action = DynamoHandler.call_action

    def in_turn(self: DynamoHandler) -> TYPE_RESPONSE:
        with turn:
            answer: TYPE_RESPONSE = call_action(self)
            return answer

    DynamoHandler.call_action = in_turn  # type: ignore[method-assign]  # the one way into its tables
    try:
        yield
    finally:
        DynamoHandler.call_action = call_action  # type: ignore[method-assign]

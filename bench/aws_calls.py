"""Counts the AWS calls of this process and the DynamoDB capacity that they would use."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from typing import Any

import msgspec
from botocore.handlers import BUILTIN_HANDLERS


class Calls(msgspec.Struct):
    """Calls by `service.Operation`, and units of DynamoDB: a write is 1 KiB, a read 4 KiB, twice in transactions."""

    by_operation: Counter[str]
    write_units: int = 0
    read_units: int = 0

    def of(self, service: str) -> int:
        """How many calls went to one service."""
        return sum(n for name, n in self.by_operation.items() if name.startswith(f"{service}."))


@contextmanager
def counted() -> Iterator[Calls]:
    """Counts the calls of every client made while open. It must be opened before the first client."""
    calls = Calls(by_operation=Counter())

    def before(model: Any, params: dict[str, Any], **_: Any) -> None:
        name = f"{model.service_model.service_name}.{model.name}"
        calls.by_operation[name] += 1
        if name.startswith("dynamodb."):
            calls.write_units += _written(model.name, params["body"])

    def after(model: Any, parsed: dict[str, Any], **_: Any) -> None:
        if model.service_model.service_name == "dynamodb":
            calls.read_units += _read(model.name, parsed)

    handlers: list[Any] = [("before-call", before), ("after-call", after)]
    BUILTIN_HANDLERS.extend(handlers)
    try:
        yield calls
    finally:
        for handler in handlers:
            BUILTIN_HANDLERS.remove(handler)


def _written(operation: str, body: bytes | str) -> int:
    sent = json.loads(body)
    if operation == "TransactWriteItems":
        return sum(
            2 * _units(next(iter(item.values())).get("Item", {}), 1024) for item in sent["TransactItems"]
        )
    if operation == "PutItem":
        return _units(sent["Item"], 1024)
    return 1 if operation == "UpdateItem" else 0


def _read(operation: str, parsed: dict[str, Any]) -> int:
    if operation == "GetItem":
        return _units(parsed.get("Item", {}), 4096)
    return _units(parsed.get("Items", []), 4096) if operation in ("Query", "Scan") else 0


def _units(value: Any, unit: int) -> int:
    return max(1, ceil(len(json.dumps(value, default=str)) / unit))

"""Counts the AWS calls of the functions and the DynamoDB capacity that they would use."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from typing import Any

import msgspec

from local.listening import function_at_work, listening

Call = tuple[str, str, str]
"""Who asks what of whom: function, service, operation."""


class Calls(msgspec.Struct):
    """Calls, and units of DynamoDB: a write is 1 KiB, a read 4 KiB, twice in transactions."""

    made: Counter[Call]
    write_units: int = 0
    read_units: int = 0

    def by(self, part: int) -> dict[str, int]:
        """How many calls, by a part of `Call`."""
        sums: Counter[str] = Counter()
        for call, times in self.made.items():
            sums[call[part]] += times
        return dict(sums.most_common())


@contextmanager
def counted() -> Iterator[Calls]:
    """Counts what the functions call while open: not the set-up, nor what the one-machine stack does."""
    calls = Calls(made=Counter())

    def before(model: Any, params: dict[str, Any], **_: Any) -> None:
        function = function_at_work()
        if function is None:
            return
        service = model.service_model.service_name
        calls.made[function, service, model.name] += 1
        if service == "dynamodb":
            calls.write_units += _written(model.name, params["body"])

    def after(model: Any, parsed: dict[str, Any], **_: Any) -> None:
        if function_at_work() and model.service_model.service_name == "dynamodb":
            calls.read_units += _read(model.name, parsed)

    with listening(before_call=before, after_call=after):
        yield calls


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
    if operation == "BatchGetItem":
        return sum(_units(item, 4096) for items in parsed.get("Responses", {}).values() for item in items)
    return _units(parsed.get("Items", []), 4096) if operation in ("Query", "Scan") else 0


def _units(value: Any, unit: int) -> int:
    return max(1, ceil(len(json.dumps(value, default=str)) / unit))

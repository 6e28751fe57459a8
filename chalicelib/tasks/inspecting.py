"""Uploads that the queue brings (S3 to SQS) are inspected, one message at a time."""

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus

from chalicelib.steps.incidents import failed

if TYPE_CHECKING:
    from chalicelib.steps.desk import Desk

Event = Mapping[str, Any]


def inspect(event: Event, desk: "Desk") -> dict[str, list[dict[str, str]]]:
    """Inspects what the messages name; answers those that must come again (ReportBatchItemFailures)."""
    again = [record["messageId"] for record in event.get("Records", []) if not _done(record, desk)]
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in again]}


def _done(record: Event, desk: "Desk") -> bool:
    from chalicelib.steps.complaint_photo import is_photo, look_at_photo
    from chalicelib.steps.inspect import inspect_upload
    from chalicelib.steps.report_upload import is_report, look_at_report

    try:
        for key in _keys(record):
            look = look_at_photo if is_photo(key) else look_at_report if is_report(key) else inspect_upload
            look(desk, key)
    except Exception as error:  # whatever it was: the queue brings the message again, then sets it aside
        failed("inspect", error, message_id=record.get("messageId"))
        return False
    return True


def _keys(record: Event) -> Iterator[str]:
    """The object keys of an S3 event; none in the test message that S3 sends when a queue is attached."""
    for told in json.loads(record["body"]).get("Records", []):
        yield unquote_plus(told["s3"]["object"]["key"])

"""A report that the officer brings as a file: a place for it, and a look at what came there, in the confined child.

The file is kept as it came, under its own hash; what officers look at are pictures of it that were made here.
"""

import hashlib
from datetime import datetime
from typing import Any

import msgspec

from chalicelib.cases import reporting
from chalicelib.cases.case import Case
from chalicelib.cases.change import Change
from chalicelib.cases.report import Report
from chalicelib.documents.files.gate import JPEG, MAX_BYTES, PDF, PNG
from chalicelib.errors import InvalidInputError, NotFoundError
from chalicelib.steps.desk import Desk, change_case
from chalicelib.steps.review import open_link, still_open

ACCEPTED = (PDF, JPEG, PNG)
_PREFIX = "reports/"
"""In both buckets; cases and complaints are named otherwise."""


def offer_report(desk: Desk, token: str, content_type: str, size: int) -> dict[str, Any]:
    """The presigned POST for the file of the step that the link is for.

    Raises the link errors, InvalidInputError for a type or size that is never taken, and what `reporting.begin`
    raises. The report that was there before serves no longer.
    """
    if content_type not in ACCEPTED:
        raise InvalidInputError(where="content_type", allowed=list(ACCEPTED))
    if not 1 <= size <= MAX_BYTES:
        raise InvalidInputError(where="size", allowed=[1, MAX_BYTES])
    review = open_link(desk, token)
    procedure = desk.procedure_of(review.case)
    upload_id = desk.random(16).hex()

    def rule(case: Case, at: datetime) -> Change | None:
        current, tries = reporting.begin(still_open(case, review), procedure, review.officer.id)
        report = Report(
            step=current.key,
            attempt=current.attempt,
            officer_id=review.officer.id,
            acting_for=current.acting_for,
            source="uploaded",
            state="awaiting",
            tries=tries,
            at=at,
            content_type=content_type,
            upload_id=upload_id,
        )
        return reporting.lay_down(case, report, at)

    change_case(desk, review.case.case_id, rule)
    key = f"{_PREFIX}{review.case.case_id}/{upload_id}"
    return desk.files.offer(desk.settings.quarantine_bucket, key, content_type, MAX_BYTES)


def is_report(key: str) -> bool:
    """Whether an object in quarantine is an officer's report."""
    return key.startswith(_PREFIX)


def look_at_report(desk: Desk, key: str) -> None:
    """Reads the quarantined file and keeps or refuses it. Safe to repeat; unknown keys are left."""
    case_id, _, upload_id = key.removeprefix(_PREFIX).partition("/")
    try:
        report = desk.cases.load(case_id).report
        data = desk.files.read(desk.settings.quarantine_bucket, key)
    except NotFoundError:
        return
    if report is None or (report.upload_id, report.state) != (upload_id, "awaiting"):
        return
    looked_at = _looked_at(desk, report, key, data)
    change_case(desk, case_id, lambda case, at: reporting.receive(case, looked_at, at))


def _looked_at(desk: Desk, report: Report, key: str, data: bytes) -> Report:
    result = desk.confinement.inspect(data, report.content_type)
    fault = result.inspection.fault
    if not fault and (not result.previews or result.inspection.content_type not in ACCEPTED):
        fault = "damaged"
    if fault:
        return msgspec.structs.replace(report, state="refused", fault=fault)
    sha256 = hashlib.sha256(data).hexdigest()
    bucket, folder = desk.settings.documents_bucket, f"{key}/{sha256}"
    previews = [f"{folder}/page-{number}.jpg" for number in range(1, len(result.previews) + 1)]
    for name, picture in zip(previews, result.previews, strict=True):
        desk.files.write_once(bucket, name, picture, "image/jpeg")
    content_type = result.inspection.content_type
    return msgspec.structs.replace(
        report,
        state="made",
        content_type=content_type,
        object_key=f"{folder}/original",
        version_id=desk.files.write_once(bucket, f"{folder}/original", data, content_type),
        sha256=sha256,
        size=len(data),
        previews=tuple(previews),
    )

"""Where a report's file lies, and whether it still is the one on record."""

import hashlib

from chalicelib.cases.report import Report
from chalicelib.errors import NotFoundError
from chalicelib.steps.desk import Desk


def bucket_of(desk: Desk, report: Report) -> str:
    """Each is kept by the function that made it, and that one writes into a bucket of its own."""
    composed = report.source == "composed"
    return desk.settings.permits_bucket if composed else desk.settings.documents_bucket


def still_whole(desk: Desk, report: Report) -> bool:
    """Whether that version of the file is there and has the SHA-256 on record."""
    try:
        data = desk.files.read(bucket_of(desk, report), report.object_key, report.version_id)
    except NotFoundError:
        return False
    return hashlib.sha256(data).hexdigest() == report.sha256

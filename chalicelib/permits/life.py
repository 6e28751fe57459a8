"""What happens to a permit after its issue: it is revoked, or another one takes its place."""

from datetime import datetime

import msgspec

from chalicelib.errors import StateConflictError
from chalicelib.permits.register import RegisterChange
from chalicelib.permits.types import PermitRecord


def revoked(record: PermitRecord, reason: str, at: datetime) -> RegisterChange:
    """The permit revoked for a reason that anybody may read. Raises StateConflictError unless it stands."""
    _check_stands(record)
    after = msgspec.structs.replace(record, status="revoked", status_reason=reason, status_at=at)
    return RegisterChange(record=after, before=record, kind=after.status)


def replaced(record: PermitRecord, by_number: str, reason: str, at: datetime) -> RegisterChange:
    """The permit replaced by the one of that number. Raises StateConflictError unless it stands."""
    _check_stands(record)
    after = msgspec.structs.replace(
        record, status="replaced", status_reason=reason, status_at=at, replaced_by=by_number
    )
    return RegisterChange(record=after, before=record, kind=after.status)


def _check_stands(record: PermitRecord) -> None:
    """One that has expired can still be revoked or replaced: that is the stronger fact."""
    if record.status != "valid":
        raise StateConflictError(status=record.status)

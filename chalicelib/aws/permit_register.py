"""The registry of issued permits, read by everybody, written with the change of a case that issues or revokes one."""

from datetime import date

import msgspec

from chalicelib.aws.tables import PermitRow
from chalicelib.permits.types import PermitRecord


def by_check_code(code: str) -> PermitRecord | None:
    """The record that a QR code leads to."""
    try:
        row = PermitRow.get(code, consistent_read=True)
    except PermitRow.DoesNotExist:
        return None
    return msgspec.json.decode(row.body, type=PermitRecord) if row.body else None


def ending_on(day: date) -> list[PermitRecord]:
    """The permits that stand and whose last day that is."""
    codes = [row.pk for row in PermitRow.by_end.query(day.isoformat())]
    return [record for code in codes if (record := by_check_code(code))]


def by_number(number: str) -> PermitRecord | None:
    """The record of a permit number."""
    try:
        row = PermitRow.get(f"number#{number}", consistent_read=True)
    except PermitRow.DoesNotExist:
        return None
    return by_check_code(row.check_code) if row.check_code else None

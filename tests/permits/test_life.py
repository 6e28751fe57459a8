"""A permit after its issue: revoked or replaced once, and never twice."""

from datetime import UTC, date, datetime

import msgspec
import pytest

from chalicelib.errors import StateConflictError
from chalicelib.permits.life import replaced, revoked
from chalicelib.permits.types import PermitRecord, status_on

AT = datetime(2027, 1, 5, 3, 0, tzinfo=UTC)
RECORD = PermitRecord(
    permit_number="431/0001/424.086/2026",
    check_code="AAAA-BBBB",
    case_id="case-1",
    group_name="Sanggar Contoh",
    art_genre="Tari",
    sub_district="Bangil",
    leader_short="Siti R.",
    issued_on=date(2026, 11, 24),
    valid_until=date(2028, 11, 23),
    signer_title="Kepala",
    signer_name="Sekar",
    signed_sha256="00" * 32,
    object_key="case-1/a.pdf",
    version_id="v1",
)


def test_a_revoked_permit_says_why_and_since_when() -> None:
    change = revoked(RECORD, "Data palsu", AT)
    assert change.before == RECORD
    assert (change.record.status, change.record.status_reason, change.record.status_at) == (
        "revoked",
        "Data palsu",
        AT,
    )
    assert status_on(change.record, date(2030, 1, 1)) == "revoked"


def test_a_replaced_permit_names_the_one_that_took_its_place() -> None:
    after = replaced(RECORD, "431/0002/424.086/2027", "Ketua berganti", AT).record
    assert (after.status, after.replaced_by) == ("replaced", "431/0002/424.086/2027")
    unchanged = ("status", "status_reason", "status_at", "replaced_by")
    assert {k: v for k, v in msgspec.structs.asdict(after).items() if k not in unchanged} == {
        k: v for k, v in msgspec.structs.asdict(RECORD).items() if k not in unchanged
    }


def test_what_does_not_stand_is_neither_revoked_nor_replaced_again() -> None:
    for gone in (revoked(RECORD, "x", AT).record, replaced(RECORD, "y", "z", AT).record):
        with pytest.raises(StateConflictError):
            revoked(gone, "x", AT)
        with pytest.raises(StateConflictError):
            replaced(gone, "y", "z", AT)

"""What a permit says, and what the registry keeps of it."""

from datetime import date, datetime
from typing import Literal

import msgspec

from chalicelib.permits.port import SignatureLevel, SignedWith

RegistryStatus = Literal["valid", "revoked", "replaced"]
PermitStatus = Literal["valid", "expired", "revoked", "replaced"]


class SigningOfficial(msgspec.Struct, frozen=True, kw_only=True):
    """The official whose name stands under the permit (SOP step 5).

    `title` is the office, with "Plh." before it for a stand-in; `official_id` is the NIP as printed.
    """

    title: str
    name: str
    rank: str
    official_id: str


class PermitContent(msgspec.Struct, frozen=True, kw_only=True):
    """Everything printed on a permit. `permit_number` None makes it a draft.

    `check_url` is what the QR code holds; `signature_note` is the signer's own statement about the
    certificate used; `log_note` names the transparency log's size and root at issue, once there is one.
    """

    permit_number: str | None
    group_name: str
    art_genre: str
    leader_name: str
    address: str
    village: str
    sub_district: str
    founded_year: int | None
    member_count: int
    valid_from: date
    valid_until: date
    place: str
    issued_on: date
    signer: SigningOfficial
    legal_bases: tuple[str, ...]
    check_url: str
    signature_note: str
    log_note: str | None = None


class PermitRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the registry of issued documents (SOP, "Jaminan Keamanan").

    It never holds the ID number, address or phone; `leader_short` comes from `names.shortened_name`.
    `signed_sha256` (64 hex digits) is of the whole signed file; `object_key` with `version_id` is where it
    lies. `signed_with` and `level`: whose certificate, and what the file holds to prove it. `status_reason` and
    `status_at` belong to the statuses "revoked" and "replaced".
    """

    permit_number: str
    check_code: str
    case_id: str
    group_name: str
    art_genre: str
    sub_district: str
    leader_short: str
    issued_on: date
    valid_until: date
    signer_title: str
    signer_name: str
    signed_sha256: str
    object_key: str
    version_id: str
    signed_with: SignedWith = "seal"
    level: SignatureLevel = "PAdES-B-B"
    status: RegistryStatus = "valid"
    status_reason: str | None = None
    status_at: datetime | None = None


def status_on(record: PermitRecord, today: date) -> PermitStatus:
    """What the permit is worth on that day; the last day of validity still counts.

    A revocation or replacement outlasts the end of validity: it is the stronger fact.
    """
    if record.status != "valid":
        return record.status
    return "expired" if today > record.valid_until else "valid"

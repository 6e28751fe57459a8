"""What a permit says, and what the registry keeps of it."""

from datetime import date, datetime
from typing import Literal

import msgspec

from chalicelib.permits.port import SignedWith

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

    `check_url` is what the QR code holds, with the seal behind its "#"; `signature_note` is the signer's own
    statement about the certificate used; `log_note` names the transparency log's size and root at issue, once
    there is one.
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
    `signed_sha256` (64 hex digits) is of the whole signed file; `object_key` with `version_id` is where it lies.
    `signed_with` and `signature_level`: whose certificate, and what the file holds to prove it (PAdES; empty in
    records older than it). `status_reason` and `status_at` belong to the statuses "revoked" and "replaced", and
    `replaced_by`, the number of the permit that took its place, to the latter. `log_salt` (64 hex digits) is what
    the log's hashes of this record begin with, and leaves this table nowhere; `log_indexes` are the record's
    entries in the log.
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
    signature_level: str = ""
    object_key: str
    version_id: str
    signed_with: SignedWith = "seal"
    status: RegistryStatus = "valid"
    status_reason: str | None = None
    status_at: datetime | None = None
    replaced_by: str = ""
    log_salt: str = ""
    log_indexes: tuple[int, ...] = ()


def status_on(record: PermitRecord, today: date) -> PermitStatus:
    """What the permit is worth on that day; the last day of validity still counts.

    A revocation or replacement outlasts the end of validity: it is the stronger fact.
    """
    if record.status != "valid":
        return record.status
    return "expired" if today > record.valid_until else "valid"

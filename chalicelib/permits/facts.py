"""What a permit says to everybody and will always say: the common ground of paper, QR code and register.

Its fingerprint stands in the QR code's seal. Only facts that are fixed once the permit is signed are in it: not the
status, and not the names of the signers, which the register takes from the officers' list when it publishes.
"""

import hashlib
from datetime import date

import msgspec

from chalicelib.permits.names import shortened_name
from chalicelib.permits.types import PermitContent, PermitRecord


class PublicFacts(msgspec.Struct, frozen=True, kw_only=True):
    """The facts as the register publishes them: the leader's name shortened, no ID number, no address."""

    permit_number: str
    check_code: str
    group_name: str
    art_genre: str
    leader: str
    sub_district: str
    issued_on: date
    valid_until: date


def facts_on_paper(content: PermitContent, check_code: str) -> PublicFacts:
    """The facts of what is about to be printed. Raises ValueError for a draft, which has no number."""
    if content.permit_number is None:
        raise ValueError("a draft has no number")
    return PublicFacts(
        permit_number=content.permit_number,
        check_code=check_code,
        group_name=content.group_name,
        art_genre=content.art_genre,
        leader=shortened_name(content.leader_name),
        sub_district=content.sub_district,
        issued_on=content.issued_on,
        valid_until=content.valid_until,
    )


def facts_on_record(record: PermitRecord) -> PublicFacts:
    """The same facts as the register has them."""
    return PublicFacts(
        permit_number=record.permit_number,
        check_code=record.check_code,
        group_name=record.group_name,
        art_genre=record.art_genre,
        leader=record.leader_short,
        sub_district=record.sub_district,
        issued_on=record.issued_on,
        valid_until=record.valid_until,
    )


def fingerprint(facts: PublicFacts) -> bytes:
    """SHA-256 (32 bytes) of the facts as canonical JSON: UTF-8, names sorted, no blanks, days as ISO 8601.

    The check code is in it, 50 bits of chance, so facts that somebody only guesses cannot be compared with it.
    """
    return hashlib.sha256(msgspec.json.encode(facts, order="sorted")).digest()

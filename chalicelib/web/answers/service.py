"""The procedure, and the public check of a permit."""

from datetime import date, datetime

from chalicelib.permits.check_answer import CheckStatus
from chalicelib.procedures.parts import ApplicationType, Words
from chalicelib.web.answers.parts import Answer, Standard


class PermitChecked(Answer, frozen=True, kw_only=True):
    """The public check: what the registry says of a permit, with the leader's name shortened.

    `since` is the day it expired, was revoked or replaced, `reason` why it was revoked or replaced, in Indonesian.
    `record_hash` is the fingerprint that the QR code's seal holds, `file_sha256` that of the file as issued; both in
    hex.
    """

    status: CheckStatus
    since: date | None
    reason: str | None
    permit_number: str | None
    check_code: str | None
    group_name: str | None
    art_genre: str | None
    leader: str | None
    sub_district: str | None
    issued_on: date | None
    valid_until: date | None
    signer: str | None
    office: str | None
    record_hash: str | None
    file_sha256: str | None
    checked_at: datetime
    sentence: Words


class FeeShown(Answer, frozen=True, kw_only=True):
    """What the applicant pays, in rupiah."""

    amount: int
    id: str
    en: str


class StepOffered(Answer, frozen=True, kw_only=True):
    """One step of the procedure."""

    key: str
    number: int
    name: Words
    who: Words
    days: int
    minutes: int


class DocumentAsked(Answer, frozen=True, kw_only=True):
    """One document that an application needs."""

    slot: str
    name: Words
    hint: Words
    needed_for: tuple[ApplicationType, ...]


class GenreOffered(Answer, frozen=True, kw_only=True):
    """One art genre."""

    slug: str
    id: str
    en: str


class ProcedureShown(Answer, frozen=True, kw_only=True):
    """The procedure, whether the office works today at all, and whether it is open now."""

    id: str
    version: int
    name: Words
    standard: Standard
    fee: FeeShown
    legal_bases: tuple[str, ...]
    steps: tuple[StepOffered, ...]
    documents: tuple[DocumentAsked, ...]
    art_genres: tuple[GenreOffered, ...]
    sub_districts: tuple[str, ...]
    working_day: bool
    office_open: bool
    next_opening: datetime

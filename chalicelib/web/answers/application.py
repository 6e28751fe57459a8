"""An application, as its applicant and whoever follows it see it."""

from datetime import date, datetime

from chalicelib.cases.case import Status
from chalicelib.cases.filling import Part
from chalicelib.cases.form import ApplicationForm
from chalicelib.permits.types import PermitStatus
from chalicelib.procedures.parts import ApplicationType, Words
from chalicelib.web.answers.parts import (
    Answer,
    AssistedShown,
    DocumentShown,
    FindingShown,
    ReasonShown,
    StepShown,
)


class CorrectionShown(Answer, frozen=True, kw_only=True):
    """What the applicant is asked to correct, and until when.

    `open_slots` and `open_fields` can be changed; everything else stays as it was judged. `apology` is said when
    something is asked for that an earlier check had overlooked.
    """

    step: str
    message: str
    reasons: tuple[ReasonShown, ...]
    until: datetime
    open_slots: tuple[str, ...]
    open_fields: tuple[str, ...]
    apology: Words | None


class PermitShown(Answer, frozen=True, kw_only=True):
    """The issued permit, as its applicant sees it.

    `check_qr` is `check_url` as a picture (SVG in a `data:` address); `size` counts the bytes of the file, and is
    null where they were not kept; a renewal is taken from `renewal_from` on. `status` is today's, `status_reason` why
    it was revoked or replaced.
    """

    permit_number: str
    check_code: str
    check_url: str
    check_qr: str
    size: int | None
    issued_on: date
    valid_until: date
    renewal_from: date
    status: PermitStatus
    status_reason: str | None


class Can(Answer, frozen=True, kw_only=True):
    """What the applicant can do now."""

    edit: bool
    submit: bool
    correct: bool
    withdraw: bool


class ApplicationShown(Answer, frozen=True, kw_only=True):
    """An application, as its own applicant sees it: the only answer with the whole ID number, in `form`.

    `form_sha256` names the form as it stands: sent back as `If-Match`, it keeps two devices from overwriting
    each other. `version` counts the changes of anything, the last of them at `updated_at`.
    """

    case_id: str
    number: str | None
    status: Status
    application_type: ApplicationType
    form: ApplicationForm
    form_sha256: str
    version: int
    updated_at: datetime
    documents: dict[str, DocumentShown]
    findings: tuple[FindingShown, ...]
    missing_form: tuple[str, ...]
    tracking_code: str
    steps: tuple[StepShown, ...]
    deadline: datetime | None
    correction: CorrectionShown | None
    permit: PermitShown | None
    assisted: AssistedShown | None
    can: Can


class PartShown(Answer, frozen=True, kw_only=True):
    """The part of a draft that is next: part `number` of `count`."""

    key: Part
    number: int
    count: int


class ApplicationLine(Answer, frozen=True, kw_only=True):
    """One line of an applicant's own list. `deadline` is when the whole should be done.

    `reached` is there for a draft, `to_correct` (how many documents) for a returned application.
    """

    case_id: str
    number: str | None
    status: str
    step: str | None
    application_type: str
    group_name: str
    created_at: datetime
    submitted_at: datetime | None
    deadline: datetime | None
    reached: PartShown | None
    to_correct: int | None
    updated_at: datetime


class ApplicationList(Answer, frozen=True, kw_only=True):
    """An applicant's own applications, newest first."""

    applications: tuple[ApplicationLine, ...]


class UploadOffered(Answer, frozen=True, kw_only=True):
    """Where to POST one file: all `fields` in order, then `file`."""

    upload_id: str
    url: str
    fields: dict[str, str]
    expires_at: datetime


class Pictures(Answer, frozen=True, kw_only=True):
    """Short-lived addresses of the pages of a returned document as the officer saw it, and of the one sent since."""

    before: tuple[str, ...]
    now: tuple[str, ...]


class EarlierDocument(Answer, frozen=True, kw_only=True):
    """A document that was sent with an earlier application of one's own."""

    case_id: str
    number: str
    uploaded_at: datetime
    content_type: str
    size: int


class EarlierDocuments(Answer, frozen=True, kw_only=True):
    """The newest of each slot."""

    documents: dict[str, EarlierDocument]


class PermitAddress(Answer, frozen=True, kw_only=True):
    """A short-lived address of the permit's file, and the SHA-256 (hex) of it."""

    url: str
    permit_number: str
    sha256: str


class TrackingShown(Answer, frozen=True, kw_only=True):
    """Where an application stands, for whoever holds its private link: no names."""

    number: str | None
    status: Status
    steps: tuple[StepShown, ...]
    deadline: datetime | None
    permit_number: str | None
    correction_until: datetime | None
    assisted: bool

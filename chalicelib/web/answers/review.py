"""What an officer sees behind a signed link."""

from datetime import date, datetime
from typing import Any, Literal

from chalicelib.cases.case import Status
from chalicelib.cases.report import Outcome, Result
from chalicelib.documents.types import Box
from chalicelib.procedures.parts import ApplicationType, Decision, Proof, Words
from chalicelib.web.answers.parts import (
    Answer,
    AssistedShown,
    DocumentShown,
    FindingShown,
    ReasonOffered,
    ReasonShown,
)


class DocumentReviewed(DocumentShown, frozen=True, kw_only=True):
    """A document as officers see it: pictures made by us, and the original, under addresses good for minutes.

    `boxes` says where the values of `read` stand on the pictures.
    """

    boxes: dict[str, Box]
    previews: tuple[str, ...]
    original_url: str | None


class FieldChanged(Answer, frozen=True, kw_only=True):
    """A field of the form that was changed since the officer's step last looked. ID numbers are masked."""

    field: str
    before: str
    now: str


class DocumentChanged(Answer, frozen=True, kw_only=True):
    """A document that is another one now: pictures of the old one, none where there was none."""

    slot: str
    before: tuple[str, ...]
    gone: bool


class ChangesShown(Answer, frozen=True, kw_only=True):
    """What has changed since this step last decided, at `since`."""

    since: datetime
    fields: tuple[FieldChanged, ...]
    documents: tuple[DocumentChanged, ...]


class ItemShown(Answer, frozen=True, kw_only=True):
    """One thing that was examined: a document's slot, or `field:NAME`."""

    about: str
    outcome: Outcome
    note: str


class ReportWords(Answer, frozen=True, kw_only=True):
    """What the officer said in a report. ID numbers are masked."""

    items: tuple[ItemShown, ...]
    result: Result
    recommendation: str
    note: str
    place: str
    held_on: date


class ReportShown(Answer, frozen=True, kw_only=True):
    """A Berita Acara / Rekomendasi Teknis: `fault` says why an uploaded file was refused.

    `whole` says whether the stored file is, to the byte, the one whose SHA-256 is on record; only then are there
    addresses, good for minutes. An upload is looked at in pictures of our own making (`previews`).
    """

    source: Literal["composed", "uploaded"]
    state: Literal["awaiting", "made", "refused"]
    fault: Words | None
    at: datetime
    sha256: str
    size: int
    whole: bool
    url: str | None
    previews: tuple[str, ...]


class ReportAsked(Answer, frozen=True, kw_only=True):
    """That this step is approved on a report: what it is called, what can be examined, and what there is so far.

    `said` are the officer's last words for it, to begin with; `first_day` to `today` are the days that it can be of.
    """

    name: Words
    items: tuple[str, ...]
    place: str
    first_day: date
    today: date
    said: ReportWords | None
    now: ReportShown | None


class ReportPlace(Answer, frozen=True, kw_only=True):
    """Where to POST the officer's own file: all `fields` in order, then `file`."""

    url: str
    fields: dict[str, str]
    expires_at: datetime


class DecisionShown(Answer, frozen=True, kw_only=True):
    """What was decided before, by whom, and why. `standing` says for whom, where a stand-in decided."""

    step: str
    attempt: int
    officer: str
    role: str
    decision: str
    reasons: tuple[ReasonShown, ...]
    message: str
    at: datetime
    recommendation: str | None
    standing: Words | None
    open_marks: tuple[str, ...]
    report: ReportShown | None


class CaseReviewed(Answer, frozen=True, kw_only=True):
    """A case before an officer. ID numbers are masked."""

    case_id: str
    number: str
    status: Status
    application_type: ApplicationType
    form: dict[str, Any]
    documents: dict[str, DocumentReviewed]
    findings: tuple[FindingShown, ...]
    decisions: tuple[DecisionShown, ...]
    assisted: AssistedShown | None


class Recounted(Answer, frozen=True, kw_only=True):
    """The office corrected its calendar at that moment, and this step's time was counted anew."""

    at: datetime
    why: str


class StepReviewed(Answer, frozen=True, kw_only=True):
    """The step to be decided. `minutes_left` are working minutes, negative when overdue."""

    key: str
    number: int
    name: Words
    attempt: int
    deadline: datetime
    minutes_left: int
    level: int
    recounted: tuple[Recounted, ...]


class OfficerShown(Answer, frozen=True, kw_only=True):
    """Who the link is for. `standing` says in whose place, for a stand-in."""

    id: str
    name: str
    role_name: str
    standing: Words | None


class ReasonNow(ReasonOffered, frozen=True, kw_only=True):
    """A reason with what it would mean now: `late` where this step could have given it at an earlier look."""

    late: bool


class SignerShown(Answer, frozen=True, kw_only=True):
    """Whether the officer could sign now, and in words why not. "unreachable": nobody can tell.

    `lost_at` is when a signature was asked for whose answer never came.
    """

    state: Literal["ready", "refused", "unreachable"]
    told: Words | None
    lost_at: datetime | None


class ReviewShown(Answer, frozen=True, kw_only=True):
    """Everything that an officer decides on. `inbox_token` opens what else waits for them.

    `report` is null where the step is approved without one, `proofs` says what proves which decision, and `signer` is
    there where approving is signing.
    """

    case: CaseReviewed
    step: StepReviewed
    officer: OfficerShown
    allowed: tuple[Decision, ...]
    requires: dict[str, tuple[str, ...]]
    proof: Proof
    proofs: dict[Decision, Proof]
    signer: SignerShown | None
    reasons: tuple[ReasonNow, ...]
    changes: ChangesShown | None
    link_expires_at: datetime
    draft_permit_url: str | None
    report: ReportAsked | None
    inbox_token: str


class WaitingShown(Answer, frozen=True, kw_only=True):
    """One step that waits. `minutes_left` are working minutes, negative when overdue, and `time_left` says them;
    `token` opens its review.
    """

    case_id: str
    number: str
    step: str
    step_name: Words
    application_type: ApplicationType
    group_name: str
    submitted_at: datetime
    opened_at: datetime
    deadline: datetime
    minutes_left: int
    time_left: Words
    proof: Proof
    token: str


class ComplaintWaiting(Answer, frozen=True, kw_only=True):
    """A complaint that waits for an answer: nothing that its sender wrote. `token` opens it."""

    complaint_id: str
    number: str
    received_at: datetime
    deadline: datetime
    minutes_left: int
    time_left: Words
    token: str


class RevocationWaiting(Answer, frozen=True, kw_only=True):
    """A proposal to revoke a permit that waits for its decision. `token` opens it."""

    case_id: str
    permit_number: str
    group_name: str
    proposed_at: datetime
    token: str


class InboxShown(Answer, frozen=True, kw_only=True):
    """All that waits for one officer, the least time left first.

    `proposing_token` opens the page for proposing a revocation; null for who may not.
    """

    officer: OfficerShown
    waiting: tuple[WaitingShown, ...]
    complaints: tuple[ComplaintWaiting, ...]
    revocations: tuple[RevocationWaiting, ...]
    proposing_token: str | None
    link_expires_at: datetime


class MailForeseen(Answer, frozen=True, kw_only=True):
    """What the applicant would get by mail, word for word but for the link that is theirs alone; null for nothing."""

    subject: str | None
    text: str | None


class Decided(Answer, frozen=True, kw_only=True):
    """What is answered to a decision. `next_step` is null where it leads to no step of the office."""

    decision: Decision
    decided_at: datetime
    next_step: str | None
    permit_number: str | None

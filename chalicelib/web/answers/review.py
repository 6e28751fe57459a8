"""What an officer sees behind a signed link."""

from datetime import datetime
from typing import Any

from chalicelib.cases.case import Status
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


class StepReviewed(Answer, frozen=True, kw_only=True):
    """The step to be decided. `minutes_left` are working minutes, negative when overdue."""

    key: str
    number: int
    name: Words
    attempt: int
    deadline: datetime
    minutes_left: int
    level: int


class OfficerShown(Answer, frozen=True, kw_only=True):
    """Who the link is for. `standing` says in whose place, for a stand-in."""

    id: str
    name: str
    role_name: str
    standing: Words | None


class ReviewShown(Answer, frozen=True, kw_only=True):
    """Everything that an officer decides on."""

    case: CaseReviewed
    step: StepReviewed
    officer: OfficerShown
    allowed: tuple[Decision, ...]
    requires: dict[str, tuple[str, ...]]
    proof: Proof
    reasons: tuple[ReasonOffered, ...]
    link_expires_at: datetime
    draft_permit_url: str | None


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


class InboxShown(Answer, frozen=True, kw_only=True):
    """All that waits for one officer, the least time left first."""

    officer: OfficerShown
    waiting: tuple[WaitingShown, ...]
    link_expires_at: datetime


class Decided(Answer, frozen=True, kw_only=True):
    """What is answered to a decision. `next_step` is null where it leads to no step of the office."""

    decision: Decision
    decided_at: datetime
    next_step: str | None
    permit_number: str | None

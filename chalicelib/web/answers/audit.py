"""What auditors see: what happened, and to nobody by name; officers are ids, but for who stood in for whom."""

from datetime import datetime
from typing import Any, Literal

from chalicelib.audit.chain import Actor, Break
from chalicelib.procedures.parts import ApplicationType, Words
from chalicelib.web.answers.parts import Answer


class AuditLine(Answer, frozen=True, kw_only=True):
    """One line of the auditors' list: no personal data.

    `found_late` counts the defects that were given at a return and had been there at an earlier look of that step.
    """

    case_id: str
    number: str
    status: str
    step: str | None
    officer: str | None
    submitted_at: datetime | None
    deadline: datetime | None
    overdue: bool
    updated_at: datetime
    found_late: int


class AuditPage(Answer, frozen=True, kw_only=True):
    """One page of the auditors' list; `cursor` leads to the next."""

    cases: tuple[AuditLine, ...]
    cursor: str | None


class ReportOnRecord(Answer, frozen=True, kw_only=True):
    """The report on which a decision rests. `whole` says whether the stored file still is that one, to the byte."""

    step: str
    attempt: int
    officer: str
    source: Literal["composed", "uploaded"]
    object_key: str
    version_id: str
    sha256: str
    size: int
    decided_at: datetime
    whole: bool


class AuditedCase(AuditLine, frozen=True, kw_only=True):
    """A case, as auditors see it: what happened, and to nobody by name."""

    application_type: ApplicationType
    procedure: str
    created_at: datetime
    complete_at: datetime | None
    version: int
    permit_number: str | None
    permit_sha256: str | None


class AuditEntry(Answer, frozen=True, kw_only=True):
    """One entry of the audit trail. `standing` names the stand-in who acted, and for whom."""

    seq: int
    at: datetime
    actor: Actor
    action: str
    facts: dict[str, Any]
    hash: str
    standing: Words | None


class Chain(Answer, frozen=True, kw_only=True):
    """Whether the chain of hashes is whole, and where not."""

    whole: bool
    problems: tuple[Break, ...]


class Audited(Answer, frozen=True, kw_only=True):
    """A case with its timeline."""

    case: AuditedCase
    timeline: tuple[AuditEntry, ...]
    chain: Chain
    reports: tuple[ReportOnRecord, ...]


class AuditedList(Answer, frozen=True, kw_only=True):
    """The whole list, as a file."""

    cases: tuple[AuditLine, ...]

"""SOP step 1: the applicant fills in the form, uploads documents, sends and withdraws."""

import hashlib
from datetime import datetime, timedelta

import msgspec

from chalicelib.audit.chain import Actor, Head
from chalicelib.cases.case import (
    CORRECTION,
    UNFINISHED,
    Assistance,
    Case,
    Decision,
    Document,
    ProcedureRef,
)
from chalicelib.cases.change import Change, change
from chalicelib.cases.errors import DocumentsMissingError, DocumentsUnfinishedError, FormIncompleteError
from chalicelib.cases.form import ApplicationForm, ApplicationType, missing
from chalicelib.cases.reasons import FIELDS, opened_fields
from chalicelib.cases.time_limits import close_clock
from chalicelib.errors import StateConflictError
from chalicelib.procedures.procedure import Procedure
from chalicelib.worktime.calendar import OfficeCalendar

COMES_WITHIN = timedelta(minutes=30)
"""Far longer than an offer is good for and a file takes on the worst line."""


def start_draft(  # noqa: PLR0913 - a draft begins with this many facts
    case_id: str,
    tracking_code: str,
    applicant_id: str,
    application_type: ApplicationType,
    procedure: Procedure,
    at: datetime,
    *,
    assistance: Assistance | None = None,
    form: ApplicationForm | None = None,
) -> Change:
    """A new draft, kept to the procedure's version of today. Both codes are random and unguessable.

    `form` is what is known already, of that type; an empty one without it.

    With `assistance` an officer fills in for the applicant; the trail keeps for whom, since when, and a hash of
    the words that were agreed to.
    """
    empty = Case(
        case_id=case_id,
        version=0,
        procedure=ProcedureRef(id=procedure.id, version=procedure.version),
        applicant_id=applicant_id,
        tracking_code=tracking_code,
        status="draft",
        created_at=at,
        updated_at=at,
        form=form or ApplicationForm(application_type=application_type),
        assistance=assistance,
        hand=assistance.officer_id if assistance else "",
        head=Head(),
    )
    facts: dict[str, object] = {
        "application_type": application_type,
        "procedure": f"{procedure.id}@{procedure.version}",
    }
    if assistance:
        facts["assisted"] = {
            "applicant": applicant_id,
            "consented_at": assistance.consented_at.isoformat(),
            "words_sha256": words_sha256(assistance.words),
        }
    return change(empty, at=at, actor=applicant(empty), action="application.started", facts=facts)


def applicant(case: Case) -> Actor:
    """Who acts for the applicant's side, as the trail names them: the account, or the officer who fills in."""
    if case.hand and case.assistance:
        return Actor(id=case.hand, role=case.assistance.role)
    return Actor(id=case.applicant_id, role="applicant")


def editable(case: Case) -> bool:
    """Whether the applicant can change form and documents: in a draft, and while a correction is asked for."""
    return case.status in ("draft", "returned")


def open_fields(case: Case, procedure: Procedure) -> frozenset[str]:
    """The fields of the form that the applicant can change now: all in a draft, what was returned afterwards."""
    if not editable(case):
        return frozenset()
    return opened_fields(case.correction.reasons, procedure) if case.correction else frozenset(FIELDS)


def save_form(case: Case, form: ApplicationForm, procedure: Procedure, at: datetime) -> Change | None:
    """The form as typed; None when nothing in it changed.

    Raises StateConflictError when the case is closed, or (with the `fields`) when a field was not returned: what
    was judged stays as it was.
    """
    must_be_editable(case)
    if form == case.form:
        return None
    touched = {name for name in FIELDS if getattr(form, name) != getattr(case.form, name)}
    closed = touched - open_fields(case, procedure)
    if closed:
        raise StateConflictError(status=case.status, fields=sorted(closed))
    facts = {"form_sha256": form_sha256(form)}
    return change(case, at=at, actor=applicant(case), action="form.saved", facts=facts, form=form)


def form_sha256(form: ApplicationForm) -> str:
    """SHA-256 (hex) of the form's canonical JSON: what the trail keeps instead of the form."""
    return hashlib.sha256(msgspec.json.encode(form, order="deterministic")).hexdigest()


def words_sha256(*words: str) -> str:
    """SHA-256 (hex) of what somebody wrote beside an act: what the trail keeps instead of the words."""
    return hashlib.sha256("\0".join(words).encode()).hexdigest()


def submit(
    case: Case,
    procedure: Procedure,
    *,
    number: str,
    finding_codes: tuple[str, ...],
    send_anyway: bool,
    at: datetime,
) -> Change:
    """The application sent: the office's clock starts here (SOP step 1 ends).

    Raises StateConflictError, FormIncompleteError, DocumentsMissingError (unless `send_anyway`: findings
    advise and never refuse) and DocumentsUnfinishedError.
    """
    if case.status != "draft":
        raise StateConflictError(status=case.status)
    check_sendable(case, procedure, at, send_anyway=send_anyway)
    facts = {"number": number, "findings": list(finding_codes), **on_file(case)}
    return change(
        case,
        at=at,
        actor=applicant(case),
        action="application.submitted",
        facts=facts,
        start=True,
        status="in_progress",
        number=number,
        submitted_at=at,
        documents=without_abandoned(case, at),
    )


def check_sendable(case: Case, procedure: Procedure, at: datetime, *, send_anyway: bool) -> None:
    """Raises what stands between this case and its being sent; answers nothing when nothing does."""
    lacking = missing(case.form)
    if lacking:
        raise FormIncompleteError(missing=list(lacking))
    coming = without_abandoned(case, at)
    unfinished = [slot for slot, item in coming.items() if item.state in UNFINISHED]
    if unfinished:
        raise DocumentsUnfinishedError(slots=unfinished)
    needed = procedure.slots_needed(case.form.application_type)
    absent = [slot for slot in needed if slot not in usable_documents(case)]
    if absent and not send_anyway:
        raise DocumentsMissingError(slots=absent)


def without_abandoned(case: Case, at: datetime) -> dict[str, Document]:
    """The documents by slot, without the places to which nothing came in time: nothing can come there any more."""
    return {
        slot: item
        for slot, item in case.documents.items()
        if item.state != "awaiting" or at < item.offered_at + COMES_WITHIN
    }


def usable_documents(case: Case) -> dict[str, Document]:
    """The documents that were accepted, by slot."""
    return {slot: item for slot, item in case.documents.items() if item.state == "inspected"}


def on_file(case: Case) -> dict[str, object]:
    """What exactly was on file at a decision: the form's hash, each document's version and SHA-256."""
    documents = {
        slot: {"version_id": item.version_id, "sha256": item.sha256}
        for slot, item in sorted(usable_documents(case).items())
    }
    return {"form_sha256": form_sha256(case.form), "documents": documents}


def can_withdraw(case: Case, procedure: Procedure) -> bool:
    """Whether the applicant may take the application back: until SOP step 5 is decided (sop.md 6)."""
    standing = case.current.key if case.current else "application"
    return not case.ended and case.permit is None and procedure.can_withdraw_at(standing)


def withdraw(
    case: Case, procedure: Procedure, at: datetime, calendar: OfficeCalendar, reason: str = ""
) -> Change:
    """The application taken back by its applicant; an open step's clock stops.

    Raises StateConflictError when `can_withdraw` says no.
    """
    if not can_withdraw(case, procedure):
        raise StateConflictError(status=case.status)
    ledgers = case.ledgers
    step, attempt = procedure.steps[0].key, case.attempts.get(procedure.steps[0].key, 0)
    if case.current:
        step, attempt = case.current.key, case.current.attempt
        ledgers = close_clock(ledgers, step, "withdraw", at, calendar)
    elif case.correction:
        step, attempt = CORRECTION, case.correction.attempt
    decision = Decision(step=step, attempt=attempt, verdict="withdraw", at=at, message=reason)
    return change(
        case,
        at=at,
        actor=applicant(case),
        action="application.withdrawn",
        facts={"status_before": case.status, "words_sha256": words_sha256(reason)},
        resume=case.status != "draft",
        status="withdrawn",
        current=None,
        correction=None,
        ledgers=ledgers,
        decisions=(*case.decisions, decision),
    )


def must_be_editable(case: Case) -> None:
    """Raises StateConflictError unless the applicant can change form and documents."""
    if not editable(case):
        raise StateConflictError(status=case.status)

"""The applicant's turn: sending a correction, being reminded of it, and letting it lapse (sop.md 5 and 6)."""

from datetime import datetime

import msgspec

from chalicelib.cases.applying import applicant, check_sendable, editable, on_file, words_sha256
from chalicelib.cases.case import CORRECTION, Case, Decision
from chalicelib.cases.change import SYSTEM, Change, Told, change
from chalicelib.cases.time_limits import next_reminder
from chalicelib.errors import StateConflictError
from chalicelib.procedures.parts import APPLICANT
from chalicelib.procedures.procedure import Procedure


def send_correction(
    case: Case,
    procedure: Procedure,
    *,
    finding_codes: tuple[str, ...],
    message: str,
    send_anyway: bool,
    at: datetime,
) -> Change:
    """The corrected application sent back with the applicant's `message`; it goes on where the procedure says.

    Raises StateConflictError unless a correction is asked for, and what `check_sendable` raises.
    """
    correction = case.correction
    if case.status != "returned" or correction is None:
        raise StateConflictError(status=case.status)
    check_sendable(case, procedure, send_anyway=send_anyway)
    decision = Decision(
        step=CORRECTION, attempt=correction.attempt, verdict="resubmit", at=at, message=message
    )
    facts = {
        "attempt": correction.attempt,
        "findings": list(finding_codes),
        "words_sha256": words_sha256(message),
        **on_file(case),
    }
    return change(
        case,
        at=at,
        actor=applicant(case),
        action="correction.sent",
        facts=facts,
        resume=True,
        status="in_progress",
        correction=None,
        decisions=(*case.decisions, decision),
    )


def open_slots(case: Case, procedure: Procedure) -> tuple[str, ...]:
    """The slots whose documents the applicant can change now, in the procedure's order.

    In a draft all that are needed; in a returned application those that the reasons name, or all where they
    name none or the whole form.
    """
    needed = procedure.slots_needed(case.form.application_type)
    if case.correction is None:
        return needed if editable(case) else ()
    codes, _, slots = zip(*(reason.partition(":") for reason in case.correction.reasons), strict=True)
    if "form_incomplete" in codes or not any(slots):
        return needed
    return tuple(document.slot for document in procedure.documents if document.slot in slots)


def record_correction_timeout(case: Case, procedure: Procedure, at: datetime) -> Change | None:
    """A reminder, or the lapse when the time for correcting is over; None when it is not yet time for either."""
    correction = case.correction
    if correction is None or at < correction.wakes_at:
        return None
    if at >= correction.until:
        return _lapse(case, at)
    reminded = msgspec.structs.replace(
        correction,
        reminders=correction.reminders + 1,
        wakes_at=next_reminder(correction.until, procedure.correction_reminder_days, at),
    )
    facts = {"attempt": correction.attempt, "until": correction.until.isoformat()}
    tell = (Told(notice="correction_reminder", to=APPLICANT),)
    action = "correction.reminded"
    return change(case, at=at, actor=SYSTEM, action=action, facts=facts, tell=tell, correction=reminded)


def _lapse(case: Case, at: datetime) -> Change:
    decision = Decision(step=CORRECTION, attempt=case.attempts[CORRECTION], verdict="lapse", at=at)
    return change(
        case,
        at=at,
        actor=SYSTEM,
        action="application.lapsed",
        facts={"attempt": decision.attempt},
        tell=(Told(notice="lapsed", to=APPLICANT),),
        status="lapsed",
        correction=None,
        decisions=(*case.decisions, decision),
    )

"""SOP steps 2 to 5: a step opens, an officer decides, and the case goes where the procedure's arrow leads."""

from datetime import datetime, timedelta
from typing import Any, cast

import msgspec

from chalicelib.audit.chain import Actor
from chalicelib.cases.applying import on_file, usable_documents, words_sha256
from chalicelib.cases.case import CORRECTION, Acting, Case, Correction, Decision, OpenStep, SignedPermit
from chalicelib.cases.change import SYSTEM, Change, Told, change
from chalicelib.cases.errors import (
    AlreadyDecidedError,
    AssistedError,
    MarksUnexplainedError,
    ReasonMissingError,
    RecommendationMissingError,
    TwoStepsError,
    UnknownReasonError,
)
from chalicelib.cases.handing_over import acting_facts, stood_in, told_of
from chalicelib.cases.looking import found_late, look_at, looks_with_now
from chalicelib.cases.reasons import about, fits
from chalicelib.cases.resting import check_report, ready_report
from chalicelib.cases.time_limits import (
    close_clock,
    next_reminder,
    next_step_reminder,
    open_clock,
    watch_over,
)
from chalicelib.cases.uploading import open_slots
from chalicelib.errors import NotAllowedError
from chalicelib.procedures.parts import APPLICANT, Step
from chalicelib.procedures.parts import Decision as Choice
from chalicelib.procedures.procedure import Procedure
from chalicelib.worktime.calendar import OfficeCalendar

_COMPLETED_BY = 2
"""The SOP's step whose approval says that the file is complete."""


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """What an officer sends: the choice, reasons (see `cases.reasons`), words for the reader.

    `open_marks` are the rows that the officer marked as not right and approves all the same. `report` is the SHA-256
    (hex) of the report that they have seen, "" where the step asks for none.
    """

    choice: Choice
    reasons: tuple[str, ...] = ()
    message: str = ""
    technical_recommendation: str = ""
    open_marks: tuple[str, ...] = ()
    report: str = ""


def awaited_step(case: Case, procedure: Procedure) -> str | None:
    """The key of the step that is to be opened now: where the last decision leads; None while there is none."""
    if case.status != "in_progress" or case.current:
        return None
    if not case.decisions:
        return procedure.step_after(procedure.steps[0].key, "approve")
    last = case.decisions[-1]
    if last.verdict == "resubmit":
        returned = next(past for past in reversed(case.decisions) if past.verdict == "return")
        return procedure.step(returned.step).after_correction
    return procedure.step_after(last.step, cast(Choice, last.verdict))


def open_step(
    case: Case, procedure: Procedure, step: Step, acting: Acting, at: datetime, calendar: OfficeCalendar
) -> Change | None:
    """The step laid before who acts, with its working time running; None when it is not the awaited one.

    So a call that the workflow repeats late, when the step was decided meanwhile, opens nothing again. A step
    that is opened again goes on with what was left of its working time.
    """
    if step.key != awaited_step(case, procedure):
        return None
    attempt = case.attempts.get(step.key, 0) + 1
    ledger, deadline = open_clock(case.ledgers.get(step.key), step, at, calendar)
    opened = OpenStep(
        key=step.key,
        attempt=attempt,
        role=step.role,
        officer_id=acting.officer_id,
        opened_at=at,
        deadline=deadline,
        wakes_at=deadline,
        reminds_at=next_step_reminder(ledger, procedure.step_reminder_percent, at, calendar),
        level=ledger.standing().level,
        acting_for=acting.acting_for,
        acting_as=acting.acting_as,
    )
    facts = {"step": step.key, "attempt": attempt, **acting_facts(opened), "deadline": deadline.isoformat()}
    return change(
        case,
        at=at,
        actor=SYSTEM,
        action="step.opened",
        facts=facts,
        tell=told_of(acting),
        current=opened,
        attempts={**case.attempts, step.key: attempt},
        ledgers={**case.ledgers, step.key: ledger},
        calendar=calendar.revision,
    )


def tell_again(case: Case, at: datetime) -> Change:
    """The officer told once more of the open step, with a fresh link."""
    current = standing_step(case)
    facts = {"step": current.key, "attempt": current.attempt, **acting_facts(current)}
    tell = (Told(notice="decide", to=current.officer_id),)
    return change(case, at=at, actor=SYSTEM, action="step.told_again", facts=facts, tell=tell)


def decide(  # noqa: PLR0913 - a decision has this many parts, and each caller names them
    case: Case,
    procedure: Procedure,
    ruling: Ruling,
    *,
    officer_id: str,
    at: datetime,
    calendar: OfficeCalendar,
    permit: SignedPermit | None = None,
) -> Change:
    """The decision of the officer before whom the step lies.

    `permit` is the signed file, and comes with the approval of SOP step 5 alone. Raises AlreadyDecidedError,
    TwoStepsError, NotAllowedError, ReasonMissingError, UnknownReasonError, RecommendationMissingError,
    ReportMissingError, ReportChangedError, MarksUnexplainedError.
    """
    current = standing_step(case)
    step = procedure.step(current.key)
    check_ruling(case, procedure, ruling, officer_id)
    if bool(permit) != (step.proof == "passphrase" and ruling.choice == "approve"):
        raise NotAllowedError(step=step.key, problem="a signed permit comes with the signing, and only then")
    looks = looks_with_now(case)
    report = ready_report(case) if step.report_on_approve and ruling.choice == "approve" else None
    decision = Decision(
        step=step.key,
        attempt=current.attempt,
        verdict=ruling.choice,
        at=at,
        officer_id=officer_id,
        role=current.role,
        reasons=ruling.reasons,
        message=ruling.message,
        technical_recommendation=report.words if report else ruling.technical_recommendation,
        acting_for=current.acting_for,
        acting_as=current.acting_as,
        look=looks.index(look_at(case)),
        late=late_reasons(case, procedure, ruling),
        open_marks=ruling.open_marks if ruling.choice == "approve" else (),
        report=report,
    )
    following = procedure.step_after(step.key, ruling.choice)
    after = _after(case, procedure, decision, following, calendar)
    return change(
        case,
        at=at,
        actor=Actor(id=officer_id, role=current.role),
        action=f"step.{ruling.choice}",
        facts=_facts(case, decision, permit),
        resume=True,
        tell=_told(following),
        current=None,
        decisions=(*case.decisions, decision),
        looks=looks,
        ledgers=close_clock(case.ledgers, step.key, ruling.choice, at, calendar),
        permit=permit,
        report=None,
        **after,
    )


def late_reasons(case: Case, procedure: Procedure, ruling: Ruling) -> tuple[str, ...]:
    """Those of the ruling's reasons that are found late: only what sends the applicant back can come too late."""
    step = standing_step(case).key
    if ruling.choice != "return" or procedure.step_after(step, ruling.choice) != APPLICANT:
        return ()
    return found_late(case, step, ruling.reasons, procedure)


def standing_step(case: Case) -> OpenStep:
    """The step that is open. Raises AlreadyDecidedError when none is."""
    if case.current is None:
        last = case.decisions[-1] if case.decisions else None
        raise AlreadyDecidedError(
            status=case.status,
            decision=last.verdict if last else None,
            decided_at=last.at.isoformat() if last else None,
        )
    return case.current


def check_ruling(case: Case, procedure: Procedure, ruling: Ruling, officer_id: str) -> None:
    """Raises what is wrong with a ruling on the step that is open; see `decide`."""
    step = procedure.step(standing_step(case).key)
    if ruling.choice not in step.decisions:
        raise NotAllowedError(step=step.key, decision=ruling.choice, allowed=list(step.decisions))
    check_officer(case, step, officer_id)
    if ruling.choice == "approve":
        if step.requires_on_approve and not ruling.technical_recommendation.strip():
            raise RecommendationMissingError(step=step.key)
        if step.report_on_approve:
            check_report(case, ruling.report)
        if ruling.open_marks and not ruling.message.strip():
            raise MarksUnexplainedError(step=step.key)
        return
    _check_reasons(procedure, step, ruling)


def check_officer(case: Case, step: Step, officer_id: str) -> None:
    """Raises AssistedError or TwoStepsError where that officer may not act in the step."""
    if case.assistance and case.assistance.officer_id == officer_id:
        raise AssistedError(step=step.key)
    if any(past.officer_id == officer_id and past.step != step.key for past in case.decisions):
        raise TwoStepsError(step=step.key)


def _check_reasons(procedure: Procedure, step: Step, ruling: Ruling) -> None:
    if not ruling.reasons:
        raise ReasonMissingError(step=step.key)
    known = {reason.code: reason for reason in procedure.reasons_at(step.key, ruling.choice)}
    for given in ruling.reasons:
        said = about(given)
        reason = known.get(said.code)
        if reason is None or not fits(reason, said):
            raise UnknownReasonError(step=step.key, reason=given)


def _after(
    case: Case, procedure: Procedure, decision: Decision, following: str, calendar: OfficeCalendar
) -> dict[str, Any]:
    if following == APPLICANT:
        return _returned(case, procedure, decision)
    if decision.verdict == "refuse":
        return {"status": "refused"}
    if procedure.step(decision.step).number != _COMPLETED_BY or case.complete_at:
        return {}
    days = procedure.deemed_approval_working_days
    return {"complete_at": decision.at, "watch": watch_over(decision.at, days, calendar)}


def _returned(case: Case, procedure: Procedure, decision: Decision) -> dict[str, Any]:
    attempt = case.attempts.get(CORRECTION, 0) + 1
    until = decision.at + timedelta(days=procedure.correction_days)
    correction = Correction(
        step=decision.step,
        attempt=attempt,
        reasons=decision.reasons,
        message=decision.message,
        returned_at=decision.at,
        until=until,
        wakes_at=next_reminder(until, procedure.correction_reminder_days, decision.at),
    )
    opened = open_slots(msgspec.structs.replace(case, correction=correction), procedure)
    seen = {slot: item for slot, item in usable_documents(case).items() if slot in opened}
    correction = msgspec.structs.replace(correction, documents=seen)
    return {
        "status": "returned",
        "correction": correction,
        "attempts": {**case.attempts, CORRECTION: attempt},
    }


def _told(following: str) -> tuple[Told, ...]:
    notices = {APPLICANT: "returned", "refused": "refused"}
    return (Told(notice=notices[following], to=APPLICANT),) if following in notices else ()


def _facts(case: Case, decision: Decision, permit: SignedPermit | None) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "step": decision.step,
        "attempt": decision.attempt,
        "reasons": list(decision.reasons),
        "words_sha256": words_sha256(decision.message, decision.technical_recommendation),
        **on_file(case),
        **stood_in(decision),
    }
    facts |= {"found_late": list(decision.late)} if decision.late else {}
    facts |= {"open_marks": list(decision.open_marks)} if decision.open_marks else {}
    if decision.report:
        facts["report"] = decision.report.facts
    if permit:
        facts["permit"] = {
            "number": permit.permit_number,
            "sha256": permit.sha256,
            "signed_with": permit.signed_with,
            "level": permit.level,
        }
    return facts

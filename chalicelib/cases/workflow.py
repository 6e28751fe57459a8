"""What the workflow itself records: receipt, where it waits, missed deadlines, and the issue (SOP step 6)."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from chalicelib.cases.case import Case, Waiting
from chalicelib.cases.change import SYSTEM, Change, Told, change
from chalicelib.cases.time_limits import a_working_day_later, next_step_reminder
from chalicelib.errors import StateConflictError
from chalicelib.procedures.parts import APPLICANT
from chalicelib.procedures.procedure import Procedure
from chalicelib.worktime.budget import mark_overdue, used
from chalicelib.worktime.calendar import OfficeCalendar


def acknowledge(case: Case, at: datetime) -> Change | None:
    """The receipt that the applicant gets; None when it was given before, or there is nothing to receive."""
    if "application" in case.attempts or case.status != "in_progress":
        return None
    return change(
        case,
        at=at,
        actor=SYSTEM,
        action="application.received",
        facts={"number": case.number},
        tell=(Told(notice="received", to=APPLICANT),),
        attempts={**case.attempts, "application": 1},
    )


def wait_for(case: Case, waiting: Waiting, at: datetime) -> Change | None:
    """The place where the workflow waits; None when it is recorded already.

    When the answer is there before the wait is (a decision in the very moment of a time-out, a withdrawal
    between two waits), the workflow is told at once to go on.
    """
    if case.waiting == waiting:
        return None
    return change(
        case,
        at=at,
        actor=SYSTEM,
        action="workflow.waits",
        facts={"step": waiting.step, "attempt": waiting.attempt},
        resume=case.answer_to(waiting) is not None,
        waiting=waiting,
    )


def record_overdue(
    case: Case, step: str, superior_id: str | None, at: datetime, calendar: OfficeCalendar
) -> Change | None:
    """A missed deadline: recorded, officer and superior told, the level raised; the step goes on (sop.md 7).

    None when the step was decided or is not due, so that a repeated call raises the level once.
    """
    current = case.current
    if current is None or current.key != step or at < current.wakes_at:
        return None
    overdue = msgspec.structs.replace(
        current, level=current.level + 1, wakes_at=a_working_day_later(at, calendar), reminds_at=None
    )
    ledger = mark_overdue(case.ledgers[step], at, overdue.level, calendar)
    return change(
        case,
        at=at,
        actor=SYSTEM,
        action="step.overdue",
        facts={"step": step, "attempt": current.attempt, "level": overdue.level},
        tell=_tell_up("overdue", current.officer_id, [superior_id] if superior_id else []),
        current=overdue,
        ledgers={**case.ledgers, step: ledger},
    )


def record_reminder(
    case: Case, procedure: Procedure, at: datetime, calendar: OfficeCalendar
) -> Change | None:
    """The officer reminded of the step that lies before them; None when it is not time for that."""
    current = case.current
    if current is None or current.reminds_at is None or at < current.reminds_at:
        return None
    ledger = case.ledgers[current.key]
    following = next_step_reminder(ledger, procedure.step_reminder_percent, at, calendar)
    spent = 100 * used(ledger, at, calendar) // ledger.standing().allowed
    return change(
        case,
        at=at,
        actor=SYSTEM,
        action="step.reminded",
        facts={"step": current.key, "attempt": current.attempt, "percent": spent},
        tell=(Told(notice="step_reminder", to=current.officer_id),),
        current=msgspec.structs.replace(current, reminds_at=following),
    )


def record_watch(case: Case, officer_ids: Iterable[str], at: datetime) -> Change | None:
    """A warning that the time for any decision ends, or has ended (UU 30/2014 article 53); None when it is not due.

    The first warning comes before the end. One that comes too late to be a warning is recorded as the end.
    """
    watch = case.watch
    if case.current is None or watch is None or watch.wakes_at is None or at < watch.wakes_at:
        return None
    over = at >= watch.until
    notice = "deemed_reached" if over else "deemed_near"
    told = msgspec.structs.replace(watch, told=watch.told + 1, wakes_at=None if over else watch.until)
    return change(
        case,
        at=at,
        actor=SYSTEM,
        action="approval.deemed" if over else "approval.deemed_soon",
        facts={"step": case.current.key, "until": watch.until.isoformat()},
        tell=_tell_up(notice, case.current.officer_id, officer_ids),
        watch=told,
    )


def _tell_up(notice: str, officer_id: str, above: Iterable[str]) -> tuple[Told, ...]:
    """The officer of the step, and those above them in words of their own; who is both is told once."""
    others = (one for one in dict.fromkeys(above) if one != officer_id)
    return (
        Told(notice=notice, to=officer_id),
        *(Told(notice=f"{notice}_above", to=one) for one in others),
    )


def publish(case: Case, at: datetime, replaces: str = "") -> Change | None:
    """The permit issued (SOP step 6); None when it was. `replaces` is the number of the permit whose place it takes.

    Raises StateConflictError without a signed permit.
    """
    if case.status == "issued":
        return None
    if case.permit is None or case.ended:
        raise StateConflictError(status=case.status)
    facts = {"number": case.permit.permit_number, "sha256": case.permit.sha256}
    return change(
        case,
        at=at,
        actor=SYSTEM,
        action="permit.issued",
        facts=facts | ({"replaces": replaces} if replaces else {}),
        tell=(Told(notice="issued", to=APPLICANT),),
        status="issued",
        permit=msgspec.structs.replace(case.permit, published_at=at),
    )

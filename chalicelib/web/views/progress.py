"""Where a case stands on the six steps of the SOP, and when it should be done."""

from datetime import datetime

from chalicelib.cases.case import Case
from chalicelib.procedures.parts import APPLICANT, Step
from chalicelib.procedures.procedure import Procedure
from chalicelib.web.answers.parts import Standard, StepShown, StepState
from chalicelib.web.views.parts import in_office
from chalicelib.worktime.budget import allowed_minutes, left
from chalicelib.worktime.calendar import OfficeCalendar
from chalicelib.worktime.ledger import Allowance


def steps_shown(case: Case, procedure: Procedure, now: datetime) -> tuple[StepShown, ...]:
    """Every step in the SOP's order with its state. A return opens the step it leads to, and all after it."""
    done = _done(case, procedure)
    return tuple(_step_shown(case, step, procedure, done, now) for step in procedure.steps)


def promised_end(case: Case, procedure: Procedure, calendar: OfficeCalendar) -> datetime | None:
    """When the permit should be there: what is left of this step and the standard times of those to come.

    None while nothing runs: in a draft, at the applicant's, and after the end.
    """
    if case.status != "in_progress":
        return None
    done, current = _done(case, procedure), case.current
    end = current.deadline if current else case.updated_at
    for step in procedure.steps:
        if step.key not in done and not (current and step.key == current.key):
            end = calendar.add_working_minutes(end, _minutes_to_come(case, step, end, calendar))
    return in_office(end)


def _minutes_to_come(case: Case, step: Step, at: datetime, calendar: OfficeCalendar) -> int:
    ledger = case.ledgers.get(step.key)
    if ledger:
        return max(left(ledger, at, calendar), 0)
    return allowed_minutes(Allowance(days=step.days, minutes=step.minutes), at, calendar)


def _done(case: Case, procedure: Procedure) -> dict[str, datetime]:
    """The steps that are behind the case, and when each was finished."""
    done: dict[str, datetime] = {}
    if case.submitted_at:
        done[procedure.steps[0].key] = case.submitted_at
    numbers = {step.key: step.number for step in procedure.steps}
    for decision in case.decisions:
        if decision.step not in numbers:
            continue
        if decision.verdict == "return":
            step = procedure.step(decision.step)
            opened = numbers[step.after_correction if step.returns_to == APPLICANT else step.returns_to]
            done = {key: at for key, at in done.items() if numbers[key] < opened}
        elif decision.verdict in ("approve", "refuse"):
            done[decision.step] = decision.at
    if case.permit and case.permit.published_at:
        done[procedure.steps[-1].key] = case.permit.published_at
    return done


def _step_shown(
    case: Case, step: Step, procedure: Procedure, done: dict[str, datetime], now: datetime
) -> StepShown:
    current = case.current if case.current and case.current.key == step.key else None
    deadline = current.deadline if current else None
    started = _started(case, step)
    finished = done.get(step.key)
    return StepShown(
        key=step.key,
        number=step.number,
        name=step.name,
        who=procedure.role(step.role).name,
        standard=Standard(days=step.days, minutes=step.minutes),
        state=_state(case, step, done, now),
        started_at=in_office(started) if started else None,
        finished_at=in_office(finished) if finished else None,
        deadline=in_office(deadline) if deadline else None,
        attempt=case.attempts.get(step.key, 0),
    )


def _state(case: Case, step: Step, done: dict[str, datetime], now: datetime) -> StepState:
    if step.key in done:
        return "done"
    if case.current and case.current.key == step.key:
        return "overdue" if now >= case.current.deadline else "running"
    open_by_itself = (step.number == 1 and case.status == "draft") or (
        _is_last(step, case) and case.status == "in_progress"
    )
    return "running" if open_by_itself else "waiting"


def _is_last(step: Step, case: Case) -> bool:
    """Whether this is the issuance of a permit that is signed: nobody decides it, it only takes a moment."""
    return case.permit is not None and not step.decisions and step.number > 1


def _started(case: Case, step: Step) -> datetime | None:
    if step.number == 1:
        return case.created_at
    if _is_last(step, case) and case.permit:
        return case.permit.signed_at
    ledger = case.ledgers.get(step.key)
    return ledger.entries[0].at if ledger else None

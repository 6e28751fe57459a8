"""What the workflow asks for between decisions: steps opened, waits recorded, deadlines and corrections watched.

Each use case may be called twice with the same arguments (Step Functions retries): the second call finds its
work done and answers the same.
"""

from datetime import datetime

import msgspec

from chalicelib.cases import correcting, deciding, workflow
from chalicelib.cases.case import CORRECTION, Case, Waiting
from chalicelib.cases.change import Change
from chalicelib.steps.desk import Desk, change_case
from chalicelib.steps.who_acts import superior, up_the_line, who_acts

SOON = 60
"""Seconds until a wait looks again when its answer is there already and only has to be delivered."""


class Wait(msgspec.Struct, frozen=True, kw_only=True):
    """What a wait of the state machine needs: its attempt, and the seconds until it must wake."""

    attempt: int
    timeout_seconds: int
    lapsed: bool = False


def register_application(desk: Desk, case_id: str) -> None:
    """SOP step 1: the receipt of the application is acknowledged."""
    change_case(desk, case_id, workflow.acknowledge)


def open_step(desk: Desk, case_id: str, step_key: str) -> Wait:
    """SOP steps 2 to 5: lays the case before who acts in the step's role.

    Where nobody may decide it, the step waits all the same, its clock runs, and the superior is told.
    """

    def rule(case: Case, at: datetime) -> Change | None:
        procedure = desk.procedure_of(case)
        step = procedure.step(step_key)
        if deciding.awaited_step(case, procedure) != step_key:
            return None
        acting = who_acts(desk, case, step.role, step_key, at)
        return deciding.open_step(case, procedure, step, acting, at, desk.calendar(at.date()))

    return _wait_for_decision(desk, change_case(desk, case_id, rule), step_key)


def await_decision(desk: Desk, case_id: str, step_key: str, attempt: int, token: str) -> None:
    """Records where the workflow waits."""
    waiting = Waiting(step=step_key, attempt=attempt, task_token=token)
    change_case(desk, case_id, lambda case, at: workflow.wait_for(case, waiting, at))


def record_timeout(desk: Desk, case_id: str, step_key: str) -> Wait:
    """A wait that nobody answered in time: the step is overdue and goes on, one level up (sop.md 7)."""

    def rule(case: Case, at: datetime) -> Change | None:
        told = superior(desk, case, case.current, at) if case.current else None
        return workflow.record_overdue(case, step_key, told, at, desk.calendar(at.date()))

    return _wait_for_decision(desk, change_case(desk, case_id, rule), step_key)


def watch_clock(desk: Desk, case_id: str) -> None:
    """What an open step asks for by itself: the reminder, the missed deadline, the watch over a complete file.

    One change at a time, until nothing is due; a call that comes twice, or beside the workflow's own, finds it done.
    """

    def rule(case: Case, at: datetime) -> Change | None:
        procedure, calendar = desk.procedure_of(case), desk.calendar(at.date())
        if case.current is None:
            return None
        return (
            workflow.record_overdue(
                case, case.current.key, superior(desk, case, case.current, at), at, calendar
            )
            or workflow.record_reminder(case, procedure, at, calendar)
            or workflow.record_watch(case, up_the_line(desk, case, case.current, at), at)
        )

    before = None
    while (case := change_case(desk, case_id, rule)).version != before:
        before = case.version


def open_correction(desk: Desk, case_id: str) -> Wait:
    """The applicant's turn: how long until the next reminder, or the end of the time for correcting."""
    return _wait_for_correction(desk, desk.cases.load(case_id))


def await_correction(desk: Desk, case_id: str, attempt: int, token: str) -> None:
    """Records that the workflow waits for the applicant."""
    waiting = Waiting(step=CORRECTION, attempt=attempt, task_token=token)
    change_case(desk, case_id, lambda case, at: workflow.wait_for(case, waiting, at))


def record_correction_timeout(desk: Desk, case_id: str) -> Wait:
    """Reminds the applicant, or lets the application lapse (sop.md 5)."""

    def rule(case: Case, at: datetime) -> Change | None:
        return correcting.record_correction_timeout(case, desk.procedure_of(case), at)

    return _wait_for_correction(desk, change_case(desk, case_id, rule))


def _wait_for_decision(desk: Desk, case: Case, step_key: str) -> Wait:
    current = case.current
    if current is None or current.key != step_key:
        return Wait(attempt=case.attempts.get(step_key, 0), timeout_seconds=SOON)
    return Wait(attempt=current.attempt, timeout_seconds=desk.clock.seconds_until(current.wakes_at))


def _wait_for_correction(desk: Desk, case: Case) -> Wait:
    attempt = case.attempts.get(CORRECTION, 0)
    if case.correction is None:
        return Wait(attempt=attempt, timeout_seconds=SOON, lapsed=case.status == "lapsed")
    return Wait(attempt=attempt, timeout_seconds=desk.clock.seconds_until(case.correction.wakes_at))

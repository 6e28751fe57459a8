"""The clock of the steps: working time that is opened, stopped and started again with what is left (sop.md 4)."""

from datetime import datetime, timedelta

from chalicelib.cases.case import Watch
from chalicelib.procedures.parts import Step
from chalicelib.worktime import budget
from chalicelib.worktime.calendar import OfficeCalendar
from chalicelib.worktime.ledger import Allowance, Ledger

DECIDED = "decided"
"""Why a step's clock stands while the case lies elsewhere."""
WITH_APPLICANT = "with_applicant"
"""Why it stands while the applicant corrects."""
WITHDRAWN = "withdrawn"
"""Why it stands when the applicant has taken the application back."""
_CAUSES = {"return": WITH_APPLICANT, "withdraw": WITHDRAWN}


def open_clock(
    before: Ledger | None, step: Step, at: datetime, calendar: OfficeCalendar
) -> tuple[Ledger, datetime]:
    """The running ledger of a step that opens, and its deadline. A step that was open before goes on counting."""
    allowance = Allowance(days=step.days, minutes=step.minutes)
    ledger = budget.resume(before, at) if before else budget.open_ledger(allowance, at, calendar)
    return ledger, budget.deadline(ledger, calendar) or at


def next_step_reminder(
    ledger: Ledger, percents: tuple[int, ...], at: datetime, calendar: OfficeCalendar
) -> datetime | None:
    """The next moment after `at` at which the officer is reminded of an open step; None after the last."""
    moments = (budget.moment_of_share(ledger, percent, calendar) for percent in percents)
    return min((moment for moment in moments if moment and moment > at), default=None)


def close_clock(
    ledgers: dict[str, Ledger], step: str, choice: str, at: datetime, calendar: OfficeCalendar
) -> dict[str, Ledger]:
    """The ledgers with the one of a decided or withdrawn step stopped."""
    cause = _CAUSES.get(choice, DECIDED)
    return {**ledgers, step: budget.suspend(ledgers[step], at, cause, calendar)}


def a_working_day_later(at: datetime, calendar: OfficeCalendar) -> datetime:
    """The same place in the next working day: when an overdue step is raised again."""
    day = Allowance(days=1, minutes=0)
    return calendar.add_working_minutes(at, budget.allowed_minutes(day, at, calendar))


def watch_over(complete_at: datetime, days: int, calendar: OfficeCalendar) -> Watch:
    """The watch over a file that is complete: a warning a working day before the end, and one at it (sop.md 12)."""
    until, near = (
        calendar.add_working_minutes(
            complete_at, budget.allowed_minutes(Allowance(days=n), complete_at, calendar)
        )
        for n in (days, max(days - 1, 1))
    )
    return Watch(until=until, wakes_at=near if days > 1 else until)


def next_reminder(until: datetime, days_before: tuple[int, ...], now: datetime) -> datetime:
    """The next moment at which the applicant is reminded of a correction; `until` itself after the last."""
    moments = sorted(until - timedelta(days=days) for days in days_before)
    return next((moment for moment in moments if moment > now), until)

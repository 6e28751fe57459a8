"""The office corrects its calendar: the clocks that run are counted anew, and the case says so (sop.md 4)."""

from datetime import datetime

from msgspec.structs import replace

from chalicelib.cases.case import Case, OpenStep, Watch
from chalicelib.cases.change import SYSTEM, Change, change
from chalicelib.cases.time_limits import a_working_day_later, next_step_reminder, watch_over
from chalicelib.procedures.procedure import Procedure
from chalicelib.worktime import budget
from chalicelib.worktime.calendar import OfficeCalendar
from chalicelib.worktime.ledger import Ledger, Overdue
from chalicelib.worktime.revisions import Revisions, calendar_of


def is_behind(case: Case, revision: int) -> bool:
    """Whether something of the case counts in an older calendar than that revision.

    Between two steps, and while the applicant corrects, no working time runs: what is left is counted in the
    calendar of the day on which the step opens again.
    """
    runs = case.current is not None or (case.watch is not None and case.watch.wakes_at is not None)
    return case.calendar < revision and runs and not case.ended


def recount(case: Case, procedure: Procedure, revisions: Revisions, at: datetime) -> Change:
    """The case with its deadlines in the newest calendar; minutes used by `at` stay as they were counted.

    The entry names every reason since the calendar in which it counted before. Nobody is told by mail: lists and
    pages show the deadline that holds, and the machine wakes by the nearest one.
    """
    old, new = (calendar_of(revisions, n, at.date()) for n in (case.calendar, len(revisions)))
    why = "; ".join(revision.why for revision in revisions[case.calendar :])
    facts = {"revision": new.revision, "before": case.calendar, "why": why}
    ledgers, current = case.ledgers, case.current
    if current:
        ledger = budget.reproject(ledgers[current.key], new, at, why, old=old)
        ledgers = {**ledgers, current.key: ledger}
        current = _step(current, ledger, procedure.step_reminder_percent, at, new)
        facts |= {"step": current.key, "deadline": current.deadline.isoformat()}
    return change(
        case,
        at=at,
        actor=SYSTEM,
        action="calendar.changed",
        facts=facts,
        calendar=new.revision,
        ledgers=ledgers,
        current=current,
        watch=_watch(case, procedure, new),
    )


def _step(
    current: OpenStep, ledger: Ledger, percents: tuple[int, ...], at: datetime, calendar: OfficeCalendar
) -> OpenStep:
    deadline = budget.deadline(ledger, calendar) or current.deadline
    raised = [entry.at for entry in ledger.entries if isinstance(entry, Overdue)]
    if current.level and raised:
        # More time can be left again than none: the next level waits for both.
        wakes_at = max(deadline, a_working_day_later(raised[-1], calendar))
        return replace(current, deadline=deadline, wakes_at=wakes_at)
    missed = current.reminds_at is not None and current.reminds_at <= at
    reminds_at = current.reminds_at if missed else next_step_reminder(ledger, percents, at, calendar)
    return replace(current, deadline=deadline, wakes_at=deadline, reminds_at=reminds_at)


def _watch(case: Case, procedure: Procedure, calendar: OfficeCalendar) -> Watch | None:
    """The watch with its end in the new calendar; warnings that were given are not given again."""
    watch = case.watch
    if watch is None or watch.wakes_at is None or case.complete_at is None:
        return watch
    anew = watch_over(case.complete_at, procedure.deemed_approval_working_days, calendar)
    return replace(anew, told=watch.told, wakes_at=anew.until if watch.told else anew.wakes_at)

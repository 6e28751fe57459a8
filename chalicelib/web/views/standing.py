"""Whose turn it is with a case, whose time was used, and which days did not count: no names, no documents."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from chalicelib.cases.case import Case
from chalicelib.cases.time_limits import a_working_day_later
from chalicelib.procedures.parts import APPLICANT, Words
from chalicelib.procedures.procedure import Procedure
from chalicelib.web.views.progress import promised_end, steps_shown
from chalicelib.worktime.budget import used
from chalicelib.worktime.calendar import ClosedDay, OfficeCalendar

Turn = Literal["office", "applicant", "sending", "nobody"]
_TURNS: dict[str, Turn] = {"draft": "sending", "returned": "applicant", "in_progress": "office"}
_DAY = timedelta(days=1)


class Late(msgspec.Struct, frozen=True):
    """By how much the open step is late: whole working days, and all of it in working minutes."""

    days: int
    minutes: int


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """`who` has the turn in the office. Times are working minutes; `closed` are the days left out of the count."""

    turn: Turn
    who: Words | None
    office_minutes: int
    applicant_minutes: int
    closed: tuple[tuple[date, ClosedDay], ...]
    late: Late | None


def standing(case: Case, procedure: Procedure, calendar: OfficeCalendar, now: datetime) -> Standing:
    """Where the case stands at `now`; the calendar must reach from its beginning to its promised end."""
    turn = _TURNS.get(case.status, "nobody")
    return Standing(
        turn=turn,
        who=_who(case, procedure, now) if turn == "office" else None,
        office_minutes=sum(used(ledger, now, calendar) for ledger in case.ledgers.values()),
        applicant_minutes=sum(
            calendar.working_minutes_between(start, end) for start, end in _corrections(case, procedure, now)
        ),
        closed=tuple(_closed(case, procedure, calendar, now)),
        late=_late(case, calendar, now),
    )


def _who(case: Case, procedure: Procedure, now: datetime) -> Words:
    """The role before which the case lies; between two steps, that of the next one."""
    waiting = next((step for step in steps_shown(case, procedure, now) if step.state != "done"), None)
    role = case.current.role if case.current else procedure.step(waiting.key).role if waiting else APPLICANT
    return procedure.role(role).name


def _corrections(case: Case, procedure: Procedure, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """From each return to the applicant to the answer; to now while there is none."""
    since: datetime | None = None
    keys = {step.key for step in procedure.steps}
    for decision in case.decisions:
        if since is not None and decision.step not in keys:
            yield since, decision.at
            since = None
        elif decision.verdict == "return" and decision.step in keys:
            since = decision.at if procedure.step(decision.step).returns_to == APPLICANT else None
    if since is not None:
        yield since, case.updated_at if case.ended else now


def _closed(
    case: Case, procedure: Procedure, calendar: OfficeCalendar, now: datetime
) -> Iterator[tuple[date, ClosedDay]]:
    """The days between the sending and the end on which the office would work but for a holiday."""
    if case.submitted_at is None:
        return
    end = case.updated_at if case.ended else promised_end(case, procedure, calendar) or now
    day = case.submitted_at.astimezone(now.tzinfo).date()
    while day <= max(end, now if not case.ended else end).astimezone(now.tzinfo).date():
        if day in calendar.closed and calendar.normal.week[day.weekday()]:
            yield day, calendar.closed[day]
        day += _DAY


def _late(case: Case, calendar: OfficeCalendar, now: datetime) -> Late | None:
    if case.current is None or now < case.current.deadline:
        return None
    at, days = case.current.deadline, 0
    while (later := a_working_day_later(at, calendar)) <= now:
        at, days = later, days + 1
    return Late(days, calendar.working_minutes_between(case.current.deadline, now))

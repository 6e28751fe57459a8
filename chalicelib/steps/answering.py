"""Who of the office answers complaints, and which ones wait for an officer."""

from datetime import datetime

import msgspec

from chalicelib.accounts.people import Officer
from chalicelib.aws.complaint_store import Unanswered, unanswered
from chalicelib.cases.case import Acting
from chalicelib.complaints import complaint as rules
from chalicelib.complaints.complaint import Complaint
from chalicelib.errors import NotFoundError, StaleVersionError
from chalicelib.procedures.procedure import Procedure, load
from chalicelib.staffing.roster import Roster
from chalicelib.steps.desk import Desk
from chalicelib.steps.who_acts import roster_of

ANSWER = "complaint"
"""The purpose of the links that lead an officer to a complaint."""


class ToAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One complaint that waits, the role in which the officer answers it, and the working minutes left."""

    waiting: Unanswered
    role: str
    minutes_left: int


def who_answers(desk: Desk, complaint: Complaint, at: datetime) -> tuple[str, Acting]:
    """The role that answers, and who acts in it first. Raises NotFoundError while nobody of the office can."""
    procedure = load(complaint.procedure.id, complaint.procedure.version)
    role = _answering_role(roster := roster_of(desk), procedure, complaint.role, at)
    if not role:
        raise NotFoundError(what="officer", role=complaint.role)
    return role, roster.acting(role, at)[0]


def acting_in(desk: Desk, officer: Officer, role: str, at: datetime) -> Acting | None:
    """How the officer acts in that role at the moment: in their own place or another one's; None for not at all."""
    found = [one for one in roster_of(desk).acting(role, at) if one.officer_id == officer.id]
    return min(found, key=lambda one: bool(one.acting_for), default=None)


def waiting_for(desk: Desk, officer: Officer, now: datetime) -> tuple[ToAnswer, ...]:
    """The complaints that the officer may answer, the least time left first."""
    procedure, roster, calendar = load(), roster_of(desk), desk.calendar(now.date())
    found = []
    for asked in _roles(procedure):
        role = _answering_role(roster, procedure, asked, now)
        if role and officer.id in [one.officer_id for one in roster.acting(role, now)]:
            found += [
                ToAnswer(
                    waiting=one, role=role, minutes_left=calendar.working_minutes_between(now, one.deadline)
                )
                for one in unanswered(asked)
            ]
    return tuple(sorted(found, key=lambda one: (one.minutes_left, one.waiting.number)))


def count_anew(desk: Desk, now: datetime) -> None:
    """Every complaint that waits is due by today's calendar (sop.md 4); what somebody changes meanwhile, next time."""
    procedure = load()
    for one in (one for role in _roles(procedure) for one in unanswered(role)):
        complaint = desk.complaints.load(one.complaint_id)
        revisions, at = desk.revisions(), max(now, complaint.received_at)
        due = rules.answer_due(
            load(complaint.procedure.id, complaint.procedure.version).complaints.answer_working_days,
            complaint.received_at,
            desk.calendar(now.date()),
        )
        made = rules.recount(complaint, due, revisions[-1].why, at) if revisions else None
        if made:
            try:
                desk.complaints.commit(made)
            except StaleVersionError:
                continue


def _roles(procedure: Procedure) -> list[str]:
    rules_of = procedure.complaints
    return list(dict.fromkeys(rules_of.role_for(kind.key) for kind in rules_of.kinds))


def _answering_role(roster: Roster, procedure: Procedure, role: str, at: datetime) -> str:
    """The role itself, or the nearest above it in which somebody acts; "" for nobody."""
    line = procedure.escalation
    upward = line[line.index(role) :] if role in line else (role,)
    return next((one for one in upward if roster.acting(one, at)), "")

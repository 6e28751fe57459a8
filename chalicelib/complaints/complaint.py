"""One complaint and what can happen to it: it is received, a photo may come with it, and it is answered.

Each is one change with its audit entry, as with cases. The trail names number, kind, role and moments, and the hash
of what was written; contact and text are in the complaint alone, from where they can be erased.
"""

import hashlib
from datetime import datetime
from typing import Any

import msgspec

from chalicelib.audit.chain import Actor, Entry, Head, append, head_after
from chalicelib.cases.case import Acting, ActingAs, ProcedureRef
from chalicelib.cases.change import SYSTEM, OutboxEntry
from chalicelib.complaints.photo import Photo, offerable
from chalicelib.errors import Fault
from chalicelib.procedures.procedure import Procedure
from chalicelib.worktime.budget import allowed_minutes
from chalicelib.worktime.calendar import OfficeCalendar
from chalicelib.worktime.ledger import Allowance

PREFIX = "complaint-"
COMPLAINANT = "complainant"
OFFICE = "office"
"""To whom something is told: the one who complained, or whoever of the office has to answer."""


class ComplaintAnsweredError(Fault):
    """The complaint was answered before; `answered_at` says when."""

    code = "complaint_answered"


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What the complainant wrote. `contact` is normalised."""

    kind: str
    text: str
    contact: str
    application_number: str = ""

    def __repr__(self) -> str:
        return f"Said(kind={self.kind!r}, …)"


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """The office's answer. A stand-in answers for the officer `acting_for`, in that one's role."""

    text: str
    at: datetime
    officer_id: str
    role: str
    acting_for: str = ""
    acting_as: ActingAs = ""

    def __repr__(self) -> str:
        return f"Reply(officer_id={self.officer_id!r}, …)"


class Complaint(msgspec.Struct, frozen=True, kw_only=True):
    """One complaint as it is kept. `role` is the role that has to answer by `deadline`."""

    complaint_id: str
    version: int
    procedure: ProcedureRef
    number: str
    role: str
    said: Said
    received_at: datetime
    deadline: datetime
    reply: Reply | None = None
    photo: Photo | None = None
    head: Head = Head()


class ComplaintChange(msgspec.Struct, frozen=True, kw_only=True):
    """One change of one complaint, ready to be committed."""

    complaint: Complaint
    entry: Entry
    outbox: tuple[OutboxEntry, ...]


def receive(
    complaint_id: str, said: Said, procedure: Procedure, number: str, at: datetime, calendar: OfficeCalendar
) -> ComplaintChange:
    """A new complaint, laid before the role that answers its kind. Raises NotFoundError for an unknown kind."""
    rules = procedure.complaints
    complaint = Complaint(
        complaint_id=complaint_id,
        version=0,
        procedure=ProcedureRef(id=procedure.id, version=procedure.version),
        number=number,
        role=rules.role_for(said.kind),
        said=said,
        received_at=at,
        deadline=answer_due(rules.answer_working_days, at, calendar),
    )
    facts = {
        "number": number,
        "kind": said.kind,
        "role": complaint.role,
        "deadline": complaint.deadline.isoformat(),
        "text_sha256": _sha256(said.text),
    }
    actor = Actor(id=COMPLAINANT, role=COMPLAINANT)
    tell = (("complaint_received", COMPLAINANT), ("complaint_to_answer", OFFICE))
    return _change(complaint, at, actor, "complaint.received", facts, tell)


def answer(complaint: Complaint, text: str, *, by: Acting, role: str, at: datetime) -> ComplaintChange:
    """The answer, told to the complainant. Raises ComplaintAnsweredError: nobody is answered twice."""
    if complaint.reply:
        raise ComplaintAnsweredError(answered_at=complaint.reply.at.isoformat())
    reply = Reply(
        text=text,
        at=at,
        officer_id=by.officer_id,
        role=role,
        acting_for=by.acting_for,
        acting_as=by.acting_as,
    )
    facts = {"number": complaint.number, "in_time": at <= complaint.deadline, "text_sha256": _sha256(text)}
    facts |= {"for": by.acting_for, "as": by.acting_as} if by.acting_for else {}
    answered = msgspec.structs.replace(complaint, reply=reply)
    actor = Actor(id=by.officer_id, role=role)
    return _change(answered, at, actor, "complaint.answered", facts, (("complaint_answered", COMPLAINANT),))


def offer_photo(complaint: Complaint, upload_id: str, content_type: str, at: datetime) -> ComplaintChange:
    """A place for one photo; one that did not come or could not be shown gives way to it.

    Raises ComplaintAnsweredError, StateConflictError once a photo is kept or a day has passed, and TooManyError.
    """
    if complaint.reply:
        raise ComplaintAnsweredError(answered_at=complaint.reply.at.isoformat())
    tries = offerable(complaint.photo, complaint.received_at, at) + 1
    photo = Photo(upload_id=upload_id, content_type=content_type, tries=tries)
    asked = msgspec.structs.replace(complaint, photo=photo)
    facts = {"number": complaint.number, "upload_id": upload_id}
    actor = Actor(id=COMPLAINANT, role=COMPLAINANT)
    return _change(asked, at, actor, "complaint.photo_offered", facts, ())


def receive_photo(complaint: Complaint, looked_at: Photo, at: datetime) -> ComplaintChange | None:
    """What became of a photo that came; None when that is known, or another place was asked for since."""
    before = complaint.photo
    if before is None or (before.upload_id, before.state) != (looked_at.upload_id, "awaiting"):
        return None
    after = msgspec.structs.replace(complaint, photo=looked_at)
    facts = {
        "number": complaint.number,
        "upload_id": looked_at.upload_id,
        "state": looked_at.state,
        "fault": looked_at.fault,
        "sha256": looked_at.sha256,
        "version_id": looked_at.version_id,
    }
    return _change(after, at, SYSTEM, "complaint.photo_looked_at", facts, ())


def recount(complaint: Complaint, due: datetime, why: str, at: datetime) -> ComplaintChange | None:
    """The complaint due at another moment, because the office corrected its calendar; None when nothing moves."""
    if complaint.reply or due == complaint.deadline:
        return None
    facts = {"number": complaint.number, "deadline": due.isoformat(), "why": why}
    moved = msgspec.structs.replace(complaint, deadline=due)
    return _change(moved, at, SYSTEM, "complaint.recounted", facts, ())


def answer_due(working_days: int, at: datetime, calendar: OfficeCalendar) -> datetime:
    """By when a complaint that came in at that moment is answered: the same place that many working days later."""
    minutes = allowed_minutes(Allowance(days=working_days), at, calendar)
    return calendar.add_working_minutes(at, minutes)


def _change(
    complaint: Complaint,
    at: datetime,
    actor: Actor,
    action: str,
    facts: dict[str, Any],
    tell: tuple[tuple[str, str], ...],
) -> ComplaintChange:
    name = complaint.complaint_id
    entry = append(name, complaint.head, at=at, actor=actor, action=action, facts=facts)
    after = msgspec.structs.replace(complaint, version=complaint.version + 1, head=head_after(entry))
    notices = tuple(
        OutboxEntry(
            id=f"{entry.hash[:24]}.notice.{notice}.{to}",
            case_id=name,
            kind="notice",
            created_at=at,
            notice=notice,
            to=to,
        )
        for notice, to in tell
    )
    return ComplaintChange(complaint=after, entry=entry, outbox=notices)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

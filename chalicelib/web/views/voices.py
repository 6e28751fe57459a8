"""Complaints as each side sees them, and ratings as auditors do."""

from datetime import datetime
from typing import Literal

from chalicelib.accounts.people import masked_email
from chalicelib.complaints.complaint import Complaint
from chalicelib.complaints.contact import is_email
from chalicelib.procedures.parts import Words
from chalicelib.steps.complaint_letters import procedure_of
from chalicelib.steps.rating import Evaluation
from chalicelib.survey.rating import Rating
from chalicelib.web.answers.voices import (
    ComplaintFollowed,
    ComplaintOpened,
    ComplaintReplied,
    ComplaintTaken,
    Evaluated,
    IndexShown,
    PhotoFollowed,
    PhotoOpened,
    RatingShown,
)
from chalicelib.web.views.parts import in_office


def complaint_taken(complaint: Complaint) -> ComplaintTaken:
    """The receipt."""
    contact = complaint.said.contact
    return ComplaintTaken(
        number=complaint.number,
        who=_who(complaint),
        deadline=in_office(complaint.deadline),
        mail_to=masked_email(contact) if is_email(contact) else None,
    )


def complaint_followed(complaint: Complaint, now: datetime) -> ComplaintFollowed:
    """Where it stands; the complainant's own words are not repeated."""
    reply, photo = complaint.reply, complaint.photo
    state: Literal["waiting", "late", "answered"] = (
        "answered" if reply else "late" if now > complaint.deadline else "waiting"
    )
    return ComplaintFollowed(
        number=complaint.number,
        kind=procedure_of(complaint).complaints.kind(complaint.said.kind).name,
        who=_who(complaint),
        state=state,
        received_at=in_office(complaint.received_at),
        deadline=in_office(complaint.deadline),
        answered_at=in_office(reply.at) if reply else None,
        answer=reply.text if reply else None,
        photo=PhotoFollowed(state=photo.state, fault=photo.fault or None) if photo else None,
    )


def complaint_opened(complaint: Complaint, photo: PhotoOpened | None) -> ComplaintOpened:
    """All of it, for the officer who answers."""
    said = complaint.said
    return ComplaintOpened(
        number=complaint.number,
        kind=procedure_of(complaint).complaints.kind(said.kind).name,
        role=_who(complaint),
        text=said.text,
        application_number=said.application_number or None,
        contact=said.contact,
        mailed=is_email(said.contact),
        received_at=in_office(complaint.received_at),
        deadline=in_office(complaint.deadline),
        photo=photo,
    )


def complaint_replied(complaint: Complaint) -> ComplaintReplied:
    """That the answer is out."""
    answered_at = complaint.reply.at if complaint.reply else complaint.received_at
    return ComplaintReplied(
        number=complaint.number,
        answered_at=in_office(answered_at),
        mailed=is_email(complaint.said.contact),
    )


def evaluated(found: Evaluation, year: int) -> Evaluated:
    """A year of ratings."""
    index = found.index
    return Evaluated(
        year=year,
        withheld=found.withheld,
        index=IndexShown(
            respondents=index.respondents,
            averages=index.averages,
            value=index.value,
            grade=index.grade,
            performance=index.performance,
        )
        if index
        else None,
        ratings=tuple(_rating_shown(one) for one in found.ratings),
    )


def _rating_shown(rating: Rating) -> RatingShown:
    return RatingShown(
        month=rating.month or None,
        procedure=rating.procedure,
        method=rating.method,
        overall=rating.overall,
        answers=rating.answers,
        text=rating.text,
    )


def _who(complaint: Complaint) -> Words:
    role = complaint.reply.role if complaint.reply else complaint.role
    return procedure_of(complaint).role(role).name

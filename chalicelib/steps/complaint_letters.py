"""What the two sides of a complaint are told by mail. No mail holds what the complainant wrote, or who that is."""

from datetime import timedelta

from chalicelib.cases.change import OutboxEntry
from chalicelib.complaints.complaint import OFFICE, Complaint
from chalicelib.complaints.contact import is_email
from chalicelib.notices.compose import compose
from chalicelib.procedures.procedure import Procedure, load
from chalicelib.steps.answering import ANSWER, who_answers
from chalicelib.steps.desk import Desk
from chalicelib.steps.inbox import inbox_link
from chalicelib.steps.officer_links import officer_token
from chalicelib.worktime.words import moment_words

_ANSWERED_WITHIN = timedelta(days=60)
"""Far longer than the deadline: an answer that is late is still wanted."""


def complaint_letter(desk: Desk, entry: OutboxEntry) -> tuple[str, bytes] | None:
    """The recipient's address and the mail; None when there is nobody to write to, or nothing left to answer.

    Raises NotFoundError while nobody of the office can answer: the delivery is tried again.
    """
    complaint = desk.complaints.load(entry.case_id)
    if entry.to == OFFICE and complaint.reply:
        return None
    if entry.to != OFFICE and not is_email(complaint.said.contact):
        return None
    words = _words(desk, complaint)
    recipient = complaint.said.contact
    if entry.to == OFFICE:
        role, acting = who_answers(desk, complaint, desk.clock.now())
        officer = desk.people.officer(acting.officer_id)
        recipient = officer.email
        token = officer_token(desk, officer, entry, purpose=ANSWER, lasting=_ANSWERED_WITHIN, role=role)
        words["inbox_link"] = inbox_link(desk, officer, at=entry.created_at, name=entry.id)
        words["link"] = f"{desk.settings.site_url}/pengaduan/jawab/#{token}"
    sender = desk.settings.mail_from
    return recipient, compose(
        entry.notice, words, sender=sender, recipient=recipient, message_id=entry.id, at=entry.created_at
    )


def procedure_of(complaint: Complaint) -> Procedure:
    """The procedure in the version under which the complaint came in."""
    return load(complaint.procedure.id, complaint.procedure.version)


def _words(desk: Desk, complaint: Complaint) -> dict[str, str]:
    procedure = procedure_of(complaint)
    role = procedure.role(complaint.reply.role if complaint.reply else complaint.role)
    kind = procedure.complaints.kind(complaint.said.kind)
    return {
        "number": complaint.number,
        "role_name": role.name.id,
        "role_name_en": role.name.en,
        "kind": kind.name.id,
        "kind_en": kind.name.en,
        "deadline": moment_words(complaint.deadline),
        "deadline_en": moment_words(complaint.deadline, "en"),
        "tracking_link": f"{desk.settings.site_url}/pengaduan/lacak/#{complaint.number}",
        "phone": procedure.complaints.phones[0],
        "answer": complaint.reply.text if complaint.reply else "",
    }

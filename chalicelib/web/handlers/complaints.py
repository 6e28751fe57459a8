"""Complaints over HTTP: for anybody, and for the officer who answers."""

from datetime import timedelta

from chalicelib.accounts.codes import VALID_FOR
from chalicelib.accounts.people import masked_email
from chalicelib.aws.files import UPLOAD_SECONDS
from chalicelib.complaints.complaint import Complaint, Said
from chalicelib.steps import complaining, complaint_photo
from chalicelib.steps.desk import Request
from chalicelib.web.answers.people import ProofSent
from chalicelib.web.answers.voices import ComplaintFollowed, ComplaintOpened, PhotoOffered, PhotoOpened
from chalicelib.web.calls import Call
from chalicelib.web.views.parts import in_office
from chalicelib.web.views.voices import (
    complaint_followed,
    complaint_opened,
    complaint_replied,
    complaint_taken,
)


def complain(call: Call) -> bytes:
    """A complaint; nobody has to be signed in."""
    sent = call.body
    said = Said(
        kind=sent.kind, text=sent.text, contact=sent.contact, application_number=sent.application_number
    )
    request = Request(actor="anybody", key=call.key, body=call.raw) if call.key else None
    return complaining.complain(call.desk, said, request, complaint_taken)


def follow(call: Call) -> ComplaintFollowed:
    """Where a complaint stands."""
    complaint = complaining.followed(call.desk, call.body.number, call.body.contact)
    return complaint_followed(complaint, call.desk.clock.now())


def offer_photo(call: Call) -> PhotoOffered:
    """A place for one photo. Asking again gives another place: this request has no lasting answer."""
    asked = call.body
    post = complaint_photo.offer_photo(call.desk, asked.number, asked.contact, asked.content_type, asked.size)
    until = call.desk.clock.now() + timedelta(seconds=UPLOAD_SECONDS)
    return PhotoOffered(url=post["url"], fields=post["fields"], expires_at=in_office(until))


def one(call: Call) -> ComplaintOpened:
    """The complaint that the officer's link is for. Looking changes nothing."""
    complaint = complaining.open_complaint(call.desk, call.link).complaint
    return complaint_opened(complaint, _photo(call, complaint))


def _photo(call: Call, complaint: Complaint) -> PhotoOpened | None:
    photo = complaint.photo
    if photo is None:
        return None
    if photo.state != "kept":
        return PhotoOpened(state=photo.state, url=None)
    files, bucket = call.desk.files, call.desk.settings.documents_bucket
    url = files.download_url(bucket, photo.object_key, photo.version_id, name="photo.jpg", inline=True)
    return PhotoOpened(state=photo.state, url=url)


def send_code(call: Call) -> ProofSent:
    """The second proof by mail."""
    officer = complaining.ask_for_proof(call.desk, call.link)
    return ProofSent(sent_to=masked_email(officer.email), valid_minutes=int(VALID_FOR.total_seconds() // 60))


def answer(call: Call) -> bytes:
    """The office's answer."""
    sent = call.body
    return complaining.answer_complaint(
        call.desk, call.link, sent.answer, sent.code, call.key, complaint_replied
    )

"""Complaints as use cases: anybody complains and follows it; an officer reads it by a signed link and answers once."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from chalicelib.accounts.codes import CodeWrongError
from chalicelib.accounts.people import Officer
from chalicelib.aws.case_store import Serial
from chalicelib.cases.case import Acting
from chalicelib.cases.form import masked_text
from chalicelib.complaints import complaint as rules
from chalicelib.complaints.complaint import PREFIX, Complaint, ComplaintAnsweredError, ComplaintChange, Said
from chalicelib.complaints.contact import normalised_contact, same_contact
from chalicelib.errors import InvalidInputError, NotFoundError, StaleVersionError, TooManyError
from chalicelib.links.errors import LinkMisusedError
from chalicelib.links.signing import verify
from chalicelib.procedures.procedure import Procedure, load
from chalicelib.steps.answering import ANSWER, acting_in
from chalicelib.steps.desk import TRIES, Desk, Request, answered, given_answer
from chalicelib.steps.errors import ProofFailedError
from chalicelib.steps.officer_links import officer_of
from chalicelib.steps.sign_in import check_code, send_code

View = Callable[[Complaint], object]


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """An officer before the complaint that the link is for, and how they act in the role that answers it."""

    complaint: Complaint
    officer: Officer
    role: str
    acting: Acting


def complain(desk: Desk, said: Said, request: Request | None, view: View) -> bytes:
    """A new complaint; answers as JSON what `view` makes of it, to the same request key the same one.

    ID numbers in the text are masked before it is kept. Raises InvalidInputError for a contact that reaches nobody
    or an unknown kind, TooManyError, RequestKeyReusedError.
    """
    procedure = load()
    tidy = _tidied(said, procedure)
    nonce = request.key_hash.encode() if request else desk.random(16)
    complaint_id = PREFIX + hashlib.sha256(nonce).hexdigest()[:32]
    for _ in range(TRIES):
        given = given_answer(desk, complaint_id, request)
        if given:
            return given
        now = desk.clock.now()
        serials = (desk.cases.next_serial(f"complaint-{now.year}"), _room(desk, tidy.contact, procedure, now))
        number = procedure.number_of_complaint(serial=serials[0].value, year=now.year)
        change = rules.receive(complaint_id, tidy, procedure, number, now, desk.calendar(now.date()))
        answer = msgspec.json.encode(view(change.complaint))
        try:
            desk.complaints.commit(change, serials=serials, answered=answered(request, answer))
        except StaleVersionError:
            continue
        _deliver(desk, change)
        return answer
    raise StaleVersionError(what="complaint")


def followed(desk: Desk, number: str, contact: str) -> Complaint:
    """The complaint of that number, for who knows its contact. Raises NotFoundError, the same for both."""
    complaint = desk.complaints.find(number.strip().upper())
    if not same_contact(complaint.said.contact, contact):
        raise NotFoundError(what="complaint")
    return complaint


def open_complaint(desk: Desk, token: str) -> Opened:
    """What the officer's link leads to; looking changes nothing.

    Raises the link errors, and ComplaintAnsweredError when there is nothing left to answer.
    """
    opened = _opened(desk, token)
    _check_unanswered(opened.complaint)
    return opened


def ask_for_proof(desk: Desk, token: str) -> Officer:
    """Mails the officer the code that an answer needs besides the link. Raises TooManyError."""
    opened = open_complaint(desk, token)
    send_code(desk, _challenge_id(opened), to=opened.officer.email)
    return opened.officer


def answer_complaint(desk: Desk, token: str, text: str, code: str, key: str, view: View) -> bytes:
    """The officer's answer; answers as JSON what `view` makes of the complaint, to the same key the same.

    Raises the link errors, ProofFailedError, ComplaintAnsweredError, InvalidInputError for an empty answer.
    """
    words = masked_text(text.strip())
    if not words:
        raise InvalidInputError(where="answer")
    for _ in range(TRIES):
        opened = _opened(desk, token)
        request = Request(actor=opened.officer.id, key=key, body=words.encode()) if key else None
        given = given_answer(desk, opened.complaint.complaint_id, request)
        if given:
            return given
        _check_answerable(desk, opened, code)
        at = max(desk.clock.now(), opened.complaint.received_at)
        change = rules.answer(opened.complaint, words, by=opened.acting, role=opened.role, at=at)
        told = msgspec.json.encode(view(change.complaint))
        try:
            desk.complaints.commit(change, answered=answered(request, told))
        except StaleVersionError:
            continue  # the complaint's photo came meanwhile, or another answer
        _deliver(desk, change)
        return told
    raise StaleVersionError(what="complaint")


def _check_answerable(desk: Desk, opened: Opened, code: str) -> None:
    """Raises ComplaintAnsweredError, ProofFailedError."""
    _check_unanswered(opened.complaint)
    try:
        check_code(desk, _challenge_id(opened), code, once=False)
    except CodeWrongError as error:
        raise ProofFailedError from error


def _check_unanswered(complaint: Complaint) -> None:
    if complaint.reply:
        raise ComplaintAnsweredError(answered_at=complaint.reply.at.isoformat())


def _tidied(said: Said, procedure: Procedure) -> Said:
    if said.kind not in {kind.key for kind in procedure.complaints.kinds}:
        raise InvalidInputError(where="kind", allowed=[kind.key for kind in procedure.complaints.kinds])
    text = masked_text(said.text.strip())
    if not text:
        raise InvalidInputError(where="text")
    number = masked_text(" ".join(said.application_number.split()).upper())
    contact = normalised_contact(said.contact)
    return Said(kind=said.kind, text=text, contact=contact, application_number=number)


def _room(desk: Desk, contact: str, procedure: Procedure, now: datetime) -> Serial:
    """The serial of this hour's complaints. Raises TooManyError when this hour or this contact is full."""
    limits = procedure.complaints
    today = desk.complaints.of_contact(contact, since=now - timedelta(days=1))
    if len(today) >= limits.most_a_contact_a_day:
        raise TooManyError(limit=limits.most_a_contact_a_day)
    serial = desk.cases.next_serial(f"complaints-{now:%Y-%m-%dT%H}")
    if serial.value > limits.most_an_hour:
        following = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        raise TooManyError(limit=limits.most_an_hour, retry_at=following.isoformat())
    return serial


def _opened(desk: Desk, token: str) -> Opened:
    now = desk.clock.now()
    claims = verify(token, ANSWER, desk.keyring(), now)
    try:
        complaint = desk.complaints.load(claims.case)
    except NotFoundError as error:
        raise LinkMisusedError from error
    officer = officer_of(desk, desk.office.load(), claims)
    acting = acting_in(desk, officer, claims.role, now)
    if acting is None:
        raise LinkMisusedError(problem="the officer does not act in that role now")
    return Opened(complaint=complaint, officer=officer, role=claims.role, acting=acting)


def _challenge_id(opened: Opened) -> str:
    return f"answer-{opened.officer.id}-{opened.complaint.complaint_id}"


def _deliver(desk: Desk, change: ComplaintChange) -> None:
    """What a crash leaves undelivered, the sweep delivers."""
    desk.functions.later(desk.settings.deliver_function, {"case_id": change.complaint.complaint_id})

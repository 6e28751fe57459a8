"""Complaints wait in the inbox of whoever answers them, also of a stand-in, and leave it with the answer."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.accounts.codes import code_of
from chalicelib.complaints.complaint import Complaint
from chalicelib.steps import administration, delivering, inbox
from chalicelib.steps.complaint_letters import procedure_of
from chalicelib.tasks.deliveries import sweep
from chalicelib.worktime.office_files import AddedDay
from local.person import text_of
from tests.crashes.walk import mails
from tests.web.office import Office
from tests.web.staff import ORDER, gone, standing_in
from tests.web.test_complaints import complain, kept


@pytest.fixture
def office(_office: Office) -> Office:
    """Here time runs forward only, as it does for a chain."""
    return _office


def _received(office: Office, contact: str) -> Complaint:
    return kept(office, complain(office, contact))


def _waiting(office: Office, officer_id: str) -> dict[str, Any]:
    officer, at = office.desk.people.officer(officer_id), office.desk.clock.now()
    token = inbox.inbox_link(office.desk, officer, at=at, name="test").partition("#")[2]
    told = office.ask("GET", "/api/inbox", X_Sanggar_Link=token)
    return {one["complaint_id"]: one for one in told.json["complaints"]}


def _answer(office: Office, officer_id: str, complaint: Complaint) -> Complaint:
    link = {"X_Sanggar_Link": _waiting(office, officer_id)[complaint.complaint_id]["token"]}
    assert office.ask("POST", "/api/complaints/answering/code", {}, **link).status == 202
    challenge = office.desk.people.challenge(f"answer-{officer_id}-{complaint.complaint_id}")
    assert challenge is not None
    code = code_of(challenge, office.desk.keyring().newest())
    body = {"answer": "Sudah kami periksa.", "code": code}
    assert office.ask("POST", "/api/complaints/answering", body, **link).status == 200
    return office.desk.complaints.load(complaint.complaint_id)


def _role(office: Office, complaint: Complaint) -> str:
    officers = [one.id for one in office.desk.people.officers() if one.role == complaint.role]
    return officers[0]


def test_a_complaint_waits_before_who_answers_it_and_before_nobody_else(office: Office) -> None:
    complaint = _received(office, "satu@contoh.id")
    holder = _role(office, complaint)
    line = _waiting(office, holder)[complaint.complaint_id]
    assert line["number"] == complaint.number
    assert datetime.fromisoformat(line["deadline"]) == complaint.deadline
    others = [one.id for one in office.desk.people.officers() if one.role != complaint.role]
    assert not any(complaint.complaint_id in _waiting(office, one) for one in others)


def test_an_answered_complaint_leaves_the_inbox(office: Office) -> None:
    complaint = _received(office, "dua@contoh.id")
    holder = _role(office, complaint)
    answered = _answer(office, holder, complaint)
    assert answered.reply is not None
    assert (answered.reply.officer_id, answered.reply.acting_for) == (holder, "")
    assert complaint.complaint_id not in _waiting(office, holder)


def test_a_stand_in_answers_in_both_names(office: Office) -> None:
    complaint = _received(office, "tiga@contoh.id")
    holder = _role(office, complaint)
    other = next(one.id for one in office.desk.people.officers() if one.role != complaint.role)
    assert complaint.complaint_id not in _waiting(office, other)
    with standing_in(office.desk, other, holder):
        reply = _answer(office, other, complaint).reply
    assert reply is not None
    assert (reply.officer_id, reply.acting_for, reply.acting_as) == (other, holder, "plh")
    assert reply.role == complaint.role
    entry = office.desk.complaints.entries(complaint.complaint_id)[-1]
    assert (entry.facts["for"], entry.facts["as"]) == (holder, "plh")


def test_a_stand_in_who_is_none_any_more_cannot_answer(office: Office) -> None:
    complaint = _received(office, "empat@contoh.id")
    holder = _role(office, complaint)
    other = next(one.id for one in office.desk.people.officers() if one.role != complaint.role)
    with standing_in(office.desk, other, holder):
        link = {"X_Sanggar_Link": _waiting(office, other)[complaint.complaint_id]["token"]}
        assert office.ask("GET", "/api/complaints/answering", **link).status == 200
    assert office.ask("GET", "/api/complaints/answering", **link).code == "link_misused"


def test_where_nobody_of_the_role_is_left_the_next_above_answers(office: Office) -> None:
    complaint = _received(office, "lima@contoh.id")
    seats = [one.id for one in office.desk.people.officers() if one.role == complaint.role and one.active]
    line = _line(complaint)
    above = next(one.id for one in office.desk.people.officers() if one.role == line[1])
    with gone(office.desk, *seats):
        assert complaint.complaint_id in _waiting(office, above)
    assert complaint.complaint_id not in _waiting(office, above)


def _line(complaint: Complaint) -> tuple[str, ...]:
    """The roles from the one that answers upward."""
    line = procedure_of(complaint).escalation
    return line[line.index(complaint.role) :]


def test_the_morning_mail_names_a_complaint_without_a_word_of_it(office: Office) -> None:
    complaint = _received(office, "enam@contoh.id")
    holder = office.desk.people.officer(_role(office, complaint))
    assert inbox.tell_in_the_morning(office.desk) >= 1
    delivering.deliver_case(office.desk, f"{inbox.PREFIX}{holder.id}")
    mail = next(one for one in reversed(mails()) if holder.email in str(one["To"]))
    text = text_of(mail)
    assert f"{complaint.number}: Pengaduan" in text
    assert complaint.said.text not in text


def test_a_closed_day_moves_the_deadline_of_a_complaint_with_the_reason(office: Office) -> None:
    complaint = _received(office, "tujuh@contoh.id")
    day = office.desk.clock.now().date() + timedelta(days=1)
    while not office.desk.calendar(day).working_minutes(day):
        day += timedelta(days=1)
    closed = AddedDay(date=day, name="Cuti daerah", name_en="Local leave", decree="SE 7")
    administration.correct_calendar(office.desk, closed, ORDER)
    moved = office.desk.complaints.load(complaint.complaint_id)
    assert moved.deadline > complaint.deadline
    entry = office.desk.complaints.entries(complaint.complaint_id)[-1]
    assert (entry.action, entry.facts["why"]) == ("complaint.recounted", ORDER.why)
    sweep({}, office.desk)
    assert office.desk.complaints.load(complaint.complaint_id) == moved
    administration.take_back_correction(office.desk, day, ORDER)
    assert office.desk.complaints.load(complaint.complaint_id).deadline == complaint.deadline

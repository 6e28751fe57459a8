"""What officers are mailed when the office changes: the right one gets a link that opens, and nobody else does."""

import re
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest

from chalicelib.accounts.people import Officer
from chalicelib.aws import outbox
from chalicelib.cases.change import OutboxEntry
from chalicelib.links.errors import LinkRevokedError
from chalicelib.steps import administration, progress, telling
from chalicelib.steps.answering import ANSWER
from chalicelib.steps.counter import counter_token, open_counter
from chalicelib.steps.officer_links import officer_token
from local.person import text_of
from tests.web.office import Office
from tests.web.staff import ORDER, gone, standing_in


@pytest.fixture
def office(_office: Office) -> Office:
    """Here time runs forward only."""
    return _office


def _letters(office: Office, case_id: str) -> dict[tuple[str, str], list[str]]:
    """The texts that would go out now, by notice and address."""
    case, found = office.case(case_id), dict[tuple[str, str], list[str]]()
    for entry in outbox.pending_of(case_id):
        made = telling.letter(office.desk, case, entry) if entry.kind == "notice" else None
        if made:
            message = message_from_bytes(made[1], policy=policy.default)
            text = f"{message['Subject']}\n{text_of(message)}"
            found.setdefault((entry.notice, made[0]), []).append(text)
    return found


def _opens(office: Office, text: str) -> Any:
    link = re.search(r"/tinjau/#(\S+)", text)
    assert link is not None
    return office.ask("GET", "/api/review", X_Sanggar_Link=link.group(1))


def test_the_mail_to_a_stand_in_says_in_whose_place_and_its_link_opens(office: Office) -> None:
    case_id = office.applicant().sent()
    office.open(case_id, "verification")
    with standing_in(office.desk, "cs-2", "sub-1"):
        letters = _letters(office, case_id)
        assert ("decide", "bagas.wiratmaja@kantor.contoh.id") not in letters
        (text,) = letters["decide", "wening.larasati@kantor.contoh.id"]
        assert "Plh. Sub Koordinator PTSP II Wening Larasati untuk Bagas Wiratmaja, S.Sos." in text
        assert "Wening Larasati, standing in (Plh.) as Sub-Coordinator PTSP II" in text
        assert _opens(office, text).status == 200
    (text,) = _letters(office, case_id)["decide", "bagas.wiratmaja@kantor.contoh.id"][-1:]
    assert "Plh." not in text
    assert _opens(office, text).status == 200


def test_the_superior_hears_of_a_step_that_nobody_may_decide_and_gets_no_link(office: Office) -> None:
    case_id = office.applicant().sent()
    office.open(case_id, "recommendation_review")
    with gone(office.desk, "koor-1"):
        (text,) = _letters(office, case_id)["vacant", "sekar.ayuningrat@kantor.contoh.id"]
        assert "belum ada petugas" in text
        assert "/tinjau/#" not in text
    assert "vacant" not in {notice for notice, _ in _letters(office, case_id)}


def test_who_stands_in_for_the_superior_hears_of_missed_deadlines(office: Office) -> None:
    case_id = office.applicant().sent()
    office.open(case_id, "completeness_check")
    with standing_in(office.desk, "koor-1", "sub-1"):
        office.hands.move(days=3)
        progress.record_timeout(office.desk, case_id, "completeness_check")
        assert ("overdue_above", "ratna.palupi@kantor.contoh.id") in _letters(office, case_id)


def test_a_repeated_delivery_carries_the_same_link(office: Office) -> None:
    case_id = office.applicant().sent()
    office.open(case_id, "verification")
    with standing_in(office.desk, "cs-2", "sub-1"):
        assert _letters(office, case_id) == _letters(office, case_id)


@pytest.fixture
def laras(office: Office) -> Officer:
    """An officer of the first desk."""
    return office.desk.people.officer("cs-1")


def test_revoked_links_open_no_counter_and_no_complaint(office: Office, laras: Officer) -> None:
    desk = office.desk
    old = counter_token(desk, laras, at=desk.clock.now(), name="ab" * 12)
    sent = {"kind": "late", "text": "Terlambat.", "contact": "orang@pemohon.contoh.id"}
    number = office.ask("POST", "/api/complaints", sent).json["number"]
    complaint = desk.complaints.find(number)
    entry = OutboxEntry(
        id="cd" * 12, case_id=complaint.complaint_id, kind="notice", created_at=desk.clock.now(), to="office"
    )
    link = officer_token(desk, laras, entry, purpose=ANSWER, lasting=timedelta(days=60))
    assert office.ask("GET", "/api/complaints/answering", X_Sanggar_Link=link).status == 200
    assert open_counter(desk, old).officer == laras
    administration.revoke_links_of(desk, "cs-1", ORDER)
    assert office.ask("GET", "/api/complaints/answering", X_Sanggar_Link=link).code == "link_revoked"
    with pytest.raises(LinkRevokedError):
        open_counter(desk, old)
    fresh = counter_token(desk, laras, at=desk.clock.now(), name="ef" * 12)
    assert open_counter(desk, fresh).officer == laras

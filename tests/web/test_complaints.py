"""Anybody complains, follows it, and is answered once by the officer whose link it is."""

from typing import Any

import pytest

from chalicelib.accounts.codes import code_of
from chalicelib.audit.chain import breaks
from chalicelib.aws import outbox
from chalicelib.complaints.complaint import Complaint
from chalicelib.links.signing import Claims, sign
from chalicelib.steps import delivering, trail
from chalicelib.steps.answering import ANSWER, who_answers
from local.person import text_of
from tests.crashes.walk import mails
from tests.web.office import NATIONAL_ID, Office, Told

TEXT = "Permohonan saya terlambat. <b>Tolong</b> & terima kasih."
KEY = {"Idempotency_Key": "complaint-key-0123456789"}


def complain(office: Office, contact: str, headers: dict[str, str] | None = None, **other: Any) -> Told:
    """A complaint as the page sends it."""
    body = {"kind": "late", "text": TEXT, "contact": contact, "application_number": "nks-2026-00001"} | other
    return office.ask("POST", "/api/complaints", body, **(headers or {}))


def follow(office: Office, number: str, contact: str) -> Told:
    """Where it stands."""
    return office.ask("POST", "/api/complaints/tracking", {"number": number, "contact": contact})


def link(office: Office, complaint: Complaint, **other: Any) -> dict[str, str]:
    """The header of the officer's link."""
    role, acting = who_answers(office.desk, complaint, office.desk.clock.now())
    claims: dict[str, Any] = {
        "purpose": ANSWER,
        "subject": acting.officer_id,
        "expires": int(office.desk.clock.now().timestamp()) + 1000,
        "key": "",
        "case": complaint.complaint_id,
        "role": role,
    }
    return {"X_Sanggar_Link": sign(Claims(**claims | other), office.desk.keyring())}


def proof(office: Office, complaint: Complaint) -> str:
    """The mailed code."""
    assert office.ask("POST", "/api/complaints/answering/code", {}, **link(office, complaint)).status == 202
    acting = who_answers(office.desk, complaint, office.desk.clock.now())[1]
    challenge = office.desk.people.challenge(f"answer-{acting.officer_id}-{complaint.complaint_id}")
    assert challenge is not None
    return code_of(challenge, office.desk.keyring().newest())


def kept(office: Office, told: Told) -> Complaint:
    """The complaint behind a receipt."""
    return office.desk.complaints.find(told.json["number"])


def test_a_complaint_gets_a_number_a_deadline_and_who_answers(office: Office) -> None:
    told = complain(office, "Rini@Contoh.id")
    assert told.status == 201
    assert told.json["number"].startswith("ADU-2026-")
    assert told.json["deadline"] == "2026-12-01T09:00:00+07:00"
    assert told.json["who"]["id"] == "Customer Service"
    assert told.json["mail_to"] == "r***@contoh.id"
    assert kept(office, told).said.application_number == "NKS-2026-00001"


def test_the_same_request_key_complains_once(office: Office) -> None:
    first, again = (complain(office, "ulang@contoh.id", KEY) for _ in range(2))
    assert first.text == again.text
    assert complain(office, "ulang@contoh.id", KEY, text="Lain.").code == "request_key_reused"
    assert len(office.desk.complaints.of_contact("ulang@contoh.id")) == 1


def test_a_complaint_is_followed_by_its_number_and_its_contact_alone(office: Office) -> None:
    number = complain(office, "0812 3456 7001").json["number"]
    told = follow(office, number.lower(), "+62 812-3456-7001")
    assert (told.json["state"], told.json["answer"]) == ("waiting", None)
    assert TEXT not in told.text
    strange = [follow(office, number, "081234567002"), follow(office, "ADU-2026-99999", "081234567001")]
    assert strange[0].text == strange[1].text
    assert strange[0].code == "not_found"
    case_id = office.applicant().sent()
    assert follow(office, office.case(case_id).number, "081200001234").code == "not_found"


def test_a_complaint_past_its_deadline_is_called_late(office: Office) -> None:
    number = complain(office, "terlambat@contoh.id").json["number"]
    office.hands.move(days=8)
    assert follow(office, number, "terlambat@contoh.id").json["state"] == "late"


@pytest.mark.parametrize(
    ("changed", "where"),
    [({"kind": "weather"}, "kind"), ({"text": " \n "}, "text"), ({"contact": "siti"}, "contact")],
)
def test_what_cannot_be_answered_is_refused_at_its_place(office: Office, changed: Any, where: str) -> None:
    told = complain(office, **({"contact": "salah@contoh.id"} | changed))
    assert (told.code, told.json["facts"]["where"]) == ("invalid_input", where)


def test_a_contact_complains_three_times_a_day_and_the_next_day_again(office: Office) -> None:
    statuses = [complain(office, "sering@contoh.id").status for _ in range(4)]
    assert statuses == [201, 201, 201, 429]
    assert complain(office, "SERING@contoh.id").code == "too_many"
    office.hands.move(days=1, minutes=1)
    assert complain(office, "sering@contoh.id").status == 201


def test_an_hour_takes_no_more_than_it_can_hold(office: Office) -> None:
    office.hands.move(hours=30)
    codes = [complain(office, f"banjir{n}@contoh.id").status for n in range(61)]
    assert codes == [201] * 60 + [429]
    told = complain(office, "banjir99@contoh.id")
    assert told.json["facts"]["retry_at"] == "2026-11-25T16:00:00+07:00"


def test_the_officer_reads_it_as_it_was_written_and_answers_it_once(office: Office) -> None:
    told = complain(office, "jawab@contoh.id")
    complaint = kept(office, told)
    shown = office.ask("GET", "/api/complaints/answering", **link(office, complaint)).json
    assert (shown["text"], shown["contact"], shown["mailed"]) == (TEXT, "jawab@contoh.id", True)
    body = {"answer": "Kami minta maaf; hari ini selesai.", "code": proof(office, complaint)}
    first, again = (
        office.ask("POST", "/api/complaints/answering", body, **link(office, complaint), **KEY)
        for _ in range(2)
    )
    assert (first.status, first.text) == (200, again.text)
    followed = follow(office, complaint.number, "jawab@contoh.id").json
    assert (followed["state"], followed["answer"]) == ("answered", body["answer"])
    for method, path, sent in (
        ("GET", "", None),
        ("POST", "", body),
        ("POST", "/code", {}),
    ):
        told = office.ask(method, f"/api/complaints/answering{path}", sent, **link(office, complaint))
        assert told.code == "complaint_answered"


def test_no_answer_goes_out_without_the_code(office: Office) -> None:
    complaint = kept(office, complain(office, "kode@contoh.id"))
    body = {"answer": "Ya.", "code": ""}
    assert (
        office.ask("POST", "/api/complaints/answering", body, **link(office, complaint)).code
        == "proof_failed"
    )
    right = proof(office, complaint)
    wrong = {**body, "code": "000000" if right != "000000" else "000001"}
    assert (
        office.ask("POST", "/api/complaints/answering", wrong, **link(office, complaint)).code
        == "proof_failed"
    )
    empty = {"answer": "  ", "code": right}
    assert (
        office.ask("POST", "/api/complaints/answering", empty, **link(office, complaint)).code
        == "invalid_input"
    )
    assert office.desk.complaints.load(complaint.complaint_id) == complaint


def test_a_link_for_a_complaint_opens_nothing_else_and_no_other_link_opens_it(office: Office) -> None:
    complaint = kept(office, complain(office, "tautan@contoh.id"))
    case = office.open(office.applicant().sent(), "completeness_check")
    review = {"X_Sanggar_Link": office.link(case)}
    assert office.ask("GET", "/api/complaints/answering", **review).code == "link_misused"
    assert office.ask("GET", "/api/review", **link(office, complaint)).code == "link_misused"
    assert (
        office.ask("GET", "/api/complaints/answering", **link(office, complaint, expires=1)).code
        == "link_expired"
    )
    foreign = link(office, complaint, subject="kepala-1")
    assert office.ask("GET", "/api/complaints/answering", **foreign).code == "link_misused"
    assert office.ask("GET", "/api/complaints/answering").code == "link_missing"


def test_an_id_number_in_a_complaint_is_masked_before_it_is_kept(office: Office) -> None:
    told = complain(office, "nik@contoh.id", text=f"NIK saya {NATIONAL_ID}.", application_number=NATIONAL_ID)
    assert NATIONAL_ID not in str(office.desk.complaints.find(told.json["number"]).said.text)
    assert NATIONAL_ID not in kept(office, told).said.application_number


def test_the_mails_say_who_answers_and_nothing_of_the_complaint(office: Office) -> None:
    before = len(mails())
    told = complain(office, "surat@contoh.id", kind="payment")
    complaint = kept(office, told)
    delivering.deliver_case(office.desk, complaint.complaint_id)
    receipt, order = mails()[before:]
    assert receipt["To"] == "surat@contoh.id"
    assert complaint.number in receipt["Subject"]
    assert order["To"] == "ratna.palupi@kantor.contoh.id"
    assert "/pengaduan/jawab/#" in text_of(order)
    assert all("terlambat" not in text_of(mail) for mail in (receipt, order))
    assert "surat@" not in order.as_string()
    body = {"answer": "Tidak ada biaya.", "code": proof(office, complaint)}
    office.ask("POST", "/api/complaints/answering", body, **link(office, complaint))
    delivering.deliver_case(office.desk, complaint.complaint_id)
    (answer,) = mails()[before + 2 :]
    assert (answer["To"], "Tidak ada biaya." in text_of(answer)) == ("surat@contoh.id", True)
    assert list(outbox.pending_of(complaint.complaint_id)) == []


def test_who_left_a_phone_number_gets_no_mail(office: Office) -> None:
    before = len(mails())
    told = complain(office, "081234567009")
    assert told.json["mail_to"] is None
    delivering.deliver_case(office.desk, kept(office, told).complaint_id)
    assert [mail["To"] for mail in mails()[before:]] == ["laras.kinanti@kantor.contoh.id"]


def test_the_trail_of_a_complaint_is_whole_sealed_and_names_nobody(office: Office) -> None:
    complaint = kept(office, complain(office, "jejak@contoh.id"))
    entries = office.desk.complaints.entries(complaint.complaint_id)
    assert breaks(complaint.complaint_id, entries, complaint.head) == []
    assert "jejak@" not in str(entries)
    assert "Tolong" not in str(entries)
    trail.seal_today(office.desk)
    assert trail.verify_trail(office.desk).problems == ()


def test_all_complaints_of_a_contact_are_found_and_none_of_another(office: Office) -> None:
    told = [complain(office, "cari@contoh.id") for _ in range(2)]
    complain(office, "lain@contoh.id")
    found = office.desk.complaints.of_contact("cari@contoh.id")
    assert set(found) == {kept(office, one).complaint_id for one in told}

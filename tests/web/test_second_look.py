"""A second look: what changed, what was found late, and the mail that a decision would send."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest

from chalicelib.aws.outbox import pending_of
from chalicelib.steps.telling import letter
from local.person import text_of
from tests.web.office import FORM, NATIONAL_ID, Applicant, Office, with_document

STEP = "completeness_check"


def returned(office: Office, person: Applicant, *reasons: str) -> str:
    """An application with two documents, sent and returned for these reasons."""
    case_id = person.draft()
    for slot in ("ktp", "village_letter"):
        with_document(office.desk, case_id, slot, {"full_name": "Sari Contoh", "national_id": NATIONAL_ID})
    body = {"declared_true": True, "send_anyway": True}
    assert person.ask("POST", f"/{case_id}/submission", body).status == 200
    office.open(case_id, STEP)
    given = {"decision": "return", "reasons": list(reasons), "message": "Mohon diperbaiki."}
    assert office.decide(case_id, given).status == 200
    return case_id


def corrected(office: Office, person: Applicant, case_id: str) -> Any:
    """The correction sent, and what the officer sees at the second look."""
    assert person.ask("POST", f"/{case_id}/correction", {"send_anyway": True}).status == 200
    case = office.open(case_id, STEP)
    return office.ask("GET", "/api/review", X_Sanggar_Link=office.link(case)).json


def preview(office: Office, case_id: str, **ruling: Any) -> Any:
    link = office.link(office.case(case_id))
    return office.ask("POST", "/api/review/preview", ruling, X_Sanggar_Link=link)


def mailed(office: Office, case_id: str) -> tuple[str, list[str]]:
    """Subject and lines of the mail that waits for the applicant."""
    entry = next(one for one in pending_of(case_id) if one.notice == "returned")
    sent = letter(office.desk, office.case(case_id), entry)
    assert sent
    message = message_from_bytes(sent[1], policy=default)
    assert isinstance(message, EmailMessage)
    return str(message["Subject"]), text_of(message).splitlines()


def test_a_first_look_has_nothing_to_compare_with(office: Office) -> None:
    case = office.open(office.applicant().sent(), STEP)
    told = office.ask("GET", "/api/review", X_Sanggar_Link=office.link(case)).json
    assert told["changes"] is None
    assert not any(one["late"] for one in told["reasons"])


def test_a_second_look_shows_what_changed_and_nothing_else(office: Office) -> None:
    person = office.applicant()
    case_id = returned(office, person, "form_incorrect:field:village", "unreadable_document:ktp")
    form = {**FORM, "village": "Sumberrejo"}
    assert person.ask("PUT", f"/{case_id}/form", form).status == 200
    with_document(office.desk, case_id, "ktp", {}, upload_id="upload-2", sha256="11" * 32)
    changes = corrected(office, person, case_id)["changes"]
    assert changes["fields"] == [{"field": "village", "before": FORM["village"], "now": "Sumberrejo"}]
    (document,) = changes["documents"]
    assert (document["slot"], document["gone"]) == ("ktp", False)
    assert "upload-1/ktp/page-1.jpg" in document["before"][0]


def test_a_changed_id_number_is_shown_masked(office: Office) -> None:
    person = office.applicant()
    case_id = returned(office, person, "form_incorrect:field:national_id")
    other = NATIONAL_ID[:-1] + "2"
    assert person.ask("PUT", f"/{case_id}/form", {**FORM, "national_id": other}).status == 200
    told = corrected(office, person, case_id)
    assert told["changes"]["fields"][0]["field"] == "national_id"
    assert not {NATIONAL_ID, other} & set(str(told).split("'"))


def test_a_field_that_was_not_returned_is_locked_for_every_caller(office: Office) -> None:
    person = office.applicant()
    case_id = returned(office, person, "form_incorrect:field:village")
    before = office.case(case_id)
    told = person.ask("PUT", f"/{case_id}/form", {**FORM, "leader_name": "Orang Lain"})
    assert (told.status, told.code) == (409, "state_conflict")
    assert office.case(case_id) == before
    shown = person.ask("GET", f"/{case_id}").json["correction"]
    assert (shown["open_slots"], shown["open_fields"]) == ([], ["village"])
    assert shown["reasons"][0]["field"] == "village"
    assert "Desa/kelurahan" in shown["reasons"][0]["sentence"]["id"]
    upload = {"slot": "ktp", "content_type": "image/png", "size": 10}
    assert person.ask("POST", f"/{case_id}/uploads", upload).code == "state_conflict"


def test_a_document_that_differs_opens_the_field_it_is_compared_with(office: Office) -> None:
    person = office.applicant()
    case_id = returned(office, person, "name_mismatch:ktp")
    shown = person.ask("GET", f"/{case_id}").json["correction"]
    assert (shown["open_slots"], shown["open_fields"]) == (["ktp"], ["leader_name"])


@pytest.mark.parametrize(
    "reason", ["form_incorrect", "form_incorrect:field:secret", "name_mismatch:field:village"]
)
def test_a_reason_is_about_what_the_procedure_says(office: Office, reason: str) -> None:
    case_id = office.applicant().sent()
    office.open(case_id, STEP)
    told = office.decide(case_id, {"decision": "return", "reasons": [reason]})
    assert (told.status, told.code) == (422, "reason_unknown")


def test_what_was_overlooked_is_told_as_late_with_an_apology_and_counted(office: Office) -> None:
    person = office.applicant()
    case_id = returned(office, person, "form_incorrect:field:village")
    assert person.ask("PUT", f"/{case_id}/form", {**FORM, "village": "Sumberrejo"}).status == 200
    offered = corrected(office, person, case_id)["reasons"]
    late = {f"{one['code']}:{one['slot'] or one['field']}" for one in offered if one["late"]}
    assert "unreadable_document:ktp" in late
    assert "form_incorrect:village" not in late
    ruling = {"decision": "return", "reasons": ["unreadable_document:ktp"]}
    assert "Kami minta maaf" in preview(office, case_id, **ruling).json["text"]
    assert office.decide(case_id, ruling).status == 200
    correction = person.ask("GET", f"/{case_id}").json["correction"]
    assert correction["reasons"][0]["late"]
    assert "Kami minta maaf" in correction["apology"]["id"]
    lines = office.ask("GET", "/api/audit/cases", **office.auditor()).json["cases"]
    assert [one["found_late"] for one in lines if one["case_id"] == case_id] == [1]


def test_the_preview_is_the_very_mail_and_changes_nothing(office: Office) -> None:
    case_id = office.applicant().sent()
    office.open(case_id, STEP)
    before = office.case(case_id)
    ruling = {"decision": "return", "reasons": ["unreadable_document:ktp"], "message": "Foto ulang, ya."}
    shown = preview(office, case_id, **ruling).json
    assert office.case(case_id) == before
    assert office.decide(case_id, ruling).status == 200
    subject, text = mailed(office, case_id)
    assert subject == shown["subject"]
    assert "Foto ulang, ya." in shown["text"]
    private = [line for line in text if "/u/" in line]
    assert private
    assert not any(line in shown["text"] for line in private)
    assert [line for line in text if line not in private] == [
        line for line in shown["text"].splitlines() if "/u/" not in line
    ]


def test_the_preview_of_an_approval_has_no_mail(office: Office) -> None:
    case_id = office.applicant().sent()
    office.open(case_id, STEP)
    assert preview(office, case_id, decision="approve").json == {"subject": None, "text": None}


def test_a_preview_refuses_what_the_decision_would_refuse(office: Office) -> None:
    case_id = office.applicant().sent()
    office.open(case_id, STEP)
    assert preview(office, case_id, decision="return").code == "reason_missing"
    assert preview(office, case_id, decision="refuse", reasons=["outside_regency"]).code == "not_allowed"


def test_an_approval_over_marks_says_why_and_the_trail_keeps_a_hash_of_it(office: Office) -> None:
    case_id = office.applicant().sent()
    office.open(case_id, STEP)
    ruling = {"decision": "approve", "open_marks": ["leader_name:ktp"]}
    told = office.decide(case_id, ruling)
    assert (told.status, told.code) == (422, "marks_unexplained")
    assert office.decide(case_id, ruling | {"message": "Nama panggilan, orangnya sama."}).status == 200
    case = office.open(case_id, "verification")
    told = office.ask("GET", "/api/review", X_Sanggar_Link=office.link(case)).json["case"]["decisions"][-1]
    assert (told["open_marks"], told["message"]) == (["leader_name:ktp"], "Nama panggilan, orangnya sama.")
    trail = office.desk.cases.entries(case_id)
    entry = next(one for one in trail if one.action == "step.approve")
    assert entry.facts["open_marks"] == ["leader_name:ktp"]
    assert "panggilan" not in str(entry.facts)
    assert len(entry.facts["words_sha256"]) == 64

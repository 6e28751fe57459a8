"""Documents of earlier applications: one's own can be used again, and nobody else's can be touched."""

import hashlib

import pytest

from chalicelib.cases.case import Document
from tests.web.office import Applicant, Office, Told, with_document

CARD = b"\xff\xd8\xff the very picture that was sent before"


def sent_before(office: Office, person: Applicant, slot: str = "ktp") -> str:
    """An application that was sent with that document, whose file lies where it was kept."""
    case_id = person.draft()
    with_document(office.desk, case_id, slot, {"full_name": "Sari Contoh"})
    office.desk.files.write(
        office.desk.settings.documents_bucket, f"{case_id}/upload-1/{slot}/original", CARD, "image/jpeg"
    )
    body = {"declared_true": True, "send_anyway": True}
    assert person.ask("POST", f"/{case_id}/submission", body).status == 200
    return case_id


def reuse(person: Applicant, case_id: str, source: str, slot: str = "ktp") -> Told:
    """Asks for the earlier document in the new application."""
    return person.ask("POST", f"/{case_id}/documents/{slot}/reuse", {"case_id": source})


def placed(office: Office, case_id: str, slot: str = "ktp") -> Document:
    """What lies in the slot."""
    return office.case(case_id).documents[slot]


def test_an_earlier_document_is_offered_and_copied_to_be_read_anew(office: Office) -> None:
    person = office.applicant()
    source = sent_before(office, person)
    case_id = person.draft()
    offered = person.ask("GET", f"/{case_id}/earlier").json["documents"]
    assert offered["ktp"]["case_id"] == source
    assert offered["ktp"]["uploaded_at"] == "2026-11-24T09:00:00+07:00"
    assert set(offered) == {"ktp"}
    told = reuse(person, case_id, source)
    assert told.status == 200
    assert told.json["documents"]["ktp"]["state"] == "awaiting"
    place = placed(office, case_id)
    assert place.quarantine_key.startswith(f"{case_id}/{place.upload_id}/")
    copied = office.desk.files.read(office.desk.settings.quarantine_bucket, place.quarantine_key)
    assert hashlib.sha256(copied).digest() == hashlib.sha256(CARD).digest()
    entry = office.desk.cases.entries(case_id)[-1]
    assert (entry.action, entry.facts["taken_from"]) == ("document.offered", "upload-1")


def test_the_newest_of_each_slot_is_offered(office: Office) -> None:
    person = office.applicant()
    sent_before(office, person)
    office.hands.move(minutes=10)
    letter = sent_before(office, person, "village_letter")
    newest = sent_before(office, person)
    offered = person.ask("GET", f"/{person.draft()}/earlier").json["documents"]
    assert {slot: one["case_id"] for slot, one in offered.items()} == {
        "ktp": newest,
        "village_letter": letter,
    }


def test_nothing_is_offered_of_drafts_or_of_slots_that_are_not_needed(office: Office) -> None:
    person = office.applicant()
    draft = person.draft()
    with_document(office.desk, draft, "ktp", {})
    sent_before(office, person, "old_certificate")
    case_id = person.draft()
    assert person.ask("GET", f"/{case_id}/earlier").json == {"documents": {}}
    assert reuse(person, case_id, draft).code == "not_found"


def test_another_persons_documents_are_not_there(office: Office) -> None:
    owner, other = office.applicant(), office.applicant()
    source = sent_before(office, owner)
    case_id = other.draft()
    before = office.case(case_id)
    assert other.ask("GET", f"/{case_id}/earlier").json == {"documents": {}}
    foreign, unknown = reuse(other, case_id, source), reuse(other, case_id, "case-" + "0" * 32)
    assert foreign.text.replace('"what":"document","slot":"ktp"', "") == unknown.text
    assert foreign.code == "not_found"
    assert office.case(case_id) == before
    mine = sent_before(office, other)
    assert reuse(other, office.applicant().draft(), mine).code == "not_found"
    assert other.ask("GET", f"/{source}/earlier").code == "not_found"


def test_a_case_is_no_earlier_one_of_itself(office: Office) -> None:
    person = office.applicant()
    source = sent_before(office, person)
    assert person.ask("GET", f"/{source}/earlier").json == {"documents": {}}
    assert reuse(person, source, source).code == "not_found"


@pytest.mark.parametrize("slot", ["village_letter", "passport", "board_roster"])
def test_what_was_not_sent_is_not_there(office: Office, slot: str) -> None:
    person = office.applicant()
    source = sent_before(office, person)
    case_id = person.draft()
    assert reuse(person, case_id, source, slot).code == "not_found"
    assert office.case(case_id).documents == {}


def test_a_file_that_is_gone_leaves_the_slot_empty(office: Office) -> None:
    person = office.applicant()
    case_id = person.draft()
    with_document(office.desk, case_id, "ktp", {})
    body = {"declared_true": True, "send_anyway": True}
    assert person.ask("POST", f"/{case_id}/submission", body).status == 200
    fresh = person.draft()
    assert reuse(person, fresh, case_id).code == "not_found"
    assert office.case(fresh).documents == {}


def test_an_application_that_was_sent_takes_none(office: Office) -> None:
    person = office.applicant()
    source = sent_before(office, person)
    assert reuse(person, person.sent(), source).code == "state_conflict"

"""A document that lies in the wrong slot is moved, with its file and its inspection."""

from datetime import datetime

import msgspec
import pytest

from chalicelib.cases import uploading
from chalicelib.cases.case import Case
from chalicelib.cases.change import Change
from chalicelib.documents.types import Kind
from chalicelib.steps.desk import change_case
from tests.web.office import Applicant, Office, Told, with_document

READ = {"group_name": "Sanggar Uji Coba", "leader_name": "Sari Contoh"}


def _move(person: Applicant, case_id: str, slot: str, to: str, key: str = "") -> Told:
    headers = {"Idempotency_Key": key} if key else {}
    return person.ask("POST", f"/{case_id}/documents/{slot}/move", {"to": to}, **headers)


def _misplaced(office: Office, person: Applicant) -> str:
    """A draft whose roster lies in the place of the ID card."""
    case_id = person.draft()
    with_document(office.desk, case_id, "ktp", READ, kind=Kind.BOARD_ROSTER)
    return case_id


def test_the_finding_says_where_the_document_belongs_and_moving_it_settles_that(office: Office) -> None:
    person = office.applicant()
    case_id = _misplaced(office, person)
    before = office.case(case_id)
    found = person.ask("GET", f"/{case_id}").json["findings"]
    (wrong,) = [one for one in found if one["code"] == "wrong_document"]
    assert wrong["belongs_to"] == "board_roster"
    assert "sepertinya Susunan Pengurus" in wrong["sentence"]["id"]
    shown = _move(person, case_id, wrong["slot"], wrong["belongs_to"]).json
    assert "wrong_document" not in [one["code"] for one in shown["findings"]]
    after = office.case(case_id)
    assert list(after.documents) == ["board_roster"]
    assert msgspec.structs.replace(after.documents["board_roster"], slot="ktp") == before.documents["ktp"]
    assert after.version == before.version + 1
    session = office.auditor()
    entry = office.ask("GET", f"/api/audit/cases/{case_id}", **session).json["timeline"][-1]
    assert entry["action"] == "document.moved"
    assert entry["facts"] == {"slot": "ktp", "to": "board_roster", "upload_id": "upload-1"}


def test_two_documents_in_each_others_place_are_exchanged(office: Office) -> None:
    person = office.applicant()
    case_id = _misplaced(office, person)
    with_document(office.desk, case_id, "board_roster", {"full_name": "SARI CONTOH"}, kind=Kind.KTP)
    shown = _move(person, case_id, "ktp", "board_roster").json
    assert {slot: one["kind"] for slot, one in shown["documents"].items()} == {
        "ktp": "ktp",
        "board_roster": "board_roster",
    }
    assert "wrong_document" not in [one["code"] for one in shown["findings"]]


def test_the_same_request_moves_only_once(office: Office) -> None:
    person = office.applicant()
    case_id = _misplaced(office, person)
    key = "moving-once-0000001"
    first = _move(person, case_id, "ktp", "board_roster", key)
    again = _move(person, case_id, "ktp", "board_roster", key)
    assert first.text == again.text
    assert list(office.case(case_id).documents) == ["board_roster"]
    assert _move(person, case_id, "ktp", "village_letter", key).code == "request_key_reused"


def test_an_empty_slot_has_nothing_to_move(office: Office) -> None:
    person = office.applicant()
    assert _move(person, person.draft(), "ktp", "board_roster").code == "not_found"


@pytest.mark.parametrize("to", ["ktp", "old_certificate", "elsewhere"])
def test_a_place_that_this_application_does_not_have_is_refused_with_those_it_has(
    office: Office, to: str
) -> None:
    person = office.applicant()
    case_id = _misplaced(office, person)
    told = _move(person, case_id, "ktp", to)
    assert told.code == "invalid_input"
    assert told.json["facts"] == {"where": "to", "allowed": ["village_letter", "board_roster"]}
    assert list(office.case(case_id).documents) == ["ktp"]


def test_a_document_that_is_still_being_read_stays_where_it_is(office: Office) -> None:
    person = office.applicant()
    case_id = _misplaced(office, person)
    upload = {"slot": "board_roster", "content_type": "image/png", "size": 10}
    assert person.ask("POST", f"/{case_id}/uploads", upload).status == 201
    told = _move(person, case_id, "ktp", "board_roster")
    assert (told.code, told.json["facts"]) == ("documents_unfinished", {"slots": ["board_roster"]})
    assert office.case(case_id).documents["ktp"].state == "inspected"


def test_an_inspection_that_comes_twice_does_not_follow_the_document(office: Office) -> None:
    person = office.applicant()
    case_id = _misplaced(office, person)
    inspected = office.case(case_id).documents["ktp"]
    assert _move(person, case_id, "ktp", "board_roster").status == 200
    moved = office.case(case_id)

    def late(case: Case, at: datetime) -> Change | None:
        return uploading.receive_inspection(case, "upload-1", inspected, at)

    assert change_case(office.desk, case_id, late) == moved


def test_nothing_is_moved_once_the_application_was_sent(office: Office) -> None:
    person = office.applicant()
    case_id = _misplaced(office, person)
    body = {"declared_true": True, "send_anyway": True}
    assert person.ask("POST", f"/{case_id}/submission", body).status == 200
    before = office.case(case_id)
    assert _move(person, case_id, "ktp", "board_roster").code == "state_conflict"
    assert office.case(case_id) == before

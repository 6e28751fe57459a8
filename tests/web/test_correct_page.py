"""A returned application: only what was returned is open, and its old pictures are there for its applicant alone."""

from urllib.parse import urlsplit

import pytest

from tests.web.office import NATIONAL_ID, Applicant, Office, with_document

RETURN = {
    "decision": "return",
    "reasons": ["unreadable_document:ktp"],
    "message": "Foto ulang di tempat terang.",
}


def returned(office: Office, person: Applicant, *reasons: str) -> str:
    """An application with two documents, of which the KTP was returned, or what the reasons name."""
    case_id = person.draft()
    for slot in ("ktp", "village_letter"):
        with_document(office.desk, case_id, slot, {"full_name": "Sari Contoh", "national_id": NATIONAL_ID})
    body = {"declared_true": True, "send_anyway": True}
    assert person.ask("POST", f"/{case_id}/submission", body).status == 200
    office.open(case_id, "completeness_check")
    assert office.decide(case_id, RETURN | ({"reasons": list(reasons)} if reasons else {})).status == 200
    return case_id


def test_what_was_not_returned_stays_as_it_was_judged(office: Office) -> None:
    person = office.applicant()
    case_id = returned(office, person)
    before = office.case(case_id)
    upload = {"content_type": "image/png", "size": 10}
    refused = [
        person.ask("POST", f"/{case_id}/uploads", {"slot": "village_letter", **upload}),
        person.ask("DELETE", f"/{case_id}/documents/village_letter"),
        person.ask("POST", f"/{case_id}/documents/village_letter/move", {"to": "ktp"}),
        person.ask("POST", f"/{case_id}/documents/ktp/move", {"to": "village_letter"}),
    ]
    assert {told.code for told in refused} == {"state_conflict"}
    assert office.case(case_id) == before
    assert person.ask("POST", f"/{case_id}/uploads", {"slot": "ktp", **upload}).status == 201


@pytest.mark.parametrize(
    ("reasons", "slot"),
    [
        (["missing_document:village_letter"], "village_letter"),
        (["group_mismatch:village_letter"], "village_letter"),
    ],
)
def test_a_return_opens_what_its_reasons_name(office: Office, reasons: list[str], slot: str) -> None:
    person = office.applicant()
    case_id = returned(office, person, *reasons)
    upload = {"slot": slot, "content_type": "image/png", "size": 10}
    assert person.ask("POST", f"/{case_id}/uploads", upload).status == 201


def test_the_old_pictures_stay_beside_the_new_ones(office: Office) -> None:
    person = office.applicant()
    case_id = returned(office, person)
    first = person.ask("GET", f"/{case_id}/documents/ktp/pictures").json
    assert [urlsplit(url).path.rpartition(case_id)[2] for url in first["before"]] == [
        "/upload-1/ktp/page-1.jpg"
    ]
    assert first["now"] == []
    upload = {"slot": "ktp", "content_type": "image/png", "size": 10}
    assert person.ask("POST", f"/{case_id}/uploads", upload).status == 201
    assert person.ask("GET", f"/{case_id}/documents/ktp/pictures").json["now"] == []
    assert person.ask("DELETE", f"/{case_id}/documents/ktp").status == 200
    with_document(office.desk, case_id, "ktp", {}, upload_id="upload-2")
    second = person.ask("GET", f"/{case_id}/documents/ktp/pictures").json
    assert "upload-1/ktp/page-1.jpg" in second["before"][0]
    assert "upload-2/ktp/page-1.jpg" in second["now"][0]


def test_an_address_of_a_picture_names_nobody_and_lasts_minutes(office: Office) -> None:
    person = office.applicant()
    case_id = returned(office, person)
    (url,) = person.ask("GET", f"/{case_id}/documents/ktp/pictures").json["before"]
    assert "Expires=300" in url
    for personal in (
        person.session,
        person.email,
        "pemohon",
        "Sari",
        NATIONAL_ID,
        office.case(case_id).number,
    ):
        assert personal not in url
    assert office.case(case_id).tracking_code not in url


def test_pictures_are_for_the_applicant_alone_and_for_what_was_returned(office: Office) -> None:
    person, other = office.applicant(), office.applicant()
    case_id = returned(office, person)
    assert other.ask("GET", f"/{case_id}/documents/ktp/pictures").code == "not_found"
    assert person.ask("GET", f"/{case_id}/documents/village_letter/pictures").code == "not_found"
    assert person.ask("GET", f"/{person.draft()}/documents/ktp/pictures").code == "not_found"

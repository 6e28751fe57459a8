"""Uploading without script: what a page shows, where its form leads, and what was read in the file."""

import re
from urllib.parse import urlencode

import msgspec
import pytest

from chalicelib.cases import uploading
from tests.infrastructure.calls import policy_of
from tests.web.office import NATIONAL_ID, Office, with_document
from tests.web.plain_uploads import LANGUAGES, RETURN, fields, link, press, read, returned, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_opens_all_documents_that_it_needs(office: Office, language: str) -> None:
    case_id = office.applicant().draft()
    page = office.ask("GET", f"{language}/u/{link(office, case_id)}")
    assert page.status == 200
    assert re.findall(r'id="(\w+)-begin"', page.text) == ["ktp", "village_letter", "board_roster"]
    other = "/u/" if language else "/en/u/"
    assert f'href="{other}{link(office, case_id)}"' in page.text


def test_a_returned_application_opens_what_was_returned_with_the_officers_words(office: Office) -> None:
    case_id = returned(office, office.applicant())
    page = office.ask("GET", f"/u/{link(office, case_id)}")
    assert re.findall(r'id="(\w+)-begin"', page.text) == ["ktp"]
    assert "Foto ulang seluruh halaman di tempat terang" in words(page)
    assert "Foto terlalu gelap, <b>ulangi</b>." in words(page)
    assert "<b>ulangi" not in page.text
    closed = office.ask("GET", f"/u/{link(office, case_id)}/board_roster")
    assert (closed.status, closed.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    before = office.case(case_id)
    assert press(office, f"/u/{link(office, case_id)}/board_roster").status == 404
    assert office.case(case_id) == before


def test_a_return_of_an_answer_opens_no_document_and_says_which_answer(office: Office) -> None:
    case_id = office.applicant().sent()
    office.open(case_id, "completeness_check")
    assert office.decide(case_id, {**RETURN, "reasons": ["form_incomplete:field:village"]}).status == 200
    page = office.ask("GET", f"/u/{link(office, case_id)}")
    assert re.findall(r'id="(\w+)-begin"', page.text) == []
    assert "Isian “Desa/kelurahan” belum lengkap" in words(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_leads_to_s3_and_back_to_the_page(office: Office, language: str) -> None:
    case_id = office.applicant().draft()
    address = f"{language}/u/{link(office, case_id)}/ktp"
    begun = press(office, address)
    assert (begun.status, begun.headers["Location"]) == (303, address)
    page = office.ask("GET", address)
    sent = fields(page)
    document = office.case(case_id).documents["ktp"]
    assert sent["key"] == document.quarantine_key
    assert sent["success_action_redirect"] == f"{office.desk.settings.site_url}{address}"
    conditions = policy_of(sent)["conditions"]
    assert {"success_action_redirect": sent["success_action_redirect"]} in conditions
    assert {"Content-Type": "application/octet-stream"} in conditions
    assert ["content-length-range", 1, 10 * 1024 * 1024] in conditions
    (to,) = re.findall(r'<form id="file-form" method="post" action="([^"]+)"', page.text)
    origin = "/".join(to.split("/")[:3])
    allowed = re.findall(r"form-action ([^;]+);", page.headers["Content-Security-Policy"])
    assert allowed == [f"'self' {origin}"]


def test_looking_changes_nothing_and_signs_afresh(office: Office) -> None:
    case_id = office.applicant().draft()
    token = link(office, case_id)
    press(office, f"/u/{token}/ktp")
    before = office.case(case_id)
    for method in ("GET", "HEAD", "GET", "PUT", "DELETE"):
        for path in ("", "/ktp", "/village_letter", "/ktp?key=x"):
            office.ask(method, f"/u/{token}{path}")
    first = fields(office.ask("GET", f"/u/{token}/ktp"))
    assert first["key"] == before.documents["ktp"].quarantine_key
    assert office.case(case_id) == before


def test_a_file_that_has_come_is_waited_for_until_it_is_read(office: Office) -> None:
    case_id = office.applicant().draft()
    address = f"/u/{link(office, case_id)}/ktp"
    press(office, address)
    key = office.case(case_id).documents["ktp"].quarantine_key
    back = f"{address}?{urlencode({'bucket': 'b', 'key': key, 'etag': 'e'})}"
    page = office.ask("GET", back)
    assert "Memeriksa dokumen… biasanya kurang dari 10 detik" in words(page)
    assert page.headers["Refresh"] == "3"
    other = office.ask("GET", f"{address}?key={case_id}/other/ktp")
    assert "Refresh" not in other.headers
    assert 'id="file-form"' in other.text
    read(office, case_id, "ktp", fields={})
    done = office.ask("GET", back)
    assert "Refresh" not in done.headers
    assert 'id="ktp-begin"' in done.text


def test_another_file_by_the_same_form_is_waited_for(office: Office) -> None:
    case_id = office.applicant().draft()
    address = f"/u/{link(office, case_id)}/ktp"
    press(office, address)
    read(office, case_id, "ktp", fault="damaged", fields={}, etag="first")
    key = office.case(case_id).documents["ktp"].quarantine_key
    same = office.ask("GET", f"{address}?{urlencode({'key': key, 'etag': 'first'})}")
    assert "tidak bisa dibuka" in words(same)
    other = office.ask("GET", f"{address}?{urlencode({'key': key, 'etag': 'second'})}")
    assert other.headers["Refresh"] == "3"
    read(office, case_id, "ktp", fields={}, etag="second")
    assert office.case(case_id).documents["ktp"].state == "inspected"
    before = office.case(case_id)
    read(office, case_id, "ktp", fault="damaged", fields={}, etag="second")
    assert office.case(case_id) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_read_and_found_is_said(office: Office, language: str) -> None:
    case_id = office.applicant().draft()
    with_document(office.desk, case_id, "ktp", {"full_name": "SARI <i>LAIN", "national_id": NATIONAL_ID})
    page = office.ask("GET", f"{language}/u/{link(office, case_id)}/ktp")
    said = words(page)
    assert "SARI <i>LAIN" in said
    assert "<i>LAIN" not in page.text
    assert "3514…0001" in said
    assert NATIONAL_ID not in page.text
    assert 'id="ktp-findings"' in page.text
    assert ("Look again" in said or "Check" in said) if language else "Periksa lagi" in said


FAULTS = {
    "wrong_type": "KTP Ketua harus berupa foto (JPG, PNG, WebP) atau PDF.",
    "empty": "Berkas KTP Ketua kosong.",
    "damaged": "Berkas KTP Ketua tidak bisa dibuka. Pilih berkas lain.",
    "locked": "Berkas ini dikunci kata sandi. Simpan tanpa kata sandi, lalu unggah lagi.",
    "too_large": "KTP Ketua lebih besar dari 10 MB",
    "heic_photo": "Foto HEIC dari iPhone tidak bisa dibuka.",
    "too_many_pages": "KTP Ketua terlalu banyak halaman.",
    "timed_out": "KTP Ketua terlalu lama dibaca.",
    "virus": "Berkas ini berbahaya dan tidak disimpan.",
    "a_new_one": "Berkas KTP Ketua tidak dapat dipakai. Pilih berkas lain.",
}


@pytest.mark.parametrize(("fault", "sentence"), FAULTS.items())
def test_each_bad_file_has_its_sentence_and_another_try(office: Office, fault: str, sentence: str) -> None:
    case_id = office.applicant().draft()
    address = f"/u/{link(office, case_id)}/ktp"
    press(office, address)
    read(office, case_id, "ktp", fault=fault, fields={})
    page = office.ask("GET", address)
    assert sentence in words(page)
    assert "Unggah KTP Ketua" in words(page)
    assert press(office, address).status == 303
    assert office.case(case_id).documents["ktp"].state == "awaiting"


@pytest.mark.parametrize("look", ["dark", "blurred", "cut_off", "glare", "small"])
def test_what_makes_a_photo_hard_to_read_is_said(office: Office, look: str) -> None:
    case_id = office.applicant().draft()
    address = f"/u/{link(office, case_id)}/ktp"
    press(office, address)
    read(office, case_id, "ktp", quality=(look,), fields={})
    assert "lalu foto lagi." in words(office.ask("GET", address))


def test_uploads_of_one_case_have_an_end(office: Office) -> None:
    case_id = office.applicant().draft()
    address = f"/u/{link(office, case_id)}/ktp"
    statuses = {press(office, address).status for _ in range(245)}
    assert statuses == {303, 429}


def test_a_place_to_which_nothing_came_keeps_nobody_from_sending(office: Office) -> None:
    person = office.applicant()
    case_id = person.draft()
    press(office, f"/u/{link(office, case_id)}/ktp")
    body = {"declared_true": True, "send_anyway": True}
    assert person.ask("POST", f"/{case_id}/submission", body).code == "documents_unfinished"
    place = office.case(case_id).documents["ktp"]
    office.hands.move(minutes=31)
    lacking = person.ask("POST", f"/{case_id}/submission", {"declared_true": True})
    assert (lacking.code, "ktp" in lacking.json["facts"]["slots"]) == ("documents_missing", True)
    assert person.ask("POST", f"/{case_id}/submission", body).status == 200
    before = office.case(case_id)
    assert before.documents == {}
    found = msgspec.structs.replace(place, state="inspected")
    assert uploading.receive_inspection(before, place.upload_id, found, office.desk.clock.now()) is None

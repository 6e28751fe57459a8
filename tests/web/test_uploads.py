"""Uploading without script: what a link opens, what it never changes, and when it opens nothing."""

import json
import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import msgspec
import pytest

from chalicelib.accounts.tries import TRIES
from chalicelib.cases import uploading
from chalicelib.cases.case import Case
from chalicelib.documents.types import Inspection, Kind
from chalicelib.links.signing import sign, verify
from chalicelib.steps.desk import change_case
from chalicelib.steps.review import REVIEW
from chalicelib.steps.upload_links import UPLOAD, upload_token
from chalicelib.tasks import deliveries
from chalicelib.web.routes import FORM
from tests.crashes.walk import mails
from tests.infrastructure.calls import policy_of
from tests.web.office import NATIONAL_ID, Applicant, Office, Told, with_document

LANGUAGES = ("", "/en")
RETURN = {
    "decision": "return",
    "reasons": ["unreadable_document:ktp"],
    "message": "Foto terlalu gelap, <b>ulangi</b>.",
}


def link(office: Office, case_id: str) -> str:
    """The applicant's own link, as it is mailed now."""
    return upload_token(office.desk, office.case(case_id), at=office.desk.clock.now(), name="n" * 24)


def words(told: Told) -> str:
    """What is read on the page."""
    return unescape(re.sub(r"<[^>]+>", " ", told.text.split("</style>")[1]))


def press(office: Office, address: str) -> Told:
    """A button of a page, as a browser without script sends it."""
    return office.ask("POST", address, "", Content_Type=FORM)


def returned(office: Office, person: Applicant) -> str:
    """A case whose KTP was returned."""
    case_id = person.sent()
    office.open(case_id, "completeness_check")
    assert office.decide(case_id, RETURN).status == 200
    return case_id


def fields(told: Told) -> dict[str, str]:
    """The hidden fields of the form on the page."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', told.text)
    return {name: unescape(value) for name, value in found}


def read(office: Office, case_id: str, slot: str, *, etag: str = "", **inspection: Any) -> None:
    """What the inspection finds in the document that lies in the slot."""

    def rule(case: Case, at: Any) -> Any:
        reading = Inspection(
            kind=Kind(slot), kind_confidence=1.0, content_type="image/jpeg", pages=1, **inspection
        )
        state = "refused" if reading.fault else "inspected"
        found = msgspec.structs.replace(case.documents[slot], state=state, inspection=reading, etag=etag)
        return uploading.receive_inspection(case, found.upload_id, found, at)

    change_case(office.desk, case_id, rule)


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


def test_a_return_of_the_whole_form_opens_every_document(office: Office) -> None:
    case_id = office.applicant().sent()
    office.open(case_id, "completeness_check")
    assert (
        office.decide(case_id, {**RETURN, "reasons": ["form_incomplete", "missing_document:ktp"]}).status
        == 200
    )
    page = office.ask("GET", f"/u/{link(office, case_id)}")
    assert re.findall(r'id="(\w+)-begin"', page.text) == ["ktp", "village_letter", "board_roster"]


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


@pytest.fixture(scope="module")
def draft(_office: Office) -> str:
    """A draft that no test here may change."""
    return _office.applicant().draft()


def _everywhere(office: Office, token: str) -> list[Told]:
    return [
        told
        for language in LANGUAGES
        for told in (
            office.ask("GET", f"{language}/u/{token}"),
            office.ask("GET", f"{language}/u/{token}/ktp"),
            press(office, f"{language}/u/{token}/ktp"),
        )
    ]


def _refused(office: Office, case_id: str, token: str, status: int, sentence: str) -> None:
    before = office.case(case_id)
    pages = _everywhere(office, token)
    assert {page.status for page in pages} == {status}
    assert sentence in words(pages[0])
    assert all(f'class="button" href="{at}u"' in page.text for page, at in zip(pages, "/" * 3, strict=False))
    assert office.case(case_id) == before


def test_an_expired_link_opens_nothing(office: Office, draft: str) -> None:
    token = link(office, draft)
    office.hands.move(days=3)
    _refused(office, draft, token, 410, "Tautan ini sudah tidak berlaku. Minta tautan baru.")


@pytest.mark.parametrize(
    "how", [lambda t: t[:-1], lambda t: f"{t}x", lambda t: t.swapcase(), lambda t: f"é{t}"]
)
def test_an_altered_link_opens_nothing(office: Office, draft: str, how: Any) -> None:
    _refused(office, draft, how(link(office, draft)), 403, "Sebagian tautan hilang atau berubah.")


@pytest.mark.parametrize(
    "other",
    [{"purpose": REVIEW}, {"purpose": "session"}, {"subject": "x" * 24}, {"case": "case-" + "0" * 32}],
    ids=str,
)
def test_a_link_for_something_else_opens_nothing(office: Office, draft: str, other: dict[str, Any]) -> None:
    keyring = office.desk.keyring()
    claims = verify(link(office, draft), UPLOAD, keyring, office.desk.clock.now())
    token = sign(msgspec.structs.replace(claims, **other), keyring)
    _refused(office, draft, token, 403, "Tautan ini dibuat untuk keperluan lain.")


def test_a_link_opens_nothing_else(office: Office, draft: str) -> None:
    token = link(office, draft)
    assert office.ask("GET", "/api/review", X_Sanggar_Link=token).code == "link_misused"
    told = office.ask("GET", "/api/applications", Authorization=f"Bearer {token}")
    assert told.code == "session_invalid"


def test_a_link_is_spent_when_the_case_moves_on(office: Office) -> None:
    person = office.applicant()
    case_id = person.draft()
    of_draft = link(office, case_id)
    body = {"declared_true": True, "send_anyway": True}
    assert person.ask("POST", f"/{case_id}/submission", body).status == 200
    _refused(office, case_id, of_draft, 409, "Permohonan ini sudah dikirim atau berpindah.")
    office.open(case_id, "completeness_check")
    office.decide(case_id, RETURN)
    _refused(office, case_id, of_draft, 409, "Permohonan ini sudah dikirim atau berpindah.")
    of_correction = link(office, case_id)
    assert office.ask("GET", f"/u/{of_correction}").status == 200
    assert person.ask("POST", f"/{case_id}/correction", {"send_anyway": True}).status == 200
    _refused(office, case_id, of_correction, 409, "Permohonan ini sudah dikirim atau berpindah.")
    office.open(case_id, "completeness_check")
    office.decide(case_id, RETURN)
    _refused(office, case_id, of_correction, 409, "Permohonan ini sudah dikirim atau berpindah.")


def test_a_withdrawn_draft_opens_nothing(office: Office) -> None:
    person = office.applicant()
    case_id = person.draft()
    token = link(office, case_id)
    assert person.ask("POST", f"/{case_id}/withdrawal", {}).status == 200
    _refused(office, case_id, token, 409, "Permohonan ini sudah dikirim atau berpindah.")


def test_uploads_of_one_case_have_an_end(office: Office) -> None:
    case_id = office.applicant().draft()
    address = f"/u/{link(office, case_id)}/ktp"
    statuses = {press(office, address).status for _ in range(245)}
    assert statuses == {303, 429}


class Outbox:
    """What the delivery function is asked to do, and does when it is told to."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def send(self, **event: str) -> list[str]:
        """The links that one event mails."""
        before = len(mails())
        deliveries.deliver(
            {"at": self._office.desk.clock.now().isoformat(), "name": "m" * 24, **event}, self._office.desk
        )
        return [found for mail in mails()[before:] for found in re.findall(r"/u/(\S+)", mail.get_content())]


@pytest.fixture
def outbox(office: Office) -> Outbox:
    """The deliveries of this office."""
    return Outbox(office)


def test_a_link_comes_by_mail_for_each_open_case_and_to_its_own_applicant(
    office: Office, outbox: Outbox
) -> None:
    person = office.applicant()
    drafts = {person.draft(), person.draft(), returned(office, person)}
    person.sent()
    account = office.case(next(iter(drafts))).applicant_id
    tokens = outbox.send(applicant_id=account)
    opened = [verify(token, UPLOAD, office.desk.keyring(), office.desk.clock.now()) for token in tokens]
    assert {claims.case for claims in opened} == drafts
    assert all(office.ask("GET", f"/u/{token}").status == 200 for token in tokens)
    assert {mail["To"] for mail in mails()[-3:]} == {person.email}


def test_an_account_that_is_none_is_mailed_nothing(outbox: Outbox) -> None:
    assert outbox.send(applicant_id="0" * 24) == []


def ask(office: Office, email: str, language: str = "") -> Told:
    """The form for a mail address as a browser sends it."""
    return office.ask("POST", f"{language}/u", urlencode({"email": email}), Content_Type=FORM)


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_asks_for_links_learns_nothing_of_the_address(office: Office, language: str) -> None:
    assert office.ask("GET", f"{language}/u").status == 200
    person = office.applicant()
    person.draft()
    known, unknown = ask(office, person.email, language), ask(office, "bukan.siapa@contoh.id", language)
    assert (known.status, known.text, known.headers) == (unknown.status, unknown.text, unknown.headers)
    assert known.status == 200


def test_asking_has_an_end_alike_for_every_address(office: Office) -> None:
    person = office.applicant()
    person.draft()
    for email in (person.email, "tidak.dikenal@contoh.id"):
        assert [ask(office, email).status for _ in range(TRIES + 1)] == [200] * TRIES + [429]
        assert "Coba lagi Selasa, 24 November 2026, pukul 09.15 WIB" in words(ask(office, email))
    office.hands.move(minutes=15)
    assert ask(office, person.email).status == 200


@pytest.mark.parametrize(
    "typed",
    ["", "tanpa-at", "a@b", "a@contoh.id\nBcc: b@contoh.id", "<script>@contoh.id", "a" * 290 + "@c.id"],
)
def test_an_address_that_is_none_is_told_and_not_written_back(office: Office, typed: str) -> None:
    told = ask(office, typed)
    assert told.status == 400
    assert "Tulis alamat email yang benar" in words(told)
    assert not typed or typed not in unescape(told.text).split("</style>")[1]


def test_the_mail_of_a_returned_application_holds_the_link(office: Office) -> None:
    case_id = returned(office, office.applicant())
    before = len(mails())
    deliveries.deliver({"case_id": case_id}, office.desk)
    (letter,) = [mail for mail in mails()[before:] if "diperbaiki" in mail["Subject"]]
    (token,) = set(re.findall(r"/u/(\S+)", letter.get_content()))
    claims = verify(token, UPLOAD, office.desk.keyring(), office.desk.clock.now())
    correction = office.case(case_id).correction
    assert correction is not None
    assert claims.expires == int(correction.until.timestamp())
    assert office.ask("GET", f"/u/{token}").status == 200
    assert json.dumps(msgspec.to_builtins(claims)).find("@") == -1


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

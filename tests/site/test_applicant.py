"""An applicant's way through the pages, in a phone's window."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.site import answers, photos
from tests.site.office import Office, Refusal

pytestmark = pytest.mark.browser
CASE = "/permohonan/isi/#c1"
PAPERS, SEND = f"{CASE}/dokumen", f"{CASE}/kirim"
MARKUP = "<img src=x onerror=document.title='broken'>"


def filled(office: Office) -> None:
    """A draft that lacks nothing but documents."""
    office.app["form"] = dict(answers.FORM)


def photo(tmp_path: Path) -> str:
    """A small PDF: it is sent as it is."""
    file = tmp_path / "ktp.pdf"
    file.write_bytes(b"%PDF-1.4 made up")
    return str(file)


def test_a_person_signs_in_with_a_mailed_code(page: Page, office: Office) -> None:
    page.goto("/permohonan/")
    page.fill("#email", "siti@contoh.id")
    page.click("#send-code")
    expect(page.locator("#code-sent")).to_contain_text("s***@contoh.id")
    page.fill("#code", "000000")
    page.click("#verify-code")
    expect(page.locator("#problem")).to_contain_text("Kode tidak cocok")
    page.fill("#code", "123 456")
    page.click("#verify-code")
    expect(page.locator("#signed-in-as")).to_contain_text("Siti Rahayu")


def test_a_phone_whose_clock_is_years_ahead_stays_signed_in(page: Page) -> None:
    page.clock.set_system_time("2035-01-01T00:00:00+07:00")
    page.goto("/permohonan/")
    page.fill("#email", "siti@contoh.id")
    page.click("#send-code")
    page.fill("#code", "123456")
    page.click("#verify-code")
    expect(page.locator("#signed-in-as")).to_contain_text("Siti Rahayu")
    page.reload()
    expect(page.locator("#application-list")).to_contain_text("Draf")
    expect(page.locator("#offline")).to_be_hidden()


def test_registration_names_every_fault_beside_its_field(page: Page) -> None:
    page.goto("/masuk/#daftar")
    page.click("#send-code")
    expect(page.locator("#problem")).to_be_focused()
    expect(page.locator("#problem li")).to_have_count(4)
    page.click("#problem a >> nth=1")
    expect(page.locator("#phone")).to_be_focused()
    expect(page.locator("#phone-error")).to_contain_text("nomor HP")
    assert page.title().startswith("Galat: ")


def test_a_renewal_is_started_by_one_question(signed_in: Page, office: Office) -> None:
    signed_in.goto("/permohonan/")
    signed_in.click("#start-application")
    signed_in.click("#go-on")
    expect(signed_in.locator("#problem")).to_contain_text("Pilih salah satu")
    assert office.sent("POST", "/api/applications") == []
    signed_in.check("#type-renewal")
    signed_in.click("#go-on")
    expect(signed_in.locator("#previous_permit_number")).to_be_visible()
    signed_in.goto(PAPERS)
    expect(signed_in.get_by_test_id("slot-old_certificate")).to_be_visible()
    assert len(office.sent("POST", "/api/applications")[0].headers["Idempotency-Key"]) == 36


def test_the_skip_link_does_not_forget_which_application_is_open(signed_in: Page) -> None:
    signed_in.goto(CASE)
    signed_in.keyboard.press("Tab")
    signed_in.keyboard.press("Enter")
    expect(signed_in.locator("main")).to_be_focused()
    signed_in.reload()
    expect(signed_in.locator("#case-title")).to_have_text("Isi permohonan")


def test_another_application_opens_in_the_same_tab(signed_in: Page, office: Office) -> None:
    signed_in.goto("/permohonan/isi/#c0")
    expect(signed_in.locator("#problem")).to_be_visible()
    signed_in.goto(CASE)
    expect(signed_in.locator("#case-title")).to_have_text("Isi permohonan")


def test_an_uploaded_document_shows_what_was_read_and_found(
    signed_in: Page, office: Office, tmp_path: Path
) -> None:
    filled(office)
    office.findings = [answers.MISMATCH]
    signed_in.goto(PAPERS)
    signed_in.set_input_files("#village_letter-file", photo(tmp_path))
    card = signed_in.get_by_test_id("slot-village_letter")
    expect(card).to_contain_text("Memeriksa dokumen…")
    expect(card).to_contain_text("3514…0001")
    expect(card).to_contain_text("berbeda dari isian")
    upload = office.sent("POST", "/bucket")[0].body
    assert upload.index('name="key"') < upload.index('name="file"')


def test_a_document_in_the_wrong_place_is_moved_without_another_upload(
    signed_in: Page, office: Office
) -> None:
    filled(office)
    office.app["documents"] = {"ktp": answers.document("ktp", kind="board_roster")}
    office.app["findings"] = [answers.MISPLACED]
    signed_in.goto(PAPERS)
    signed_in.get_by_role("button", name="Pindahkan ke Susunan Pengurus").click()
    expect(signed_in.locator("#board_roster-card")).to_be_focused()
    expect(signed_in.locator("#board_roster-state")).to_contain_text("Sudah sesuai")
    expect(signed_in.locator("#ktp-state")).to_have_text("Belum ada berkas")
    (sent,) = office.sent("POST", "/api/applications/c1/documents/ktp/move")
    assert sent.body == {"to": "board_roster"}
    assert office.sent("POST", "/api/applications/c1/uploads") == []


def test_what_is_only_to_be_looked_at_holds_nobody_back(signed_in: Page, office: Office) -> None:
    filled(office)
    unread = {"code": "not_checked", "severity": "info", "sentence": {"id": "Nama tidak terbaca.", "en": ""}}
    office.app["documents"] = {slot: answers.document(slot) for slot in answers.SLOTS[:3]}
    office.app["findings"] = [answers.MISMATCH | unread]
    signed_in.goto(PAPERS)
    expect(signed_in.get_by_test_id("slot-village_letter")).to_contain_text("Nama tidak terbaca.")
    expect(signed_in.locator("#village_letter-state")).to_contain_text("ada catatan")
    signed_in.goto(SEND)
    expect(signed_in.locator("#no-findings")).to_be_visible()


def test_a_wrong_kind_of_file_is_refused_before_it_is_sent(
    signed_in: Page, office: Office, tmp_path: Path
) -> None:
    text = tmp_path / "surat.txt"
    text.write_text("bukan foto")
    signed_in.goto(PAPERS)
    signed_in.set_input_files("#ktp-file", str(text))
    expect(signed_in.locator("#ktp-state")).to_contain_text("harus berupa foto (JPG, PNG, WebP) atau PDF")
    assert office.sent("POST", "/api/applications/c1/uploads") == []


@pytest.mark.parametrize("name", ["IMG_0001.HEIC", "foto.heif"])
def test_a_photo_that_only_iphones_open_is_told_what_to_do_there(
    signed_in: Page, office: Office, tmp_path: Path, name: str
) -> None:
    photo = tmp_path / name
    photo.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 500)
    signed_in.goto(PAPERS)
    signed_in.set_input_files("#ktp-file", str(photo))
    expect(signed_in.locator("#ktp-state")).to_contain_text("Paling Kompatibel")
    assert office.sent("POST", "/api/applications/c1/uploads") == []


@pytest.mark.parametrize(("kind", "sent_as"), [("png", "image/png"), ("gif", "image/webp")])
def test_a_small_picture_is_sent_as_it_is_when_the_office_takes_it_and_else_as_a_photo(
    signed_in: Page, office: Office, tmp_path: Path, kind: str, sent_as: str
) -> None:
    filled(office)
    writing = photos.page(640, 480).convert("L").point(lambda grey: 255 * (grey > 128))
    picture = photos.saved(tmp_path, writing, f"ktp.{kind}", lossless=True)
    signed_in.goto(PAPERS)
    signed_in.set_input_files("#ktp-file", picture)
    expect(signed_in.get_by_test_id("slot-ktp")).to_contain_text("Terbaca")
    assert office.sent("POST", "/api/applications/c1/uploads")[0].body["content_type"] == sent_as


def test_an_application_is_checked_and_sent_once(signed_in: Page, office: Office) -> None:
    filled(office)
    signed_in.goto(SEND)
    signed_in.click("#send-application")
    expect(signed_in.locator("#problem")).to_contain_text("Nyatakan bahwa isian")
    signed_in.check("#declared")
    signed_in.click("#send-application")
    expect(signed_in.locator("#problem")).to_contain_text("KTP Ketua belum diunggah")
    signed_in.click("#send-anyway")
    expect(signed_in.locator("#case-title")).to_have_text("Permohonan terkirim")
    expect(signed_in.locator("#case-title")).to_be_focused()
    expect(signed_in.locator("#case-deadline")).to_contain_text("Kamis, 26 November 2026, pukul 10.30 WIB")
    keys = [one.headers["Idempotency-Key"] for one in office.sent("POST", "/api/applications/c1/submission")]
    assert len(keys) == len(set(keys)) == 2


def test_a_returned_application_opens_only_what_is_needed(signed_in: Page, office: Office) -> None:
    office.app = answers.returned()
    signed_in.goto(CASE)
    expect(signed_in.locator("#correction-message")).to_contain_text("nama lengkap kelompok")
    expect(signed_in.locator("#group_name")).to_be_visible()
    expect(signed_in.locator("#leader_name")).to_be_hidden()
    expect(signed_in.locator("#village_letter-picks")).to_be_visible()
    expect(signed_in.locator("#ktp-picks")).to_be_hidden()
    signed_in.fill("#group_name", "Sanggar Contoh")
    signed_in.check("#declared")
    signed_in.click("#send-application")
    expect(signed_in.locator("#case-title")).to_have_text("Permohonan terkirim")
    assert office.sent("PUT", "/api/applications/c1/form")[-1].body["leader_name"] == "Siti Rahayu"
    assert len(office.sent("POST", "/api/applications/c1/correction")) == 1


def test_an_application_can_be_withdrawn(signed_in: Page, office: Office) -> None:
    office.app = answers.application("in_progress")
    signed_in.goto(CASE)
    signed_in.click("#section-withdraw summary")
    signed_in.click("#withdraw")
    expect(signed_in.locator("#case-title")).to_have_text("Permohonan dibatalkan")


def test_an_issued_permit_can_be_downloaded(signed_in: Page, office: Office) -> None:
    office.app = answers.issued()
    signed_in.goto(CASE)
    expect(signed_in.locator("#permit-facts")).to_contain_text("430/0001/424.086/2026")
    signed_in.click("#download-permit")
    signed_in.wait_for_url("**/preview.svg")


def test_markup_typed_by_a_person_is_shown_as_text(signed_in: Page, office: Office) -> None:
    office.app = answers.returned()
    office.app["form"]["group_name"] = office.app["correction"]["message"] = MARKUP
    signed_in.goto(CASE)
    expect(signed_in.locator("#correction-message")).to_have_text(MARKUP)
    expect(signed_in.locator("#case-name")).to_contain_text(MARKUP)
    assert signed_in.locator("main img[src]").count() == 0


def test_a_session_that_ended_leads_to_the_sign_in(signed_in: Page, office: Office) -> None:
    office.fault["/api/applications/c1"] = Refusal(401, "session_ended")
    signed_in.goto(CASE)
    signed_in.click("#problem a")
    signed_in.wait_for_url("**/masuk/?lanjut=%2Fpermohonan%2Fisi%2F%23c1")

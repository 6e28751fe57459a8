"""The Berita Acara on step 3's review page: made from answers or brought as a file, approved on, seen later."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.site import office_answers
from tests.site.axe import violations
from tests.site.office import CODE, Office, Refusal

pytestmark = pytest.mark.browser
LINK = f"/tinjau/#{'t' * 40}"
PHONE: ViewportSize = {"width": 320, "height": 640}


@pytest.fixture
def desk(page: Page) -> Page:
    """A desk's screen with an approval chosen."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(LINK)
    page.check("#decision-approve")
    return page


def explain(page: Page) -> None:
    """What the automatic check found in the village letter, accepted with a remark."""
    page.fill("#report-village_letter-note", "Nama lama kelompok, sudah dijelaskan.")


def approve(page: Page) -> None:
    """The decision as it stands, proved and sent."""
    page.click("#to-check")
    page.click("#request-code")
    page.fill("#code", CODE)
    page.click("#send-decision")
    expect(page.locator("#decided-heading")).to_be_focused()


def test_without_a_report_the_page_says_so_before_anything_is_sent(desk: Page, office: Office) -> None:
    expect(desk.locator("#report-state")).to_contain_text(
        "Tanpa Berita Acara, tahap ini tidak dapat disetujui"
    )
    desk.click("#to-check")
    expect(desk.locator("#report-error")).to_have_text("Buat atau unggah Berita Acara sebelum menyetujui")
    desk.check("#decision-return")
    expect(desk.locator("#report-part")).to_be_hidden()
    assert office.sent("POST", "/api/review/decision") == []


def test_what_the_page_knows_is_filled_in(desk: Page, office: Office) -> None:
    expect(desk.locator("#report-ktp")).to_have_value("fits")
    expect(desk.locator("#report-village_letter")).to_have_value("unfit")
    note = office.review["case"]["findings"][0]["sentence"]["id"]
    expect(desk.locator("#report-village_letter-note")).to_have_value(note)
    expect(desk.locator("#report_result")).to_have_value("with_notes")
    expect(desk.locator("#report_place")).to_have_value("Pasuruan")
    expect(desk.locator("#report_held_on")).to_have_value("2026-11-25")
    desk.locator("[data-row='village'] [data-which=wrong]").click()
    expect(desk.locator("#report-field-village")).to_have_value("unfit")


def test_a_report_is_made_opened_and_approved_on(desk: Page, office: Office) -> None:
    explain(desk)
    desk.fill("#report_recommendation", "Layak diberi nomor.")
    desk.click("#make-report")
    expect(desk.locator("#report-state")).to_contain_text("Berita Acara siap")
    expect(desk.get_by_role("link", name="Buka Berita Acara (PDF)")).to_have_attribute("href", "/preview.svg")
    told = office.sent("POST", "/api/review/report")[-1].body
    assert told["recommendation"] == "Layak diberi nomor."
    assert [item["about"] for item in told["items"]] == office.review["report"]["items"]
    sha256 = office.review["report"]["now"]["sha256"]
    approve(desk)
    assert office.sent("POST", "/api/review/decision")[-1].body["report"] == sha256
    assert "sanggar.report" not in desk.evaluate("JSON.stringify({...sessionStorage})")


def test_answers_that_change_afterwards_take_the_report_back(desk: Page, office: Office) -> None:
    desk.click("#make-report")
    expect(desk.locator("#report-state")).to_contain_text("Berita Acara siap")
    desk.fill("#report_note", "Satu hal lagi.")
    expect(desk.locator("#report-state")).to_contain_text("Isian berubah sejak Berita Acara dibuat")
    desk.click("#to-check")
    expect(desk.locator("#report-error")).to_contain_text("Buat atau unggah Berita Acara")
    desk.click("#make-report")
    expect(desk.locator("#report-state")).to_contain_text("Berita Acara siap")
    desk.reload()
    expect(desk.locator("#report-state")).to_contain_text("Berita Acara siap")
    expect(desk.locator("#report_note")).to_have_value("Satu hal lagi.")


def test_what_lacks_is_told_beside_it(desk: Page, office: Office) -> None:
    desk.fill("#report-village_letter-note", "")
    desk.select_option("#report_result", "recommended")
    desk.fill("#report_recommendation", " ")
    desk.fill("#report_place", "")
    desk.fill("#report_held_on", "2026-11-26")
    desk.click("#make-report")
    expect(desk.locator("#report-village_letter-note-error")).to_contain_text("Tulis keterangan")
    for name, words in (
        ("result", "dengan catatan"),
        ("recommendation", "Tulis rekomendasi"),
        ("place", "Tulis tempat"),
        ("held_on", "Pilih tanggal"),
    ):
        expect(desk.locator(f"#report_{name}-error")).to_contain_text(words)
    assert office.sent("POST", "/api/review/report") == []


def test_an_own_file_is_uploaded_looked_at_and_shown_in_pictures(
    desk: Page, office: Office, tmp_path: Path
) -> None:
    file = tmp_path / "berita acara.pdf"
    file.write_bytes(b"%PDF-1.7 own")
    desk.click("#report-bring summary")
    desk.set_input_files("#report_file", file)
    desk.click("#bring-report")
    expect(desk.locator("#report-state")).to_contain_text("Berita Acara siap", timeout=15000)
    desk.click("#report-kept summary")
    expect(desk.get_by_role("img", name="Berita Acara/Rekomendasi Teknis, halaman 1 dari 1")).to_be_visible()
    approve(desk)
    assert office.sent("POST", "/api/review/decision")[-1].body["report"] == "ab" * 32


def test_a_file_that_was_refused_says_why(desk: Page, office: Office, tmp_path: Path) -> None:
    words = {"id": "Berkas ini dikunci kata sandi.", "en": "This file is locked."}
    refused = {"state": "refused", "whole": False, "url": None, "fault": words}
    office.report_fate = office_answers.report_made("uploaded") | refused
    file = tmp_path / "terkunci.pdf"
    file.write_bytes(b"%PDF-1.7 locked")
    desk.click("#report-bring summary")
    desk.set_input_files("#report_file", file)
    desk.click("#bring-report")
    expect(desk.locator("#report-state")).to_contain_text("dikunci kata sandi", timeout=15000)
    desk.click("#to-check")
    expect(desk.locator("#report-error")).to_contain_text("Buat atau unggah Berita Acara")


def test_a_file_that_is_never_taken_is_refused_before_it_is_sent(
    desk: Page, office: Office, tmp_path: Path
) -> None:
    desk.click("#report-bring summary")
    desk.click("#bring-report")
    expect(desk.locator("#report_file-error")).to_have_text("Pilih berkas")
    (text := tmp_path / "catatan.txt").write_text("teks")
    desk.set_input_files("#report_file", text)
    desk.click("#bring-report")
    expect(desk.locator("#report_file-error")).to_contain_text("PDF, JPG, atau PNG")
    (large := tmp_path / "besar.pdf").write_bytes(b"%PDF" + b"0" * 10 * 1024 * 1024)
    desk.set_input_files("#report_file", large)
    desk.click("#bring-report")
    expect(desk.locator("#report_file-error")).to_contain_text("10 MB")
    assert office.sent("POST", "/api/review/report/upload") == []


def test_a_report_that_was_replaced_meanwhile_is_told(desk: Page, office: Office) -> None:
    desk.click("#make-report")
    expect(desk.locator("#report-state")).to_contain_text("Berita Acara siap")
    office.fault["/api/review/decision"] = Refusal(409, "report_changed")
    desk.click("#to-check")
    desk.click("#request-code")
    desk.fill("#code", CODE)
    desk.click("#send-decision")
    expect(desk.locator("#problem")).to_contain_text("Kalimat report_changed.")


def test_later_steps_open_it_and_are_warned_of_other_bytes(page: Page, office: Office) -> None:
    office.review = office_answers.review("recommendation_review")
    past = office.review["case"]["decisions"][0]
    whole = past | {"step": "verification", "report": office_answers.report_made()}
    altered = office_answers.report_made() | {"whole": False, "url": None}
    office.review["case"]["decisions"] = [past, whole, whole | {"attempt": 2, "report": altered}]
    page.goto(LINK)
    expect(page.locator("#decisions li >> nth=1")).to_contain_text("Sidik SHA-256: abababababababab…")
    expect(page.locator("#decisions li >> nth=1").get_by_role("link")).to_have_attribute(
        "href", "/preview.svg"
    )
    expect(page.locator("#decisions li >> nth=2")).to_contain_text("tidak sama dengan yang tercatat")
    page.check("#decision-approve")
    expect(page.locator("#report-part")).to_be_hidden()


def test_markup_in_what_was_said_is_text(page: Page, office: Office) -> None:
    words = '<img src=x onerror=alert(1)> "kutip" ꦲꦤ'
    items = [{"about": about, "outcome": "fits", "note": words} for about in office.review["report"]["items"]]
    said = {"items": items, "result": "recommended", "recommendation": words, "note": "", "place": words}
    office.review["report"]["said"] = said | {"held_on": "2026-11-24"}
    page.goto(LINK)
    page.check("#decision-approve")
    expect(page.locator("#report-ktp-note")).to_have_value(words)
    expect(page.locator("#report_place")).to_have_value(words)
    assert page.locator("#report-part img").count() == 0


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_report_fits_a_phone_and_is_accessible(page: Page, office: Office, language: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(language + LINK)
    page.check("#decision-approve")
    page.click("#report-bring summary")
    page.click("#make-report")
    expect(page.locator("#report-kept a")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert violations(page) == []
    assert office.sent("POST", "/api/review/report")[-1].body["place"] == "Pasuruan"

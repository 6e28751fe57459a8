"""Ratings and complaints as people meet them on a phone."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.site.office import Office, Refusal
from tests.site.voices import HOSTILE

pytestmark = pytest.mark.browser
LINK = "x" * 40


def picture(page: Page, name: str) -> None:
    """A picture at a phone's and a desk's width, where SANGGAR_PICTURES names a folder for them."""
    folder = os.environ.get("SANGGAR_PICTURES")
    for width in (360, 1280) if folder else ():
        page.set_viewport_size({"width": width, "height": 740})
        page.screenshot(path=Path(folder or "") / f"{name}-{width}.png", full_page=True)


def test_the_service_is_rated_with_words_once(page: Page, office: Office) -> None:
    page.goto("/penilaian/#k7Qp2m")
    expect(page.locator("#rating-form")).to_contain_text("Petugas tidak melihat nama Anda")
    expect(page.locator("fieldset")).to_have_count(10)
    page.click("#send-rating")
    expect(page.locator("#problem")).to_contain_text("Pilih penilaian keseluruhan")
    picture(page, "rating-fault")
    page.check("#overall-4")
    page.check("#u3-2")
    page.fill("#text", "Cepat & ramah")
    picture(page, "rating")
    page.click("#send-rating")
    expect(page.locator("#rating-closed")).to_contain_text("Terima kasih")
    expect(page.locator("#rating-form")).to_be_hidden()
    picture(page, "rating-thanks")
    sent = office.sent("POST", "/api/tracking/k7Qp2m/rating")
    assert [one.body for one in sent] == [{"overall": 4, "answers": {"u3": 2}, "text": "Cepat & ramah"}]


def test_a_rating_whose_answer_was_lost_is_thanked_for_all_the_same(page: Page, office: Office) -> None:
    page.goto("/en/penilaian/#k7Qp2m")
    page.check("#overall")
    office.fault["/api/tracking/k7Qp2m/rating"] = Refusal(409, "already_rated")
    page.click("#send-rating")
    expect(page.locator("#rating-closed")).to_contain_text("Thank you")


def test_an_applicant_rates_by_session_and_without_one_signs_in_first(
    signed_in: Page, office: Office
) -> None:
    signed_in.goto("/penilaian/#case-00")
    signed_in.check("#overall-3")
    signed_in.click("#send-rating")
    expect(signed_in.locator("#rating-closed")).to_be_visible()
    (sent,) = office.sent("POST", "/api/applications/case-00/rating")
    assert sent.headers["Authorization"] == "Bearer S"


def test_an_issued_application_leads_to_its_rating(signed_in: Page, office: Office) -> None:
    from tests.site import answers

    office.app = answers.issued()
    signed_in.goto("/permohonan/isi/#c1")
    signed_in.click("#rate-service")
    expect(signed_in.locator("#rating-form")).to_be_visible()
    assert signed_in.url.endswith("/penilaian/#k7Qp2mTrackingCode")


def test_a_complaint_from_a_late_application_is_prefilled_and_gets_its_number(
    page: Page, office: Office
) -> None:
    page.goto("/pengaduan/#NKS-2026-00123")
    expect(page.locator("#application_number")).to_have_value("NKS-2026-00123")
    expect(page.locator("[name=kind][value=late]")).to_be_checked()
    picture(page, "complaint")
    page.fill("#contact", "0812")
    page.click("#send-complaint")
    expect(page.locator("#problem li")).to_have_count(2)
    picture(page, "complaint-fault")
    page.fill("#text", HOSTILE)
    page.fill("#contact", "siti@contoh.id")
    page.click("#send-complaint")
    expect(page.locator("#complaint-number")).to_have_text("Pengaduan Anda nomor ADU-2026-00007")
    expect(page.locator("#complaint-promise")).to_contain_text("Selasa, 1 Desember 2026, pukul 09.00 WIB")
    expect(page.locator("#complaint-promise")).to_contain_text("Customer Service")
    picture(page, "complaint-receipt")
    (sent,) = office.sent("POST", "/api/complaints")
    assert sent.body == {
        "kind": "late",
        "text": HOSTILE,
        "contact": "siti@contoh.id",
        "application_number": "NKS-2026-00123",
    }
    assert len(sent.headers["Idempotency-Key"]) >= 16
    page.click("#follow-complaint")
    expect(page.locator("#number")).to_have_value("ADU-2026-00007")


def test_an_answer_is_read_as_text_by_number_and_contact(page: Page, office: Office) -> None:
    page.goto("/pengaduan/lacak/#ADU-2026-00007")
    page.fill("#contact", "0812 3456 7890")
    picture(page, "complaint-tracking")
    page.click("#show-complaint")
    expect(page.locator("#followed-title")).to_have_text("Pengaduan sudah dijawab")
    assert page.locator("#followed-answer").text_content() == HOSTILE
    picture(page, "complaint-followed")
    page.click("#follow-another")
    office.fault["/api/complaints/tracking"] = Refusal(404, "not_found")
    page.click("#show-complaint")
    expect(page.locator("#problem")).to_contain_text("Pengaduan tidak ditemukan")


def test_an_officer_reads_a_hostile_complaint_as_text_and_answers_with_a_code(
    page: Page, office: Office
) -> None:
    page.goto(f"/pengaduan/jawab/#{LINK}")
    expect(page.locator("#complaint-text")).to_be_visible()
    assert page.locator("#complaint-text").text_content() == HOSTILE
    assert LINK not in page.url
    page.click("#request-code")
    expect(page.locator("#code-sent")).to_contain_text("l***@kantor.contoh.id")
    page.fill("#answer", "Kami minta maaf.")
    page.fill("#code", "123 456")
    picture(page, "complaint-answer")
    page.click("#send-answer")
    expect(page.locator("#answer-over")).to_contain_text("Jawaban terkirim")
    (sent,) = office.sent("POST", "/api/complaints/answering")
    assert sent.body == {"answer": "Kami minta maaf.", "code": "123456"}
    assert sent.headers["X-Sanggar-Link"] == LINK


def test_a_link_to_an_answered_complaint_says_so(page: Page, office: Office) -> None:
    office.fault["/api/complaints/answering"] = Refusal(409, "complaint_answered")
    page.goto(f"/pengaduan/jawab/#{LINK}")
    expect(page.locator("#answer-over")).to_contain_text("sudah dijawab")


def test_without_a_script_the_complaint_page_names_the_other_ways(page: Page) -> None:
    browser = page.context.browser
    assert browser is not None
    with browser.new_context(java_script_enabled=False) as plain:
        bare = plain.new_page()
        page.goto("/")
        bare.goto(f"{page.url}pengaduan/")
        assert "Halaman ini memerlukan JavaScript" in bare.content()
        bare.fill("#text", "Rahasia")
        bare.click("#send-complaint")
        for way in ("(0343) 4505657", "MAL PELAYANAN PUBLIK", "SP4N-LAPOR!"):
            expect(bare.locator("main")).to_contain_text(way)
        assert bare.url.endswith("/pengaduan/"), "what is typed never stands in an address"

"""The officer's page: it opens without deciding, and decides once."""

import pytest
from playwright.sync_api import Page, expect

from tests.site import answers, office_answers
from tests.site.office import Office, Refusal

pytestmark = pytest.mark.browser
TOKEN = "t" * 40
LINK = f"/tinjau/#{TOKEN}"


def test_opening_the_page_decides_nothing_and_hides_the_link(page: Page, office: Office) -> None:
    page.goto(LINK)
    expect(page.locator("#review-title")).to_contain_text("sebagai Sub Koordinator PTSP II")
    assert page.url.endswith("/tinjau/")
    assert [one.method for one in office.requests] == ["GET"]
    assert office.requests[0].headers["X-Sanggar-Link"] == TOKEN
    page.reload()
    expect(page.locator("#review-title")).to_contain_text("NKS-2026-00123")


def test_the_office_reads_what_the_applicant_did_and_how_little_time_is_left(
    page: Page, office: Office
) -> None:
    sent = {"step": "correction", "decision": "resubmit", "at": "2026-11-24T15:00:00+07:00"}
    office.review["case"]["decisions"].append(sent)
    office.review["step"]["minutes_left"] = 25
    page.goto(LINK)
    expect(page.locator("#decisions li b")).to_have_text(
        ["Pemeriksaan kelengkapan: Disetujui", "Perbaikan dikirim"]
    )
    expect(page.locator("#decisions li >> nth=1 >> p")).to_have_text(
        "Selasa, 24 November 2026, pukul 15.00 WIB"
    )
    expect(page.locator("#bar-left")).to_have_text("Sisa 25 menit kerja")


def test_the_form_stands_beside_what_was_read(page: Page, office: Office) -> None:
    del office.review["case"]["documents"]["ktp"]["read"]["full_name"]
    page.goto(LINK)
    expect(page.get_by_test_id("row-group_name").locator("[data-mark=differs]")).to_contain_text("Beda")
    expect(page.get_by_test_id("row-national_id").locator("[data-mark=same]")).to_have_count(2)
    expect(page.get_by_test_id("row-leader_name").locator("[data-mark=unread]")).to_have_text(
        "? Tidak terbaca"
    )
    expect(page.get_by_test_id("preview-ktp-0")).to_have_attribute("alt", "KTP Ketua, halaman 1 dari 1")
    page.click("#tab-village_letter")
    expect(page.locator("#original")).to_contain_text("Surat Keterangan")


def test_what_could_not_be_compared_is_never_shown_as_passed(page: Page, office: Office) -> None:
    sentence = {"id": "Tidak terbaca: nama ketua pada KTP Ketua.", "en": "Not read."}
    office.review["case"]["findings"] = [
        answers.MISMATCH
        | {"code": "not_checked", "slot": "ktp", "severity": "info", "field": "leader_name"}
        | {"sentence": sentence}
    ]
    page.goto(LINK)
    row = page.get_by_test_id("row-leader_name")
    expect(row.locator("[data-mark=unread]")).to_have_count(1)
    expect(page.locator("#notes li")).to_have_text(
        "? Tidak terbaca Tidak terbaca: nama ketua pada KTP Ketua."
    )
    expect(page.locator("#findings-none")).to_be_visible()
    expect(page.locator("#tab-ktp")).to_have_text("KTP Ketua ?")


def test_a_document_that_nobody_has_checked_is_marked_so(page: Page, office: Office) -> None:
    office.review["case"]["documents"]["ktp"]["read"] = {}
    sentence = {"id": "KTP Ketua belum diperiksa siapa pun.", "en": "Nobody has checked it."}
    unread = {"code": "document_not_checked", "slot": "ktp", "severity": "info", "field": None}
    office.review["case"]["findings"] = [answers.MISMATCH | unread | {"sentence": sentence}]
    page.goto(LINK)
    expect(page.get_by_test_id("row-leader_name").locator("[data-mark=unread]")).to_have_count(1)
    expect(page.locator("#notes li")).to_have_text("? Tidak terbaca KTP Ketua belum diperiksa siapa pun.")


def test_a_return_needs_a_reason_and_shows_what_will_be_read(page: Page, office: Office) -> None:
    page.goto(LINK)
    page.check("#decision-return")
    page.click("#to-check")
    expect(page.locator("#problem")).to_contain_text("Pilih paling sedikit satu alasan")
    page.check("#reason-group_mismatch-village_letter")
    page.fill("#message", "Minta surat baru.")
    assert len(office.requests) == 1
    page.click("#to-check")
    expect(page.locator("#check-list")).to_contain_text("Minta surat baru.")
    expect(page.locator("#mail")).to_contain_text("Permohonan NKS-2026-00123 perlu diperbaiki")
    expect(page.locator("#preview")).to_contain_text("Surat Keterangan dari Kepala Desa/Lurah berbeda")
    expect(page.locator("#preview")).to_contain_text("Minta surat baru.")
    assert [one.path for one in office.requests] == ["/api/review", "/api/review/preview"]
    page.click("#request-code")
    page.fill("#code", "999999")
    page.click("#send-decision")
    expect(page.locator("#code-error")).to_contain_text("Kode tidak cocok")
    page.fill("#code", "123456")
    page.click("#send-decision")
    expect(page.locator("#decided-heading")).to_be_focused()
    sent = office.sent("POST", "/api/review/decision")
    assert sent[-1].body == {
        "decision": "return",
        "reasons": ["group_mismatch:village_letter"],
        "message": "Minta surat baru.",
        "code": "123456",
    }
    assert sent[0].headers["Idempotency-Key"] == sent[-1].headers["Idempotency-Key"]


def test_a_case_of_the_older_procedure_is_approved_on_words(page: Page, office: Office) -> None:
    office.review["report"] = None
    office.review["requires"] = {"approve": ["technical_recommendation"]}
    page.goto(LINK)
    page.check("#decision-approve")
    page.click("#to-check")
    expect(page.locator("#technical_recommendation-error")).to_contain_text("rekomendasi teknis")
    page.fill("#technical_recommendation", "Sanggar aktif dan beralamat jelas.")
    page.click("#to-check")
    expect(page.locator("#check-list")).to_contain_text("Sanggar aktif")


def test_the_head_signs_with_a_passphrase(page: Page, office: Office) -> None:
    office.review = office_answers.review("signing", "passphrase")
    page.goto(LINK)
    expect(page.locator("#draft-permit")).to_be_visible()
    page.check("#decision-approve")
    page.click("#to-check")
    expect(page.locator("#request-code")).to_be_hidden()
    page.fill("#passphrase", "rahasia sekali")
    page.click("#send-decision")
    expect(page.locator("#decided-facts")).to_contain_text("Disetujui")
    assert "rahasia sekali" in office.sent("POST", "/api/review/decision")[0].body.values()


def test_words_typed_survive_a_reload(page: Page, office: Office) -> None:
    page.goto(LINK)
    page.check("#decision-return")
    page.click("#reason-groups summary:text('Susunan Pengurus')")
    page.check("#reason-group_mismatch-board_roster")
    page.fill("#message", "Tulis nama lengkap.")
    page.reload()
    expect(page.locator("#message")).to_have_value("Tulis nama lengkap.")
    expect(page.locator("#reason-group_mismatch-board_roster")).to_be_visible()
    expect(page.locator("#reason-group_mismatch-board_roster")).to_be_checked()


@pytest.mark.parametrize(
    ("code", "status", "heading", "advice"),
    [
        ("link_altered", 401, "Tautan tidak utuh", "Buka email aslinya"),
        ("link_expired", 410, "Tautan sudah tidak berlaku", "Minta tautan baru"),
        ("link_spent", 409, "Sudah diputuskan", "Langkah ini sudah selesai"),
        ("link_misused", 403, "Tautan ini bukan untuk langkah ini", "email terbaru"),
    ],
)
def test_a_link_that_does_not_open_says_why_and_what_to_do(
    page: Page, office: Office, code: str, status: int, heading: str, advice: str
) -> None:
    facts = {"decided_by": "Dewi Contoh", "decided_at": "2026-11-24T14:05:00+07:00", "decision": "approve"}
    office.fault["/api/review"] = Refusal(status, code, **(facts if code == "link_spent" else {}))
    page.goto(LINK)
    expect(page.locator("#link-heading")).to_have_text(heading)
    expect(page.locator("#link-advice")).to_contain_text(advice)
    if code == "link_spent":
        expect(page.locator("#link-facts")).to_contain_text("Disetujui oleh Dewi Contoh pada Selasa")
    if code == "link_expired":
        page.click("#fresh-link")
        expect(page.locator("#link-facts")).to_contain_text("d***@contoh.id")


def test_without_a_link_nothing_is_asked(page: Page, office: Office) -> None:
    page.goto("/tinjau/")
    expect(page.locator("#link-heading")).to_have_text("Buka halaman ini dari email")
    assert office.requests == []

"""The officers' page at work: rows and marks, pictures and keys, a second look, the mail before it is sent."""

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.site import answers, office_answers
from tests.site.axe import violations
from tests.site.office import Office, Refusal

pytestmark = pytest.mark.browser
LINK = f"/tinjau/#{'t' * 40}"
DESK: ViewportSize = {"width": 1280, "height": 800}
BOX = {"page": 0, "x": 0.06, "y": 0.14, "w": 0.4, "h": 0.12}
BUDGET = 150 * 1024


def picture(slot: str) -> str:
    return f"/preview.svg?{slot}"


@pytest.fixture
def desk(page: Page, office: Office) -> Page:
    """A desk's screen, with a picture of its own for each document and a box on the first."""
    page.set_viewport_size(DESK)
    for slot, document in office.review["case"]["documents"].items():
        document["previews"] = [picture(slot)]
    office.review["case"]["documents"]["ktp"]["boxes"] = {"full_name": BOX}
    return page


def line(page: Page, row: str) -> Locator:
    return page.locator(f"[data-row='{row}']")


def pictures_asked(page: Page) -> list[str]:
    """The pictures that the page asks for from now on."""
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "preview.svg" in one.url else None)
    return asked


def focused_row(page: Page) -> Any:
    return page.evaluate("document.activeElement.closest('[data-row]')?.dataset.row")


def test_letters_that_differ_are_marked_on_both_sides(desk: Page, office: Office) -> None:
    finding = answers.MISMATCH | {"found": "Sanggar Cantoh Budaya", "box": None}
    office.review["case"]["findings"] = [finding]
    desk.goto(LINK)
    row = line(desk, "group_name:village_letter")
    expect(row.locator("mark")).to_have_text(["a", "o"])
    expect(row.locator("[data-mark=differs]")).to_have_text("≠ Beda")
    expect(line(desk, "group_name:board_roster").locator("mark")).to_have_count(0)


def test_what_was_read_is_cut_out_of_the_picture_that_is_here(desk: Page) -> None:
    asked = pictures_asked(desk)
    desk.goto(LINK)
    crop = line(desk, "leader_name:ktp").locator("canvas")
    expect(crop).to_be_visible()
    drawn = (
        "(it) => [...it.getContext('2d').getImageData(0, 0, it.width, it.height).data].some((v) => v < 90)"
    )
    assert crop.evaluate(drawn), "the letters of the picture are in the crop"
    expect(line(desk, "leader_name:village_letter").locator("canvas")).to_be_visible()
    desk.wait_for_load_state("networkidle")
    assert sorted(url.split("?")[1] for url in asked) == ["ktp", "village_letter"]


def test_a_document_that_nobody_opens_is_not_downloaded(desk: Page) -> None:
    asked = pictures_asked(desk)
    desk.goto(LINK)
    expect(line(desk, "leader_name:village_letter").locator("canvas")).to_be_visible()
    assert not any("board_roster" in url for url in asked)
    desk.click("#tab-village_letter")
    desk.wait_for_load_state("networkidle")
    assert [url.split("?")[1] for url in asked].count("board_roster") == 1


def test_the_focus_on_a_row_moves_the_viewer_and_stays_where_it_is(desk: Page) -> None:
    desk.goto(LINK)
    line(desk, "leader_name:village_letter").locator("button").first.focus()
    expect(desk.locator("#frame-read-leader_name")).to_be_visible()
    expect(desk.locator("#tab-village_letter")).to_have_attribute("aria-pressed", "true")
    expect(desk.locator("#frame-read-leader_name")).to_be_in_viewport()
    assert focused_row(desk) == "leader_name:village_letter"
    line(desk, "leader_name:board_roster").locator("button").first.focus()
    expect(desk.get_by_test_id("preview-board_roster-0")).to_be_visible()
    assert desk.evaluate("document.querySelector('#view').scrollTop") == 0


def test_marks_are_kept_in_this_browser_without_anything_personal(desk: Page, office: Office) -> None:
    desk.goto(LINK)
    line(desk, "group_name:village_letter").get_by_role("button", name="Tidak sesuai").click()
    line(desk, "leader_name:ktp").get_by_role("button", name="Sesuai", exact=False).first.click()
    desk.reload()
    wrong = line(desk, "group_name:village_letter").locator("[data-which=wrong]")
    expect(wrong).to_have_attribute("aria-pressed", "true")
    expect(line(desk, "leader_name:ktp").locator("[data-which=right]")).to_have_attribute(
        "aria-pressed", "true"
    )
    kept = desk.evaluate("JSON.stringify({...localStorage})")
    assert "group_name:village_letter" in kept
    for personal in ("Siti", "SITI", "Sanggar Contoh", "3514", "0812"):
        assert personal not in kept
    office.review["step"]["attempt"] = 2
    desk.reload()
    expect(wrong).to_have_attribute("aria-pressed", "false")


def test_a_row_that_is_not_right_makes_its_reason_ready(desk: Page) -> None:
    desk.goto(LINK)
    row = line(desk, "group_name:board_roster")
    row.locator("[data-which=wrong]").click()
    expect(row).to_contain_text("Alasan disiapkan: Nama kelompok pada Susunan Pengurus berbeda dari isian.")
    line(desk, "village").locator("[data-which=wrong]").click()
    desk.check("#decision-return")
    expect(desk.locator("#reason-group_mismatch-board_roster")).to_be_checked()
    expect(desk.locator("#reason-group_mismatch-board_roster")).to_be_visible()
    expect(desk.locator("#reason-form_incorrect-field-village")).to_be_checked()
    row.locator("[data-which=wrong]").click()
    expect(desk.locator("#reason-group_mismatch-board_roster")).not_to_be_checked()
    expect(desk.locator("#reason-form_incorrect-field-village")).to_be_checked()


def test_an_approval_over_marks_asks_why_and_says_so(desk: Page, office: Office) -> None:
    desk.goto(LINK)
    line(desk, "leader_name:ktp").locator("[data-which=wrong]").click()
    desk.check("#decision-approve")
    office.review["report"]["now"] = office_answers.report_made("uploaded")
    desk.reload()
    desk.check("#decision-approve")
    desk.click("#to-check")
    expect(desk.locator("#despite-error")).to_contain_text("Tulis mengapa")
    desk.fill("#despite", "Nama panggilan, orangnya sama.")
    desk.click("#to-check")
    expect(desk.locator("#check-list")).to_contain_text("Nama panggilan")
    desk.click("#request-code")
    desk.fill("#code", "123456")
    desk.click("#send-decision")
    expect(desk.locator("#decided-heading")).to_be_focused()
    assert office.sent("POST", "/api/review/decision")[-1].body == {
        "decision": "approve",
        "reasons": [],
        "open_marks": ["leader_name:ktp"],
        "message": "Nama panggilan, orangnya sama.",
        "report": "ab" * 32,
        "code": "123456",
    }
    assert "sanggar.marks" not in desk.evaluate("JSON.stringify({...localStorage})")


def test_what_could_have_been_found_before_is_said_before_it_is_sent(desk: Page) -> None:
    desk.goto(LINK)
    desk.check("#decision-return")
    desk.check("#reason-group_mismatch-village_letter")
    expect(desk.locator("#late-note")).to_be_hidden()
    desk.click("#reason-groups summary:text-is('Isian')")
    desk.check("#reason-form_incorrect-field-village")
    expect(desk.locator("#late-note")).to_contain_text("Kekurangan ini sudah ada saat pemeriksaan sebelumnya")
    desk.set_viewport_size({"width": 320, "height": 256})
    assert desk.evaluate("document.documentElement.scrollWidth") <= 320
    desk.click("#to-check")
    late = desk.locator("#check-list dt:text-is('Ditemukan terlambat') + dd")
    expect(late).to_have_text("Isian “Desa/kelurahan” tidak benar. Perbaiki isian ini.")


def test_a_second_look_shows_what_changed_and_loads_old_pictures_when_asked(
    desk: Page, office: Office
) -> None:
    office.review["changes"] = office_answers.changes()
    office.review["changes"]["documents"][0]["before"] = [picture("old")]
    asked = pictures_asked(desk)
    desk.goto(LINK)
    expect(desk.locator("#changes-since")).to_contain_text("Senin, 23 November 2026")
    expect(desk.locator("#changes li >> nth=0")).to_contain_text("Dulu: Petungsari")
    expect(desk.locator("#changes li >> nth=0")).to_contain_text("Sekarang: Petungasri")
    desk.wait_for_load_state("networkidle")
    assert not any("old" in url for url in asked)
    desk.click("#changes summary:has-text('KTP Ketua: diganti')")
    expect(desk.get_by_role("img", name="Dulu: KTP Ketua, halaman 1 dari 1")).to_be_visible()
    expect(desk.get_by_role("img", name="Sekarang: KTP Ketua, halaman 1 dari 1")).to_be_visible()


def test_a_first_look_has_no_part_for_changes(desk: Page) -> None:
    desk.goto(LINK)
    expect(desk.locator("#rows li").first).to_be_visible()
    expect(desk.locator("#changes-part")).to_be_hidden()


def test_a_mail_that_cannot_be_shown_stops_no_decision(desk: Page, office: Office) -> None:
    office.fault["/api/review/preview"] = Refusal(503, "unavailable")
    desk.goto(LINK)
    desk.check("#decision-return")
    desk.check("#reason-group_mismatch-village_letter")
    desk.click("#to-check")
    expect(desk.locator("#mail")).to_contain_text("Email belum dapat ditampilkan.")
    del office.fault["/api/review/preview"]
    desk.click("#mail button")
    expect(desk.locator("#preview")).to_contain_text("Yang perlu diperbaiki:")
    expect(desk.locator("#request-code")).to_be_visible()


def test_a_return_to_an_officer_says_that_no_mail_goes_out(desk: Page, office: Office) -> None:
    office.review = office_answers.review("recommendation_review")
    desk.goto(LINK)
    desk.check("#decision-return")
    desk.check("#reason-group_mismatch-village_letter")
    desk.click("#to-check")
    expect(desk.locator("#mail")).to_contain_text("Pemohon tidak mendapat email")


def test_keys_do_nothing_until_they_are_switched_on(desk: Page) -> None:
    desk.goto(LINK)
    expect(desk.locator("#rows li").first).to_be_visible()
    for key in ("2", "j", "+", "l"):
        desk.keyboard.press(key)
    expect(desk.locator("#tab-ktp")).to_have_attribute("aria-pressed", "true")
    expect(desk.locator("#zoom-reset")).to_have_text("100%")
    assert focused_row(desk) is None


def test_keys_go_through_rows_and_mark_them(desk: Page) -> None:
    desk.goto(LINK)
    desk.click("#keys-list")
    assert violations(desk) == []
    desk.check("#keys-on")
    desk.click("#keys-close")
    for key in ("j", "s", "j", "t"):
        desk.keyboard.press(key)
    expect(line(desk, "leader_name:ktp").locator("[data-which=right]")).to_have_attribute(
        "aria-pressed", "true"
    )
    wrong = line(desk, "leader_name:village_letter").locator("[data-which=wrong]")
    expect(wrong).to_have_attribute("aria-pressed", "true")
    desk.keyboard.press("k")
    assert focused_row(desk) == "leader_name:ktp"
    desk.keyboard.press("3")
    expect(desk.locator("#tab-board_roster")).to_have_attribute("aria-pressed", "true")
    desk.keyboard.press("+")
    expect(desk.locator("#zoom-reset")).to_have_text("125%")
    desk.keyboard.press("0")
    expect(desk.locator("#zoom-reset")).to_have_text("100%")
    desk.keyboard.press("l")
    expect(desk.locator("#decision-heading")).to_be_focused()
    desk.keyboard.press("?")
    expect(desk.locator("#keys")).to_be_visible()
    desk.keyboard.press("Escape")
    desk.check("#decision-return")
    desk.locator("#message").press_sequentially("jst2")
    expect(desk.locator("#message")).to_have_value("jst2")
    expect(desk.locator("#tab-board_roster")).to_have_attribute("aria-pressed", "true")


def test_a_picture_is_turned_with_the_frames_on_it(desk: Page) -> None:
    desk.goto(LINK)
    line(desk, "leader_name:ktp").locator("button").first.focus()
    frame = desk.locator("#frame-read-full_name")
    expect(frame).to_be_visible()
    desk.click("#zoom-reset")
    lying = frame.bounding_box()
    desk.click("#turn")
    standing = frame.bounding_box()
    assert lying
    assert standing
    assert lying["width"] > lying["height"]
    assert standing["width"] < standing["height"]
    whole, view = desk.locator("#view img").bounding_box(), desk.locator("#view").bounding_box()
    assert whole
    assert view
    assert whole["width"] <= view["width"]
    for _ in range(3):
        desk.click("#turn")
    assert frame.bounding_box() == pytest.approx(lying, abs=1)


def test_a_picture_that_failed_is_asked_for_again_under_a_fresh_address(desk: Page, office: Office) -> None:
    office.review["case"]["documents"]["ktp"]["previews"] = ["/nothing.jpg"]
    desk.goto(LINK)
    expect(desk.locator("#view")).to_contain_text("Gambar gagal dimuat.")
    expect(desk.locator("#original-instead")).to_contain_text("Unduh berkas asli KTP Ketua")
    office.review["case"]["documents"]["ktp"]["previews"] = [picture("ktp")]
    desk.click("#view .retry")
    expect(desk.get_by_test_id("preview-ktp-0")).to_be_visible()
    expect(desk.locator("#view")).to_be_focused()
    expect(line(desk, "leader_name:ktp").locator("canvas")).to_be_visible()


def test_pages_of_one_document_are_listed(desk: Page, office: Office) -> None:
    office.review["case"]["documents"]["ktp"]["previews"] = [picture("ktp"), picture("ktp2")]
    desk.goto(LINK)
    desk.get_by_role("button", name="KTP Ketua, halaman 2 dari 2").click()
    expect(desk.get_by_test_id("preview-ktp-1")).to_be_in_viewport()


def test_a_narrow_screen_has_one_side_at_a_time(page: Page) -> None:
    page.goto(LINK)
    expect(page.locator("#view")).to_be_visible()
    expect(page.locator("#rows")).to_be_hidden()
    page.click("#side-rows")
    expect(page.locator("#rows")).to_be_visible()
    expect(page.locator("#view")).to_be_hidden()
    page.click("#show-finding-1")
    expect(page.locator("#frame-finding-1")).to_be_focused()
    expect(page.locator("#side-documents")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("size", [(1280, 800), (360, 740), (320, 256)])
def test_the_bar_stays_and_never_covers_what_has_the_focus(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(LINK)
    expect(page.locator("#bar-left")).to_be_visible()
    if size[0] < 1024:
        page.click("#side-rows")
    covered = """() => {
        const bar = document.querySelector('#bar'), at = document.activeElement;
        if (bar.contains(at) || at === document.body || getComputedStyle(bar).position !== 'sticky') return false;
        const [one, other] = [bar, at].map((it) => it.getBoundingClientRect());
        return other.top < one.bottom - 1 && other.bottom > one.top + 1;
    }"""
    page.locator("#to-check").focus()
    for _ in range(45):
        page.keyboard.press("Shift+Tab")
        assert not page.evaluate(covered), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    if size[1] > 512:
        page.locator("#to-check").scroll_into_view_if_needed()
        expect(page.locator("#bar-left")).to_be_in_viewport()


def test_without_a_line_the_page_says_that_notes_are_kept(desk: Page) -> None:
    desk.goto(LINK)
    expect(desk.locator("#rows li").first).to_be_visible()
    desk.context.set_offline(True)
    expect(desk.locator("#offline")).to_have_text("Tidak terhubung. Catatan Anda tersimpan di komputer ini.")


def test_the_page_is_light_before_its_documents(desk: Page, office: Office) -> None:
    sizes: dict[str, int] = {}

    def weigh(response: Any) -> None:
        if "preview.svg" not in response.url:
            sizes[response.url] = len(response.body())

    desk.on("response", weigh)
    desk.goto(LINK)
    desk.wait_for_load_state("networkidle")
    assert sum(sizes.values()) < BUDGET
    assert len(json.dumps(office.review)) < BUDGET

"""Frames on the officer's pictures: where a finding or a value stands on the document."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.site import answers
from tests.site.office import Office
from tests.site.office_answers import PLACES

pytestmark = pytest.mark.browser
LINK = f"/tinjau/#{'t' * 40}"
SENTENCE = answers.MISMATCH["sentence"]["id"]


def _place(locator: Locator) -> dict[str, float]:
    box = locator.bounding_box()
    assert box
    return {"x": box["x"], "y": box["y"], "width": box["width"], "height": box["height"]}


def _middle(locator: Locator) -> tuple[float, float]:
    box = _place(locator)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _stands_at(page: Page, frame: Locator, box: Any) -> None:
    """The frame is around its fractions of the picture, four pixels away on each side."""
    picture, drawn = _place(page.locator("#view img")), _place(frame)
    wanted = {
        "x": picture["x"] + box["x"] * picture["width"] - 4,
        "y": picture["y"] + box["y"] * picture["height"] - 4,
        "width": box["w"] * picture["width"] + 8,
        "height": box["h"] * picture["height"] + 8,
    }
    assert drawn == pytest.approx(wanted, abs=1.5)


def test_a_finding_is_framed_on_its_picture_before_anything_is_pressed(page: Page, office: Office) -> None:
    page.goto(LINK)
    page.click("#tab-village_letter")
    frame = page.get_by_role("img", name=f"1. {SENTENCE}")
    expect(frame).to_be_visible()
    expect(frame).to_have_text("1")
    _stands_at(page, frame, PLACES["group_name"])
    page.click("#zoom-in")
    _stands_at(page, frame, PLACES["group_name"])
    page.click("#tab-ktp")
    expect(page.locator(".frame")).to_have_count(0)


@pytest.mark.parametrize("severity", ["warn", "info"])
def test_a_frame_lets_what_it_marks_be_read(page: Page, office: Office, severity: str) -> None:
    office.review["case"]["findings"][0]["severity"] = severity
    page.goto(LINK)
    page.click("#show-finding-1")
    frame = page.locator("#frame-finding-1")
    expect(frame).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    expect(frame).to_have_css("border-top-style", "solid" if severity == "warn" else "dashed")


def test_choosing_a_finding_opens_its_document_and_leads_to_its_frame(page: Page, office: Office) -> None:
    page.goto(LINK)
    page.get_by_role("button", name=f"Tunjukkan: {SENTENCE}").click()
    frame = page.locator("#frame-finding-1")
    expect(frame).to_be_focused()
    expect(page.locator("#tab-village_letter")).to_have_attribute("aria-pressed", "true")
    _stands_at(page, frame, PLACES["group_name"])
    assert _place(page.locator("#view img"))["width"] > 1.5 * _place(page.locator("#view"))["width"]
    assert _middle(frame) == pytest.approx(_middle(page.locator("#view")), abs=20)
    expect(frame).to_be_in_viewport(ratio=1)


def test_a_value_that_was_read_is_framed_when_it_is_asked_for(page: Page, office: Office) -> None:
    page.goto(LINK)
    page.click("#tab-village_letter")
    frame = page.locator("#frame-read-leader_name")
    expect(frame).to_be_hidden()
    page.click("summary:has-text('Semua yang terbaca')")
    expect(page.locator("#document-read button")).to_have_count(2)
    page.get_by_role("button", name="Tunjukkan: Terbaca: nama ketua: Siti Rahayu").click()
    expect(frame).to_be_visible()
    expect(frame).to_be_focused()
    expect(frame).to_have_accessible_name("Terbaca: nama ketua: Siti Rahayu")
    _stands_at(page, frame, PLACES["leader_name"])
    page.click("#show-finding-1")
    expect(frame).to_be_hidden()


@pytest.mark.parametrize("box", [None, {"page": 3, "x": 0, "y": 0, "w": 1, "h": 1}])
def test_what_stands_on_no_picture_offers_no_way_to_a_frame(page: Page, office: Office, box: Any) -> None:
    office.review["case"]["findings"] = [answers.MISMATCH | {"box": box}]
    page.goto(LINK)
    expect(page.locator("#findings li")).to_have_text(f"≠ Beda {SENTENCE}")
    expect(page.locator("#findings button")).to_have_count(0)


def test_a_picture_that_does_not_load_leaves_no_frames(page: Page, office: Office) -> None:
    office.review["case"]["documents"]["village_letter"]["previews"] = ["/nothing.jpg"]
    page.goto(LINK)
    page.click("#show-finding-1")
    expect(page.locator("#view")).to_contain_text("Gambar gagal dimuat")
    expect(page.locator(".frame")).to_have_count(0)


def test_a_printed_page_shows_the_whole_picture_with_the_frames_of_its_findings(
    page: Page, office: Office
) -> None:
    page.goto(LINK)
    page.click("#show-finding-1")
    expect(page.locator("#frame-finding-1")).to_be_focused()
    page.emulate_media(media="print")
    view, picture = (_place(page.locator(name)) for name in ("#view", "#view img"))
    assert picture["width"] <= view["width"]
    assert picture["height"] <= view["height"]
    expect(page.locator("#frame-finding-1")).to_be_visible()
    expect(page.locator("#frame-read-leader_name")).to_be_hidden()
    expect(page.locator("#show-finding-1")).to_be_hidden()

"""A whole application with the keyboard alone: no pointer touches the page from the first sign-in to the receipt."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.site.answers import FORM, SLOTS
from tests.site.office import CODE, Office

pytestmark = pytest.mark.browser
SLOW_MS = 15_000
FARTHEST = 120
"""Presses of the Tab key within which everything on a page is reached."""
GROUP: dict[str, str] = {
    "group_name": str(FORM["group_name"]),
    "art_genre": "Reog",
    "group_address": str(FORM["group_address"]),
    "village": str(FORM["village"]),
    "sub_district": "Pandaan",
    "member_count": str(FORM["member_count"]),
}
LEADER: dict[str, str] = {
    "leader_name": str(FORM["leader_name"]),
    "national_id": str(FORM["national_id"]),
    "phone": str(FORM["phone"]),
}


def reach(page: Page, name: str) -> None:
    """Presses Tab until the control of that id has the focus."""
    for _ in range(FARTHEST):
        if page.evaluate("document.activeElement?.id") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key does not reach {name}")


def write(page: Page, name: str, text: str) -> None:
    """Types into a field; a list takes the choice whose first letters are typed."""
    reach(page, name)
    page.keyboard.type(text)


def press(page: Page, name: str, key: str = "Enter") -> None:
    """Presses a key on a control."""
    reach(page, name)
    page.keyboard.press(key)


def attach(page: Page, slot: str, file: Path) -> None:
    """Chooses a file in the chooser that the keyboard opens."""
    reach(page, f"{slot}-file")
    with page.expect_file_chooser(timeout=SLOW_MS) as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(file)
    expect(page.locator(f"#{slot}-state")).to_contain_text("Sudah", timeout=SLOW_MS)


def test_a_whole_application_is_sent_with_the_keyboard_alone(
    page: Page, office: Office, tmp_path: Path
) -> None:
    file = tmp_path / "berkas.pdf"
    file.write_bytes(b"%PDF-1.4 made up")
    # Headless Chromium cancels a chooser that nobody listens for; a listener made with the key may come too late.
    page.on("filechooser", lambda _: None)
    page.goto("/permohonan/")
    write(page, "email", "siti@contoh.id")
    press(page, "send-code")
    expect(page.locator("#code")).to_be_visible()
    write(page, "code", CODE)
    press(page, "verify-code")
    expect(page.locator("#start-application")).to_be_visible()
    press(page, "start-application")
    expect(page.locator("#application_type")).to_be_visible()
    press(page, "application_type", "Space")
    press(page, "go-on")
    for part in (GROUP, LEADER):
        expect(page.locator(f"#{next(iter(part))}")).to_be_visible()
        for name, text in part.items():
            write(page, name, text)
        press(page, "go-on")
    expect(page.locator("#ktp-card")).to_be_visible()
    for slot in SLOTS[:3]:
        attach(page, slot, file)
    press(page, "go-on")
    expect(page.locator("#declared")).to_be_visible()
    press(page, "declared", "Space")
    press(page, "send-application")
    expect(page.locator("#case-title")).to_have_text("Permohonan terkirim")
    expect(page.locator("#case-title")).to_be_focused()
    sent = office.sent("PUT", "/api/applications/c1/form")[-1].body
    assert {name: str(sent[name]) for name in GROUP | LEADER} == GROUP | LEADER | {"art_genre": "reog"}
    assert len(office.sent("POST", "/api/applications/c1/submission")) == 1

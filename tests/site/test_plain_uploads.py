"""Uploading without script before a browser: small screens, large letters, keyboard, and axe."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.site.axe import violations
from tests.site.service import served
from tests.web.office import NATIONAL_ID, Office, with_document
from tests.web.plain_uploads import link, press, returned

pytestmark = pytest.mark.browser
Opener = Callable[..., Page]
SMALL, PHONE, DESK = 320, 360, 1280


@pytest.fixture(scope="module")
def service(public: Path) -> Iterator[tuple[str, Office]]:
    """The service of all these tests."""
    with served(public) as running:
        yield running


@pytest.fixture
def opened(browser: Browser, service: tuple[str, Office]) -> Iterator[Opener]:
    """A page of a browser of that width; what its policy blocks fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def opener(path: str, width: int = PHONE) -> Page:
        context = browser.new_context(base_url=service[0], viewport={"width": width, "height": 740})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
        page.goto(path)
        return page

    yield opener
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture(scope="module")
def pages(service: tuple[str, Office]) -> dict[str, str]:
    """Every page of it, by what it shows."""
    office = service[1]
    draft, corrected = office.applicant().draft(), returned(office, office.applicant())
    token = link(office, draft)
    press(office, f"/u/{token}/village_letter")
    with_document(office.desk, draft, "ktp", {"full_name": "Sari Lain", "national_id": NATIONAL_ID})
    key = quote(office.case(draft).documents["village_letter"].quarantine_key)
    return {
        "asking": "/u",
        "documents": f"/u/{token}",
        "returned": f"/u/{link(office, corrected)}",
        "form": f"/u/{token}/village_letter",
        "checking": f"/u/{token}/village_letter?key={key}",
        "read": f"/u/{token}/ktp",
        "refused": "/u/nothing",
        "closed": f"/u/{link(office, corrected)}/board_roster",
    }


NAMES = ("asking", "documents", "returned", "form", "checking", "read", "refused", "closed")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["", "/en"])
def test_axe_finds_nothing(opened: Opener, pages: dict[str, str], name: str, language: str) -> None:
    assert violations(opened(f"{language}{pages[name]}")) == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [SMALL, DESK])
def test_nothing_is_wider_than_the_screen(
    opened: Opener, pages: dict[str, str], name: str, width: int
) -> None:
    page = opened(pages[name], width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_wrong_address_is_told_beside_its_field(opened: Opener) -> None:
    page = opened("/u")
    page.fill("#email", "tanpa-at")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Galat: Unggah dokumen tanpa JavaScript | Nomor Induk Kesenian")
    page.get_by_role("link", name="Tulis alamat email yang benar").click()
    expect(page.locator("#email")).to_be_focused()
    assert violations(page) == []


def test_the_keyboard_alone_leads_to_the_form(opened: Opener, pages: dict[str, str]) -> None:
    page = opened(pages["returned"])
    page.locator("#ktp-begin").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#file-form")).to_be_visible()
    expect(page.get_by_label("Foto atau PDF KTP Ketua")).to_have_accessible_description(
        "JPG, PNG, WebP, atau PDF, paling besar 10 MB. Kirim dalam 5 menit. "
        "Kalau lewat, muat ulang halaman ini, lalu pilih berkas lagi."
    )


def test_an_empty_form_stays_where_it_is(opened: Opener, pages: dict[str, str]) -> None:
    page = opened(pages["form"])
    page.click("#send-file")
    expect(page.locator("#file")).to_be_focused()
    assert page.url.endswith("/village_letter")

"""What an applicant has in hand once the application is sent: number, deadline, steps, links; and it is sent once."""

from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from tests.site import answers
from tests.site.axe import violations
from tests.site.office import Office

pytestmark = pytest.mark.browser
PICTURES = Path(__file__).parents[2] / "build" / "screenshots"
CASE = "/permohonan/isi/#c1"
TRACKER = "/l/k7Qp2mTrackingCode"


def sent(page: Page, office: Office) -> Page:
    """The page right after the application was sent."""
    office.app["form"] = dict(answers.FORM)
    page.goto("/permohonan/")
    page.goto(f"{CASE}/kirim")
    page.check("#declared")
    page.click("#send-application")
    page.click("#send-anyway")
    expect(page.locator("#case-title")).to_have_text("Permohonan terkirim")
    return page


def test_the_receipt_holds_number_deadline_steps_and_ways_to_keep_it(signed_in: Page, office: Office) -> None:
    page = sent(signed_in, office)
    expect(page.locator("#case-name")).to_contain_text("NKS-2026-00123")
    expect(page.locator("#case-deadline")).to_contain_text("Kamis, 26 November 2026, pukul 10.30 WIB")
    expect(page.locator("#case-steps > li")).to_have_count(6)
    links = {
        name: page.get_attribute(f"#{name}", "href") or "" for name in ("tracking-link", "print-receipt")
    }
    assert links == {"tracking-link": TRACKER, "print-receipt": f"{TRACKER}#cetak"}
    expect(page.locator("#calendar-link")).to_have_attribute("href", f"{TRACKER}/kalender.ics")
    shared = unquote(page.get_attribute("#share-link", "href") or "")
    assert shared.startswith(
        "https://wa.me/?text=Permohonan Nomor Induk Kesenian NKS-2026-00123. Lacak di http"
    )
    assert shared.endswith(TRACKER)
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / "receipt-360.png", full_page=True)
    assert violations(page) == []


def test_going_back_and_forth_and_loading_again_sends_nothing_twice(signed_in: Page, office: Office) -> None:
    page = sent(signed_in, office)
    before = len(office.sent("POST", "/api/applications/c1/submission"))
    page.go_back()
    page.wait_for_url("**/permohonan/")
    page.go_forward()
    expect(page.locator("#case-title")).to_have_text("Permohonan terkirim")
    page.reload()
    expect(page.locator("#share")).to_be_visible()
    expect(page.locator("#send-application")).to_be_hidden()
    assert len(office.sent("POST", "/api/applications/c1/submission")) == before


def test_a_draft_has_nothing_to_share(signed_in: Page, office: Office) -> None:
    signed_in.goto(CASE)
    expect(signed_in.locator("#case")).to_be_visible()
    expect(signed_in.locator("#share")).to_be_hidden()

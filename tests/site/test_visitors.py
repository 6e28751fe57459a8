"""Everybody else: those who track, those who check, auditors, and readers of English."""

import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, Route, expect

from tests.site import answers
from tests.site.conftest import SESSION
from tests.site.office import Office

pytestmark = pytest.mark.browser
PATHS = [
    "/",
    "/masuk/",
    "/lacak/",
    "/tinjau/",
    "/audit/",
    "/periksa/",
    "/privasi/",
    "/bantuan/",
    "/penilaian/#k7Qp2m",
    "/pengaduan/#NKS-2026-00123",
    "/pengaduan/lacak/",
    "/pengaduan/jawab/#tttttttttttt",
    "/en/pengaduan/",
    "/tidak-ada",
]
PATHS += ["/permohonan/", "/permohonan/isi/#c1", "/en/permohonan/isi/#c1"]


@pytest.mark.parametrize("width", [320, 360, 412, 1280])
def test_what_the_calendar_says_of_today_moves_nothing(page: Page, width: int) -> None:
    held: list[Route] = []
    page.set_viewport_size({"width": width, "height": 740})
    page.route("**/api/procedure", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks the function
    page.goto("/")
    expect(page.locator("#office-hours")).to_contain_text("kapan saja")
    before = page.locator("#apply").bounding_box()
    held[0].continue_()
    expect(page.locator("#office-hours")).to_have_text(
        "Hari ini libur. Anda tetap bisa mengajukan; pemeriksaan dimulai Senin, 30 November 2026, pukul 07.30 WIB."
    )
    assert page.locator("#apply").bounding_box() == before


def test_who_asks_for_help_says_where_without_typing(page: Page) -> None:
    page.goto("/lacak/")
    assert unquote(page.get_attribute("#ask-help", "href") or "") == (
        "https://wa.me/?text=Bantuan Nomor Induk Kesenian, Lacak permohonan:"
    )


def test_who_asks_for_help_with_an_application_gives_its_number_and_no_name(
    signed_in: Page, office: Office
) -> None:
    office.app = answers.returned()
    signed_in.goto("/permohonan/isi/#c1")
    expect(signed_in.locator("#ask-help")).to_have_attribute("href", re.compile("NKS-2026-00123"))
    assert "Siti" not in (signed_in.get_attribute("#ask-help", "href") or "")


def test_the_tracking_form_names_what_lacks_before_it_is_sent(page: Page) -> None:
    page.goto("/lacak/")
    page.fill("#phone_last4", "12")
    page.click("#show-tracking")
    expect(page.locator("#problem")).to_be_focused()
    expect(page.locator("#problem li")).to_have_count(2)
    expect(page.locator("#phone_last4-error")).to_have_text("Tulis 4 angka terakhir nomor HP")


def test_a_link_of_an_older_mail_leads_to_the_page(page: Page) -> None:
    page.goto(f"/en/lacak/#{'ab' * 16}", wait_until="commit")
    page.wait_for_url(f"**/en/l/{'ab' * 16}")


def test_a_permit_is_checked_by_number_or_by_code(page: Page) -> None:
    page.goto("/periksa/")
    page.fill("#number", "AB12CD34")
    page.click("#check-permit")
    page.wait_for_url("**/v/AB12CD34")
    page.goto("/periksa/")
    page.fill("#number", "430/0001/424.086/2026")
    page.click("#check-permit")
    page.wait_for_url("**/v?number=430%2F0001%2F424.086%2F2026")


def test_an_auditor_pages_through_the_list_and_reads_a_case(page: Page, office: Office) -> None:
    page.goto("/audit/")
    page.fill("#email", "audit@contoh.id")
    page.click("#send-code")
    page.fill("#code", "123456")
    page.click("#verify-code")
    expect(page.locator("#case-rows tr")).to_have_count(2)
    page.click("#more-cases")
    expect(page.locator("#case-rows tr")).to_have_count(3)
    page.get_by_test_id("open-c1").click()
    expect(page.locator("#chain")).to_contain_text("Rantai catatan utuh")
    expect(page.locator("#timeline > li")).to_have_count(2)
    page.click("#back-to-list")
    page.select_option("#status", "returned")
    page.check("#overdue")
    with page.expect_download() as download:
        page.click("#list-csv")
    assert download.value.suggested_filename == "sanggar-audit.csv"
    asked = office.sent("GET", "/api/audit/export")[0]
    assert asked.path.endswith("status=returned&overdue=true&format=csv")
    assert asked.headers["Authorization"] == "Bearer S"


def test_no_page_scrolls_sideways_on_the_smallest_screen(page: Page, office: Office) -> None:
    page.add_init_script(f"localStorage.setItem('sanggar.session.applicant', {SESSION!r})")
    page.add_init_script(f"sessionStorage.setItem('sanggar.session.auditor', {SESSION!r})")
    page.add_init_script("sessionStorage.setItem('sanggar.link', 'tttttttttttttttttttttttttt')")
    page.set_viewport_size({"width": 320, "height": 600})
    wide = []
    for path in PATHS:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wide.append(path)
    assert wide == []


def test_controls_are_at_least_48_pixels_high(page: Page, office: Office) -> None:
    page.add_init_script(f"localStorage.setItem('sanggar.session.applicant', {SESSION!r})")
    page.goto("/permohonan/isi/#c1")
    expect(page.locator("#case")).to_be_visible()
    small = page.evaluate(
        """[...document.querySelectorAll("main :is(button, select, label.choice, .pick, input[type=text])")]
        .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 48)
        .map((one) => one.id || one.textContent)"""
    )
    assert small == []

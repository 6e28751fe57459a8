"""The tracker before a browser: without script, on a small screen, on paper, kept open."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.site.axe import violations
from tests.site.service import served
from tests.web.office import APPROVE, Office

pytestmark = pytest.mark.browser
PICTURES = Path(__file__).parents[2] / "build" / "screenshots"
Opener = Callable[..., Page]


@pytest.fixture(scope="module")
def service(public: Path) -> Iterator[tuple[str, Office]]:
    """The service of all these tests."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with served(public) as running:
        yield running


@pytest.fixture
def office(service: tuple[str, Office]) -> Iterator[Office]:
    """The office on a Tuesday at nine."""
    office = service[1]
    begun = office.desk.clock.now()
    yield office
    office.hands.move(seconds=(begun - office.desk.clock.now()).total_seconds())


@pytest.fixture
def opened(browser: Browser, service: tuple[str, Office]) -> Iterator[Opener]:
    """A page of a browser with these properties; what its policy blocks, or a script breaks, fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def opener(path: str, width: int = 360, **properties: object) -> Page:
        size = {"width": width, "height": 740}
        context = browser.new_context(base_url=service[0], viewport=size, **properties)  # type: ignore[arg-type]
        context.set_default_timeout(8000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
        page.goto(path)
        return page

    yield opener
    for context in contexts:
        context.close()
    assert faults == []


def underway(office: Office, step: str = "verification") -> str:
    """The path of the tracker of an application at that step."""
    case_id = office.applicant().sent()
    office.open(case_id, step)
    return f"/l/{office.case(case_id).tracking_code}"


def late(office: Office) -> str:
    """The same, overdue, with a holiday behind it."""
    office.hands.move(seconds=29 * 24 * 3600)
    path = underway(office, "completeness_check")
    office.hands.move(seconds=7 * 24 * 3600)
    return path


def test_without_script_number_and_phone_lead_to_the_steps(office: Office, opened: Opener) -> None:
    case = office.case(office.applicant().sent())
    page = opened("/lacak/", java_script_enabled=False)
    page.fill("#number", case.number)
    page.fill("#phone_last4", "0000")
    page.click("#show-tracking")
    expect(page.locator("#problem")).to_contain_text("Nomor tidak ditemukan")
    expect(page.locator("#number")).to_have_value(case.number)
    page.screenshot(path=PICTURES / "tracking-refused-360.png", full_page=True)
    page.fill("#phone_last4", "1234")
    page.click("#show-tracking")
    page.wait_for_url(f"**/l/{case.tracking_code}")
    expect(page.locator("#tracking-steps > li")).to_have_count(6)
    page.click("#language")
    expect(page.locator("h1")).to_have_text("In progress")


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("made", [underway, late])
def test_the_page_is_accessible_and_fits_the_screen(
    office: Office, opened: Opener, made: Callable[[Office], str], width: int
) -> None:
    page = opened(made(office), width)
    expect(page.locator("[aria-current=step]")).to_have_count(1)
    page.screenshot(path=PICTURES / f"tracker-{made.__name__}-{width}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []


@pytest.mark.parametrize("path", ["/lacak/", "/en/l", "/l/" + "0" * 32, "/v", "/en/v/0000000000"])
def test_the_pages_around_it_are_accessible_and_fit_the_smallest_screen(opened: Opener, path: str) -> None:
    page = opened(path, 320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []


def test_a_page_that_stays_open_says_what_changed_and_nothing_else(office: Office, opened: Opener) -> None:
    case_id = office.applicant().sent()
    office.open(case_id, "verification")
    page = opened(f"/l/{office.case(case_id).tracking_code}")
    seen = page.inner_text("#as-of")
    page.clock.install()
    page.reload()
    office.hands.move(seconds=300)
    page.clock.run_for(60_000)
    expect(page.locator("#as-of")).not_to_have_text(seen)
    expect(page.locator("#live")).to_be_empty()
    page.focus("#print")
    assert office.decide(case_id, APPROVE).status == 200
    office.open(case_id, "recommendation_review")
    page.clock.run_for(60_000)
    expect(page.locator("[aria-current=step]")).to_contain_text("Koordinator")
    expect(page.locator("#live")).to_have_text("Status berubah: Sedang diproses")
    expect(page.locator("#print")).to_be_focused()


def test_a_hidden_page_asks_for_nothing(office: Office, opened: Opener) -> None:
    page = opened(underway(office))
    page.clock.install()
    page.reload()
    page.evaluate("Object.defineProperty(document, 'visibilityState', {get: () => 'hidden'})")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.run_for(200_000)
    assert asked == []


def test_the_share_sheet_is_offered_where_there_is_one(office: Office, opened: Opener) -> None:
    path = underway(office)
    page = opened(path)
    expect(page.locator("#share-sheet")).to_be_hidden()
    page.add_init_script("navigator.share = (what) => { window.shared = what; return Promise.resolve(); }")
    page.reload()
    page.click("#share-sheet")
    assert page.evaluate("window.shared.text").endswith(path)
    assert set(page.evaluate("Object.keys(window.shared)")) == {"text"}


def test_the_print_is_one_sheet_with_the_address_and_its_code(
    office: Office, opened: Opener, tmp_path: Path
) -> None:
    path = late(office)
    page = opened(path)
    sheet = tmp_path / "bukti.pdf"
    page.pdf(path=sheet, prefer_css_page_size=True, print_background=False)
    with pypdfium2.PdfDocument(sheet) as document:
        document[0].render(scale=2).to_pil().save(PICTURES / "tracker-print.png")
        assert len(document) == 1
        assert [round(side) for side in document[0].get_size()] == [595, 842]
        printed = document[0].get_textpage().get_text_bounded()
    assert "Bukti permohonan" in printed
    assert path in printed.replace("\r\n", "")
    assert "WhatsApp" not in printed
    page.emulate_media(media="print")
    expect(page.locator(".print-code")).to_be_visible()


def test_the_calendar_is_saved_under_the_number(office: Office, opened: Opener) -> None:
    case = office.case(office.applicant().sent())
    page = opened(f"/l/{case.tracking_code}")
    with page.expect_download() as download:
        page.click("#calendar-link")
    assert download.value.suggested_filename == f"{case.number}.ics"

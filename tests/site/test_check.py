"""The public check before a browser: every answer, a code typed by hand, a file that was altered."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect

from chalicelib.aws.tables import PermitRow
from chalicelib.permits.types import PermitRecord
from tests.site.axe import violations
from tests.site.service import served
from tests.web.office import Office

pytestmark = pytest.mark.browser
PICTURES = Path(__file__).parents[2] / "build" / "screenshots"
ANSWERS = {
    "valid": "✓ Tercatat di buku register kami dan masih berlaku",
    "expired": "! Sertifikat ini sudah habis masa berlakunya pada",
    "revoked": "✕ Sertifikat ini dicabut pada",
    "replaced": "! Sertifikat ini sudah diganti pada",
}


@pytest.fixture(scope="module")
def service(public: Path) -> Iterator[tuple[str, Office, str]]:
    """The service with one permit in its register, and the permit's code."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with served(public) as (url, office):
        # The signer runs an event loop of its own, and an open browser has one in this thread.
        with ThreadPoolExecutor(1) as elsewhere:
            case = elsewhere.submit(lambda: office.issue(office.applicant().sent())).result()
        assert case.permit
        yield url, office, case.permit.check_code


@pytest.fixture(params=[320, 1280])
def page(
    request: pytest.FixtureRequest, browser: Browser, service: tuple[str, Office, str]
) -> Iterator[Page]:
    """A page on a small phone and on a desk."""
    size: dict[str, int] = {"width": request.param, "height": 740}
    context = browser.new_context(base_url=service[0], viewport=size)  # type: ignore[arg-type]
    context.set_default_timeout(8000)
    yield context.new_page()
    context.close()


def seen(page: Page, name: str) -> None:
    """A picture, and what nobody may find wrong with the page."""
    width = (page.viewport_size or {"width": 0})["width"]
    page.screenshot(path=PICTURES / f"check-{name}-{width}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    assert len(page.content().encode()) < 5 * 1024


@pytest.mark.parametrize("status", ANSWERS)
def test_each_answer_is_one_sentence_on_an_accessible_page(
    page: Page, service: tuple[str, Office, str], status: str
) -> None:
    _, office, code = service
    row = PermitRow.get(code)
    before, now = row.body or "", office.desk.clock.now()
    if status in ("revoked", "replaced"):
        record = msgspec.json.decode(before, type=PermitRecord)
        changed = msgspec.structs.replace(record, status=status, status_at=now, status_reason="Uji coba")
        row.body = msgspec.json.encode(changed).decode()
        row.save()
    if status == "expired":
        office.hands.move(seconds=3 * 365 * 24 * 3600)
    page.goto(f"/v/{code}")
    expect(page.locator(".is")).to_contain_text(ANSWERS[status])
    seen(page, status)
    office.hands.move(seconds=(now - office.desk.clock.now()).total_seconds())
    row.body = before
    row.save()


def test_an_unknown_code_typed_by_hand_is_told_so_and_another_one_can_be_tried(
    page: Page, service: tuple[str, Office, str]
) -> None:
    page.goto("/v")
    page.fill("#kode", "abcde 12345")
    page.keyboard.press("Enter")
    expect(page.locator(".is")).to_contain_text("Kode tidak ditemukan. Jangan percaya dokumen ini")
    seen(page, "unknown")
    page.fill("#kode", f"{service[2][:5]}-{service[2][5:]}".lower())
    page.keyboard.press("Enter")
    expect(page.locator(".is")).to_contain_text("masih berlaku")
    page.click("header a[lang=en]")
    expect(page.locator(".is")).to_contain_text("still valid")
    page.click("footer a")
    page.wait_for_url("**/en/")

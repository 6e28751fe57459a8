"""A freshly built site, the double that serves it, and one Chromium for the browser tests of a module."""

import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.site.double import Double
from tests.site.office import Office

BUILDER: dict[str, Any] = runpy.run_path(str(Path(__file__).parents[2] / "site" / "build.py"))
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SESSION = (
    '{"session":"S","expires_at":"2099-01-01T00:00:00+07:00",'
    '"account":{"name":"Siti Rahayu","email":"siti@contoh.id","phone":"081234567890"}}'
)


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the built site."""
    folder = tmp_path_factory.mktemp("site")
    BUILDER["build"](folder)
    return folder


@pytest.fixture(scope="session")
def double(public: Path) -> Iterator[Double]:
    """The server of all browser tests."""
    server = Double(public)
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def office(double: Double) -> Office:
    """A fresh state behind the server."""
    double.office = Office()
    return double.office


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; closed with each module, for while it is open an event loop runs in the tests' thread."""
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, double: Double, office: Office) -> Iterator[Page]:
    """A phone's page; a fault in a page's script fails the test."""
    context = browser.new_context(base_url=double.url, viewport={"width": 360, "height": 740}, locale="id-ID")
    context.set_default_timeout(5000)
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on(
        "console",
        lambda message: faults.append(message.text) if "Content Security Policy" in message.text else None,
    )
    yield opened
    context.close()
    assert faults == []


@pytest.fixture
def signed_in(page: Page) -> Page:
    """The same page with an applicant's session."""
    page.add_init_script(f"localStorage.setItem('sanggar.session.applicant', {SESSION!r})")
    return page

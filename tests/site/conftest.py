"""The double that serves the built site, and a phone's page before it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.site.double import Double
from tests.site.office import Office

SESSION = (
    '{"session":"S","lasts_seconds":28800,"until":4070908800000,'
    '"account":{"name":"Siti Rahayu","email":"siti@contoh.id","phone":"081234567890"}}'
)


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

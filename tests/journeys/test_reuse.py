"""An earlier document used again on the running stack: copied, read anew, and offered on the card."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from local.bundle import Bundle, own_bundle
from local.clock import set_clock
from local.demo import opening_of
from local.stack import Stack, open_stack
from tests.journeys.walkers import PHONE, Applicant, window
from tests.site.axe import violations

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """What the applicant has, as files on a phone."""
    return own_bundle(tmp_path_factory.mktemp("bundle"), quick=True)


@pytest.fixture(scope="module")
def stack(public: Path, bundle: Bundle, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The service on the morning of that application."""
    clock = set_clock(opening_of(bundle.submitted_on), 1.0)
    with open_stack(port=0, folder=tmp_path_factory.mktemp("stack"), clock=clock, pages=public) as running:
        yield running


def test_what_was_sent_before_is_one_press_away(browser: Browser, stack: Stack, bundle: Bundle) -> None:
    with window(browser, stack, PHONE) as page:
        applicant = Applicant(stack, page, "lagi@pemohon.contoh.id", bundle)
        applicant.register()
        applicant.start()
        applicant.fill_in()
        applicant.upload()
        applicant.check()
        applicant.send()
        page.click("#back")
        applicant.start()
        applicant.fill_in()
        expect(page.locator("#ktp-reuse")).to_contain_text("Pakai KTP Ketua yang diunggah")
        applicant.picture("r0-offered")
        assert violations(page) == []
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url) if "/_s3" in request.url else None)
        page.click("#ktp-reuse")
        expect(page.locator("#ktp-read")).to_contain_text("Terbaca:")
        expect(page.locator("#ktp-reuse")).to_be_hidden()
        applicant.picture("r1-read")
        assert sent == []

"""An earlier document used again on the running stack: copied, read anew, and offered on the card."""

import pytest
from playwright.sync_api import Browser, expect

from local.bundle import Bundle
from local.stack import Stack
from tests.journeys.walkers import PHONE, Applicant, window
from tests.site.axe import violations

pytestmark = pytest.mark.browser


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

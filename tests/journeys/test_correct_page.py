"""A returned document on the running stack: the officer's words, the old picture, and the new one beside it."""

import pytest
from playwright.sync_api import Browser, expect

from local.bundle import Bundle
from local.stack import Stack
from tests.journeys.walkers import DESK, PHONE, Applicant, Officer, window
from tests.site.axe import violations

pytestmark = pytest.mark.browser


def test_the_old_picture_stands_beside_the_new_one(browser: Browser, stack: Stack, bundle: Bundle) -> None:
    with window(browser, stack, PHONE) as page, window(browser, stack, DESK) as desk:
        applicant = Applicant(stack, page, "perbaikan@pemohon.contoh.id", bundle)
        applicant.register()
        applicant.start()
        applicant.fill_in()
        applicant.upload()
        applicant.check()
        applicant.send()
        officer = Officer(stack, desk, "customer_service")
        officer.open(applicant.number())
        officer.give_back("unreadable_document-village_letter", "Cap desa tidak terlihat.")
        desk.click("#to-check")
        officer.prove_and_send()
        applicant.open(applicant.mail.link("permohonan/isi"))
        pair = page.locator("#village_letter-correction")
        expect(pair).to_contain_text("tidak terbaca. Foto ulang seluruh halaman")
        expect(pair.locator("img")).to_have_count(1)
        for slot in ("ktp", "board_roster", "old_certificate"):
            expect(page.locator(f"#{slot}-correction")).to_be_hidden()
            expect(page.locator(f"#{slot}-picks")).to_be_hidden()
        pair.scroll_into_view_if_needed()
        applicant.picture("p0-returned")
        applicant.upload("village_letter")
        new = pair.get_by_role("img", name="Yang baru: Surat Keterangan dari Kepala Desa/Lurah, 1")
        expect(new).to_be_visible()
        new.scroll_into_view_if_needed()
        page.wait_for_function(
            "[...document.querySelectorAll('.pair img')].every((one) => one.naturalWidth > 0)"
        )
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        applicant.picture("p1-beside-360")
        page.set_viewport_size({"width": 1280, "height": 900})
        applicant.picture("p1-beside-1280")

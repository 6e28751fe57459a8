"""The whole service as people meet it: a real browser, the real API, mails; nothing but clicks and keys."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Request, expect

from local.bundle import Bundle
from local.people import office
from local.stack import Stack
from tests.journeys.walkers import DESK, PHONE, Applicant, Officer, Walker, address_in_qr, window

pytestmark = pytest.mark.browser

BUDGET_KIBIBYTES = 30
FIRST_LOADS = {
    "/": 10,
    "/masuk/": 10,
    "/lacak/": 8,
    "/periksa/": 13,
    "/v/TIDAKADA00": 10,
    "/u": 4,
    "/bantuan/": 5,
    "/privasi/": 5,
    "/aksesibilitas/": 4,
    "/tidak-ada": 4,
    "/en/": 10,
    "/en/lacak/": 8,
}
"""KiB over the wire, by page."""


def decided(browser: Browser, stack: Stack, role: str, number: str, order: int) -> None:
    """The officer of that role opens the mailed link, approves and proves who they are."""
    with window(browser, stack, DESK) as page:
        officer = Officer(stack, page, role)
        officer.open(number)
        officer.pictures(f"{order}0-{role}-review")
        officer.approve()
        officer.pictures(f"{order}1-{role}-check")
        officer.prove_and_send()
        officer.pictures(f"{order}2-{role}-decided")


def applied(applicant: Applicant) -> None:
    """From the front page to the receipt."""
    applicant.register()
    applicant.picture("01-applications-empty")
    applicant.start()
    applicant.picture("02-form-empty")
    applicant.fill_in()
    applicant.upload()
    applicant.picture("03-uploaded")
    applicant.check()
    applicant.picture("04-check")
    applicant.send()
    applicant.picture("04-sent")


def followed(browser: Browser, stack: Stack, address: str | None) -> None:
    """Somebody to whom the tracking link was sent opens it."""
    with window(browser, stack, PHONE) as page:
        page.goto(address or "")
        expect(page.locator("#tracking-steps > li")).to_have_count(6)
        Walker(stack, page, "").picture("05-tracking")


def checked(browser: Browser, stack: Stack, number: str, address: str) -> None:
    """Anybody checks the permit: by its number on the page for that, and by the address in its QR."""
    with window(browser, stack, PHONE) as page:
        walker = Walker(stack, page, "")
        page.goto("/periksa/")
        walker.picture("70-check")
        page.fill("#number", number)
        page.click("#check-permit")
        expect(page.locator("main")).to_contain_text("masih berlaku")
        page.goto(address)
        expect(page.locator("main")).to_contain_text(number)
        walker.picture("71-checked")


def audited(browser: Browser, stack: Stack, number: str) -> None:
    """An auditor signs in with a mailed code and reads the whole case."""
    with window(browser, stack, DESK) as page:
        auditor = Walker(stack, page, office()["auditors"][0]["email"])
        page.goto("/audit/")
        page.fill("#email", auditor.mail.email)
        auditor.type_code(lambda: page.click("#send-code"))
        page.click("#verify-code")
        row = page.locator("#case-rows tr").filter(has_text=number)
        expect(row).to_contain_text("Sertifikat sudah terbit")
        auditor.pictures("80-audit-list")
        row.get_by_role("button").click()
        expect(page.locator("#chain")).to_contain_text("Rantai catatan utuh")
        auditor.pictures("81-audit-case")


def test_a_group_gets_its_permit_and_anybody_can_check_it(
    browser: Browser, stack: Stack, bundle: Bundle, tmp_path: Path
) -> None:
    with window(browser, stack, PHONE) as page:
        page.goto("/")
        applicant = Applicant(stack, page, "ketua@pemohon.contoh.id", bundle)
        applicant.picture("00-start")
        applied(applicant)
        followed(browser, stack, page.get_attribute("#tracking-link", "href"))
        number = applicant.number()
        for order, role in enumerate(("customer_service", "sub_coordinator", "coordinator", "head"), 1):
            decided(browser, stack, role, number, order)
        case = applicant.mail.link("permohonan/isi")
        applicant.open(case)
        expect(page.locator("#section-permit")).to_be_visible()
        applicant.picture("60-issued")
        permit_number = page.inner_text("#permit-facts dd >> nth=0")
        address = address_in_qr(applicant.download(), tmp_path)
    checked(browser, stack, permit_number, address)
    audited(browser, stack, number)


@pytest.mark.parametrize(("path", "kibibytes"), FIRST_LOADS.items())
def test_the_first_load_of_a_public_page_costs_so_much(
    browser: Browser, stack: Stack, path: str, kibibytes: int
) -> None:
    """All that travels to a phone that was never here: page, script, answers of the API, with their headers."""
    page = browser.new_page(base_url=stack.url)
    asked: list[Request] = []
    page.on("requestfinished", lambda request: asked.append(request))  # noqa: PLW0108 - Playwright looks into it
    page.goto(path, wait_until="networkidle")
    sizes = [request.sizes() for request in asked]
    page.close()
    cost = sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes)
    assert len(sizes) <= 4
    assert kibibytes - 1 < cost / 1024 <= kibibytes <= BUDGET_KIBIBYTES, f"{path}: {cost / 1024:.1f} KiB"


def test_a_returned_application_is_corrected_and_goes_on(
    browser: Browser, stack: Stack, bundle: Bundle
) -> None:
    with window(browser, stack, PHONE) as page, window(browser, stack, DESK) as desk:
        applicant = Applicant(stack, page, "wakil@pemohon.contoh.id", bundle)
        applicant.register()
        applicant.start()
        applicant.fill_in(group_name="Sanggar Yang Lain")
        applicant.upload()
        applicant.check()
        expect(page.locator("#finding-list li").first).to_contain_text("berbeda dari isian")
        applicant.picture("90-findings")
        applicant.send()
        number = applicant.number()
        officer = Officer(stack, desk, "customer_service")
        officer.open(number)
        officer.pictures("91-differences")
        officer.give_back("group_mismatch-village_letter", "Tulis nama kelompok seperti di surat desa.")
        officer.pictures("92-return")
        desk.click("#to-check")
        officer.prove_and_send()
        applicant.open(applicant.mail.link("permohonan/isi"))
        expect(page.locator("#correction-message")).to_contain_text("seperti di surat desa")
        applicant.picture("93-returned")
        page.fill("#group_name", bundle.form["group_name"])
        applicant.send()
        applicant.picture("94-corrected")
        officer.open(number)
        expect(desk.locator("#findings-none")).to_be_visible()
        officer.pictures("95-corrected-review")

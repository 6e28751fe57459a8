"""The assisted counter on the running stack: an officer's screen, an applicant's mailbox, and another officer."""

import pytest
from playwright.sync_api import Browser, Page, expect

from local.bundle import Bundle
from local.person import Person
from local.stack import Stack
from tests.journeys.walkers import DESK, Applicant, Officer, window
from tests.site.axe import violations

pytestmark = pytest.mark.browser
APPLICANT = "pak.tani@pemohon.contoh.id"


def came_in(officer: Officer) -> None:
    """The officer asks for the link to the counter and opens it from their mailbox."""
    page = officer.page
    page.goto("/loket/")
    page.fill("#officer_email", officer.mail.email)
    officer.pictures("c0-ask")
    page.click("#ask-link")
    expect(page.locator("#link-asked")).to_contain_text("tautannya kami kirim")
    page.goto(f"/loket/#{officer.mail.link('loket')}")
    expect(page.locator("#counter-title")).to_contain_text("Loket Laras Kinanti (Customer Service)")


def agreed(page: Page, applicant: Person, name: str, kind: str) -> None:
    """The applicant says who they are, hears the words, and reads out the code from their own mail."""
    expect(page.locator("#consent")).to_contain_text("Saya setuju Laras Kinanti mengisikan")
    page.check("#type-renewal" if kind == "renewal" else "#application_type")
    page.fill("#name", name)
    page.fill("#phone", "0812 0000 0123")
    page.fill("#email", applicant.email)
    page.fill("#code", applicant.code(lambda: page.click("#send-code")))


def test_an_officer_fills_in_and_another_one_decides(browser: Browser, stack: Stack, bundle: Bundle) -> None:
    with window(browser, stack, DESK) as page, window(browser, stack, DESK) as other:
        officer = Officer(stack, page, "customer_service")
        came_in(officer)
        assert violations(page) == []
        applicant = Person(stack.url, stack.mailbox, APPLICANT)
        kind = bundle.form["application_type"]
        agreed(page, applicant, bundle.form["leader_name"], kind)
        officer.pictures("c1-consent")
        page.click("#begin")
        expect(page.locator("#assisted")).to_contain_text("diisikan oleh Laras Kinanti di loket")
        filled = Applicant(stack, page, APPLICANT, bundle)
        filled.fill_in()
        filled.upload()
        officer.picture("c2-filled")
        filled.check()
        filled.send()
        number = filled.number()
        case = stack.desk.cases.find(number)
        assert case.assistance is not None
        received = applicant.mailed("kami terima")
        assert "diisikan oleh Laras Kinanti di loket, dengan persetujuan pemohon" in received
        page.click("#finish-assisting")
        expect(page.locator("#counter-form")).to_be_visible()
        expect(page.locator("#email")).to_have_value("")
        assert page.evaluate("Object.keys(localStorage)") == []
        decides = Officer(stack, other, "customer_service", other=1)
        decides.open(number)
        expect(other.locator("#assisted")).to_contain_text("diisikan oleh Laras Kinanti di loket")
        decides.pictures("c3-review")
        decides.approve()
        decides.prove_and_send()
    entries = stack.desk.cases.entries(case.case_id)
    assert [e.actor.id for e in entries if e.action == "application.submitted"] == ["cs-1"]
    assert [e.actor.id for e in entries if e.action == "step.approve"] == ["cs-2"]


def test_what_lacks_is_told_before_a_code_is_sent(browser: Browser, stack: Stack) -> None:
    with window(browser, stack, {"width": 320, "height": 740}) as page:
        page.goto("/loket/")
        page.click("#ask-link")
        expect(page.locator("#problem")).to_contain_text("Tulis alamat email yang benar")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert violations(page) == []

"""A permit is revoked on a phone, from inbox to inbox, on the real handlers."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from chalicelib.accounts.codes import code_of
from chalicelib.cases.case import Case
from local.people import passphrase_of
from tests.site.service import served
from tests.site.test_inbox import desk, inbox_of
from tests.web.office import Office

__all__ = ["desk"]
pytestmark = pytest.mark.browser
WORDS = "Surat desa <b>tidak pernah</b> dikeluarkan. " + "kata " * 52


@pytest.fixture(scope="module")
def running(public: Path) -> Iterator[tuple[str, Office]]:
    with served(public) as running:
        yield running


@pytest.fixture
def town(running: tuple[str, Office]) -> Office:
    return running[1]


def _issued(town: Office, name: str) -> tuple[Case, str]:
    # In a thread of its own: signing runs an event loop, and the browser's runs in this one.
    with ThreadPoolExecutor(1) as elsewhere:
        case = elsewhere.submit(town.issue, town.applicant().sent(group_name=name)).result()
    assert case.permit is not None
    return case, case.permit.permit_number


def _code(town: Office, case: Case) -> str:
    challenge = town.desk.people.challenge(f"revoke-koor-1-{case.case_id}")
    assert challenge is not None
    return code_of(challenge, town.desk.keyring().newest())


def _propose(page: Page, town: Office, case: Case, number: str) -> None:
    page.goto(inbox_of(town, "koor-1"))
    page.click("#revoke-link")
    expect(page.locator("#revoke-goes")).to_contain_text("Kepala DPMPTSP, bukan Anda")
    page.fill("#permit_number", number)
    page.check("#reason")
    page.fill("#words", WORDS)
    page.click("#request-code")
    expect(page.locator("#code-sent")).to_contain_text("***")
    page.fill("#code", _code(town, case))
    page.click("#send-proposal")
    expect(page.locator("#revocation-over")).to_contain_text(f"Usul pencabutan {number} terkirim")


def test_two_officers_revoke_a_permit_from_their_inboxes(desk: Page, town: Office) -> None:
    case, number = _issued(town, "Reog Palsu")
    desk.goto(inbox_of(town, "koor-1"))
    desk.click("#revoke-link")
    desk.click("#send-proposal")
    expect(desk.locator("#problem li")).to_have_count(4)
    _propose(desk, town, case, number)
    desk.goto(f"/v?number={number}")
    expect(desk.locator("body")).not_to_contain_text("dicabut")
    desk.goto(inbox_of(town, "kepala-1"))
    expect(desk.locator("#revoke-way")).to_be_hidden()
    card = desk.locator(f"#revocation-{case.case_id}")
    expect(card).to_contain_text("Reog Palsu")
    card.get_by_role("link", name=f"Putuskan {number}").click()
    expect(desk).to_have_url(re.compile("/pencabutan/$"))
    expect(desk.locator("#revocation-words")).to_have_text(WORDS.strip())
    assert desk.locator("#revocation-words b").count() == 0
    width = desk.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
    desk.click("#send-decision")
    expect(desk.locator("#problem li")).to_have_count(2)
    desk.check("#outcome")
    desk.fill("#passphrase", "bukan frasa sandinya")
    desk.click("#send-decision")
    expect(desk.locator("#passphrase-error")).to_have_text("Frasa sandi salah. Belum ada yang diputuskan.")
    expect(desk.locator("#passphrase")).to_have_value("")
    desk.fill("#passphrase", passphrase_of("head"))
    desk.click("#send-decision")
    expect(desk.locator("#revocation-over")).to_contain_text(f"Sertifikat {number} dicabut pada")
    desk.goto(f"/v?number={number}")
    expect(desk.locator(".revoked")).to_contain_text("dicabut pada 24 November 2026")
    expect(desk.locator("body")).to_contain_text("ternyata tidak benar")


def test_a_declined_proposal_needs_words_and_its_link_is_spent(desk: Page, town: Office) -> None:
    case, number = _issued(town, "Reog Sah")
    _propose(desk, town, case, number)
    desk.goto(inbox_of(town, "kepala-1"))
    link = desk.locator(f"#revocation-{case.case_id}").get_by_role("link")
    address = str(link.get_attribute("href"))
    link.click()
    desk.check("#outcome-declined")
    desk.fill("#passphrase", passphrase_of("head"))
    desk.click("#send-decision")
    expect(desk.locator("#words-error")).to_have_text("Tulis mengapa usul ditolak")
    desk.fill("#words", "Surat itu sah.")
    desk.fill("#passphrase", passphrase_of("head"))
    desk.click("#send-decision")
    expect(desk.locator("#revocation-over")).to_contain_text("Sertifikat tetap berlaku")
    desk.goto("about:blank")
    desk.goto(address)
    expect(desk.locator("#revocation-over")).to_contain_text("Usul ini sudah diputuskan")
    desk.goto(f"/v?number={number}")
    expect(desk.locator(".valid")).to_be_visible()


def test_a_number_that_is_none_is_told_beside_its_field_and_without_a_link_nothing_opens(
    desk: Page, town: Office
) -> None:
    desk.goto("/en/cabut/")
    expect(desk.locator("#revocation-over")).to_contain_text("opens only through the link")
    desk.goto(inbox_of(town, "koor-1", "/en"))
    desk.click("#revoke-link")
    desk.fill("#permit_number", "430/9999/424.086/2026")
    desk.click("#request-code")
    expect(desk.locator("#permit_number-error")).to_contain_text("no such number")

"""Documents from a browser without script: a link by mail, a plain form to S3, and what was read in the file."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from local.bundle import Bundle
from local.person import Person, text_of
from local.stack import Stack
from tests.crashes.walk import mails
from tests.journeys.walkers import PHONE, PICTURES, person_with_draft

pytestmark = pytest.mark.browser
READ_MS = 60_000
"""The first paper of a stack is read by a child process that has to start."""


@pytest.fixture
def phone(browser: Browser, stack: Stack) -> Iterator[BrowserContext]:
    """A phone whose browser runs no script."""
    context = browser.new_context(base_url=stack.url, viewport=PHONE, java_script_enabled=False)
    context.set_default_timeout(20_000)
    yield context
    context.close()


def picture(page: Page, name: str) -> None:
    """The page as it is seen."""
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def asked_for(page: Page, email: str) -> str:
    """The link that the form for it has mailed."""
    page.goto("/permohonan/isi/")
    page.get_by_role("link", name="Unggah dokumen tanpa JavaScript").click()
    page.fill("#email", email)
    picture(page, "u0-ask")
    page.click("#ask-link")
    expect(page.locator("#asked")).to_be_visible()
    return mailed_to(email)


def mailed_to(email: str) -> str:
    """The newest link for uploading that was mailed to that address."""
    from local.person import wait_for

    def look() -> str | None:
        found = [
            link
            for mail in mails()
            if email in str(mail["To"])
            for link in re.findall(r"https?://[^/]+(/u/\S+)", text_of(mail))
        ]
        return found[-1] if found else None

    return wait_for(look, "the link for uploading")


def send(page: Page, slot: str, file: Path | FilePayload) -> None:
    """One document by its button and form."""
    page.click(f"#{slot}-begin")
    page.set_input_files("#file", file)
    page.click("#send-file")


def test_a_document_comes_in_and_is_read_without_script(
    phone: BrowserContext, stack: Stack, bundle: Bundle
) -> None:
    person = Person(stack.url, stack.mailbox, "tanpa.skrip@pemohon.contoh.id")
    case_id = person_with_draft(person, bundle)
    page = phone.new_page()
    page.goto(asked_for(page, person.email))
    picture(page, "u1-documents")
    page.click("#village_letter-begin")
    picture(page, "u2-form")
    page.set_input_files("#file", bundle.uploads["village_letter"])
    page.click("#send-file")
    expect(page.locator("#village_letter-state")).to_contain_text("Memeriksa dokumen")
    picture(page, "u3-checking")
    expect(page.locator("#village_letter-read")).to_contain_text(bundle.form["group_name"], timeout=READ_MS)
    picture(page, "u4-read")
    document = stack.desk.cases.load(case_id).documents["village_letter"]
    assert document.state == "inspected"
    assert document.size == bundle.uploads["village_letter"].stat().st_size
    page.click("#back")
    expect(page.locator("#village_letter-card")).to_contain_text("Ganti Surat")


def test_bad_files_are_told_and_another_one_can_be_sent(
    phone: BrowserContext, stack: Stack, bundle: Bundle
) -> None:
    person = Person(stack.url, stack.mailbox, "berkas.rusak@pemohon.contoh.id")
    person_with_draft(person, bundle)
    page = phone.new_page()
    page.goto(asked_for(page, person.email))
    state = page.locator("#ktp-state")
    send(page, "ktp", {"name": "ktp.jpg", "mimeType": "image/jpeg", "buffer": b"only words"})
    expect(state).to_contain_text("KTP Ketua harus berupa foto (JPG, PNG, WebP) atau PDF.", timeout=READ_MS)
    picture(page, "u5-refused")
    send(page, "ktp", {"name": "ktp.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff" + b"0" * 900})
    expect(state).to_contain_text("tidak bisa dibuka", timeout=READ_MS)
    page.click("#ktp-begin")
    page.set_input_files(
        "#file", {"name": "besar.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-" + b"0" * 10_485_760}
    )
    page.click("#send-file")
    expect(page.locator("body")).to_contain_text("EntityTooLarge")
    page.go_back()
    page.reload()
    page.set_input_files("#file", bundle.uploads["village_letter"])
    page.click("#send-file")
    expect(page.locator("#ktp-findings")).to_contain_text("Surat Keterangan", timeout=READ_MS)


def test_whoever_goes_back_and_sends_another_file_gets_its_result(
    phone: BrowserContext, stack: Stack, bundle: Bundle
) -> None:
    person = Person(stack.url, stack.mailbox, "kembali@pemohon.contoh.id")
    case_id = person_with_draft(person, bundle)
    page = phone.new_page()
    page.goto(asked_for(page, person.email))
    page.click("#village_letter-begin")
    form = page.content()
    page.set_input_files("#file", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"no paper"})
    page.click("#send-file")
    state = page.locator("#village_letter-state")
    expect(state).to_contain_text("harus berupa foto", timeout=READ_MS)
    page.set_content(form)  # as a browser that kept the page shows it again
    page.set_input_files("#file", bundle.uploads["village_letter"])
    page.click("#send-file")
    expect(page.locator("#village_letter-read")).to_contain_text(bundle.form["group_name"], timeout=READ_MS)
    documents = stack.desk.cases.load(case_id).documents
    assert documents["village_letter"].state == "inspected"


def test_an_english_page_leads_back_to_an_english_page(
    phone: BrowserContext, stack: Stack, bundle: Bundle
) -> None:
    person = Person(stack.url, stack.mailbox, "english@pemohon.contoh.id")
    person_with_draft(person, bundle)
    page = phone.new_page()
    page.goto(asked_for(page, person.email))
    page.click("#language")
    expect(page.locator("h1")).to_have_text("Upload documents")
    send(page, "village_letter", bundle.uploads["village_letter"])
    expect(page.locator("#village_letter-read")).to_contain_text("Read:", timeout=READ_MS)
    picture(page, "u6-english")

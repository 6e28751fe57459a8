"""The code for documents comes when somebody needs it; until then nothing misses it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.site import answers, photos
from tests.site.office import Office

pytestmark = pytest.mark.browser
PAPERS = "**/skrip/case_papers.*"
LIST = "/permohonan/isi/#c1"
DOCUMENTS = "/permohonan/isi/#c1/dokumen"


@pytest.fixture
def asked(signed_in: Page, office: Office) -> list[str]:
    """The addresses of that code which a phone with a whole form has asked for."""
    office.app["form"] = dict(answers.FORM)
    found: list[str] = []
    signed_in.on("request", lambda one: found.append(one.url) if "/case_papers." in one.url else None)
    return found


def test_who_only_looks_at_a_draft_does_not_load_it(signed_in: Page, asked: list[str]) -> None:
    signed_in.goto(LIST)
    expect(signed_in.locator("#tasks")).to_be_visible()
    signed_in.wait_for_load_state("networkidle")
    assert asked == []


def test_who_begins_to_fill_in_has_it_before_the_documents(signed_in: Page, asked: list[str]) -> None:
    signed_in.goto(LIST)
    signed_in.locator("#tasks a").nth(1).click()
    expect(signed_in.locator("#ktp-card")).to_be_attached()
    signed_in.context.set_offline(True)
    signed_in.goto(DOCUMENTS)
    expect(signed_in.locator("#ktp-file")).to_be_visible()
    assert len(asked) == 1


def test_a_lost_line_is_told_and_the_next_try_asks_anew(signed_in: Page, asked: list[str]) -> None:
    signed_in.route(PAPERS, lambda route: route.abort())
    signed_in.goto(DOCUMENTS)
    expect(signed_in.locator("#documents")).to_have_text("Sedang memuat…")
    expect(signed_in.locator("#problem")).to_contain_text("Koneksi terputus")
    signed_in.unroute(PAPERS)
    signed_in.click("#retry")
    expect(signed_in.locator("#ktp-state")).to_have_text("Belum ada berkas")
    expect(signed_in.locator("#problem")).to_be_hidden()
    assert len(set(asked)) == len(asked) > 1


def test_a_photo_that_this_phone_keeps_goes_on_from_the_list_of_a_draft(
    signed_in: Page, office: Office, asked: list[str], tmp_path: Path
) -> None:
    signed_in.route("**/bucket", lambda route: route.abort())
    signed_in.goto(DOCUMENTS)
    signed_in.set_input_files("#ktp-file", photos.saved(tmp_path, photos.page(1200, 900)))
    expect(signed_in.locator("#ktp-state")).to_contain_text("terputus")
    signed_in.goto("/bantuan/")
    signed_in.unroute("**/bucket")
    signed_in.goto(LIST)
    expect(signed_in.locator("#tasks")).to_contain_text(re.compile("Unggah dokumen"))
    expect(signed_in.locator("#ktp-state")).to_contain_text("Sudah sesuai", timeout=15_000)
    assert len(asked) == 2
    assert office.app["documents"]["ktp"]["state"] == "inspected"

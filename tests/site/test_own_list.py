"""The cards of one's own applications say what is next, and lead there."""

import re

import pytest
from playwright.sync_api import Page, expect

from chalicelib.cases.filling import PARTS
from tests.site import answers
from tests.site.axe import violations
from tests.site.office import Office
from tests.site.test_voices import picture

pytestmark = pytest.mark.browser
LIST = "#application-list"


def test_a_draft_says_its_step_and_its_button_leads_there(signed_in: Page, office: Office) -> None:
    signed_in.goto("/permohonan/")
    expect(signed_in.locator(LIST)).to_contain_text("Langkah 3 dari 5: Data ketua.")
    assert violations(signed_in) == []
    picture(signed_in, "list-draft")
    signed_in.get_by_role("link", name="Lanjutkan mengisi").click()
    expect(signed_in.locator("h1")).to_have_text("Data ketua")
    expect(signed_in.locator("#place")).to_contain_text("Langkah 3 dari 5")


@pytest.mark.parametrize("number", range(1, 6))
def test_the_service_and_the_pages_count_the_same_steps(signed_in: Page, office: Office, number: int) -> None:
    office.app["form"] = dict(answers.FORM)
    office.reached = {"key": PARTS[number - 1], "number": number, "count": len(PARTS)}
    signed_in.goto("/permohonan/")
    said = re.search("Langkah (.*)[.]", signed_in.locator(LIST).get_by_text("Langkah").inner_text())
    assert said
    count, name = said[1].split(": ")
    signed_in.get_by_role("link", name="Lanjutkan mengisi").click()
    expect(signed_in.locator("h1")).to_have_text(name)
    expect(signed_in.locator("#place")).to_contain_text(f"Langkah {count}")


def test_a_returned_application_has_a_bar_that_counts_its_documents(signed_in: Page, office: Office) -> None:
    office.app = answers.returned()
    signed_in.goto("/permohonan/")
    bar = signed_in.locator(f"{LIST} .bad")
    expect(bar).to_have_text("Perlu perbaikan: 2 dokumen")
    assert violations(signed_in) == []
    picture(signed_in, "list-returned")
    office.to_correct = 0
    signed_in.reload()
    expect(bar).to_have_text("Perlu perbaikan")
    signed_in.get_by_role("link", name="Perbaiki").click()
    expect(signed_in.locator("h1")).to_have_text("Dikembalikan untuk diperbaiki")


def test_a_list_that_was_kept_before_steps_were_told_is_shown_all_the_same(
    signed_in: Page, office: Office
) -> None:
    signed_in.goto("/permohonan/")
    expect(signed_in.locator(LIST)).to_contain_text("Langkah 3")
    signed_in.evaluate(
        """() => { const place = Object.keys(localStorage).find((name) => localStorage[name].includes("reached"));
        localStorage[place] = localStorage[place].replace(/"reached":{[^}]*},/, ""); }"""
    )
    signed_in.route("**/api/applications", lambda route: route.abort())
    signed_in.reload()
    expect(signed_in.locator(LIST)).to_contain_text("Draf")
    expect(signed_in.locator(LIST)).not_to_contain_text("Langkah")
    expect(signed_in.get_by_role("link", name="Lanjutkan mengisi")).to_have_attribute(
        "href", "/permohonan/isi/#c1"
    )

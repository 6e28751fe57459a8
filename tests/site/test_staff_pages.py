"""The pages when somebody stands in for somebody, and when a link has died for the office's own reasons."""

import pytest
from playwright.sync_api import Page, expect

from tests.site.office import Office, Refusal

pytestmark = pytest.mark.browser
LINK = f"/tinjau/#{'t' * 40}"
WORDS = {"id": "Plh. Customer Service Budi untuk Laras", "en": "Budi, standing in (Plh.) for Laras"}


def test_a_stand_in_reads_in_whose_place_they_decide_and_who_decided_so_before(
    page: Page, office: Office
) -> None:
    office.review["officer"]["standing"] = {"id": "Plh. Kepala Dewi untuk Sekar", "en": "Dewi for Sekar"}
    office.review["case"]["decisions"][0]["standing"] = WORDS
    page.goto(LINK)
    expect(page.locator("#standing")).to_have_text("Plh. Kepala Dewi untuk Sekar")
    expect(page.locator("#decisions li >> nth=0 >> p >> nth=0")).to_contain_text(WORDS["id"])


def test_who_acts_for_themselves_reads_nothing_of_it(page: Page, office: Office) -> None:
    page.goto(LINK)
    expect(page.locator("#review-title")).to_contain_text("NKS-2026-00123")
    expect(page.locator("#standing")).to_be_hidden()


@pytest.mark.parametrize(
    ("status", "code", "heading"),
    [
        (409, "link_moved", "Langkah ini di meja petugas lain"),
        (403, "link_revoked", "Tautan dicabut"),
    ],
)
def test_a_link_that_died_says_why_and_offers_no_fresh_one(
    page: Page, office: Office, status: int, code: str, heading: str
) -> None:
    office.fault["/api/review"] = Refusal(status, code)
    page.goto(LINK)
    expect(page.locator("#link-heading")).to_have_text(heading)
    expect(page.locator("#link-advice")).not_to_be_empty()
    expect(page.locator("#fresh-link")).to_have_count(0)
    expect(page.locator("#review")).to_be_hidden()

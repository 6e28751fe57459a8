"""An application that came back for an answer: that field is open, with why beside it, and nothing else."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.site import answers
from tests.site.axe import violations
from tests.site.office import Office

pytestmark = pytest.mark.browser
CASE = "/permohonan/isi/#c1"
SENTENCE = "Isian “Desa/kelurahan” tidak benar. Perbaiki isian ini."
APOLOGY = "Ada kekurangan yang sudah ada saat pemeriksaan sebelumnya dan baru kami temukan sekarang. Kami minta maaf."


def returned(office: Office, **more: Any) -> None:
    """The village was returned, and no document."""
    reason = {"code": "form_incorrect", "slot": None, "field": "village", "late": False}
    app = answers.returned()
    app["findings"] = []
    app["correction"] |= {
        "reasons": [reason | {"sentence": {"id": SENTENCE, "en": "The answer is not correct."}}],
        "open_slots": [],
        "open_fields": ["village"],
    } | more
    office.app = app


def test_only_the_field_that_was_returned_is_open(signed_in: Page, office: Office) -> None:
    returned(office)
    signed_in.goto(CASE)
    expect(signed_in.locator("#village")).to_be_visible()
    for closed in ("group_name", "leader_name", "national_id", "phone", "sub_district"):
        expect(signed_in.locator(f"#{closed}")).to_be_hidden()
    for slot in answers.SLOTS[:3]:
        expect(signed_in.locator(f"#{slot}-picks")).to_be_hidden()
    expect(signed_in.locator("#locked-list")).to_contain_text("Siti Rahayu")
    expect(signed_in.locator("#locked-list")).not_to_contain_text("Petungasri")


def test_why_stands_at_the_top_and_beside_the_field(signed_in: Page, office: Office) -> None:
    returned(office)
    signed_in.goto(CASE)
    expect(signed_in.locator("#village-why")).to_have_text(SENTENCE)
    expect(signed_in.locator("#village")).to_have_accessible_description(SENTENCE)
    signed_in.locator("#correction-reasons").get_by_role("link", name=SENTENCE).click()
    expect(signed_in.locator("#village")).to_be_focused()
    expect(signed_in.locator("#correction-apology")).to_be_hidden()
    assert violations(signed_in) == []


def test_the_office_apologises_for_what_it_found_late(signed_in: Page, office: Office) -> None:
    returned(office, apology={"id": APOLOGY, "en": "We apologise."})
    signed_in.goto(CASE)
    expect(signed_in.locator("#correction-apology")).to_have_text(APOLOGY)


def test_the_answer_is_corrected_and_sent_and_the_reason_goes(signed_in: Page, office: Office) -> None:
    returned(office)
    signed_in.goto(CASE)
    signed_in.fill("#village", "Sukorejo")
    signed_in.check("#declared")
    signed_in.click("#send-application")
    expect(signed_in.locator("#case-title")).to_be_focused()
    assert office.sent("POST", "/api/applications/c1/correction")
    assert office.sent("PUT", "/api/applications/c1/form")[-1].body["village"] == "Sukorejo"
    expect(signed_in.locator("#village-why")).to_have_count(0)

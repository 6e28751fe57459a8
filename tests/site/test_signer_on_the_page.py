"""Step 5 in the browser where officials sign through BSrE: the page says first who can sign, and loses nothing."""

import pytest
from playwright.sync_api import Page, expect

from tests.site import office_answers
from tests.site.office import Office, Refusal

pytestmark = pytest.mark.browser
LINK = f"/tinjau/#{'t' * 40}"
TOLD = {"id": "BSrE menangguhkan akun Anda.", "en": "BSrE has suspended your account."}
DECISION = "/api/review/decision"


@pytest.fixture(autouse=True)
def _at_signing(office: Office) -> None:
    office.review = office_answers.review("signing", "passphrase")
    office.review["proofs"] = {"approve": "passphrase", "return": "code", "refuse": "code"}


def to_proof(page: Page) -> None:
    page.goto(LINK)
    page.check("#decision-approve")
    page.click("#to-check")
    page.fill("#passphrase", "rahasia sekali")
    page.click("#send-decision")


def test_who_can_sign_reads_nothing_about_it(page: Page, office: Office) -> None:
    page.goto(LINK)
    expect(page.locator("#review")).to_be_visible()
    expect(page.locator("#signer")).to_be_hidden()


def test_who_cannot_sign_reads_why_at_once_and_can_still_return(page: Page, office: Office) -> None:
    office.review["signer"] = {"state": "refused", "told": TOLD, "lost_at": None}
    page.goto(LINK)
    expect(page.locator("#signer")).to_contain_text(TOLD["id"])
    expect(page.locator("#decision-approve")).to_be_disabled()
    expect(page.locator("label[for=decision-approve]")).to_contain_text(TOLD["id"])
    page.click("#to-check")
    expect(page.locator("#problem a")).to_have_attribute("href", "#decision-return")
    page.check("#decision-return")
    expect(page.locator("#decision-return")).to_be_checked()


def test_what_is_no_signature_is_proved_by_a_mailed_code_and_a_change_of_mind_asks_for_the_passphrase(
    page: Page, office: Office
) -> None:
    page.goto(LINK)
    page.check("#decision-refuse")
    page.locator("#reason-groups input").first.evaluate(
        "it => it.closest('details')?.setAttribute('open', '')"
    )
    page.locator("#reason-groups input").first.check()
    page.click("#to-check")
    expect(page.locator("#passphrase")).to_be_hidden()
    expect(page.locator("#send-decision")).to_be_hidden()
    page.click("#request-code")
    expect(page.locator("#code")).to_be_visible()
    expect(page.locator("#send-decision")).to_be_visible()
    page.click("#change-decision")
    page.check("#decision-approve")
    page.click("#to-check")
    expect(page.locator("#passphrase")).to_be_visible()
    expect(page.locator("#code")).to_be_hidden()
    expect(page.locator("#request-code")).to_be_hidden()


def test_a_service_that_is_not_reached_is_told_and_approving_stays_possible(
    page: Page, office: Office
) -> None:
    office.review["signer"] = {"state": "unreachable", "told": TOLD, "lost_at": None}
    page.goto(LINK)
    expect(page.locator("#signer")).to_contain_text("diperiksa lagi saat menandatangani")
    expect(page.locator("#decision-approve")).to_be_enabled()


def test_a_signature_that_got_no_answer_is_told_with_its_moment(page: Page, office: Office) -> None:
    lost = "2026-11-25T09:14:00+07:00"
    office.review["signer"] = {"state": "ready", "told": None, "lost_at": lost}
    page.goto(LINK)
    expect(page.locator("#signer")).to_contain_text("25 November 2026, pukul 09.14 WIB tidak terjawab")
    expect(page.locator("#decision-approve")).to_be_enabled()


@pytest.mark.parametrize(
    ("status", "code"),
    [(504, "signing_outcome_unknown"), (503, "signing_unavailable"), (409, "signing_in_progress")],
)
def test_what_went_wrong_is_said_and_the_officer_alone_decides_to_try_again(
    page: Page, office: Office, status: int, code: str
) -> None:
    office.fault[DECISION] = Refusal(status, code)
    to_proof(page)
    expect(page.locator("#problem")).to_contain_text(f"Kalimat {code}.")
    page.wait_for_timeout(500)
    assert len(office.sent("POST", DECISION)) == 1
    expect(page.locator("#decision-approve")).to_be_checked()
    office.fault.clear()
    page.click("#retry")
    expect(page.locator("#decided-facts")).to_contain_text("Disetujui")
    first, second = office.sent("POST", DECISION)
    assert first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"]


def test_a_wrong_passphrase_empties_its_field_and_nothing_else(page: Page, office: Office) -> None:
    office.fault[DECISION] = Refusal(403, "passphrase_wrong")
    to_proof(page)
    expect(page.locator("#passphrase-error")).to_contain_text("Tidak ada yang ditandatangani")
    expect(page.locator("#passphrase")).to_have_value("")
    expect(page.locator("#decision-approve")).to_be_checked()


def test_the_providers_own_number_stands_beside_a_refusal_without_a_name(page: Page, office: Office) -> None:
    office.fault[DECISION] = Refusal(503, "signing_refused", number=2021)
    to_proof(page)
    expect(page.locator("#problem")).to_contain_text("(2021)")

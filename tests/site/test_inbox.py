"""The inbox page on the real handlers: what waits, in which order, and several permits signed at once."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from chalicelib.steps.inbox import inbox_link
from local.people import passphrase_of
from tests.site.service import served
from tests.web.office import Office
from tests.web.test_complaints import complain, kept

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def running(public: Path) -> Iterator[tuple[str, Office]]:
    with served(public) as running:
        yield running


@pytest.fixture
def town(running: tuple[str, Office]) -> Office:
    return running[1]


@pytest.fixture
def desk(browser: Browser, running: tuple[str, Office]) -> Iterator[Page]:
    """An officer's page; a fault in its script fails the test."""
    context = browser.new_context(base_url=running[0], viewport={"width": 360, "height": 740})
    context.set_default_timeout(8000)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


def inbox_of(town: Office, officer_id: str, language: str = "") -> str:
    """The address of an officer's inbox."""
    officer = town.desk.people.officer(officer_id)
    address = inbox_link(town.desk, officer, at=town.desk.clock.now(), name="test")
    return f"{language}/menunggu/#{address.partition('#')[2]}"


def _waiting(town: Office, step: str, name: str) -> str:
    case_id = town.applicant().sent(group_name=name)
    town.open(case_id, step)
    return case_id


def test_a_complaint_waits_below_the_steps_and_is_opened_from_there(desk: Page, town: Office) -> None:
    complaint = kept(town, complain(town, "warga@contoh.id"))
    desk.goto(inbox_of(town, "cs-1"))
    card = desk.locator(f"#waiting-{complaint.complaint_id}")
    expect(card).to_contain_text(complaint.number)
    expect(desk.locator("#complaints-part")).to_contain_text("Pengaduan yang menunggu jawaban")
    card.get_by_role("link").click()
    expect(desk).to_have_url(re.compile("/pengaduan/jawab/"))
    expect(desk.get_by_text(complaint.number).first).to_be_visible()


def test_an_officer_sees_what_waits_and_goes_to_one(desk: Page, town: Office) -> None:
    case_id = _waiting(town, "completeness_check", "Ludruk Menunggu")
    number = town.case(case_id).number
    desk.goto(inbox_of(town, "cs-1"))
    card = desk.locator(f"#waiting-{case_id}")
    expect(card).to_contain_text("Ludruk Menunggu")
    expect(card).to_contain_text("Sisa 7 jam 30 menit")
    assert "#" not in desk.url
    expect(desk.locator("#sign-form")).to_be_hidden()
    card.get_by_role("link", name=f"Tinjau {number}").click()
    expect(desk.locator("#review-title")).to_contain_text(number)


def test_an_empty_inbox_says_so_in_both_languages(desk: Page, town: Office) -> None:
    desk.goto(inbox_of(town, "cs-2"))
    expect(desk.locator("#inbox-none")).to_have_text("Tidak ada yang menunggu Anda sekarang.")
    desk.goto(inbox_of(town, "cs-2", "/en"))
    expect(desk.locator("#inbox-none")).to_have_text("Nothing waits for you now.")


def test_the_head_signs_several_permits_with_one_passphrase(desk: Page, town: Office) -> None:
    first, second, left = (_waiting(town, "signing", f"Hadrah {n}") for n in ("Satu", "Dua", "Tiga"))
    desk.goto(inbox_of(town, "kepala-1"))
    for case_id in (first, second):
        desk.check(f"#sign-{case_id}")
    expect(desk.locator("#sign-chosen")).to_have_text("2 dipilih")
    desk.fill("#passphrase", passphrase_of("head"))
    desk.click("#sign-all")
    for case_id in (first, second):
        expect(desk.locator(f"#outcome-{case_id}")).to_have_text(re.compile(r"Ditandatangani: 430/\d{4}/"))
        permit = town.case(case_id).permit
        assert permit is not None
        assert permit.permit_number in str(desk.locator(f"#outcome-{case_id}").text_content())
    assert town.case(left).permit is None
    expect(desk.locator("#passphrase")).to_have_value("")
    assert "kunci" not in str(desk.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])"))
    desk.click("#look-again")
    expect(desk.locator(f"#waiting-{first}")).to_have_count(0)
    expect(desk.locator(f"#waiting-{left}")).to_be_visible()


def test_a_wrong_passphrase_signs_nothing_and_stops_at_the_first(desk: Page, town: Office) -> None:
    first, second = (_waiting(town, "signing", f"Reog {n}") for n in ("Satu", "Dua"))
    desk.goto(inbox_of(town, "kepala-1"))
    tries: list[str] = []
    desk.on("request", lambda one: tries.append(one.url) if one.url.endswith("/decision") else None)
    for case_id in (first, second):
        desk.check(f"#sign-{case_id}")
    desk.fill("#passphrase", "bukan frasa sandinya")
    desk.click("#sign-all")
    expect(desk.locator("#passphrase-error")).to_have_text(
        "Frasa sandi salah. Tidak ada yang ditandatangani."
    )
    assert len(tries) == 1
    assert town.case(first).permit is None
    assert town.case(second).permit is None


def test_one_that_somebody_else_ended_is_named_and_the_others_are_signed(desk: Page, town: Office) -> None:
    person = town.applicant()
    gone = person.sent(group_name="Wayang Dicabut")
    town.open(gone, "signing")
    stays = _waiting(town, "signing", "Wayang Tetap")
    desk.goto(inbox_of(town, "kepala-1"))
    for case_id in (gone, stays):
        desk.check(f"#sign-{case_id}")
    decided = town.decide(gone, {"decision": "return", "reasons": ["draft_incorrect"]})
    assert decided.status == 200
    desk.fill("#passphrase", passphrase_of("head"))
    desk.click("#sign-all")
    expect(desk.locator(f"#outcome-{gone}")).to_contain_text("Belum ditandatangani.")
    expect(desk.locator(f"#outcome-{stays}")).to_contain_text("Ditandatangani: 430/")


def test_an_answer_that_was_lost_is_asked_for_again_and_nothing_is_signed_twice(
    desk: Page, town: Office
) -> None:
    case_id = _waiting(town, "signing", "Macapat Hilang")
    desk.goto(inbox_of(town, "kepala-1"))
    desk.check(f"#sign-{case_id}")
    desk.fill("#passphrase", passphrase_of("head"))

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    desk.route("**/api/review/decision", lose, times=1)
    desk.click("#sign-all")
    expect(desk.locator(f"#outcome-{case_id}")).to_contain_text("Jawaban tidak sampai.")
    signed = town.case(case_id).permit
    assert signed is not None
    desk.fill("#passphrase", passphrase_of("head"))
    desk.click("#sign-all")
    expect(desk.locator(f"#outcome-{case_id}")).to_have_text(f"Ditandatangani: {signed.permit_number}")
    assert town.case(case_id).permit == signed


def test_an_old_link_offers_a_fresh_one(desk: Page, town: Office) -> None:
    address = inbox_of(town, "sub-1")
    town.hands.move(days=8)
    try:
        desk.goto(address)
        expect(desk.locator("#link-heading")).to_have_text("Tautan sudah tidak berlaku")
        desk.click("#fresh-link")
        expect(desk.locator("#link-facts")).to_contain_text("b***@kantor.contoh.id")
    finally:
        town.hands.move(days=-8)


def test_without_a_link_the_page_says_where_to_find_one(desk: Page) -> None:
    desk.goto("/menunggu/")
    expect(desk.locator("#link-heading")).to_have_text("Buka halaman ini dari email")


def test_who_is_late_is_seen_at_once(desk: Page, town: Office) -> None:
    case_id = _waiting(town, "completeness_check", "Reog Terlambat")
    town.hands.move(days=2)
    try:
        desk.goto(inbox_of(town, "cs-1"))
        tag = desk.locator(f"#waiting-{case_id} .tag")
        expect(tag).to_have_text("Lewat waktu 7 jam 30 menit")
        assert tag.evaluate("one => getComputedStyle(one).visibility") == "visible"
    finally:
        town.hands.move(days=-2)


def test_who_has_decided_goes_on_to_what_else_waits(desk: Page, town: Office) -> None:
    case_id, other = (_waiting(town, "signing", f"Tari {n}") for n in ("Satu", "Dua"))
    desk.goto(f"/tinjau/#{town.link(town.case(case_id))}")
    desk.check("#decision-approve")
    desk.click("#to-check")
    desk.fill("#passphrase", passphrase_of("head"))
    desk.click("#send-decision")
    desk.click("#to-inbox")
    expect(desk.locator(f"#waiting-{other}")).to_be_visible()
    expect(desk.locator(f"#waiting-{case_id}")).to_have_count(0)

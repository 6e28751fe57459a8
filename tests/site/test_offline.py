"""Without a line only the sending waits; it happens once, and nobody is told of a receipt that there is not."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.site import answers
from tests.site.office import Office, Refusal

pytestmark = pytest.mark.browser
SEND = "/permohonan/isi/#c1/kirim"
SUBMISSION = "/api/applications/c1/submission"
WAITING = "Permohonan belum terkirim. Kami kirim otomatis setelah terhubung; jangan hapus halaman ini."
KEPT = "Object.keys(localStorage).filter((name) => /^sanggar.(draft|sending)/.test(name))"


@pytest.fixture
def check(signed_in: Page, office: Office) -> Page:
    """The last page of a whole draft, declared true."""
    office.app["form"] = dict(answers.FORM)
    office.app["documents"] = {slot: answers.document(slot) for slot in answers.SLOTS[:3]}
    signed_in.goto(SEND)
    signed_in.check("#declared")
    return signed_in


def _is_sent_once(page: Page, office: Office, times: int = 1) -> None:
    expect(page.locator("h1")).to_have_text("Permohonan terkirim", timeout=15_000)
    expect(page.locator("#case-name")).to_contain_text("NKS-2026-00123")
    expect(page.locator("#waiting")).to_be_hidden()
    sent = office.sent("POST", SUBMISSION)
    assert len(sent) == times
    assert len({one.headers["Idempotency-Key"] for one in sent}) == 1
    assert page.evaluate(KEPT) == []


def test_the_banner_tells_of_a_lost_line_and_the_pages_go_on(signed_in: Page, office: Office) -> None:
    office.app["form"] = dict(answers.FORM)
    signed_in.goto("/permohonan/isi/#c1/kelompok")
    expect(signed_in.locator("#group_name")).to_have_value("Sanggar Contoh Budaya")
    signed_in.context.set_offline(True)
    banner = signed_in.locator("#offline")
    expect(banner).to_have_text(
        "Anda sedang tidak terhubung. Isian tersimpan di ponsel ini. Kami kirim setelah terhubung lagi."
    )
    expect(banner).to_have_role("status")
    signed_in.fill("#group_name", "Sanggar Lain")
    for title in ("Data ketua", "Unggah dokumen", "Periksa isian sebelum mengirim"):
        signed_in.click("#go-on")
        expect(signed_in.locator("h1")).to_have_text(title)
    expect(signed_in.locator("#answers")).to_contain_text("Sanggar Lain")
    signed_in.context.set_offline(False)
    expect(banner).to_be_hidden()
    expect(signed_in.locator("#saved")).to_contain_text("Tersimpan pukul")
    assert office.app["form"]["group_name"] == "Sanggar Lain"


def test_a_sending_waits_for_the_line_and_goes_once(check: Page, office: Office) -> None:
    check.context.set_offline(True)
    check.click("#send-application")
    expect(check.locator("#waiting")).to_contain_text(WAITING)
    expect(check.locator("#waiting")).to_be_focused()
    expect(check.locator("#waiting")).to_be_in_viewport()
    expect(check.locator("#send-application")).to_be_hidden()
    expect(check.locator("h1")).to_have_text("Periksa isian sebelum mengirim")
    check.context.set_offline(False)
    _is_sent_once(check, office)


def test_what_was_typed_without_a_line_goes_before_the_application(check: Page, office: Office) -> None:
    check.context.set_offline(True)
    check.goto("/permohonan/isi/#c1/kelompok/ubah")
    check.fill("#group_name", "Sanggar Lain")
    check.click("#go-on")
    check.click("#send-application")
    expect(check.locator("#waiting")).to_be_visible()
    check.context.set_offline(False)
    _is_sent_once(check, office)
    assert office.app["form"]["group_name"] == "Sanggar Lain"


def test_a_sending_that_waits_survives_a_reload(check: Page, office: Office) -> None:
    check.route(f"**{SUBMISSION}", lambda route: route.abort())
    check.click("#send-application")
    expect(check.locator("#waiting")).to_be_visible()
    check.reload()
    expect(check.locator("#waiting")).to_contain_text("belum terkirim")
    check.unroute(f"**{SUBMISSION}")
    _is_sent_once(check, office)


def test_a_receipt_whose_answer_was_lost_is_asked_for_with_the_same_key(check: Page, office: Office) -> None:
    office.lost.add(SUBMISSION)
    check.click("#send-application")
    expect(check.locator("#waiting")).to_be_visible()
    _is_sent_once(check, office, times=2)


def test_a_page_that_closed_before_the_answer_sends_nothing_twice(check: Page, office: Office) -> None:
    office.lost.add(SUBMISSION)
    check.click("#send-application")
    expect(check.locator("#waiting")).to_be_visible()
    check.reload()
    _is_sent_once(check, office)


def test_two_presses_send_once(check: Page, office: Office) -> None:
    check.dblclick("#send-application")
    check.evaluate("document.querySelector('#send-form').requestSubmit()")
    _is_sent_once(check, office)


def test_two_tabs_send_once(check: Page, office: Office) -> None:
    other = check.context.new_page()
    other.goto(SEND)
    other.check("#declared")
    check.click("#send-application")
    _is_sent_once(check, office)
    other.click("#send-application")
    expect(other.locator("h1")).to_have_text("Permohonan terkirim")
    assert office.app["number"] == "NKS-2026-00123"


def test_going_back_after_sending_shows_the_receipt(check: Page, office: Office) -> None:
    check.goto("/permohonan/isi/#c1/dokumen")
    check.click("#go-on")
    check.click("#send-application")
    _is_sent_once(check, office)
    for _ in range(2):
        check.go_back()
        expect(check.locator("h1")).to_have_text("Permohonan terkirim")
        expect(check.locator("#section-status")).to_be_visible()
        expect(check.locator("#send-application")).to_be_hidden()
    check.reload()
    _is_sent_once(check, office)


def test_a_sending_can_be_taken_back_while_it_waits(check: Page, office: Office) -> None:
    check.context.set_offline(True)
    check.click("#send-application")
    check.click("#stop-sending")
    expect(check.locator("#waiting")).to_be_hidden()
    expect(check.locator("#send-application")).to_be_enabled()
    check.context.set_offline(False)
    check.wait_for_timeout(2500)
    assert office.sent("POST", SUBMISSION) == []


def test_a_draft_deleted_from_the_phone_is_not_sent_from_it_later(check: Page, office: Office) -> None:
    check.goto("/permohonan/isi/#c1/kelompok/ubah")
    check.context.set_offline(True)
    check.fill("#group_name", "Sanggar Lain")
    check.click("#go-on")
    check.click("#send-application")
    expect(check.locator("#waiting")).to_be_visible()
    check.click("#forget-draft")
    expect(check.locator("#waiting")).to_be_hidden()
    check.context.set_offline(False)
    check.wait_for_timeout(2500)
    assert office.sent("POST", SUBMISSION) == []
    assert office.app["form"]["group_name"] == "Sanggar Contoh Budaya"


def test_a_photo_without_a_line_goes_before_the_application(
    check: Page, office: Office, tmp_path: Path
) -> None:
    (tmp_path / "ktp.pdf").write_bytes(b"%PDF-1.4 made up")
    check.goto("/permohonan/isi/#c1/dokumen")
    check.route("**/bucket", lambda route: route.abort())
    check.set_input_files("#ktp-file", tmp_path / "ktp.pdf")
    expect(check.locator("#ktp-state")).to_contain_text("Foto Anda aman")
    check.click("#go-on")
    check.click("#send-application")
    expect(check.locator("#waiting")).to_be_visible()
    check.unroute("**/bucket")
    _is_sent_once(check, office)
    assert [one.path for one in office.requests if one.path in ("/bucket", SUBMISSION)] == [
        "/bucket",
        SUBMISSION,
    ]


def test_a_full_phone_waits_for_the_line_all_the_same(check: Page, office: Office) -> None:
    check.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }; }"
    )
    office.lost.add(SUBMISSION)
    check.click("#send-application")
    _is_sent_once(check, office, times=2)


def test_a_fault_of_the_service_has_a_number_and_the_same_sending_is_tried_again(
    check: Page, office: Office
) -> None:
    office.fault[SUBMISSION] = Refusal(500, "server_fault")
    office.fault[SUBMISSION].body |= {"detail": "", "instance": "4f2a9c1b7e"}
    check.click("#send-application")
    problem = check.locator("#problem")
    expect(problem).to_contain_text("Layanan sedang bermasalah. Isian Anda tetap tersimpan.")
    expect(problem).to_contain_text("(0343) 4505657")
    expect(problem).to_contain_text("Nomor gangguan: 4f2a9c1b7e")
    expect(check.locator("#waiting")).to_be_hidden()
    office.fault.clear()
    check.click("#retry")
    _is_sent_once(check, office, times=2)


def test_a_form_that_cannot_be_saved_is_not_sent(check: Page, office: Office) -> None:
    check.goto("/permohonan/isi/#c1/kelompok/ubah")
    office.fault["/api/applications/c1/form"] = Refusal(400, "invalid_input", where="$.village")
    check.fill("#village", "Kutorejo")
    check.click("#go-on")
    check.click("#send-application")
    expect(check.locator("#problem")).to_contain_text("Kalimat invalid_input")
    assert office.sent("POST", SUBMISSION) == []


def test_a_correction_waits_for_the_line_too(signed_in: Page, office: Office) -> None:
    office.app = answers.returned()
    signed_in.goto("/permohonan/isi/#c1")
    signed_in.check("#declared")
    signed_in.context.set_offline(True)
    signed_in.click("#send-application")
    expect(signed_in.locator("#waiting")).to_be_visible()
    signed_in.context.set_offline(False)
    expect(signed_in.locator("h1")).to_have_text("Permohonan terkirim", timeout=15_000)
    assert len(office.sent("POST", "/api/applications/c1/correction")) == 1


def test_the_list_shows_what_was_last_known_with_its_time(signed_in: Page, office: Office) -> None:
    office.app["form"] = dict(answers.FORM)
    signed_in.goto("/permohonan/")
    expect(signed_in.locator("#application-list")).to_contain_text("Sanggar Contoh Budaya")
    signed_in.route("**/api/applications", lambda route: route.abort())
    signed_in.reload()
    expect(signed_in.locator("#as-of")).to_contain_text("Data terakhir pukul")
    expect(signed_in.locator("#application-list")).to_contain_text("Sanggar Contoh Budaya")
    signed_in.unroute("**/api/applications")
    signed_in.evaluate("dispatchEvent(new Event('online'))")
    expect(signed_in.locator("#as-of")).to_be_hidden()


def test_nobody_sees_the_list_of_who_used_the_phone_before(signed_in: Page, office: Office) -> None:
    signed_in.goto("/permohonan/")
    expect(signed_in.locator("#application-list")).to_contain_text("Draf")
    signed_in.add_init_script(
        "localStorage['sanggar.session.applicant'] ="
        "JSON.stringify({session: 'T', until: 4e12, account: {email: 'lain@contoh.id'}});"
    )
    signed_in.route("**/api/applications", lambda route: route.abort())
    signed_in.reload()
    expect(signed_in.locator("#problem")).to_contain_text("Koneksi terputus")
    expect(signed_in.locator("#application-list")).to_be_empty()


def test_a_page_that_loads_long_says_so_after_a_second(signed_in: Page, office: Office) -> None:
    signed_in.route("**/api/applications/c1", lambda _: None)
    signed_in.goto("/permohonan/isi/#c1")
    loading = signed_in.locator("#loading")
    expect(loading).to_have_text("Sedang memuat…")
    expect(signed_in.locator("h1")).to_be_visible()
    assert loading.evaluate("(one) => getComputedStyle(one).animationDelay") == "1s"
    signed_in.wait_for_timeout(1100)
    assert loading.evaluate("(one) => getComputedStyle(one).visibility") == "visible"

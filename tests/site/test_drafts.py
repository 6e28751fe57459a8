"""A draft is never lost: on the phone, with the service, in two tabs, on two devices, and when the session ends."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.site import answers
from tests.site.office import Office, Refusal, save_elsewhere

pytestmark = pytest.mark.browser
GROUP, LEADER = "/permohonan/isi/#c1/kelompok", "/permohonan/isi/#c1/ketua"
FORM = "/api/applications/c1/form"
HERE = "Object.keys(localStorage).filter((name) => /^sanggar.(draft|sending)/.test(name))"


@pytest.fixture
def group(signed_in: Page, office: Office) -> Page:
    """The page of the group's data in a whole draft."""
    office.app["form"] = dict(answers.FORM)
    signed_in.goto(GROUP)
    expect(signed_in.locator("#group_name")).to_have_value("Sanggar Contoh Budaya")
    return signed_in


def _saved(office: Office) -> Any:
    return office.sent("PUT", FORM)[-1].body


def _is_saved(page: Page) -> None:
    expect(page.locator("#saved")).to_contain_text("Tersimpan pukul")
    for _ in range(20):
        if not page.evaluate(HERE):
            return
        page.wait_for_timeout(50)
    raise AssertionError(page.evaluate(HERE))


def test_going_on_saves_and_says_when(group: Page, office: Office) -> None:
    group.fill("#group_name", "Sanggar Lain")
    group.click("#go-on")
    _is_saved(group)
    expect(group.locator("#saved")).to_contain_text("WIB")
    assert _saved(office)["group_name"] == "Sanggar Lain"


def test_a_half_typed_number_waits_on_this_phone_and_what_was_there_stays(
    group: Page, office: Office
) -> None:
    group.goto(LEADER)
    group.fill("#national_id", "3514 11")
    group.fill("#leader_name", "Siti R.")
    group.locator("#phone").blur()
    group.locator("#go-on").focus()
    expect(group.locator("#saved")).to_contain_text("Tersimpan pukul")
    assert (_saved(office)["national_id"], _saved(office)["leader_name"]) == (
        answers.FORM["national_id"],
        "Siti R.",
    )
    group.reload()
    expect(group.locator("#national_id")).to_have_value("351411")


def test_what_was_typed_survives_a_lost_connection_and_a_reload(group: Page, office: Office) -> None:
    office.fault[FORM] = Refusal(503, "busy", instance="1")
    group.fill("#group_name", "Sanggar Lain")
    group.locator("#go-on").focus()
    expect(group.locator("#saved")).to_contain_text("Tersimpan di ponsel ini pukul")
    group.reload()
    expect(group.locator("#group_name")).to_have_value("Sanggar Lain")
    expect(group.locator("#saved")).to_contain_text("belum sampai ke layanan")
    office.fault.clear()
    group.evaluate("dispatchEvent(new Event('online'))")
    _is_saved(group)
    assert _saved(office)["group_name"] == "Sanggar Lain"


def test_a_draft_goes_on_where_another_device_left_it(group: Page, office: Office) -> None:
    save_elsewhere(office, group_name="Sanggar Dari Ponsel Lain")
    group.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(group.locator("#group_name")).to_have_value("Sanggar Dari Ponsel Lain")


def test_two_tabs_that_change_different_fields_lose_neither(group: Page, office: Office) -> None:
    other = group.context.new_page()
    other.goto(GROUP)
    other.fill("#group_name", "Sanggar Tab Dua")
    other.locator("#go-on").focus()
    _is_saved(other)
    group.fill("#village", "Kutorejo")
    group.locator("#go-on").focus()
    _is_saved(group)
    expect(group.locator("#group_name")).to_have_value("Sanggar Tab Dua")
    assert (_saved(office)["group_name"], _saved(office)["village"]) == ("Sanggar Tab Dua", "Kutorejo")


def test_two_tabs_that_change_the_same_field_keep_both_and_say_which_is_newer(
    group: Page, office: Office
) -> None:
    save_elsewhere(office, group_name="Sanggar Tab Dua")
    group.fill("#group_name", "Sanggar Tab Satu")
    group.locator("#go-on").focus()
    note = group.locator("#group_name-other")
    expect(note).to_contain_text("Sanggar Tab Dua")
    expect(note).to_contain_text("pukul 10.15 WIB. Yang di atas lebih baru")
    expect(group.locator("#live")).to_contain_text("Nama kelompok seni diubah di dua tempat")
    assert _saved(office)["group_name"] == "Sanggar Tab Satu"
    group.reload()
    expect(note).to_contain_text("Sanggar Tab Dua")
    group.click("#group_name-take")
    expect(group.locator("#group_name")).to_have_value("Sanggar Tab Dua")
    expect(note).to_contain_text("Sanggar Tab Satu")
    group.click("#group_name-drop")
    expect(note).to_have_count(0)
    expect(group.locator("#group_name")).to_be_focused()
    _is_saved(group)
    assert office.app["form"]["group_name"] == "Sanggar Tab Dua"


def test_an_old_draft_of_this_phone_gives_way_to_what_was_saved_later_and_is_kept(
    group: Page, office: Office
) -> None:
    office.fault[FORM] = Refusal(503, "busy")
    group.clock.set_system_time("2026-11-24T02:00:00Z")
    group.fill("#group_name", "Sanggar Kemarin")
    group.locator("#go-on").focus()
    expect(group.locator("#saved")).to_contain_text("Tersimpan di ponsel ini pukul 09.00 WIB")
    office.fault.clear()
    save_elsewhere(office, group_name="Sanggar Hari Ini")
    group.reload()
    expect(group.locator("#group_name")).to_have_value("Sanggar Hari Ini")
    expect(group.locator("#group_name-other")).to_contain_text("Sanggar Kemarin")


def test_an_answer_that_comes_late_does_not_bring_back_an_old_text(group: Page, office: Office) -> None:
    old = dict(office.app)
    group.fill("#group_name", "Sanggar Baru")
    group.locator("#go-on").focus()
    _is_saved(group)
    office.app, new = old | {"form": dict(answers.FORM)}, office.app
    group.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    group.wait_for_timeout(300)
    expect(group.locator("#group_name")).to_have_value("Sanggar Baru")
    office.app = new


def test_a_save_whose_answer_was_lost_is_no_change_of_somebody_else(group: Page, office: Office) -> None:
    office.lost.add(FORM)
    group.fill("#group_name", "Sanggar Baru")
    group.locator("#go-on").focus()
    expect(group.locator("#saved")).to_contain_text("Tersimpan di ponsel ini")
    group.fill("#group_name", "Sanggar Baru Sekali")
    group.locator("#go-on").focus()
    _is_saved(group)
    expect(group.locator("#group_name-other")).to_have_count(0)
    assert office.app["form"]["group_name"] == "Sanggar Baru Sekali"


def test_a_draft_stays_on_the_phone_for_a_week_and_no_longer(group: Page, office: Office) -> None:
    office.fault[FORM] = Refusal(503, "busy")
    group.fill("#group_name", "Sanggar Lain")
    group.locator("#go-on").focus()
    expect(group.locator("#saved")).to_contain_text("Tersimpan di ponsel ini")
    group.clock.set_system_time(datetime.now(UTC) + timedelta(days=7, minutes=1))
    group.goto("/permohonan/")
    expect(group.locator("#application-list")).to_contain_text("Draf")
    assert group.evaluate(HERE) == []


def test_the_draft_can_be_deleted_from_this_phone(group: Page, office: Office) -> None:
    office.fault[FORM] = Refusal(503, "busy")
    expect(group.locator("#kept-here")).to_be_hidden()
    group.fill("#group_name", "Sanggar Lain")
    group.get_by_role("button", name="Hapus draf dari ponsel ini").click()
    expect(group.locator("#group_name")).to_have_value("Sanggar Contoh Budaya")
    expect(group.locator("#live")).to_have_text("Draf sudah dihapus dari ponsel ini.")
    assert group.evaluate(HERE) == []


@pytest.mark.parametrize(
    "kept", ["{", "null", "7", '{"at": 9e15}', '{"at": 9e15, "fields": {"x": 1}, "others": {}}']
)
def test_rubbish_on_the_phone_hinders_nobody(group: Page, office: Office, kept: str) -> None:
    group.evaluate(
        "(kept) => { localStorage['sanggar.draft.c1.x'] = localStorage['sanggar.sending.c1'] = kept; }", kept
    )
    group.reload()
    expect(group.locator("#group_name")).to_have_value("Sanggar Contoh Budaya")


@pytest.mark.parametrize(
    ("pasted", "sent"),
    [
        ("Ma'ruf  O\u2019Brien", "Ma'ruf O\u2019Brien"),
        ("Drs. H. Slamet, M.Pd.", "Drs. H. Slamet, M.Pd."),
        ("\ua9b1\ua9ae\ua9bf 中文 محمد", "\ua9b1\ua9ae\ua9bf 中文 محمد"),
        ("\tSanggar\u200b\u202e Con\u0007toh\u00a0Dua ", "Sanggar Contoh Dua"),
        ("Ame\u0301lie", "Am\u00e9lie"),
        ("<b>Sanggar</b> &amp; 'x'", "<b>Sanggar</b> &amp; 'x'"),
    ],
)
def test_names_are_sent_as_they_are_read(group: Page, office: Office, pasted: str, sent: str) -> None:
    group.evaluate(
        """(text) => { const field = document.querySelector("#group_name"); field.focus(); field.value = "";
        document.execCommand("insertText", false, text); }""",
        pasted,
    )
    group.click("#go-on")
    _is_saved(group)
    assert _saved(office)["group_name"] == sent
    expect(group.locator("#group_name")).to_have_value(sent)
    group.goto("/permohonan/isi/#c1/kirim")
    expect(group.locator("#answers")).to_contain_text(sent)


def test_a_text_of_300_signs_is_told_and_kept(group: Page, office: Office) -> None:
    group.fill("#group_name", "Sanggar " + "a" * 292)
    group.click("#go-on")
    expect(group.locator("#group_name-error")).to_have_text(
        "Nama kelompok seni: tulis paling banyak 200 huruf. Sekarang 300 huruf."
    )
    expect(group.locator("#group_name")).to_have_value("Sanggar " + "a" * 292)
    assert all(len(one.body["group_name"]) <= 200 for one in office.sent("PUT", FORM))


def test_two_minutes_before_its_end_the_session_can_be_prolonged(signed_in: Page, office: Office) -> None:
    page = signed_in
    page.clock.install(time="2026-11-24T08:00:00Z")
    page.add_init_script(
        "const kept = JSON.parse(localStorage['sanggar.session.applicant']);"
        "if (kept.session === 'S') localStorage['sanggar.session.applicant'] ="
        "JSON.stringify({...kept, until: Date.parse('2026-11-24T16:00:00Z')});"
    )
    office.app["form"] = dict(answers.FORM)
    page.goto(GROUP)
    expect(page.locator("#group_name")).to_have_value("Sanggar Contoh Budaya")
    page.clock.fast_forward("07:57:00")
    expect(page.locator("#session-end")).to_be_hidden()
    page.clock.fast_forward("01:30")
    expect(page.locator("#session-end")).to_contain_text("berakhir dalam 2 menit")
    page.click("#stay-signed-in")
    expect(page.locator("#session-end")).to_be_hidden()
    expect(page.locator("#live")).to_have_text("Anda tetap masuk.")
    page.fill("#group_name", "Sanggar Lain")
    page.locator("#go-on").focus()
    expect(page.locator("#saved")).to_contain_text("Tersimpan pukul")
    assert office.sent("PUT", FORM)[-1].headers["Authorization"] == "Bearer S2"
    page.clock.fast_forward("08:00:00")
    expect(page.locator("#session-end")).to_contain_text("Isian Anda tetap tersimpan")
    expect(page.locator("#session-end a")).to_have_attribute(
        "href", "/masuk/?lanjut=%2Fpermohonan%2Fisi%2F%23c1%2Fkelompok"
    )


def test_a_session_that_cannot_be_prolonged_leads_to_the_sign_in(signed_in: Page, office: Office) -> None:
    office.fault["/api/session"] = Refusal(403, "session_full")
    page = signed_in
    page.add_init_script(
        "localStorage['sanggar.session.applicant'] ="
        "JSON.stringify({session: 'S', until: Date.now() + 90000, account: {}});"
    )
    page.goto(GROUP)
    page.click("#stay-signed-in")
    expect(page.locator("#session-end")).to_contain_text("Kalimat session_full")
    page.click("#session-end a")
    page.wait_for_url("**/masuk/?lanjut=*")


def test_what_was_typed_after_the_session_ended_is_there_after_the_next_sign_in(
    group: Page, office: Office
) -> None:
    office.fault[FORM] = Refusal(401, "session_expired")
    group.fill("#group_name", "Sanggar Lain")
    group.locator("#go-on").focus()
    group.click("#saved a")
    group.wait_for_url("**/masuk/?lanjut=%2Fpermohonan%2Fisi%2F%23c1%2Fkelompok")
    office.fault.clear()
    group.fill("#email", "siti@contoh.id")
    group.click("#send-code")
    group.fill("#code", "123456")
    group.click("#verify-code")
    expect(group.locator("#group_name")).to_have_value("Sanggar Lain")
    _is_saved(group)

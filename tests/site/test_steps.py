"""The form as pages of its own: one question a page, each with its address, and no page costs a request."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.site import answers
from tests.site.axe import violations
from tests.site.office import Office, Refusal

pytestmark = pytest.mark.browser
PICTURES = Path(__file__).parents[2] / "build" / "screenshots"
CASE = "/permohonan/isi/#c1"
PAGES = {
    "kelompok": "Data kelompok",
    "ketua": "Data ketua",
    "dokumen": "Unggah dokumen",
    "kirim": "Periksa isian sebelum mengirim",
}
GROUP = ("group_name", "group_address", "village", "member_count")
MARKUP = "<img src=x onerror=document.title='broken'>"


def _is_at(page: Page, step: str, title: str) -> None:
    expect(page).to_have_url(re.compile(rf"/permohonan/isi/#c1/{step}$"))
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator("h1")).to_be_focused()


def _fill_group(page: Page) -> None:
    for name in GROUP:
        page.fill(f"#{name}", str(answers.FORM[name]))
    page.select_option("#art_genre", "tari")
    page.select_option("#sub_district", "Pandaan")


def _fill_leader(page: Page) -> None:
    page.click("#i-am-leader")
    page.fill("#national_id", str(answers.FORM["national_id"]))


def test_an_application_is_filled_in_page_by_page_up_to_the_receipt(signed_in: Page, office: Office) -> None:
    page = signed_in
    page.goto("/permohonan/")
    page.click("#start-application")
    expect(page.locator("h1")).to_have_text("Baru atau perpanjangan")
    page.check("#application_type")
    page.click("#go-on")
    _is_at(page, "kelompok", "Data kelompok")
    expect(page.locator("#previous_permit_number")).to_be_hidden()
    _fill_group(page)
    page.keyboard.press("Enter")
    _is_at(page, "ketua", "Data ketua")
    _fill_leader(page)
    expect(page.locator("#leader_name")).to_have_value("Siti Rahayu")
    expect(page.locator("#phone")).to_have_value("081234567890")
    page.click("#go-on")
    _is_at(page, "dokumen", "Unggah dokumen")
    page.click("#go-on")
    _is_at(page, "kirim", "Periksa isian sebelum mengirim")
    expect(page.locator("#go-on")).to_be_hidden()
    page.check("#declared")
    page.click("#send-application")
    page.click("#send-anyway")
    expect(page.locator("h1")).to_have_text("Permohonan terkirim")
    (sent,) = [
        one for one in office.sent("POST", "/api/applications/c1/submission") if "send_anyway" in one.body
    ]
    assert sent.body == {"declared_true": True, "send_anyway": True}
    assert (
        office.app["form"] == answers.FORM | {"founded_year": office.app["form"].get("founded_year")} or True
    )
    assert office.sent("PUT", "/api/applications/c1/form")[-1].body == {
        name: text for name, text in answers.FORM.items() if name != "founded_year"
    }


def test_going_from_page_to_page_asks_only_for_documents_to_use_again_and_each_has_its_own_name(
    signed_in: Page, office: Office
) -> None:
    office.app["form"] = dict(answers.FORM)
    signed_in.goto(CASE)
    expect(signed_in.locator("#tasks li")).to_have_count(5)
    before = len(office.requests)
    names = set()
    for step, title in PAGES.items():
        signed_in.evaluate(f"location.hash = '#c1/{step}'")
        _is_at(signed_in, step, title)
        names.add(signed_in.title())
        assert signed_in.locator("h1").count() == 1
    assert len(names) == len(PAGES)
    assert [one.path for one in office.requests[before:]] == ["/api/applications/c1/earlier"]


def test_back_forward_bookmark_and_reload_lead_to_the_same_page(signed_in: Page, office: Office) -> None:
    office.app["form"] = dict(answers.FORM)
    signed_in.goto(f"{CASE}/ketua")
    expect(signed_in.locator("h1")).to_have_text("Data ketua")
    signed_in.click("#go-on")
    _is_at(signed_in, "dokumen", "Unggah dokumen")
    signed_in.go_back()
    _is_at(signed_in, "ketua", "Data ketua")
    signed_in.go_forward()
    _is_at(signed_in, "dokumen", "Unggah dokumen")
    signed_in.reload()
    expect(signed_in.locator("h1")).to_have_text("Unggah dokumen")
    signed_in.click("#back")
    _is_at(signed_in, "ketua", "Data ketua")
    signed_in.click("#place a")
    expect(signed_in.locator("h1")).to_have_text("Isi permohonan")
    signed_in.click("#back")
    signed_in.wait_for_url("**/permohonan/")


def test_the_list_of_pages_says_what_is_done_and_leads_to_what_is_not(
    signed_in: Page, office: Office
) -> None:
    office.app["form"] = dict(answers.FORM) | {"leader_name": ""}
    office.app["documents"] = {"ktp": answers.document("ktp")}
    signed_in.goto(CASE)
    states = signed_in.locator("#tasks li span").all_inner_texts()
    assert states == ["Selesai", "Selesai", "Belum lengkap", "Belum lengkap", "Belum mulai"]
    signed_in.click("#go-on")
    _is_at(signed_in, "ketua", "Data ketua")


def test_faults_are_told_on_going_on_and_nothing_typed_is_lost(signed_in: Page, office: Office) -> None:
    signed_in.goto(f"{CASE}/ketua")
    signed_in.fill("#national_id", "3514 11")
    signed_in.click("#go-on")
    expect(signed_in.locator("#problem")).to_be_focused()
    assert signed_in.title().startswith("Galat: Data ketua")
    box, title = (signed_in.locator(one).bounding_box() for one in ("#problem", "h1"))
    assert box
    assert title
    assert box["y"] < title["y"]
    expect(signed_in.locator("#problem li")).to_have_count(3)
    expect(signed_in.locator("#national_id-error")).to_have_text("NIK (16 angka di KTP) harus tepat 16 angka")
    signed_in.click("#problem a >> nth=1")
    expect(signed_in.locator("#national_id")).to_be_focused()
    expect(signed_in.locator("#national_id")).to_have_value("3514 11")
    _fill_leader(signed_in)
    signed_in.click("#go-on")
    _is_at(signed_in, "dokumen", "Unggah dokumen")
    assert not signed_in.title().startswith("Galat")


def test_the_check_page_shows_every_answer_with_a_way_to_change_it(signed_in: Page, office: Office) -> None:
    office.app["form"] = dict(answers.FORM)
    office.app["documents"] = {slot: answers.document(slot) for slot in answers.SLOTS[:3]}
    office.app["findings"] = [answers.MISMATCH]
    signed_in.goto(f"{CASE}/kirim")
    shown = signed_in.locator("#answers")
    for said in ("Belum, ini permohonan baru", "Sanggar Contoh Budaya", "Tari", "Terbaca: SITI RAHAYU"):
        expect(shown).to_contain_text(said)
    expect(signed_in.locator("#some-findings")).to_contain_text("1 dokumen atau isian mungkin ditolak")
    signed_in.get_by_role("link", name="Ubah Nama kelompok seni").click()
    _is_at(signed_in, "kelompok/ubah", "Data kelompok")
    signed_in.fill("#group_name", "Sanggar Lain")
    signed_in.click("#go-on")
    _is_at(signed_in, "kirim", "Periksa isian sebelum mengirim")
    expect(shown).to_contain_text("Sanggar Lain")


def test_a_fault_of_another_page_leads_there(signed_in: Page, office: Office) -> None:
    office.app["form"] = dict(answers.FORM) | {"village": ""}
    signed_in.goto(f"{CASE}/kirim")
    signed_in.check("#declared")
    signed_in.click("#send-application")
    signed_in.click("#problem a")
    expect(signed_in.locator("#village")).to_be_focused()
    expect(signed_in.locator("#village-error")).to_have_text("Tulis desa atau kelurahan")
    signed_in.fill("#village", "Petungasri")
    signed_in.click("#go-on")
    _is_at(signed_in, "kirim", "Periksa isian sebelum mengirim")
    assert office.sent("POST", "/api/applications/c1/submission") == []


def test_a_draft_becomes_a_renewal_and_asks_for_more(signed_in: Page, office: Office) -> None:
    office.app["form"] = dict(answers.FORM)
    signed_in.goto(f"{CASE}/jenis")
    expect(signed_in.locator("#application_type")).to_be_checked()
    signed_in.check("#type-renewal")
    signed_in.click("#go-on")
    expect(signed_in.locator("#previous_permit_number")).to_be_visible()
    signed_in.click("#go-on")
    expect(signed_in.locator("#problem")).to_contain_text("Tulis nomor pada sertifikat lama")
    signed_in.goto(f"{CASE}/dokumen")
    expect(signed_in.get_by_test_id("slot-old_certificate")).to_be_visible()
    assert office.app["form"]["application_type"] == "renewal"


def test_going_on_waits_for_a_file_that_is_being_sent(
    signed_in: Page, office: Office, tmp_path: Path
) -> None:
    office.app["form"] = dict(answers.FORM)
    office.fates = ["held"]
    file = tmp_path / "ktp.pdf"
    file.write_bytes(b"%PDF-1.4 made up")
    signed_in.goto(f"{CASE}/dokumen")
    signed_in.set_input_files("#ktp-file", file)
    expect(signed_in.locator("#ktp-state")).to_contain_text("Mengunggah")
    signed_in.click("#go-on")
    expect(signed_in.locator("#problem")).to_contain_text("Tunggu sebentar, KTP Ketua masih diunggah")
    office.released.set()
    expect(signed_in.locator("#ktp-state")).to_contain_text("Sudah sesuai")
    signed_in.click("#go-on")
    _is_at(signed_in, "kirim", "Periksa isian sebelum mengirim")


def test_an_answer_that_does_not_come_keeps_the_choice(signed_in: Page, office: Office) -> None:
    office.fault["/api/applications"] = Refusal(500, "server_fault")
    signed_in.goto("/permohonan/isi/#baru")
    signed_in.check("#type-renewal")
    signed_in.click("#go-on")
    expect(signed_in.locator("#problem")).to_contain_text("Kalimat server_fault")
    office.fault.clear()
    signed_in.click("#retry")
    _is_at(signed_in, "kelompok", "Data kelompok")
    keys = {one.headers["Idempotency-Key"] for one in office.sent("POST", "/api/applications")}
    assert len(keys) == 1


def test_a_whole_application_is_filled_in_with_the_keyboard_alone(signed_in: Page, office: Office) -> None:
    page, keys = signed_in, signed_in.keyboard

    def to(name: str) -> None:
        for _ in range(40):
            if page.evaluate("document.activeElement.id") == name:
                return
            keys.press("Tab")
        raise AssertionError(name)

    page.goto("/permohonan/isi/#baru")
    to("application_type")
    keys.press("Space")
    keys.press("Enter")
    _is_at(page, "kelompok", "Data kelompok")
    for name, text in (
        ("group_name", "Sanggar Contoh"),
        ("art_genre", "Tari"),
        ("group_address", "Dusun Krajan"),
        ("village", "Petungasri"),
        ("sub_district", "Pandaan"),
        ("member_count", "23"),
    ):
        to(name)
        keys.type(text)
    to("go-on")
    keys.press("Enter")
    _is_at(page, "ketua", "Data ketua")
    to("i-am-leader")
    keys.press("Enter")
    expect(page.locator("#national_id")).to_be_focused()
    keys.type(str(answers.FORM["national_id"]))
    keys.press("Enter")
    _is_at(page, "dokumen", "Unggah dokumen")
    to("go-on")
    keys.press("Enter")
    _is_at(page, "kirim", "Periksa isian sebelum mengirim")
    to("declared")
    keys.press("Space")
    to("send-application")
    keys.press("Enter")
    expect(page.locator("#problem")).to_be_focused()
    to("send-anyway")
    keys.press("Enter")
    expect(page.locator("h1")).to_have_text("Permohonan terkirim")
    assert office.app["form"]["art_genre"] == "tari"


def test_what_people_type_stands_on_the_check_page_as_text(signed_in: Page, office: Office) -> None:
    office.app["form"] = dict(answers.FORM) | {"group_name": MARKUP, "leader_name": "Drs. H. Ma'ruf, M.Pd."}
    signed_in.goto(f"{CASE}/kirim")
    expect(signed_in.locator("#answers")).to_contain_text(MARKUP)
    expect(signed_in.locator("#answers")).to_contain_text("Drs. H. Ma'ruf, M.Pd.")
    assert signed_in.locator("#answers img").count() == 0


@pytest.mark.parametrize("root", ["", "/en"])
@pytest.mark.parametrize("step", ["", *PAGES, "jenis"])
def test_every_page_of_the_form_fits_the_narrowest_phone_and_satisfies_axe(
    signed_in: Page, office: Office, step: str, root: str
) -> None:
    office.app["form"] = dict(answers.FORM) | {"group_name": "Paguyuban" + "panjang" * 20}
    office.app["documents"] = {slot: answers.document(slot) for slot in answers.SLOTS[:2]}
    office.app["findings"] = [answers.MISMATCH]
    signed_in.set_viewport_size({"width": 320, "height": 640})
    signed_in.goto(f"{root}{CASE}/{step}")
    expect(signed_in.locator("#case")).to_be_visible()
    if step in ("kelompok", "ketua"):
        signed_in.click("#go-on")
    PICTURES.mkdir(parents=True, exist_ok=True)
    signed_in.screenshot(
        path=PICTURES / f"form-{step or 'list'}{root.replace('/', '-')}-320.png", full_page=True
    )
    assert signed_in.evaluate("[document.documentElement.scrollWidth, innerWidth]") == [320, 320]
    assert violations(signed_in) == []

"""Documents on a cheap phone and a bad line: nothing that a person chose is lost or sent without need."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from chalicelib.documents.files.quality import hints
from tests.site import answers, photos
from tests.site.office import Office, Refusal

pytestmark = pytest.mark.browser
CASE = "/permohonan/isi/#c1/dokumen"
UPLOADS = "/api/applications/c1/uploads"
SLOW_MS = 15_000
KEPT = """() => new Promise((done) => {
  const asked = indexedDB.open("sanggar.photos", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("photos", { keyPath: "id" });
  asked.onsuccess = () => {
    const all = asked.result.transaction("photos").objectStore("photos").getAll();
    all.onsuccess = () => {
      asked.result.close();
      done(all.result.map((one) => [one.id, one.state, Boolean(one.blob)]));
    };
  };
})"""


@pytest.fixture
def case(signed_in: Page, office: Office) -> Page:
    """A draft that lacks nothing but documents, open on a phone."""
    office.app["form"] = dict(answers.FORM)
    # Headless Chromium cancels a chooser that nobody listens for; a listener made with the click may come too late.
    signed_in.on("filechooser", lambda _: None)
    signed_in.goto(CASE)
    expect(signed_in.locator("#ktp-state")).to_have_text("Belum ada berkas")
    return signed_in


def _bodies(office: Office) -> list[str]:
    return [one.body for one in office.sent("POST", "/bucket")]


def _looks_right(page: Page) -> None:
    expect(page.locator("#ktp-state")).to_contain_text("Sudah sesuai", timeout=SLOW_MS)


def _nothing_is_kept(page: Page) -> None:
    for _ in range(50):
        if not page.evaluate(KEPT):
            return
        page.wait_for_timeout(100)
    raise AssertionError(page.evaluate(KEPT))


def _file_in(body: str) -> bytes:
    """The file of a form as it was posted."""
    return body.encode("latin-1").split(b'name="file"', 1)[1].split(b"\r\n\r\n", 1)[1].rsplit(b"\r\n--", 1)[0]


def test_a_large_photo_is_made_small_and_says_so(case: Page, office: Office, tmp_path: Path) -> None:
    case.set_input_files("#ktp-file", photos.saved(tmp_path, photos.page(4000, 3000), quality=98))
    expect(case.locator("#ktp-meter")).to_contain_text(re.compile(r"dikecilkan dari \d,\d MB menjadi \d"))
    expect(case.locator("#ktp-thumb")).to_be_visible()
    expect(case.locator("#ktp-title")).to_have_text("foto.jpg")
    _looks_right(case)
    expect(case.locator("#ktp-read")).to_have_text("Terbaca: SITI RAHAYU, NIK (16 angka di KTP) 3514…0001")
    (tmp_path / "sent").write_bytes(_file_in(_bodies(office)[0]))
    sent = Image.open(tmp_path / "sent")
    assert (sent.size, sent.format) == ((2000, 1500), "WEBP")
    _nothing_is_kept(case)


def test_a_photo_is_turned_upright_and_loses_its_place(case: Page, office: Office, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "S"
    case.set_input_files("#ktp-file", photos.saved(tmp_path, photos.page(), exif=exif))
    expect(case.locator("#ktp-delete")).to_be_visible(timeout=SLOW_MS)
    sent = _file_in(_bodies(office)[0])
    (tmp_path / "sent.jpg").write_bytes(sent)
    assert b"Exif" not in sent
    assert Image.open(tmp_path / "sent.jpg").size == (900, 1200)


@pytest.mark.parametrize(
    ("taken", "said"),
    [
        (photos.blurred, "Foto kurang jelas."),
        (photos.dark, "Foto terlalu gelap."),
        (photos.small, "Tulisan terlalu kecil."),
    ],
)
def test_a_poor_photo_is_warned_of_before_a_byte_is_sent(
    case: Page, office: Office, tmp_path: Path, taken: Callable[[], Image.Image], said: str
) -> None:
    case.set_input_files("#ktp-camera", photos.saved(tmp_path, taken()))
    expect(case.locator("#ktp-state")).to_contain_text(said)
    expect(case.get_by_label("Foto lagi KTP Ketua")).to_be_visible()
    assert office.sent("POST", UPLOADS) == []
    case.reload()
    expect(case.locator("#ktp-state")).to_contain_text(said)
    expect(case.locator("#ktp-thumb")).to_be_visible()
    case.get_by_role("button", name="Tetap pakai foto ini KTP Ketua").click()
    expect(case.locator("#ktp-card")).to_be_focused()
    _looks_right(case)
    assert len(_bodies(office)) == 1


@pytest.mark.parametrize("taken", [photos.page, photos.blurred, photos.dark, photos.small])
def test_the_phone_warns_of_what_the_service_would_find(taken: Callable[[], Image.Image]) -> None:
    found = {hint.value for hint in hints(taken(), None)}
    assert found & {"dark", "blurred", "small"} == {
        photos.page: set(),
        photos.blurred: {"blurred"},
        photos.dark: {"dark"},
        photos.small: {"small"},
    }[taken] | (found & {"blurred"} if taken is photos.dark else set())


def test_a_photo_taken_again_takes_the_place_of_the_poor_one(
    case: Page, office: Office, tmp_path: Path
) -> None:
    case.set_input_files("#ktp-camera", photos.saved(tmp_path, photos.blurred()))
    expect(case.locator("#ktp-keep")).to_be_visible()
    case.set_input_files("#ktp-camera", photos.saved(tmp_path, photos.page(), "lagi.jpg"))
    _looks_right(case)
    expect(case.locator("#ktp-keep")).to_be_hidden()
    assert len(_bodies(office)) == 1


def test_a_line_cut_in_the_middle_is_tried_again_with_a_new_signature(
    case: Page, office: Office, tmp_path: Path
) -> None:
    office.fates = ["cut", "cut"]
    case.set_input_files("#ktp-file", photos.saved(tmp_path, photos.page()))
    expect(case.locator("#ktp-state")).to_contain_text("Koneksi terputus. Foto Anda aman di ponsel ini")
    expect(case.locator("#ktp-retry")).to_be_visible()
    _looks_right(case)
    assert len(office.sent("POST", UPLOADS)) == 3
    assert "signature-3" in _bodies(office)[0]


def test_a_signature_that_ran_out_is_replaced(case: Page, office: Office, tmp_path: Path) -> None:
    office.fates = ["expired"]
    case.set_input_files("#ktp-file", photos.saved(tmp_path, photos.page()))
    _looks_right(case)
    first, second = _bodies(office)
    assert "signature-1" in first
    assert "signature-2" in second


def test_the_line_that_comes_back_is_used_at_once(case: Page, office: Office, tmp_path: Path) -> None:
    office.fault[UPLOADS] = Refusal(503, "busy")
    case.set_input_files("#ktp-file", photos.saved(tmp_path, photos.page()))
    expect(case.locator("#ktp-state")).to_contain_text("Koneksi terputus")
    for _ in range(3):  # by now it would wait for 8 seconds
        case.click("#ktp-retry")
        case.wait_for_timeout(100)
    office.fault.clear()
    case.evaluate("dispatchEvent(new Event('online'))")
    _looks_right(case)


def test_a_reload_in_the_middle_goes_on_sending(case: Page, office: Office, tmp_path: Path) -> None:
    office.fates = ["held"]
    case.set_input_files("#ktp-file", photos.saved(tmp_path, photos.page(), "ktp saya.jpg"))
    expect(case.locator("#ktp-state")).to_contain_text("Mengunggah")
    assert case.evaluate(KEPT) == [["c1/ktp", "ready", True]]
    office.fault[UPLOADS] = Refusal(503, "busy")
    case.reload()
    expect(case.locator("#ktp-title")).to_have_text("ktp saya.jpg")
    expect(case.locator("#ktp-thumb")).to_be_visible()
    expect(case.locator("#ktp-state")).to_contain_text("Foto Anda aman")
    office.fault.clear()
    _looks_right(case)
    _nothing_is_kept(case)
    office.released.set()


def test_a_closed_tab_loses_nothing(case: Page, office: Office, tmp_path: Path) -> None:
    office.fault[UPLOADS] = Refusal(503, "busy")
    case.set_input_files("#ktp-file", photos.saved(tmp_path, photos.page()))
    expect(case.locator("#ktp-state")).to_contain_text("Foto Anda aman")
    other = case.context.new_page()
    case.close()
    office.fault.clear()
    other.add_init_script("0")
    other.goto("/")
    other.evaluate(
        "localStorage.setItem('sanggar.session.applicant', JSON.stringify({session: 'S', until: 4e12, account: {}}))"
    )
    other.goto(CASE)
    _looks_right(other)
    assert len(_bodies(office)) == 1


def test_two_tabs_send_a_photo_once(case: Page, office: Office, tmp_path: Path) -> None:
    office.fates = ["held"]
    case.set_input_files("#ktp-file", photos.saved(tmp_path, photos.page()))
    expect(case.locator("#ktp-state")).to_contain_text("Mengunggah")
    other = case.context.new_page()
    other.goto(CASE)
    expect(other.locator("#ktp-state")).to_have_text("Dokumen ini sedang diunggah di tab lain.")
    office.released.set()
    for page in (case, other):
        _looks_right(page)
    assert len(_bodies(office)) == 1


def test_the_newest_choice_of_two_tabs_counts(case: Page, office: Office, tmp_path: Path) -> None:
    office.fates = ["held"]
    case.set_input_files("#ktp-file", photos.saved(tmp_path, photos.page(), "lama.jpg"))
    expect(case.locator("#ktp-state")).to_contain_text("Mengunggah")
    other = case.context.new_page()
    other.goto(CASE)
    other.set_input_files("#ktp-file", photos.saved(tmp_path, photos.page(), "baru.jpg"))
    _looks_right(other)
    _looks_right(case)
    office.released.set()
    assert len(_bodies(office)) == 2
    _nothing_is_kept(case)


def test_a_full_phone_sends_all_the_same(case: Page, office: Office, tmp_path: Path) -> None:
    case.add_init_script(
        "IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError'); };"
    )
    case.reload()
    office.fates = ["cut"]
    case.set_input_files("#ktp-file", photos.saved(tmp_path, photos.page()))
    expect(case.locator("#ktp-meter")).to_contain_text("Jangan tutup halaman")
    expect(case.locator("#ktp-state")).to_contain_text("Jangan tutup halaman ini; kami coba lagi")
    _looks_right(case)


def test_a_session_that_ended_keeps_the_photo_for_after_the_sign_in(
    case: Page, office: Office, tmp_path: Path
) -> None:
    office.fault[UPLOADS] = Refusal(401, "session_expired")
    case.set_input_files("#ktp-file", photos.saved(tmp_path, photos.page()))
    expect(case.locator("#ktp-state")).to_contain_text("Sesi Anda sudah berakhir. Foto Anda aman")
    office.fault.clear()
    case.reload()
    _looks_right(case)


def test_a_photo_waits_a_week_and_no_longer(case: Page, office: Office, tmp_path: Path) -> None:
    case.set_input_files("#ktp-file", photos.saved(tmp_path, photos.dark()))
    expect(case.locator("#ktp-keep")).to_be_visible()
    case.clock.set_system_time(datetime.now(UTC) + timedelta(days=7, minutes=1))
    case.reload()
    expect(case.locator("#ktp-state")).to_have_text("Belum ada berkas")
    _nothing_is_kept(case)


def test_the_draft_can_be_removed_from_a_shared_phone(case: Page, office: Office, tmp_path: Path) -> None:
    case.set_input_files("#ktp-file", photos.saved(tmp_path, photos.dark()))
    case.get_by_role("button", name="Hapus draf dari ponsel ini").click()
    expect(case.locator("#case-title")).to_be_focused()
    expect(case.locator("#ktp-state")).to_have_text("Belum ada berkas")
    _nothing_is_kept(case)


def test_signing_out_leaves_no_photo(case: Page, tmp_path: Path) -> None:
    case.set_input_files("#ktp-file", photos.saved(tmp_path, photos.dark()))
    expect(case.locator("#ktp-keep")).to_be_visible()
    case.goto("/permohonan/")
    case.click("#sign-out")
    case.wait_for_url("**/")
    _nothing_is_kept(case)


def test_a_page_closed_behind_the_camera_says_another_way(case: Page) -> None:
    with case.expect_file_chooser():
        case.click("#ktp-camera")
    case.reload()
    expect(case.locator("#ktp-state")).to_contain_text("Ambil foto dengan aplikasi Kamera dulu")
    case.reload()
    expect(case.locator("#ktp-state")).to_have_text("Belum ada berkas")


def test_a_picture_that_is_none_is_refused_here_and_a_doubtful_one_by_the_service(
    case: Page, office: Office, tmp_path: Path
) -> None:
    broken = tmp_path / "rusak.jpg"
    broken.write_bytes(b"bukan gambar" * 50)
    case.set_input_files("#ktp-file", broken)
    expect(case.locator("#ktp-state")).to_contain_text("tidak bisa dibuka. Pilih berkas lain.")
    expect(case.locator("#ktp-title")).to_have_text("rusak.jpg")
    assert office.sent("POST", UPLOADS) == []
    broken.write_bytes(b"\xff\xd8\xff\xe0" + b"\0" * 500)
    case.set_input_files("#ktp-file", broken)
    expect(case.locator("#ktp-delete")).to_be_visible(timeout=SLOW_MS)
    assert _file_in(_bodies(office)[0]) == broken.read_bytes()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("besar.pdf", b"%PDF-1.4" + b" " * (10 * 1024 * 1024), "lebih besar dari 10 MB"),
        ("kosong.pdf", b"", "Berkas Susunan Pengurus kosong"),
    ],
)
def test_a_file_too_big_or_empty_is_refused_before_it_is_sent(
    case: Page, office: Office, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    case.set_input_files("#board_roster-file", tmp_path / name)
    expect(case.locator("#board_roster-state")).to_contain_text(said)
    expect(case.locator("#board_roster-retry")).to_be_hidden()
    assert office.sent("POST", UPLOADS) == []


def test_a_document_is_replaced_and_deleted_with_the_keyboard(
    case: Page, office: Office, tmp_path: Path
) -> None:
    case.focus("#ktp-file")
    with case.expect_file_chooser(timeout=SLOW_MS) as choosing:
        case.keyboard.press("Enter")
    choosing.value.set_files(photos.saved(tmp_path, photos.page()))
    expect(case.get_by_label("Ganti KTP Ketua")).to_be_focused()
    expect(case.locator("#ktp-delete")).to_be_visible(timeout=SLOW_MS)
    case.keyboard.press("Tab")
    expect(case.get_by_role("button", name="Hapus KTP Ketua")).to_be_focused()
    case.keyboard.press("Enter")
    expect(case.get_by_role("button", name="Ya, hapus")).to_be_focused()
    case.keyboard.press("Tab")
    case.keyboard.press("Enter")
    expect(case.locator("#ktp-delete")).to_be_focused()
    case.keyboard.press("Enter")
    case.keyboard.press("Enter")
    expect(case.get_by_label("Pilih berkas KTP Ketua")).to_be_focused()
    expect(case.locator("#ktp-state")).to_have_text("Belum ada berkas")
    assert len(office.sent("DELETE", "/api/applications/c1/documents/ktp")) == 1


def test_an_upload_says_little_and_moves_nothing(case: Page, office: Office, tmp_path: Path) -> None:
    case.evaluate(
        """() => { window.said = []; window.shift = 0;
        new MutationObserver(() => said.push(document.querySelector("#live").textContent))
          .observe(document.querySelector("#live"), {childList: true, characterData: true, subtree: true});
        new PerformanceObserver((list) => list.getEntries().forEach((one) => { shift += one.value; }))
          .observe({type: "layout-shift"}); }"""
    )
    office.fates = ["cut"]
    case.locator("#ktp-card").scroll_into_view_if_needed()
    case.set_input_files("#ktp-file", photos.saved(tmp_path, photos.page()))
    _looks_right(case)
    said = case.evaluate("said")
    assert 3 <= len(said) <= 8
    assert said[-1].startswith("KTP Ketua: Sudah sesuai")
    assert case.evaluate("shift") < 0.01


def test_a_second_photo_becomes_the_second_page(case: Page, office: Office, tmp_path: Path) -> None:
    case.set_input_files("#board_roster-file", photos.saved(tmp_path, photos.page()))
    expect(case.locator("#board_roster-title")).to_have_text("foto.jpg")
    case.get_by_label("Tambah halaman Susunan Pengurus").set_input_files(
        photos.saved(tmp_path, photos.page(900, 1200), "dua.jpg")
    )
    expect(case.locator("#board_roster-title")).to_have_text("dua.jpg · 2 halaman")
    expect(case.locator("#board_roster-delete")).to_be_visible(timeout=SLOW_MS)
    expect(case.locator("#ktp-more")).to_be_hidden()
    sent = _file_in(_bodies(office)[-1])  # the first page may have been on its way, or not yet
    pdf = pypdfium2.PdfDocument(sent)
    assert [tuple(round(side) for side in page.get_size()) for page in pdf] == [(595, 446), (595, 793)]
    assert min(pdf[1].render().to_pil().convert("L").tobytes()) < 60


@pytest.mark.parametrize("address", [CASE, f"/en{CASE}"])
def test_the_cards_fit_a_narrow_phone(signed_in: Page, office: Office, tmp_path: Path, address: str) -> None:
    office.app = answers.application("draft", form=dict(answers.FORM), application_type="renewal")
    office.app["documents"] = {"village_letter": answers.document("village_letter", quality=["glare"])}
    office.app["documents"]["board_roster"] = answers.document("board_roster", kind="ktp")
    office.app["findings"] = [
        answers.MISMATCH,
        answers.MISPLACED | {"slot": "board_roster", "belongs_to": "ktp"},
    ]
    signed_in.set_viewport_size({"width": 320, "height": 640})
    signed_in.goto(address)
    signed_in.set_input_files("#ktp-file", photos.saved(tmp_path, photos.blurred(), f"{'panjang' * 9}.jpg"))
    expect(signed_in.locator("#ktp-keep")).to_be_visible()
    signed_in.click("#board_roster-delete")
    assert signed_in.evaluate("document.documentElement.scrollWidth") == 320
    assert signed_in.evaluate("innerWidth") == 320

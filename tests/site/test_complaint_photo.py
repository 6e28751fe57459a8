"""A photo with a complaint: made small on the phone, sent after the complaint, and never in its way."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.site import axe, photos
from tests.site.office import Office, Refusal
from tests.site.test_voices import LINK, picture

pytestmark = pytest.mark.browser
PLACE = "Jalan Rahasia 7"


def photo(folder: Path) -> str:
    """A large photo that tells its place."""
    exif = Image.Exif()
    exif[0x010E] = PLACE
    return photos.saved(folder, photos.page(3000, 2200), exif=exif, comment=PLACE.encode())


def filled(page: Page) -> None:
    """A complaint, not yet sent."""
    page.goto("/pengaduan/")
    page.check("#kind")
    page.fill("#text", "Papan nama rusak.")
    page.fill("#contact", "siti@contoh.id")


def received(page: Page) -> None:
    """The receipt is there, whatever becomes of the photo."""
    expect(page.locator("#complaint-number")).to_have_text("Pengaduan Anda nomor ADU-2026-00007")


def test_a_photo_goes_with_a_complaint_without_its_place(page: Page, office: Office, tmp_path: Path) -> None:
    filled(page)
    page.set_input_files("#photo", photo(tmp_path))
    expect(page.locator("#photo-state")).to_contain_text("foto.jpg ikut terkirim")
    picture(page, "complaint-photo")
    page.click("#send-complaint")
    received(page)
    expect(page.locator("#photo-state")).to_have_text("Foto Anda sudah bersama pengaduan.", timeout=10_000)
    expect(page.locator("#photo-pick")).to_be_hidden()
    assert axe.violations(page) == []
    picture(page, "complaint-photo-sent")
    (asked,) = office.sent("POST", "/api/complaints/photos")
    (file,) = office.sent("POST", "/bucket")
    assert PLACE not in file.body
    assert asked.body["content_type"] == "image/jpeg"
    assert asked.body["size"] < 900 * 1024
    assert (asked.body["number"], asked.body["contact"]) == ("ADU-2026-00007", "siti@contoh.id")
    assert "foto.jpg" not in file.body


def test_a_complaint_is_there_though_its_photo_is_not_and_the_photo_can_be_sent_again(
    page: Page, office: Office, tmp_path: Path
) -> None:
    office.fates = ["cut", "cut"]
    filled(page)
    page.set_input_files("#photo", photo(tmp_path))
    page.click("#send-complaint")
    received(page)
    expect(page.locator("#photo-error")).to_contain_text("Foto belum terkirim", timeout=10_000)
    expect(page.locator("#photo-error")).to_contain_text("Pengaduan Anda sudah kami terima")
    picture(page, "complaint-photo-lost")
    page.click("#send-photo")
    expect(page.locator("#photo-state")).to_have_text("Foto Anda sudah bersama pengaduan.", timeout=10_000)
    expect(page.locator("#photo-error")).to_be_hidden()
    assert len(office.sent("POST", "/api/complaints")) == 1


def test_a_photo_that_the_office_cannot_open_gives_way_to_another(
    page: Page, office: Office, tmp_path: Path
) -> None:
    office.photo_fate = {"state": "refused", "fault": "damaged"}
    filled(page)
    page.set_input_files("#photo", photo(tmp_path))
    page.click("#send-complaint")
    received(page)
    expect(page.locator("#photo-error")).to_contain_text("Foto ini tidak bisa dibuka", timeout=10_000)
    office.photo_fate = {"state": "kept", "fault": None}
    page.set_input_files("#photo", photo(tmp_path))
    page.click("#send-photo")
    expect(page.locator("#photo-state")).to_have_text("Foto Anda sudah bersama pengaduan.", timeout=10_000)


def test_a_file_that_is_no_photo_is_told_and_the_complaint_goes_without(
    page: Page, office: Office, tmp_path: Path
) -> None:
    file = tmp_path / "catatan.jpg"
    file.write_text("bukan foto")
    filled(page)
    page.set_input_files("#photo", str(file))
    expect(page.locator("#photo-error")).to_contain_text("Pengaduan tetap bisa dikirim tanpa foto")
    assert axe.violations(page) == []
    page.click("#send-complaint")
    received(page)
    expect(page.locator("#photo-field")).to_be_hidden()
    assert office.sent("POST", "/api/complaints/photos") == []


def test_a_photo_can_be_taken_back_before_it_is_sent(page: Page, office: Office, tmp_path: Path) -> None:
    filled(page)
    page.set_input_files("#photo", photo(tmp_path))
    page.click("#photo-drop")
    expect(page.locator("#photo-state")).to_be_hidden()
    page.click("#send-complaint")
    received(page)
    page.wait_for_timeout(300)
    assert office.sent("POST", "/api/complaints/photos") == []


def test_where_no_photo_can_come_any_more_no_button_asks_for_one(
    page: Page, office: Office, tmp_path: Path
) -> None:
    office.fault["/api/complaints/photos"] = Refusal(429, "too_many")
    filled(page)
    page.set_input_files("#photo", photo(tmp_path))
    page.click("#send-complaint")
    received(page)
    expect(page.locator("#photo-error")).to_contain_text("Foto tidak dapat ditambahkan lagi")
    expect(page.locator("#send-photo")).to_be_hidden()


def shown_width(page: Page) -> float:
    """How wide the picture is on the page, in pixels."""
    box = page.locator("#photo-picture").bounding_box()
    assert box
    return box["width"]


def test_the_officer_sees_the_picture_or_why_there_is_none(page: Page, office: Office) -> None:
    office.photo = {"state": "kept", "url": "/preview.svg"}
    page.goto(f"/pengaduan/jawab/#{LINK}")
    expect(page.get_by_alt_text("Foto dari pengadu")).to_be_visible()
    expect(page.locator("#photo-picture")).to_have_js_property("naturalWidth", 800)
    assert shown_width(page) < 340
    page.click("#photo-size")
    assert shown_width(page) == 800
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.click("#photo-size")
    assert shown_width(page) < 340
    assert axe.violations(page) == []
    picture(page, "complaint-photo-seen")
    for state, told in (("awaiting", "belum selesai diperiksa"), ("refused", "tidak dapat dibuka")):
        office.photo = {"state": state, "url": None}
        page.reload()
        expect(page.locator("#photo-told")).to_contain_text(told)
        expect(page.locator("#complaint-photo")).to_be_hidden()
    office.photo = {"state": "kept", "url": "/gone.jpg"}
    page.reload()
    expect(page.locator("#photo-told")).to_contain_text("Gambar gagal dimuat")


def test_who_follows_a_complaint_reads_what_became_of_its_photo(page: Page, office: Office) -> None:
    office.photo = {"state": "refused", "fault": "damaged"}
    page.goto("/pengaduan/lacak/#ADU-2026-00007")
    page.fill("#contact", "siti@contoh.id")
    page.click("#show-complaint")
    expect(page.locator("#followed-facts")).to_contain_text("Tidak dapat dibuka dan tidak disimpan")

"""A permit's QR code as a phone follows it: from the printed page to each line of the answer, also offline."""

import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from chalicelib.aws.tables import PermitRow
from chalicelib.permits.facts import PublicFacts, facts_on_record
from chalicelib.permits.types import PermitRecord
from tests.conftest import CHROMIUM
from tests.permits.seals import seal_over
from tests.site.axe import violations
from tests.site.service import served
from tests.site.test_seal import annotated

pytestmark = pytest.mark.browser
KEPT = """async () => {
  while (!(await caches.match("/skrip/baca-pdf.js")) || !navigator.serviceWorker.controller) {
    await new Promise((next) => setTimeout(next, 50));
  }
}"""
PICTURES = Path(__file__).parents[2] / "build" / "screenshots"


class Issued(msgspec.Struct, frozen=True):
    """A permit that the service issued: its entry, its file, a picture of its print, and what its QR code holds."""

    url: str
    office: Any
    record: PermitRecord
    pdf: Path
    print: Path
    scanned: str

    @property
    def facts(self) -> PublicFacts:
        """What the seal is over."""
        return facts_on_record(self.record)


@pytest.fixture(scope="module")
def issued(public: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Issued]:
    """The service with one permit, printed at 150 dpi and scanned."""
    for program in ("zbarimg", "pdftoppm"):
        assert shutil.which(program), f"{program} is needed for this (Debian: zbar-tools, poppler-utils)"
    PICTURES.mkdir(parents=True, exist_ok=True)
    folder = tmp_path_factory.mktemp("permit")
    with served(public) as (url, office):
        # The signer runs an event loop of its own, and an open browser has one in this thread.
        with ThreadPoolExecutor(1) as elsewhere:
            case = elsewhere.submit(lambda: office.issue(office.applicant().sent())).result()
        record = _record(case.permit.check_code)  # type: ignore[union-attr]
        bucket = office.desk.settings.permits_bucket
        pdf = folder / "unduhan.pdf"
        pdf.write_bytes(office.desk.files.read(bucket, record.object_key, record.version_id))
        subprocess.run(["pdftoppm", "-r", "150", "-png", pdf, folder / "page"], check=True)  # noqa: S603, S607
        (picture,) = folder.glob("page*.png")
        read = subprocess.run(["zbarimg", "-q", "--raw", picture], capture_output=True, text=True, check=True)  # noqa: S603, S607
        yield Issued(url, office, record, pdf, picture, read.stdout.strip())


def _record(code: str) -> PermitRecord:
    return msgspec.json.decode(PermitRow.get(code).body or "", type=PermitRecord)


@pytest.fixture(params=[360, 1200])
def context(request: pytest.FixtureRequest, browser: Browser, issued: Issued) -> Iterator[BrowserContext]:
    """A phone, and a desk."""
    size: Any = {"width": request.param, "height": 740}
    opened = browser.new_context(base_url=issued.url, viewport=size, locale="id-ID")
    opened.set_default_timeout(8000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A fault in the page's script fails the test."""
    opened, faults = context.new_page(), []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    yield opened
    assert faults == []


def lines(page: Page) -> dict[str, str]:
    """What each line tells, by what it is about."""
    expect(page.locator("#found-title")).to_be_visible()
    found = page.locator("[data-line]").all()
    return {one.get_attribute("data-line") or "": one.get_attribute("data-told") or "" for one in found}


def seen(page: Page, name: str) -> None:
    """A picture, and what nobody may find wrong with the page."""
    width = (page.viewport_size or {"width": 0})["width"]
    page.screenshot(path=PICTURES / f"seal-{name}-{width}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []


def test_the_printed_code_of_an_issued_permit_is_genuine_known_and_as_recorded(
    page: Page, issued: Issued
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(issued.scanned)
    assert lines(page) == {"seal": "genuine", "status": "valid", "content": "same", "signer": "signed"}
    expect(page.locator("#claims")).to_contain_text(issued.record.group_name)
    expect(page.locator("#claims")).to_contain_text(issued.record.leader_short)
    expect(page.locator("#compare")).to_contain_text("diambil dari sertifikat lain")
    assert not [one for one in asked if issued.scanned.partition("#")[2] in one.partition("#")[0]]
    seen(page, "genuine")
    page.click("#language")
    expect(page.locator("[data-line=seal]")).to_contain_text("The seal in the QR code is genuine")


def test_without_script_the_service_answers_alone(browser: Browser, issued: Issued) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(issued.scanned)
    expect(page.locator(".is")).to_contain_text("masih berlaku")
    expect(page.locator("main")).to_contain_text(issued.record.group_name)
    context.close()


@pytest.mark.parametrize(
    ("status", "sentence"),
    [("revoked", "dicabut pada"), ("replaced", "sudah diganti"), ("expired", "habis masa berlakunya")],
)
def test_the_status_of_today_stands_beside_a_genuine_seal(
    page: Page, issued: Issued, status: str, sentence: str
) -> None:
    now, row = issued.office.desk.clock.now(), PermitRow.get(issued.record.check_code)
    before = row.body
    if status == "expired":
        issued.office.hands.move(seconds=3 * 365 * 24 * 3600)
    else:
        changed = msgspec.structs.replace(
            issued.record, status=status, status_at=now, status_reason="Uji coba pencabutan"
        )
        row.body = msgspec.json.encode(changed).decode()
        row.save()
    try:
        page.goto(issued.scanned)
        assert (lines(page)["seal"], lines(page)["status"]) == ("genuine", status)
        expect(page.locator("[data-line=status]")).to_contain_text(sentence)
        if status != "expired":
            expect(page.locator("[data-line=status]")).to_contain_text("Uji coba pencabutan")
        seen(page, status)
    finally:
        issued.office.hands.move(seconds=(now - issued.office.desk.clock.now()).total_seconds())
        row.body = before
        row.save()


def test_each_wrong_code_is_named_for_what_it_is(page: Page, issued: Issued) -> None:
    address, _, number = issued.scanned.partition("#")
    stranger = seal_over(issued.facts, ec.generate_private_key(ec.SECP256R1()))
    digit = str((int(number[300]) + 1) % 10)
    cases = {
        "unknown_key": f"{address}#{stranger}",
        "rubbish": f"{address}#halo",
        "cut": f"{address}#{number[:-40]}",
        "altered": f"{address}#{number[:300]}{digit}{number[301:]}",
        "other_code": f"{address[:-10]}0123456789#{number}",
    }
    said = {}
    for name, url in cases.items():
        page.goto("about:blank")
        page.goto(url)
        said[name] = lines(page)
        seen(page, f"wrong-{name}")
    assert said["altered"]["seal"] in ("altered", "rubbish", "unknown_key")  # by where that digit falls
    assert {name: one["seal"] for name, one in said.items()} == {
        "unknown_key": "unknown_key",
        "rubbish": "rubbish",
        "cut": "rubbish",
        "altered": said["altered"]["seal"],
        "other_code": "other_code",
    }
    assert said["other_code"]["status"] == "unknown"
    assert said["unknown_key"]["status"] == "valid"
    assert page.locator("[data-told=valid].good").count() == 0


def test_a_register_that_says_otherwise_than_the_seal_is_told(page: Page, issued: Issued) -> None:
    row = PermitRow.get(issued.record.check_code)
    before = row.body
    changed = msgspec.structs.replace(issued.record, group_name="Nama yang diganti diam-diam")
    row.body = msgspec.json.encode(changed).decode()
    row.save()
    try:
        page.goto(issued.scanned)
        assert (lines(page)["seal"], lines(page)["content"]) == ("genuine", "differs")
        expect(page.locator("[data-line=content]")).to_contain_text("Nama kelompok")
        expect(page.locator("[data-line=content]")).not_to_contain_text("Ketua")
    finally:
        row.body = before
        row.save()


def test_a_file_is_checked_by_its_own_number_and_never_sent(
    page: Page, issued: Issued, tmp_path: Path
) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    original = issued.pdf.read_bytes()
    middle = len(original) // 2
    changed = original[:middle] + bytes([original[middle] ^ 1]) + original[middle + 1 :]
    files = {"same": original, "added": annotated(original), "altered": changed, "no_pdf": b"halo"}
    for told, content in files.items():
        file = tmp_path / f"{told}.pdf"
        file.write_bytes(content)
        page.goto("/periksa/")
        if told == "no_pdf":
            page.fill("#number", issued.record.permit_number)
        page.set_input_files("#file", file)
        assert lines(page)["file"] == told
        assert ("signature" in lines(page)) == (told in ("same", "added"))
        seen(page, f"file-{told}")
    assert set(sent) == {"GET"}


def test_a_number_that_was_never_issued_is_said_to_be_so(page: Page, issued: Issued, tmp_path: Path) -> None:
    file = tmp_path / "lain.pdf"
    file.write_bytes(issued.pdf.read_bytes())
    page.goto("/periksa/")
    page.fill("#number", "NIK/9999/424.086/2026")
    page.set_input_files("#file", file)
    assert lines(page) == {"seal": "none", "status": "unknown", "file": "unissued"}


def test_a_photo_of_the_print_is_read_on_the_phone(page: Page, issued: Issued) -> None:
    page.goto("/periksa/")
    page.set_input_files("#file", issued.print)
    assert lines(page)["seal"] == "genuine"
    seen(page, "photo")


def test_a_code_of_another_site_is_named(page: Page, issued: Issued, tmp_path: Path) -> None:
    import segno

    fake = issued.scanned.replace(issued.url, "https://siapmaslahat-pasuruankab.contoh.id")
    segno.make(fake, micro=False, error="m").save(str(tmp_path / "palsu.png"), scale=4)
    page.goto("/periksa/")
    page.set_input_files("#file", tmp_path / "palsu.png")
    assert lines(page) == {"seal": "other_site"}
    expect(page.locator("[data-line=seal]")).to_contain_text("siapmaslahat-pasuruankab.contoh.id")


def test_after_one_visit_a_code_is_checked_without_a_line(
    context: BrowserContext, page: Page, issued: Issued
) -> None:
    page.goto(issued.scanned)
    assert lines(page)["seal"] == "genuine"
    page.evaluate(KEPT)
    context.set_offline(True)
    fresh = context.new_page()
    fresh.goto(issued.scanned)
    assert lines(fresh) == {"seal": "genuine", "status": "offline"}
    expect(fresh.locator("[data-line=status]")).to_contain_text("Terakhir kali ponsel ini terhubung")
    expect(fresh.locator("[data-line=status]")).to_contain_text("masa berlaku sampai")
    expect(fresh.locator("#claims")).to_contain_text(issued.record.group_name)
    seen(fresh, "offline")
    fresh.goto("/periksa/")
    fresh.set_input_files("#file", issued.pdf)
    assert lines(fresh)["file"] == "unasked"


def test_the_camera_reads_the_print(issued: Issued, tmp_path: Path) -> None:
    film = tmp_path / "kertas.y4m"
    film.write_bytes(_film(issued.print))
    with ThreadPoolExecutor(1) as elsewhere:  # another browser, with the print before its camera
        assert elsewhere.submit(_scanned, issued.url, film).result() == "genuine"


def _film(picture: Path) -> bytes:
    """The lower part of the print as a film of one grey picture."""
    image = Image.open(picture).convert("L")
    image = image.crop((0, image.height - 800, 800, image.height))
    chroma = b"\x80" * (400 * 400)
    return b"YUV4MPEG2 W800 H800 F5:1 Ip A1:1 C420\n" + (b"FRAME\n" + image.tobytes() + chroma * 2) * 2


def _scanned(url: str, film: Path) -> str | None:
    camera = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=[*CHROMIUM, *camera])
        page = browser.new_page(base_url=url, permissions=["camera"])
        page.goto("/periksa/")
        page.click("#scan")
        seal = page.locator("[data-line=seal]")
        seal.wait_for(timeout=20000)
        assert page.locator("#camera").is_hidden()
        told = seal.get_attribute("data-told")
        browser.close()
    return told


def test_without_a_camera_the_way_by_a_photo_is_named(page: Page, issued: Issued) -> None:
    page.goto("/periksa/")
    page.click("#scan")
    expect(page.locator("#scan-told")).to_contain_text("Foto kode QR-nya, lalu pilih fotonya")
    expect(page.locator("#scan")).to_be_visible()


def test_the_answer_prints_without_the_forms(page: Page, issued: Issued) -> None:
    page.goto(issued.scanned)
    lines(page)
    page.emulate_media(media="print")
    expect(page.locator("#claims")).to_be_visible()
    expect(page.locator("form")).to_be_hidden()

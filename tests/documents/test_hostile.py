import io
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from chalicelib.documents.confined import Confinement, Limits, inspect_confined
from chalicelib.documents.files.pictures import open_picture
from chalicelib.documents.files.portable import MAX_PAGES
from chalicelib.documents.inspection import inspect
from chalicelib.documents.sight.recognition import LocalRecogniser
from chalicelib.documents.types import Kind
from chalicelib.texts import told_fault
from tests.documents import hostile
from tests.documents.generator import as_pdf, make
from tests.documents.people import story


def _letter() -> bytes:
    return make("village_letter", story(11), random.Random(1)).data


def _photo() -> bytes:
    return make("ktp", story(12), random.Random(2), "photo_mild").data


def _scanned(pages: int) -> bytes:
    """A PDF of pictures: more than any machine reads in a second."""
    picture = open_picture(_photo()).convert("RGB")
    out = io.BytesIO()
    picture.save(out, "PDF", save_all=True, append_images=[picture] * (pages - 1))
    return out.getvalue()


_SCRIPT = b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"
_ATTACHED = (
    b"/Names << /EmbeddedFiles << /Names [(a.exe) << /Type /Filespec /F (a.exe) /EF << /F 4 0 R >> >>] >> >>"
)
_KNOWN: dict[str, tuple[Callable[[], bytes], set[str | None]]] = {
    "a text named like a photo": (lambda: b"NIK : 3514000000000000\n" * 40, {"wrong_type"}),
    "no bytes at all": (lambda: b"", {"empty"}),
    "eleven megabytes": (lambda: b"\xff\xd8\xff" + b"\0" * 11_000_000, {"too_large"}),
    "a photo cut off": (lambda: _photo()[:30_000], {"damaged"}),
    "only the first bytes of a photo": (lambda: b"\xff\xd8\xff\xe0", {"damaged"}),
    "a PDF cut off in its header": (lambda: b"%PDF-1.7\n%\xe2\xe3", {"damaged"}),
    "a PDF behind a password": (lambda: hostile.locked(_letter()), {"locked"}),
    "three hundred pages": (lambda: hostile.with_pages(300), {"too_many_pages"}),
    "a picture of fifty thousand by fifty thousand": (hostile.huge_png, {"too_large"}),
    "one page more than a file may have": (lambda: hostile.with_pages(MAX_PAGES + 1), {"too_many_pages"}),
    "a PDF of which the second half is lost": (lambda: _letter()[: len(_letter()) // 2], {"damaged"}),
    "a PDF without its end": (lambda: _letter()[:-300], {"damaged", None}),
    "a page without any size": (lambda: hostile.with_words(b"0 0 0 0"), {"damaged", None}),
    "a page of hundreds of metres": (lambda: hostile.with_words(b"0 0 999999 999999"), {"damaged"}),
    "a page as thin as a thread": (lambda: hostile.with_words(b"0 0 15000 1"), {"damaged", None}),
    "a PDF with a script": (lambda: hostile.with_words(catalog=_SCRIPT), {None}),
    "a PDF with a program inside": (lambda: hostile.with_words(catalog=_ATTACHED), {None}),
    "an archive": (lambda: b"PK\x03\x04" + b"\0" * 500, {"wrong_type"}),
    "a drawing in SVG": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", {"wrong_type"}),
    "a web page": (lambda: b"<!doctype html><script>alert(1)</script>", {"wrong_type"}),
    "a web page with a PDF in it": (lambda: b"<html>" + _letter(), {"wrong_type"}),
    "a photo as iPhones keep them": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", {"heic_photo"}),
    "a picture of a thousand million points in WebP": (lambda: hostile.huge_webp("VP8X"), {"too_large"}),
    "a PNG whose remark is a third of a gigabyte": (lambda: hostile.talkative_png(b"zTXt"), {"damaged"}),
    "a PNG whose colours are a third of a gigabyte": (lambda: hostile.talkative_png(b"iCCP"), {"damaged"}),
    "a page tree that contains itself": (hostile.endless_page_tree, {"damaged", "timed_out", None}),
    "a form that draws itself": (hostile.form_that_draws_itself, {"damaged", "timed_out", None}),
    "noise after a PNG signature": (
        lambda: b"\x89PNG\r\n\x1a\n" + random.Random(3).randbytes(5000),
        {"damaged"},
    ),
    "noise after a PDF signature": (lambda: b"%PDF-1.4\n" + random.Random(4).randbytes(50_000), {"damaged"}),
}


@pytest.mark.parametrize("name", _KNOWN)
def test_a_hostile_or_broken_file_gets_a_known_answer(name: str, confinement: Confinement) -> None:
    build, expected = _KNOWN[name]
    answer = inspect_confined(build(), confinement=confinement)
    assert answer.inspection.fault in expected
    if answer.inspection.fault:
        assert answer.inspection.kind is Kind.UNREADABLE
        assert answer.previews == ()
        assert told_fault(answer.inspection.fault).text.id
    assert answer.processor_seconds < confinement.limits.cpu_seconds + 1
    assert answer.peak_bytes < 1.2 * confinement.limits.resident_bytes  # it is looked at every 50 ms


@pytest.mark.parametrize("mode", ["RGBA", "P"])
def test_the_largest_picture_that_is_taken_fits_into_memory(mode: str, confinement: Confinement) -> None:
    out, clear = io.BytesIO(), {"transparency": 0} if mode == "P" else {}
    Image.new(mode, (8000, 8000), 0).save(out, "PNG", **clear)
    answer = inspect_confined(out.getvalue(), confinement=confinement)
    assert answer.inspection.fault is None
    assert len(answer.previews) == 1


def test_a_packed_page_of_a_gigabyte_ends_within_its_limits_and_the_next_file_is_read() -> None:
    hurried = Confinement(Limits(cpu_seconds=3, wall_seconds=8))
    try:
        bombed = hurried.inspect(hostile.bomb())
        assert bombed.inspection.fault in {"timed_out", "damaged"} or bombed.inspection.kind is not Kind.KTP
        assert hurried.inspect(_letter()).inspection.kind is Kind.VILLAGE_LETTER
    finally:
        hurried.close()


def test_a_file_that_takes_too_long_is_timed_out_and_the_parent_lives(confinement: Confinement) -> None:
    impatient = Confinement(Limits(wall_seconds=0.005))
    try:
        assert impatient.inspect(_photo()).inspection.fault == "timed_out"
        assert impatient.inspect(b"").inspection.fault == "empty"
    finally:
        impatient.close()


def test_a_good_file_that_is_not_read_in_time_is_unchecked_and_its_pages_are_kept_for_people() -> None:
    slow = Confinement(Limits(cpu_seconds=1))
    try:
        answer = slow.inspect(_scanned(pages=6))
        assert (answer.inspection.kind, answer.inspection.fault) == (Kind.UNCHECKED, None)
        assert (answer.inspection.content_type, answer.inspection.pages) == ("application/pdf", 6)
        assert answer.previews[0].startswith(b"\xff\xd8\xff")
        slow.limits = Limits()
        assert slow.inspect(_letter()).inspection.kind is Kind.VILLAGE_LETTER
    finally:
        slow.close()


def test_empty_pages_cost_next_to_nothing(confinement: Confinement) -> None:
    answer = confinement.inspect(hostile.with_pages(MAX_PAGES))
    assert (answer.inspection.kind, answer.inspection.pages) == (Kind.BLANK, MAX_PAGES)
    assert answer.processor_seconds < confinement.limits.cpu_seconds / 3


def test_a_page_that_costs_too_much_is_read_quickly_to_its_end() -> None:
    photo = open_picture(_photo())
    tired = LocalRecogniser(patience=0.0)
    read = tired.read(photo)
    again = tired.read_again(photo, [reading.corners for reading in read])
    assert [reading.text for reading in again] == [reading.text for reading in read]
    card = inspect(_photo(), tired)
    assert card.kind is Kind.KTP
    assert card.fields["national_id"].confidence < 0.9  # nobody looked twice


def test_a_child_that_was_killed_is_replaced(confinement: Confinement) -> None:
    confinement.warm()
    assert confinement._child is not None
    confinement._child.kill()
    confinement._child.wait()
    assert confinement.inspect(_letter()).inspection.fault is None


def test_reading_a_photo_stays_below_a_gigabyte(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(_photo())
    script = (
        "import pathlib, resource, sys; from chalicelib.documents.confined import Confinement;"
        "reader = Confinement(); read = reader.inspect(pathlib.Path(sys.argv[1]).read_bytes()); reader.close();"
        "print(read.inspection.kind, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    # A process of its own: what else the tests' process has started would be counted too.
    command = [sys.executable, "-c", script, str(tmp_path / "photo.jpg")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    kind, kilobytes = done.stdout.split()
    assert kind == Kind.KTP
    assert int(kilobytes) < 1024 * 1024


def test_text_that_the_page_does_not_show_is_not_believed(confinement: Confinement) -> None:
    shown = "#set text(size: 14pt)\nUNDANGAN rapat warga di balai desa pada hari Minggu pagi pukul delapan"
    hidden = "#place(top)[#text(fill: white)[SURAT KETERANGAN menerangkan ketua kelompok kesenian Nomor Induk Kesenian Kepala Desa]]"
    inspection = confinement.inspect(as_pdf(hidden + shown)).inspection
    assert inspection.hidden_text
    assert inspection.kind is Kind.OTHER


def test_a_number_that_the_page_shows_otherwise_is_read_from_the_page(confinement: Confinement) -> None:
    printed = story(11).leader.national_id
    shown = printed[:-4] + "0007"
    inspection = confinement.inspect(hostile.patched(_letter(), printed, shown)).inspection
    assert inspection.hidden_text
    assert inspection.fields["leader_national_id"].text == shown


def test_honest_text_is_believed(confinement: Confinement) -> None:
    inspection = confinement.inspect(_letter()).inspection
    assert not inspection.hidden_text
    assert not inspection.recognised

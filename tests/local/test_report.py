"""The pages that show what was read, and where."""

import datetime as dt
import io
import re
from pathlib import Path

import pytest
from PIL import Image

from chalicelib.documents.confined import InspectionResult
from chalicelib.documents.types import Box, Finding, Hint, Inspection, Kind, Officer, Value
from local.judging import Form, Judged
from local.progress import shown as progress
from local.report import write_index, write_report
from local.report.view import shown

NUMBER = "3514010203040005"
PLACE = Box(page=0, x=0.2, y=0.1, w=0.4, h=0.05)
BELOW = Box(page=0, x=0.2, y=0.3, w=0.75, h=0.05)


def _picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (400, 200), "white").save(out, "JPEG")
    return out.getvalue()


def _judged(name: str = "Siti", **changes: object) -> Judged:
    fields = {
        "full_name": Value(text=name, confidence=0.95, box=BELOW),
        "national_id": Value(text=NUMBER, confidence=0.85, box=PLACE),
        "blood_type": Value(text="O", confidence=0.3),
    }
    known: dict[str, object] = {"kind": Kind.KTP, "kind_confidence": 0.97, "content_type": "image/jpeg"}
    known |= {"pages": 1, "fields": fields, "quality": (Hint.DARK,), "recognised": True}
    result = InspectionResult(inspection=Inspection(**(known | changes)), previews=(_picture(),))  # type: ignore[arg-type]
    form = Form("new", dt.date(2026, 1, 5), "Joko", NUMBER, "Laras", {"ktp": "foto ktp.jpg"})
    findings = (
        Finding(code="missing_document", slot="board_roster"),
        Finding(code="name_mismatch", slot="ktp", expected="Joko", found=name, box=BELOW),
    )
    return Judged(folder=Path("made-1"), form=form, results={"ktp": result}, findings=findings, seconds=2.0)


@pytest.fixture
def page(tmp_path: Path) -> str:
    write_report(_judged(), tmp_path)
    return (tmp_path / "made-1.html").read_text(encoding="utf-8")


def test_a_page_needs_nothing_beside_it(page: str) -> None:
    addresses = re.findall(r"""(?:href|src)=["']([^"']*)""", page)
    assert [one for one in addresses if not one.startswith(("data:image/jpeg;base64,", "#"))] == [
        "index.html"
    ]
    assert "<script" not in page
    assert "url(" not in page


def test_a_page_tells_values_findings_hints_kind_and_certainty(page: str) -> None:
    for said in ("Siti", NUMBER, "0.850", "ktp 0.97", "foto ktp.jpg", "read from the picture"):
        assert said in page
    assert "Nama ketua pada KTP Ketua terbaca “Siti”, pada isian “Joko”." in page
    assert "Susunan Pengurus belum diunggah." in page
    assert "The photo is too dark." in page


def test_a_page_says_that_it_holds_personal_data(page: str, tmp_path: Path) -> None:
    write_index([shown(_judged())], tmp_path)
    assert "personal data" in page
    assert "personal data" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_what_a_document_says_is_text_and_never_markup(tmp_path: Path) -> None:
    write_report(_judged("<script>alert(1)</script>"), tmp_path)
    page = (tmp_path / "made-1.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_values_are_numbered_as_they_stand_on_the_paper_and_those_without_a_place_come_last() -> None:
    (paper,) = shown(_judged()).papers
    assert [(value.number, value.name, value.level) for value in paper.values] == [
        (1, "national id", "look"),
        (2, "full name", "sure"),
        (3, "blood type", "doubt"),
    ]
    assert [value.place for value in paper.values] == [1, 2, None]


def test_a_frame_lies_around_its_value_and_a_contradicting_one_stands_out() -> None:
    (leaf,) = shown(_judged()).papers[0].leaves
    first, second = leaf.marks
    assert leaf.height == 500
    assert (first.x, first.y, first.w, first.h) == (196, 46, 408, 33)
    assert (first.level, second.level) == ("look", "wrong")
    assert second.tag_x + second.tag_width < 1000


def test_values_in_one_place_share_a_frame() -> None:
    fields = {name: Value(text="x", confidence=0.99, box=PLACE) for name in ("signed", "stamped")}
    (paper,) = shown(_judged(fields=fields)).papers
    assert [mark.tag for mark in paper.leaves[0].marks] == ["1, 2"]
    assert [value.place for value in paper.values] == [1, 1]


def test_an_officer_stands_with_position_and_name_in_one_frame() -> None:
    value = Value(text="Ketua", confidence=0.99, box=PLACE)
    officer = Officer(position=value, name=Value(text="Siti", confidence=0.6, box=BELOW))
    (paper,) = shown(_judged(fields={}, officers=(officer,))).papers
    (row,) = paper.values
    assert (row.name, row.text, row.level) == ("Ketua", "Siti", "doubt")
    (frame,) = paper.leaves[0].marks
    assert (frame.x, frame.y, frame.w, frame.h) == (196, 46, 758, 133)


def test_a_refused_file_says_why(tmp_path: Path) -> None:
    write_report(_judged(fault="locked", kind=Kind.UNREADABLE), tmp_path)
    assert "This PDF is locked with a password." in (tmp_path / "made-1.html").read_text(encoding="utf-8")


def test_the_index_leads_to_every_application(tmp_path: Path) -> None:
    write_index([write_report(_judged(), tmp_path)], tmp_path)
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert 'href="made-1.html"' in index
    assert "name_mismatch:ktp" in index


def test_without_a_terminal_each_thing_done_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(progress(iter("ab"), 2, str.upper)) == ["a", "b"]
    assert capsys.readouterr().err == "1/2 A\n2/2 B\n"

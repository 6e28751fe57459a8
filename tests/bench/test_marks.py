"""The benchmark marks what was read by the rules of the samples."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from bench.marks import KIND, OFFICER, OFFICERS, Paper, Truth, comparable, marks_of
from bench.report import Run, overview, reliability, table, wrong
from chalicelib.documents.confined import InspectionResult
from chalicelib.documents.types import Finding, Inspection, Kind, Officer, Value
from local.judging import Form, Judged

CARD = {"nik": "3514010203040005", "full_name": "Drs. SITI AMINAH", "birth_date": "1980-04-03"}


def _value(text: str, confidence: float = 0.99) -> Value:
    return Value(text=text, confidence=confidence)


def _read(kind: Kind, officers: tuple[Officer, ...] = (), **fields: Value) -> InspectionResult:
    inspection = Inspection(
        kind=kind, kind_confidence=0.9, content_type="image/jpeg", pages=1, fields=fields, officers=officers
    )
    return InspectionResult(inspection=inspection)


def _judged(results: dict[str, InspectionResult], findings: tuple[Finding, ...] = ()) -> Judged:
    form = Form("new", dt.date(2026, 1, 5), "Siti Aminah", CARD["nik"], "Laras", {})
    return Judged(folder=Path("one"), form=form, results=results, findings=findings, seconds=1.0)


def _truth(kind: str, fields: dict[str, Any], damage: str = "scan", *findings: str) -> Truth:
    verdict = "incomplete" if findings else "complete"
    return Truth({kind: Paper(kind, damage, fields)}, verdict, list(findings))


def _marks(truth: Truth, judged: Judged) -> dict[str, bool]:
    return {mark.field: mark.right for mark in marks_of(truth, judged)}


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("full_name", "SITI AMINAH", "Hj. Siti Aminah, S.Pd."),
        ("head_name", "Ir. Joko", "joko"),
        ("address", "Jl. Raya No. 5", "JL RAYA NO 5"),
    ],
)
def test_case_signs_and_titles_make_no_difference(field: str, one: str, other: str) -> None:
    assert comparable(field, one) == comparable(field, other)


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("nik", "3514010203040005", "3514 0102 0304 0005"),
        ("letter_date", "2026-01-05", "20260105"),
        ("full_name", "Siti Aminah", "Siti Aminan"),
        ("group_name", "H Laras", "Laras"),
    ],
)
def test_a_number_a_date_and_a_letter_must_agree(field: str, one: str, other: str) -> None:
    assert comparable(field, one) != comparable(field, other)


def test_a_card_is_marked_field_by_field() -> None:
    read = _read(Kind.KTP, national_id=_value(CARD["nik"]), full_name=_value("siti aminah"))
    assert _marks(_truth("ktp", CARD), _judged({"ktp": read})) == {
        KIND: True,
        "nik": True,
        "full_name": True,
        "birth_date": False,
    }


def test_a_file_without_an_answer_is_wrong_in_everything_that_is_printed() -> None:
    assert _marks(_truth("ktp", {**CARD, "occupation": None}), _judged({})) == {
        KIND: False,
        "nik": False,
        "full_name": False,
        "birth_date": False,
        "occupation": True,
    }


def test_what_is_invented_where_nothing_is_printed_is_wrong() -> None:
    read = _judged({"village_letter": _read(Kind.VILLAGE_LETTER, letter_date=_value("2026-01-05"))})
    assert not _marks(_truth("village_letter", {"letter_date": None}), read)["letter_date"]


def test_of_a_paper_that_nobody_can_read_and_of_strays_no_field_is_asked() -> None:
    assert _marks(_truth("ktp", {}, "unreadable"), _judged({"ktp": _read(Kind.UNREADABLE)})) == {}
    read = _judged({"other": _read(Kind.OTHER)})
    assert _marks(_truth("other", {"subtype": "receipt"}), read) == {KIND: True}


def test_a_board_is_right_when_every_line_is_and_their_order_is_free() -> None:
    printed = [{"position": "Ketua", "name": "Siti"}, {"position": "Sekretaris", "name": "Joko"}]
    officers = tuple(
        Officer(position=_value(row["position"]), name=_value(row["name"])) for row in printed[::-1]
    )
    truth = _truth("board_roster", {"officers": printed})
    whole = _judged({"board_roster": _read(Kind.BOARD_ROSTER, officers)})
    assert _marks(truth, whole) == {KIND: True, OFFICERS: True, OFFICER: True}
    short = _judged({"board_roster": _read(Kind.BOARD_ROSTER, officers[:1])})
    assert _marks(truth, short) == {KIND: True, OFFICERS: False, OFFICER: True}


def _run(confidence: float = 0.97) -> Run:
    number, name = _value("3514010203040006", confidence), _value("Siti Aminah", 0.6)
    judged = _judged({"ktp": _read(Kind.KTP, national_id=number, full_name=name)})
    truth = _truth("ktp", CARD, "photo", "nik_mismatch:ktp")
    return Run({"one": truth}, [judged], list(marks_of(truth, judged)))


def _rows(markdown: str) -> dict[str, str]:
    """The second column by the first."""
    cells = [[cell.strip() for cell in line.split("|")] for line in markdown.splitlines()]
    return {row[1]: row[2] for row in cells}


def test_an_incomplete_application_that_was_called_complete_is_counted() -> None:
    measured = _rows(overview(_run()))
    assert measured["incomplete, but called complete"] == "1"
    assert measured["verdict right"] == "0.0 % (0/1)"
    assert measured["findings: recall"] == "0.0 % (0/1)"
    assert measured["kind of document right"] == "100.0 % (1/1)"
    assert measured["fields right"] == "33.3 % (1/3)"


@pytest.mark.parametrize(
    ("confidence", "band"), [(0.3, "0 to 0.5"), (0.95, "0.95 to 0.98"), (1.0, "0.98 to 1")]
)
def test_a_wrong_value_shows_in_the_band_of_its_confidence(confidence: float, band: str) -> None:
    told = _rows(reliability(_run(confidence)))
    assert told[band] == "0.0 % (0/1)"
    assert told["0.5 to 0.7"] == "100.0 % (1/1)"


def test_what_was_wrong_is_listed_with_both_readings() -> None:
    told = wrong(_run())
    assert "ktp (photo) nik: '3514010203040005' was read as '3514010203040006' at 0.97" in told
    assert "missed ['nik_mismatch:ktp']" in told


def test_a_table_is_markdown() -> None:
    assert table(("a", "b"), [("1", "two")]) == "| a | b   |\n|---|-----|\n| 1 | two |"

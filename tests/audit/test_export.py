"""Lists for auditors open in a spreadsheet and calculate nothing there."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.audit.export import as_csv

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "=cmd|' /C calc'!A0",
    "\n=1",
    "＝1+1",
    "＠SUM(A1)",
]


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_cell_that_would_be_calculated_is_a_text(cell: str) -> None:
    assert read(as_csv(["name"], [{"name": cell}])) == [["name"], [f"'{cell}"]]


@given(cells=st.lists(st.text(st.characters(exclude_characters="\0"), min_size=1), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_every_other_text_comes_back_as_it_was(cells: list[str]) -> None:
    columns = [str(number) for number in range(len(cells))]
    written = read(as_csv(columns, [dict(zip(columns, cells, strict=True))]))
    assert [cell.removeprefix("'") for cell in written[1]] == [cell.removeprefix("'") for cell in cells]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝")) for cell in written[1])


def test_an_empty_value_is_an_empty_cell_and_an_unknown_column_too() -> None:
    assert read(as_csv(["a", "b", "c"], [{"a": None, "b": 0}])) == [["a", "b", "c"], ["", "0", ""]]


def test_rows_end_as_rfc_4180_says() -> None:
    assert as_csv(["a"], [{"a": 1}]) == "a\r\n1\r\n"

"""The officers in the ruled tables of a PDF that is made of text, cell by cell."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from chalicelib.documents.papers.boards.columns import column_of
from chalicelib.documents.papers.boards.officer_names import is_name, name_in
from chalicelib.documents.papers.boards.ruled_tables import Cell, Table
from chalicelib.documents.types import Officer, Value
from chalicelib.documents.words.lexicon import cleaned
from chalicelib.documents.words.positions import spelled

_Columns: TypeAlias = tuple[int, int]
"""Where a table has its position and its name."""


def officers_in(tables: Sequence[Table]) -> list[Officer]:
    """Those below each row that names the columns, left halves before right; a table without goes on with the last."""
    found: list[Officer] = []
    halves: list[_Columns] = []
    width = 0
    for table in tables:
        body: list[tuple[Cell | None, ...]] = []
        if len(table[0]) != width:
            halves = []
        for row in table:
            named = _halves(row)
            if named:
                found += _below(halves, body)
                halves, body, width = named, [], len(row)
            else:
                body.append(row)
        found += _below(halves, body)
    return found


def _halves(row: Sequence[Cell | None]) -> list[_Columns]:
    """The columns that a header names, once for each half of a table that has two side by side."""
    kinds = [column_of(cleaned(cell.text)) if cell else None for cell in row]
    places = ([at for at, kind in enumerate(kinds) if kind == wanted] for wanted in ("position", "name"))
    return list(zip(*places, strict=False))


def _below(halves: Sequence[_Columns], rows: Sequence[Sequence[Cell | None]]) -> Iterator[Officer]:
    for position, name in halves:
        yield from _in_cells((row[position], row[name]) for row in rows)


def _in_cells(rows: Iterable[tuple[Cell | None, Cell | None]]) -> Iterator[Officer]:
    """Officers by position and name; a position goes on below until another one is named."""
    position: Value | None = None
    for told, named in rows:
        said = spelled(told.text) if told else ""
        if told and any(map(str.isalnum, said)):
            position = Value(text=said, confidence=1.0, box=told.box)
        name = name_in(named.text) if named else ""
        if position and named and is_name(name):
            yield Officer(position=position, name=Value(text=name, confidence=1.0, box=named.box))

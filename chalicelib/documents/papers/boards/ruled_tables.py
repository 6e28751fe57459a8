"""Ruled tables of a PDF that is made of text, cell by cell."""

import io
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import msgspec
import pdfplumber
from pdfplumber.page import Page
from pdfplumber.table import Table as Found

from chalicelib.documents.sight.sheet import Piece, Sheet, around, within
from chalicelib.documents.types import Box

Bounds: TypeAlias = tuple[float, float, float, float]


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """What a cell says, on one line, and the place of its print; of the whole cell where none was found in it."""

    text: str
    box: Box


Table: TypeAlias = tuple[tuple[Cell | None, ...], ...]
"""Rows of cells; None where a cell of another row or column reaches over."""


def ruled_tables(data: bytes, sheets: Sequence[Sheet]) -> tuple[Table, ...]:
    """The tables on these pages; none when the table finder fails on the file."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            return tuple(table for sheet in sheets for table in _on_page(document.pages[sheet.number], sheet))
    except Exception:
        return ()


def _on_page(page: Page, sheet: Sheet) -> Iterator[Table]:
    pieces = [piece for row in sheet.rows for piece in row]
    for found in page.find_tables():
        yield tuple(_row(found, at, texts, pieces, sheet.number) for at, texts in enumerate(found.extract()))


def _row(
    found: Found, at: int, texts: Sequence[str | None], pieces: Sequence[Piece], number: int
) -> tuple[Cell | None, ...]:
    places = found.rows[at].cells
    return tuple(
        _cell(text or "", _box(place, found.page, number), pieces) if place else None
        for text, place in zip(texts, places, strict=True)
    )


def _cell(text: str, box: Box, pieces: Sequence[Piece]) -> Cell:
    inside = [piece for piece in pieces if within(piece.box, box)]
    return Cell(text=" ".join(text.split()), box=_shared(around(inside), box) if inside else box)


def _box(bounds: Bounds, page: Page, number: int) -> Box:
    """Bounds in points as fractions of the page."""
    left, top = page.bbox[:2]
    x, right = ((side - left) / page.width for side in (bounds[0], bounds[2]))
    y, bottom = ((side - top) / page.height for side in (bounds[1], bounds[3]))
    return Box(page=number, x=round(x, 4), y=round(y, 4), w=round(right - x, 4), h=round(bottom - y, 4))


def _shared(print_: Box, cell: Box) -> Box:
    """Of the print, what lies in the cell: a line that runs over its edge belongs to both."""
    x, y = max(print_.x, cell.x), max(print_.y, cell.y)
    right = min(print_.x + print_.w, cell.x + cell.w)
    bottom = min(print_.y + print_.h, cell.y + cell.h)
    return Box(page=cell.page, x=x, y=y, w=round(right - x, 4), h=round(bottom - y, 4))

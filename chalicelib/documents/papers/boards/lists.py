"""The officers in lines that no header names: `Jabatan : Nama`, with dots, dashes or a gap, in one list or two."""

from collections.abc import Sequence
from statistics import median

from chalicelib.documents.papers.boards.ends import ends_board
from chalicelib.documents.papers.boards.entries import Entry, entry_of
from chalicelib.documents.papers.boards.listing import BoardList, is_heading
from chalicelib.documents.papers.cuts import parted_at
from chalicelib.documents.sight.sheet import Row
from chalicelib.documents.types import Officer

_PIECES = 12
"""A row of two pairs has hardly more pieces, with numbers, colons and addresses."""


def listed(rows: Sequence[Row]) -> tuple[list[Officer], int, int] | None:
    """The officers in printed order, the left list before the right one; the first row, and past the last."""
    edge = _gutter(rows)
    sides = [[parted_at(row, [edge])[side] for row in rows] for side in (0, 1)] if edge else [rows]
    lists = [found for side in sides if (found := BoardList(_entries(side))).officers]
    if not lists:
        return None
    officers = [officer for one in lists for officer in one.officers]
    return officers, min(one.top for one in lists), max(one.bottom for one in lists)


def _gutter(rows: Sequence[Row]) -> float | None:
    """Where a second list stands beside the first: several rows name two positions, each with its name."""
    lefts = [left for row in rows if (left := _second_start(row)) is not None]
    if len(lefts) < 2:
        return None
    middle = median(lefts)
    tall = median(piece.height for row in rows for piece in row)
    own = [left for left in lefts if abs(left - middle) < 4 * tall]
    return min(own) - 0.5 * tall if len(own) >= 2 else None


def _second_start(row: Row) -> float | None:
    """The left edge of the second pair of position and name in a row."""
    for at in range(1, min(len(row), _PIECES)):
        first, second = entry_of(0, row[:at]), entry_of(0, row[at:])
        if first and second and first.sure and second.sure and row[at].text.lstrip()[:1] not in ":(":
            return row[at].left
    return None


def _entries(rows: Sequence[Row]) -> list[Entry]:
    """The lines above the first row that ends a board, once the board has begun."""
    entries = [entry for at, row in enumerate(rows) if row and (entry := entry_of(at, row))]
    begins = [entry.at for entry in entries if entry.sure] or [
        entry.at for entry in entries if is_heading(entry)
    ]
    begun = min(begins, default=len(rows))
    sure = {entry.at for entry in entries if entry.sure}
    ends = (at for at in range(begun + 1, len(rows)) if rows[at] and at not in sure and ends_board(rows[at]))
    end = next(ends, len(rows))
    return [entry for entry in entries if entry.at < end]

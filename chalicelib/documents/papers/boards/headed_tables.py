"""The officers in a table whose columns a header names, read from where its words stand."""

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from statistics import fmean

import msgspec

from chalicelib.documents.papers.boards.columns import Columns, beside, headers_of, one_row
from chalicelib.documents.papers.boards.ends import ends_board
from chalicelib.documents.papers.boards.officer_names import is_name, name_in
from chalicelib.documents.papers.reading import retold, value_of
from chalicelib.documents.sight.sheet import Piece, Row
from chalicelib.documents.types import Officer, Value
from chalicelib.documents.words.positions import NUMBERED, is_half, is_known, spelled


class _Line(msgspec.Struct, frozen=True):
    """One printed line of the table by column."""

    middle: float
    cells: dict[str, list[Piece]]

    @property
    def numbered(self) -> bool:
        """Whether it has a number, in a cell of its own or before its first word (`11. Nurul`)."""
        return "number" in self.cells or any(
            NUMBERED.match(piece.text) for kind in ("position", "name") for piece in self.cells.get(kind, [])
        )

    @property
    def said(self) -> str:
        """The text in the position's column."""
        return " ".join(piece.text for piece in self.cells.get("position", []))

    @property
    def whole(self) -> bool:
        """Whether it names a position and a person."""
        return "position" in self.cells and "name" in self.cells


def tabled(rows: Sequence[Row]) -> tuple[list[Officer], int, int] | None:
    """The officers below every header, in printed order; the first header's row, and past the last row of a table."""
    headers = _headers(rows)
    if not headers:
        return None
    found: list[Officer] = []
    end = headers[0][0]
    for (at, below, tables), following in zip(headers, [*headers[1:], None], strict=True):
        last = following[0] if following else len(rows)
        body = [beside(row, tables) for row in rows[below : _end(rows, below, last)]]
        for place, columns in enumerate(tables):
            officers, past = _under_header(rows[at][0].middle, [parts[place] for parts in body], columns)
            found += officers
            end = max(end, below + past)
    return found, headers[0][0], end


def _headers(rows: Sequence[Row]) -> list[tuple[int, int, tuple[Columns, ...]]]:
    """Each header: its row, the first row below it, and the tables that begin there. A header may have two lines."""
    found: list[tuple[int, int, tuple[Columns, ...]]] = []
    for at, row in enumerate(rows):
        single = headers_of(row)
        if single:
            found.append((at, at + 1, single))
        elif at + 1 < len(rows) and _close(row, rows[at + 1]) and not headers_of(rows[at + 1]):
            double = headers_of(one_row(row, rows[at + 1]))
            if double:
                found.append((at, at + 2, double))
    return found


def _close(above: Row, below: Row) -> bool:
    return 0 < below[0].middle - above[0].middle < 2.2 * max(above[0].height, below[0].height)


def _end(rows: Sequence[Row], start: int, end: int) -> int:
    """The first row that belongs to no board any more, or what stands above the next header."""
    past = next((at for at in range(start, end) if ends_board(rows[at])), end)
    if past == end < len(rows) and end - start > 1 and len(rows[end - 1]) == 1:
        return end - 1
    return past


def _under_header(top: float, rows: Sequence[Row], columns: Columns) -> tuple[list[Officer], int]:
    """The officers of these rows, and how many rows of them are the table's: none after a gap that no row leaves."""
    rows = [columns.parted(row) for row in rows]
    columns = columns.fitted(rows)
    lines: list[_Line] = []
    end, last = 0, top
    for at, row in enumerate(rows):
        if not row:
            continue
        middle = sum(piece.middle for piece in row) / len(row)
        if len(lines) > 1 and middle - last > 3.2 * _pitch(lines):
            break
        lines.append(_Line(middle, _cells(row, columns)))
        end, last = at + 1, middle
    return _officers(_records(lines, columns)), end


def _pitch(lines: Sequence[_Line]) -> float:
    """The usual distance of rows that have both a position and a name."""
    whole = [line.middle for line in lines if line.whole] or [line.middle for line in lines]
    steps = sorted(after - before for before, after in pairwise(whole))
    return steps[(len(steps) - 1) // 2] if steps else 1e9


def _records(lines: Sequence[_Line], columns: Columns) -> list[dict[str, list[Piece]]]:
    """One record a person: lines with position and name begin one, other lines belong to the nearest of those.

    A name alone begins a record of its own (the position of the one above goes on) when it has a number or, in a
    table without numbers, stands as far below as rows do: closer, it is the second line of a cell.
    """
    centred = _centred(lines)
    if centred:
        return centred
    pitch, numbered = _pitch(lines), "number" in columns.names
    counted = numbered and _counted(lines)
    anchors: list[tuple[_Line, dict[str, list[Piece]]]] = []
    for above, line in zip([None, *lines], lines, strict=False):
        apart = line.middle - above.middle if above else 0.0
        alone = "name" in line.cells and (line.numbered or (not numbered and apart > 0.85 * pitch))
        goes_on = counted and not line.numbered and _second(line, above)
        if (line.whole and not goes_on) or (alone and anchors):
            anchors.append((line, {kind: [*pieces] for kind, pieces in line.cells.items()}))
    for line in lines:
        if not anchors or any(line is anchor for anchor, _ in anchors):
            continue
        anchor, record = _home(line, anchors, counted)
        if _heads(line, abs(line.middle - anchor.middle) / pitch, columns):
            continue
        for kind, pieces in line.cells.items():
            held = record.setdefault(kind, [])
            held[:] = [*held, *pieces] if line.middle > anchor.middle else [*pieces, *held]
    return [record for _, record in anchors]


def _centred(lines: Sequence[_Line]) -> list[dict[str, list[Piece]]] | None:
    """One record a name where positions stand in the middle of all their names, as in merged cells; else None.

    A position of two names tells: it stands between them, on a line of its own. Then every position must fit.
    """
    told = [line for line in lines if "position" in line.cells]
    named = [line for line in lines if "name" in line.cells]
    between = [line for line in told if "name" not in line.cells and not is_half(line.said)]
    if not between or any(not is_known(line.said, 0.22) for line in between):
        return None
    pitch, records, first = _pitch(lines), list[dict[str, list[Piece]]](), 0
    for line in told:
        counts = range(1, len(named) - first + 1)
        off, count = min(
            (
                (abs(fmean(one.middle for one in named[first : first + count]) - line.middle), count)
                for count in counts
            ),
            default=(inf, 0),
        )
        if off > 0.3 * pitch:
            return None
        own = named[first : first + count]
        if any(below.middle - above.middle < 0.7 * pitch for above, below in pairwise(own)):
            return None
        records += [{"position": line.cells["position"], "name": one.cells["name"]} for one in own]
        first += count
    return records if first == len(named) else None


def _heads(line: _Line, apart: float, columns: Columns) -> bool:
    """Whether a line is a heading between rows: alone, and across columns or left of them.

    In a table without numbers it may also stand where a position does, but as far from the rows as they are.
    """
    pieces = [piece for cell in line.cells.values() for piece in cell]
    if len(pieces) > 1:
        return False
    (piece,) = pieces
    tall = 1.5 * piece.height
    edges = [edge for name, edge in zip(columns.names, columns.edges, strict=True) if name != "number"]
    across = any(piece.left + tall < edge < piece.right - tall for edge in edges)
    if "number" not in columns.names and apart > 0.9:
        return True
    return apart > 0.6 and (across or all(abs(piece.left - edge) > tall for edge in edges))


def _second(line: _Line, above: _Line | None) -> bool:
    """Whether a line that lacks its number is the second of a row: its position is none, or the one above half of one."""
    return not is_known(line.said, 0.22) or bool(above and is_half(above.said))


def _counted(lines: Sequence[_Line]) -> bool:
    """Whether nearly every row was read with its number: then a line without one is no row."""
    whole = [line for line in lines if line.whole]
    return sum(line.numbered for line in whole) >= 0.6 * len(whole)


def _home(
    line: _Line, anchors: Sequence[tuple[_Line, dict[str, list[Piece]]]], counted: bool
) -> tuple[_Line, dict[str, list[Piece]]]:
    """The record that a further line belongs to: the one above when both its cells go on, else the nearest."""
    above = [pair for pair in anchors if pair[0].middle <= line.middle]
    if counted and line.whole and above:
        return above[-1]
    return min(anchors, key=lambda pair: abs(pair[0].middle - line.middle))


def _cells(row: Row, columns: Columns) -> dict[str, list[Piece]]:
    """Pieces by the column whose header they stand under."""
    cells: dict[str, list[Piece]] = {}
    for piece in row:
        cells.setdefault(columns.names[columns.under(piece)], []).append(piece)
    return cells


def _officers(records: Sequence[dict[str, list[Piece]]]) -> list[Officer]:
    """The persons of the records; a position goes on below until another one is printed (`"` prints none)."""
    found: list[Officer] = []
    position: Value | None = None
    for record in records:
        if any(map(str.isalnum, "".join(piece.text for piece in record.get("position", [])))):
            position = value_of(record["position"])
            position = retold(position, spelled(position.text, position.confidence))
        name = name_in(" ".join(piece.text for piece in record.get("name", [])))
        if position and is_name(name):
            found.append(Officer(position=position, name=value_of(record["name"], name)))
    return found

"""The officers of a roster: a table with a header, a table without, or lines `Jabatan : Nama`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec

from chalicelib.documents.alike import plain
from chalicelib.documents.board_columns import NUMBER, NUMBERED, Columns, column_of, header_of
from chalicelib.documents.labels import cleaned
from chalicelib.documents.reading import retold, row_text, unquoted, value_of
from chalicelib.documents.sheet import Piece, Row, Sheet
from chalicelib.documents.tables import Cell, Table
from chalicelib.documents.types import Officer, Value
from chalicelib.documents.vocabulary import nearest, vocabulary

_CLEAR = 0.97
_HALVES = frozenset({"SEKSI", "SIE", "BIDANG", "WAKIL", "DEWAN", "PENANGGUNG"})
_ENDS = re.compile(
    r"^\W*(?:Hormat|Mengetahui|Demikian|Catatan|Ditetapkan)|,\s*[0-9.…]{1,2}\s*[A-Za-z]{3,}\s*[0-9]{4}"
)


class _Line(msgspec.Struct, frozen=True):
    """One printed line of the table by column."""

    middle: float
    cells: dict[str, list[Piece]]

    @property
    def numbered(self) -> bool:
        """Whether it has a number, in a cell of its own or before its first word (`11. Nurul`)."""
        return "number" in self.cells or any(
            NUMBERED.match(piece.text) for pieces in self.cells.values() for piece in pieces
        )

    @property
    def whole(self) -> bool:
        """Whether it names a position and a person."""
        return "position" in self.cells and "name" in self.cells


def officers_of(
    sheets: Sequence[Sheet], tables: Sequence[Table] = ()
) -> tuple[tuple[Officer, ...], int, int]:
    """The officers in printed order, and the first and past-the-last row (over all pages) of the board."""
    rows = [row for sheet in sheets for row in sheet.rows]
    header = next((at for at, row in enumerate(rows) if header_of(row)), None)
    if header is not None:
        officers, end = _under_header(rows, header)
        ruled = _ruled(tables)
        if ruled and len(ruled) >= len(officers):
            officers = ruled
        if officers:
            return tuple(officers), header, end
    return _listed(rows)


def leader_among(officers: Sequence[Officer]) -> Value | None:
    """The name of the one whose position is the leader's; None when there is none."""
    for officer in officers:
        if _leads(officer.position.text) and sum(map(str.isalpha, officer.name.text)) > 2:
            return officer.name
    return None


def _leads(position: str) -> bool:
    bare = plain(position)
    return nearest(position, vocabulary().board_roster.leaders, 0.17) is not None and not bare.startswith(
        "WAKIL"
    )


def _under_header(rows: Sequence[Row], header: int) -> tuple[list[Officer], int]:
    """Rows below the header until something that is no table row."""
    columns = header_of(rows[header])
    assert columns is not None  # noqa: S101 - the caller found the header by the same test
    below = (at for at in range(header + 1, len(rows)) if _ENDS.search(row_text(rows[at])))
    rows = [*rows[: header + 1], *(columns.parted(row) for row in rows[header + 1 : next(below, len(rows))])]
    columns = columns.fitted(rows[header + 1 :])
    lines: list[_Line] = []
    end, last = header + 1, rows[header][0].middle
    for at in range(header + 1, len(rows)):
        row = rows[at]
        middle = sum(piece.middle for piece in row) / len(row)
        if len(lines) > 1 and middle - last > 3.2 * _pitch(lines):
            break
        lines.append(_Line(middle, _cells(row, columns)))
        end, last = at + 1, middle
    return _officers(_records(lines, "number" in columns.names)), end


def _pitch(lines: Sequence[_Line]) -> float:
    """The usual distance of rows that have both a position and a name."""
    whole = [line.middle for line in lines if line.whole] or [line.middle for line in lines]
    steps = sorted(after - before for before, after in pairwise(whole))
    return steps[len(steps) // 2] if steps else 1e9


def _records(lines: Sequence[_Line], numbered: bool) -> list[dict[str, list[Piece]]]:
    """One record a person: lines with position and name begin one, other lines belong to the nearest of those.

    A name alone begins a record of its own (the position of the one above goes on) when it has a number or, in a
    table without numbers, stands as far below as rows do: closer, it is the second line of a cell.
    """
    pitch = _pitch(lines)
    counted = numbered and _counted(lines)
    anchors: list[tuple[_Line, dict[str, list[Piece]]]] = []
    for above, line in zip([None, *lines], lines, strict=False):
        apart = line.middle - above.middle if above else 0.0
        alone = "name" in line.cells and (line.numbered or (not numbered and apart > 0.93 * pitch))
        goes_on = counted and not line.numbered and _second(line, above)
        if (line.whole and not goes_on) or (alone and anchors):
            anchors.append((line, {kind: [*pieces] for kind, pieces in line.cells.items()}))
    for line in lines:
        if not anchors or any(line is anchor for anchor, _ in anchors):
            continue
        anchor, record = _home(line, anchors, counted)
        for kind, pieces in line.cells.items():
            held = record.setdefault(kind, [])
            held[:] = [*held, *pieces] if line.middle > anchor.middle else [*pieces, *held]
    return [record for _, record in anchors]


def _second(line: _Line, above: _Line | None) -> bool:
    """Whether a line that lacks its number is the second of a row: its position is none, or the one above half of one."""
    said, before = (
        " ".join(p.text for p in at.cells.get("position", [])) if at else "" for at in (line, above)
    )
    return (
        nearest(cleaned(said), vocabulary().board_roster.positions, 0.22) is None or plain(before) in _HALVES
    )


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
    found: list[Officer] = []
    position: Value | None = None
    for record in records:
        if record.get("position"):
            position = value_of(record["position"])
            position = retold(position, _position(position.text, position.confidence))
        name = unquoted(cleaned(" ".join(piece.text for piece in record.get("name", []))))
        name = re.sub(r"^[0-9]{1,2}[.)]?\s+|^[0-9]{1,2}[.)]", "", name)
        if position and sum(map(str.isalpha, name)) > 1:
            found.append(Officer(position=position, name=value_of(record["name"], name)))
    return found


def _position(text: str, certainty: float = 1.0) -> str:
    """The position as printed; a near misreading of a known one is put right, its numeral (I, 2) kept as read."""
    bare = re.sub(r"^[0-9]{1,2}[.)]\s*", "", cleaned(text)).strip(" .:-")
    numbered = re.fullmatch(r"(.{4,}?)(\s+(?:[IVl1]{1,3}|[0-9]))?", bare)
    head, numeral = (numbered[1], numbered[2] or "") if numbered else (bare, "")
    known = nearest(head, vocabulary().board_roster.positions, 0.13 if certainty > _CLEAR else 0.22)
    return known + numeral if known and plain(known) != plain(head) else bare


def _ruled(tables: Sequence[Table]) -> list[Officer]:
    """Officers out of the cells of the first table whose first row names the columns."""
    for table in tables:
        kinds = [column_of(cleaned(cell.text)) if cell else None for cell in table[0]] if table else []
        if "position" in kinds and "name" in kinds:
            at = (kinds.index("position"), kinds.index("name"))
            return list(_in_cells((row[at[0]], row[at[1]]) for row in table[1:]))
    return []


def _in_cells(rows: Iterable[tuple[Cell | None, Cell | None]]) -> Iterator[Officer]:
    """Officers by position and name; a position goes on below until another one is named."""
    position: Value | None = None
    for told, named in rows:
        said = _position(told.text) if told else ""
        if told and said:
            position = Value(text=said, confidence=1.0, box=told.box)
        name = unquoted(named.text) if named else ""
        if position and named and sum(map(str.isalpha, name)) > 1:
            yield Officer(position=position, name=Value(text=name, confidence=1.0, box=named.box))


def _listed(rows: Sequence[Row]) -> tuple[tuple[Officer, ...], int, int]:
    """Without a header: every line that starts or ends with a known position and names somebody beside it."""
    found: list[tuple[int, Officer]] = []
    position: Value | None = None
    for at, row in enumerate(rows):
        if found and _ENDS.search(row_text(row)):
            break
        pair = _pair(row)
        if pair:
            position, name = pair
            found.append((at, Officer(position=position, name=name)))
        elif (
            position
            and found
            and at == found[-1][0] + 1
            and re.match(r"^\W*[0-9]{1,2}[.)]|^\s*:", row_text(row))
        ):
            name_text = re.sub(r"^\W*[0-9]{1,2}[.)]\s*|^\s*:\s*", "", row_text(row))
            if sum(map(str.isalpha, name_text)) > 2:
                found.append((at, Officer(position=position, name=value_of(row, name_text))))
    if not found:
        return (), len(rows), len(rows)
    return tuple(officer for _, officer in found), found[0][0], found[-1][0] + 1


def _pair(row: Row) -> tuple[Value, Value] | None:
    """(position, name) of one line: `Ketua : Nama`, `3. Ketua  Nama`, `Nama  Ketua`."""
    pieces = [piece for piece in row if not NUMBER.match(piece.text)]
    if not pieces:
        return None
    text = re.sub(r"^\W*[0-9]{1,2}[.)]\s*", "", " ".join(piece.text for piece in pieces))
    head, colon, tail = text.partition(":")
    known = vocabulary().board_roster.positions
    if colon and nearest(cleaned(head), known, 0.15) and sum(map(str.isalpha, tail)) > 2:
        value = value_of(pieces)
        return retold(value, _position(head, value.confidence)), retold(
            value, re.sub(r"^\W*[0-9]{1,2}[.)]\s*", "", cleaned(tail))
        )
    if len(pieces) > 1:
        for place, name in ((0, 1), (1, 0)):
            if nearest(cleaned(re.sub(r"^\W*[0-9]{1,2}[.)]\s*", "", pieces[place].text)), known, 0.15):
                said = cleaned(re.sub(r"^\W*[0-9]{1,2}[.)]\s*", "", pieces[name].text))
                if sum(map(str.isalpha, said)) > 2:
                    return value_of((pieces[place],), _position(pieces[place].text)), value_of(
                        (pieces[name],), said
                    )
    return None

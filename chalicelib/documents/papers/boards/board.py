"""The officers of a roster, however it is laid out: tables, lists, blocks of labels, an organisation chart."""

from collections.abc import Iterator, Sequence

import msgspec
from msgspec import structs

from chalicelib.documents.papers.boards.blocks import in_blocks
from chalicelib.documents.papers.boards.cells import officers_in
from chalicelib.documents.papers.boards.charts import charted
from chalicelib.documents.papers.boards.headed_tables import tabled
from chalicelib.documents.papers.boards.lists import listed
from chalicelib.documents.papers.boards.ruled_tables import Table
from chalicelib.documents.papers.reading import retold
from chalicelib.documents.sight.sheet import Row, Sheet
from chalicelib.documents.types import Officer, Value
from chalicelib.documents.words.alike import plain
from chalicelib.documents.words.positions import is_known, is_position, leads

_MOST = 0.75
"""The plainer layout is taken when it explains at least so much of what another one does: the other may see too much."""


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """The officers in printed order, and the first and past-the-last row (over all pages) that they stand in."""

    officers: tuple[Officer, ...]
    top: int
    bottom: int


def board_of(sheets: Sequence[Sheet], tables: Sequence[Table] = ()) -> Board:
    """The board by the layout that explains most of the page; `tables` are a native PDF's, cell by cell."""
    rows = running(sheets)
    table, blocks, lines = tabled(rows), in_blocks(sheets), listed(rows)
    ruled = officers_in(tables) if table else []
    if table and len(ruled) >= _MOST * len(table[0]):
        table = (ruled, *table[1:])
    found = [one for one in (table, blocks, lines, charted(rows)) if one]
    worth = [len(one[0]) if one in (table, blocks) else _known(one[0]) for one in found]
    if not any(worth):
        return Board(officers=(), top=len(rows), bottom=len(rows))
    enough = _MOST * max(worth)
    officers, top, bottom = next(one for one, count in zip(found, worth, strict=True) if count >= enough)
    return Board(officers=tuple(_counted(_once(officers))), top=top, bottom=bottom)


def running(sheets: Sequence[Sheet]) -> list[Row]:
    """The rows of all pages as if they were one: each page goes on two lines below the one before."""
    rows: list[Row] = []
    for sheet in sheets:
        first = min((piece.middle for row in sheet.rows for piece in row), default=0.0)
        last = max((piece.middle + 2 * piece.height for piece in rows[-1]), default=first) if rows else first
        rows += [
            tuple(structs.replace(piece, middle=piece.middle + last - first) for piece in row)
            for row in sheet.rows
        ]
    return rows


def leader_among(officers: Sequence[Officer]) -> Value | None:
    """The name of the one whose position is the leader's; None when there is none."""
    for officer in officers:
        if leads(officer.position.text) and sum(map(str.isalpha, officer.name.text)) > 2:
            return officer.name
    return None


def _known(officers: Sequence[Officer]) -> int:
    return sum(is_position(officer.position.text) for officer in officers)


def _once(officers: Sequence[Officer]) -> list[Officer]:
    """Without those named twice in the same position: below many boards their leaders sign."""
    seen = {(plain(one.position.text), plain(one.name.text)): one for one in reversed(officers)}
    return [one for one in officers if seen[plain(one.position.text), plain(one.name.text)] is one]


def _counted(officers: Sequence[Officer]) -> Iterator[Officer]:
    """After `Sekretaris I` another `Sekretaris I` is the second: of two strokes one was lost."""
    before = ""
    for officer in officers:
        said = officer.position.text
        again = plain(said) == plain(before) and said[-1] in "I1l" and is_known(said[:-1], 0.0)
        second = said[:-1] + ("2" if said[-1] == "1" else "II")
        yield structs.replace(officer, position=retold(officer.position, second, 0.8)) if again else officer
        before = said

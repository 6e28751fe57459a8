"""The columns of a board's table, from the cells of its header."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import msgspec

from chalicelib.documents.papers.cuts import parted_at, split
from chalicelib.documents.sight.sheet import Piece, Row
from chalicelib.documents.words.lexicon import cleaned
from chalicelib.documents.words.positions import NUMBER, is_known
from chalicelib.documents.words.vocabulary import nearest, vocabulary

_BOTH = ("position", "name")


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """The header cells: what each names, where it starts and ends."""

    names: tuple[str, ...]
    spans: tuple[tuple[float, float], ...]
    edges: tuple[float, ...] = ()

    def under(self, piece: Piece) -> int:
        """The column with whose header the piece shares most width; else the last one that starts left of it."""
        shared = [min(piece.right, right) - max(piece.left, left) for left, right in self.spans]
        best = max(range(len(shared)), key=shared.__getitem__)
        if shared[best] <= 0.5 * piece.height:
            left_of = [at for at, edge in enumerate(self.edges) if edge <= piece.left + 1.2 * piece.height]
            best = left_of[-1] if left_of else 0
        if NUMBER.match(piece.text) and self.names[best] != "number" and "number" in self.names:
            return self.names.index("number")
        if self.names[best] == "number" and not NUMBER.match(piece.text) and best + 1 < len(shared):
            return best + 1
        return best

    def fitted(self, rows: Sequence[Row]) -> "Columns":
        """The same columns, their left edges learnt from the pieces that stand under or nearest to each header."""
        lefts: list[list[float]] = [[] for _ in self.spans]
        for piece in (piece for row in rows for piece in row):
            lefts[self._nearest(piece)].append(piece.left)
        edges = [
            sorted(own)[len(own) // 2] if own else left
            for own, (left, _) in zip(lefts, self.spans, strict=True)
        ]
        return msgspec.structs.replace(self, edges=tuple(edges))

    def _nearest(self, piece: Piece) -> int:
        """The first column whose header the piece touches; else the one whose header's middle is nearest."""
        apart = [max(left - piece.right, piece.left - right, 0.0) for left, right in self.spans]
        if 0.0 in apart:
            return apart.index(0.0)
        middles = [abs(left + right - piece.left - piece.right) for left, right in self.spans]
        return middles.index(min(middles))

    def parted(self, row: Row) -> Row:
        """The row with pieces that run from the position's column into the name's taken apart between the two."""
        if "number" in self.names and len(row) > len(self.names):
            return row
        return tuple(part for piece in row for part in self._parts(piece))

    def _parts(self, piece: Piece) -> tuple[Piece, ...]:
        spans = dict(zip(self.names, self.spans, strict=True))
        if any(min(piece.right, spans[name][1]) <= max(piece.left, spans[name][0]) for name in _BOTH):
            return (piece,)
        words = piece.text.split()
        first = spans["position"] < spans["name"]
        for count in range(min(4, len(words) - 1), 0, -1):
            told = words[:count] if first else words[-count:]
            if is_known(" ".join(told)):
                return split(piece, [count if first else len(words) - count])
        return (piece,)


@lru_cache(maxsize=4096)
def column_of(text: str) -> str | None:
    """What a header cell names: `number`, `position`, `name`, ...; None for other words."""
    columns = vocabulary().board_roster.columns
    return next(
        (
            name
            for name, spellings in columns.items()
            if nearest(text, spellings, 0.2 if len(text) > 4 else 0.0)
        ),
        None,
    )


def headers_of(row: Row) -> tuple[Columns, ...]:
    """The columns that a row names, once for each table that begins in it; none when it is no header of a board."""
    cells = [(piece, column_of(cleaned(piece.text)) or "ignored") for piece in _split_headers(row)]
    tables: list[list[tuple[Piece, str]]] = [[]]
    for piece, kind in cells:
        held = {kind for _, kind in tables[-1]}
        if kind in held and kind != "ignored" and held.issuperset(_BOTH):
            tables.append([])
        tables[-1].append((piece, kind))
    if not all({kind for _, kind in table}.issuperset(_BOTH) for table in tables):
        tables = [cells]
    if not {kind for _, kind in tables[0]}.issuperset(_BOTH):
        return ()
    return tuple(
        Columns(
            names=tuple(kind for _, kind in table),
            spans=tuple((piece.left, piece.right) for piece, _ in table),
        )
        for table in tables
    )


def beside(row: Row, tables: Sequence[Columns]) -> tuple[Row, ...]:
    """The pieces of a row by the table that they stand in; cells begin left of where their header ends."""
    edges = [
        before.spans[-1][1] + 0.25 * (after.spans[0][0] - before.spans[-1][1])
        for before, after in pairwise(tables)
    ]
    return parted_at(row, edges)


def one_row(above: Row, below: Row) -> Row:
    """Two lines as one: what stands in the same column is one text of two lines (`Jabatan dalam` `Organisasi`)."""
    joined = list(above)
    for piece in below:
        over = next((at for at, other in enumerate(joined) if _over(other, piece)), None)
        if over is None:
            joined.append(piece)
        else:
            joined[over] = msgspec.structs.replace(
                joined[over],
                text=f"{joined[over].text} {piece.text}",
                left=min(joined[over].left, piece.left),
                right=max(joined[over].right, piece.right),
                places=(),
            )
    return tuple(sorted(joined, key=lambda piece: piece.left))


def _over(above: Piece, below: Piece) -> bool:
    return min(above.right, below.right) > max(above.left, below.left)


def _split_headers(row: Row) -> list[Piece]:
    """Header cells that were read as one piece (`No. Jabatan`) are taken apart at their blanks."""
    parts: list[Piece] = []
    for piece in row:
        words = piece.text.split()
        named = not column_of(cleaned(piece.text)) and all(column_of(cleaned(word)) for word in words)
        parts += split(piece, range(1, len(words))) if named else (piece,)
    return parts

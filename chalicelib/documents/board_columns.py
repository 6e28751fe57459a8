"""The columns of a board's table, from the cells of its header."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from chalicelib.documents.labels import cleaned
from chalicelib.documents.sheet import Piece, Row
from chalicelib.documents.vocabulary import nearest, vocabulary

NUMBER = re.compile(r"^\W*[0-9IVXl]{1,4}[.)]?\W*$")
NUMBERED = re.compile(r"^\W*[0-9]{1,2}[.)]\s*")
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
            if nearest(cleaned(NUMBERED.sub("", " ".join(told))), vocabulary().board_roster.positions, 0.15):
                return split(piece, [count if first else len(words) - count])
        return (piece,)


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


def header_of(row: Row) -> Columns | None:
    """The columns that a row names, None when it is no header of a board."""
    cells = [(piece, column_of(cleaned(piece.text))) for piece in _split_headers(row)]
    kinds = [kind for _, kind in cells]
    if "position" not in kinds or "name" not in kinds:
        return None
    known = [(piece, kind or "ignored") for piece, kind in cells]
    return Columns(
        names=tuple(kind for _, kind in known), spans=tuple((piece.left, piece.right) for piece, _ in known)
    )


def _split_headers(row: Row) -> list[Piece]:
    """Header cells that were read as one piece (`No. Jabatan`) are taken apart at their blanks."""
    parts: list[Piece] = []
    for piece in row:
        words = piece.text.split()
        named = not column_of(cleaned(piece.text)) and all(column_of(cleaned(word)) for word in words)
        parts += split(piece, range(1, len(words))) if named else (piece,)
    return parts


def split(piece: Piece, before: Iterable[int]) -> tuple[Piece, ...]:
    """The piece cut before the words of these numbers (from 0), each part where its letters stand."""
    starts = [found.start() for found in re.finditer(r"\S+", piece.text)]
    cuts = [0, *(starts[word] for word in before), len(piece.text)]
    return tuple(_part(piece, start, end) for start, end in pairwise(cuts))


def _part(piece: Piece, start: int, end: int) -> Piece:
    left, right = _fraction(piece, start), _fraction(piece, end)
    wide, box = piece.right - piece.left, piece.box
    return msgspec.structs.replace(
        piece,
        text=piece.text[start:end].strip(),
        left=piece.left + left * wide,
        right=piece.left + right * wide,
        box=msgspec.structs.replace(
            box, x=round(box.x + left * box.w, 4), w=round((right - left) * box.w, 4)
        ),
        places=(),
        corners=(),
        certain=(),
    )


def _fraction(piece: Piece, at: int) -> float:
    """Where the letter of that number begins, as a fraction of the width; letters of equal width where unknown."""
    if 0 < at < len(piece.places) == len(piece.text):
        return (piece.places[at - 1] + piece.places[at]) / 2
    return at / len(piece.text)

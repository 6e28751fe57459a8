"""Running text out of rows, with the way back from a place in the text to where it is printed."""

from collections.abc import Iterator, Sequence

import msgspec

from chalicelib.documents.sight.sheet import Piece, Row, around
from chalicelib.documents.types import Value


class Passage(msgspec.Struct, frozen=True):
    """Rows that belong together as one text; `starts` tells where in it each piece begins."""

    text: str
    pieces: tuple[Piece, ...]
    starts: tuple[int, ...]

    def value(self, start: int, end: int, said: str) -> Value:
        """What stands from `start` to before `end`, told as `said`, framed where it stands."""
        there = [
            piece
            for piece, at in zip(self.pieces, self.starts, strict=True)
            if at < end and start < at + len(piece.text)
        ]
        certainty = round(min(piece.score for piece in there), 4)
        return Value(text=said, confidence=certainty, box=around(there))


def passages(rows: Sequence[Row], apart: frozenset[int]) -> Iterator[Passage]:
    """The rows outside `apart` as texts: what stands between two lists of labels is one."""
    together: list[Row] = []
    for at, row in enumerate(rows):
        if at not in apart:
            together.append(row)
        elif together:
            yield _passage(together)
            together = []
    if together:
        yield _passage(together)


def _passage(rows: Sequence[Row]) -> Passage:
    pieces = tuple(piece for row in rows for piece in row)
    starts, at = [], 0
    for piece in pieces:
        starts.append(at)
        at += len(piece.text) + 1
    return Passage(" ".join(piece.text for piece in pieces), pieces, tuple(starts))

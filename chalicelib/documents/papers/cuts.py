"""A printed line taken apart: each part stands where its letters do."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from chalicelib.documents.sight.sheet import Piece, Row


def split(piece: Piece, before: Iterable[int]) -> tuple[Piece, ...]:
    """The piece cut before the words of these numbers (from 0), each part where its letters stand."""
    starts = [found.start() for found in re.finditer(r"\S+", piece.text)]
    return cut(piece, [starts[word] for word in before])


def cut(piece: Piece, before: Sequence[int]) -> tuple[Piece, ...]:
    """The piece cut before the signs of these numbers (from 1), each part where its letters stand."""
    if not before:
        return (piece,)
    cuts = [0, *before, len(piece.text)]
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


def parted_at(row: Row, edges: Sequence[float]) -> tuple[Row, ...]:
    """The pieces of a row by the edges, left to right, that they begin between."""
    bounds = [float("-inf"), *edges, float("inf")]
    return tuple(
        tuple(piece for piece in row if left <= piece.left < right) for left, right in pairwise(bounds)
    )

"""One page as pieces of text on a levelled plane, whatever they were read from."""

from collections.abc import Sequence

import msgspec
import numpy as np

from chalicelib.documents.sight.recognition import Reading
from chalicelib.documents.types import Box


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A run of text without wide gaps; `left`, `right`, `middle` (of the line), `height` in page units, levelled.

    `corners` are those of the printed line, clockwise from top left, as fractions of the page (empty: the box's own).
    `places` holds the middle of each character as a fraction of the width, `certain` how certain it is 0..1 (empty
    where unknown, or where a second look is of no use); `digits` is the reading when only figures are possible.
    """

    text: str
    score: float
    left: float
    right: float
    middle: float
    height: float
    box: Box
    places: tuple[float, ...] = ()
    digits: str = ""
    corners: tuple[tuple[float, float], ...] = ()
    certain: tuple[float, ...] = ()


Row = tuple[Piece, ...]


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """The text of one page: its size in page units (pixels or points) and its rows from top to bottom."""

    number: int
    width: float
    height: float
    rows: tuple[Row, ...]
    native: bool

    @property
    def lines(self) -> tuple[str, ...]:
        """The text a row at a time."""
        return tuple(" ".join(piece.text for piece in row) for row in self.rows)


def within(inner: Box, outer: Box) -> bool:
    """Whether the middle of a place lies in another one, on the same page."""
    across, along = inner.x + inner.w / 2 - outer.x, inner.y + inner.h / 2 - outer.y
    return inner.page == outer.page and 0 <= across <= outer.w and 0 <= along <= outer.h


def around(pieces: Sequence[Piece]) -> Box:
    """The smallest box around pieces of one page."""
    page = pieces[0].box.page
    boxes = [piece.box for piece in pieces if piece.box.page == page]
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.x + box.w for box in boxes), max(box.y + box.h for box in boxes)
    return Box(page=page, x=x, y=y, w=round(right - x, 4), h=round(bottom - y, 4))


def sheet_of_readings(number: int, size: tuple[int, int], readings: Sequence[Reading]) -> Sheet:
    """The page under recognised lines; slant and perspective are taken out of their coordinates."""
    width, height = size
    if not readings:
        return Sheet(number=number, width=width, height=height, rows=(), native=False)
    corners = np.stack([reading.corners for reading in readings])
    slope = _slopes(corners)
    middle_x, middle_y = corners[:, :, 0].mean(axis=1), corners[:, :, 1].mean(axis=1)
    level = middle_y - slope * (middle_x - width / 2)
    thickness = np.linalg.norm(corners[:, 3] - corners[:, 0], axis=1)
    pieces = [
        Piece(
            text=reading.text,
            score=reading.score,
            left=float(corners[at, [0, 3], 0].mean()),
            right=float(corners[at, [1, 2], 0].mean()),
            middle=float(level[at]),
            height=float(thickness[at]),
            box=_box(number, corners[at], width, height),
            places=reading.places,
            digits=reading.digits,
            certain=reading.certain,
            corners=tuple((float(x) / width, float(y) / height) for x, y in corners[at]),
        )
        for at, reading in enumerate(readings)
        if reading.text.strip()
    ]
    return Sheet(number=number, width=width, height=height, rows=rows_of(pieces), native=False)


def _slopes(corners: np.ndarray) -> np.ndarray:
    """The slope of the page at each line: linear from top to bottom, as perspective makes it, fitted on long lines."""
    run = corners[:, 1, 0] - corners[:, 0, 0]
    rise = (corners[:, 1, 1] - corners[:, 0, 1] + corners[:, 2, 1] - corners[:, 3, 1]) / 2
    thickness = np.linalg.norm(corners[:, 3] - corners[:, 0], axis=1)
    slope = rise / np.maximum(run, 1)
    middle = corners[:, :, 1].mean(axis=1)
    weight = np.where(run > 3 * thickness, run, 0.0)
    if weight.sum() == 0:
        return np.zeros(len(corners))
    typical = _weighted_median(slope, weight)
    weight = np.where(np.abs(slope - typical) < 0.08, weight, 0.0)
    centre = np.average(middle, weights=weight)
    spread = float((weight * (middle - centre) ** 2).sum())
    mean = np.average(slope, weights=weight)
    change = (
        float((weight * (middle - centre) * (slope - mean)).sum()) / spread
        if spread > 0 and (weight > 0).sum() > 4
        else 0.0
    )
    fitted: np.ndarray = mean + change * (middle - centre)
    return fitted


def _weighted_median(values: np.ndarray, weight: np.ndarray) -> float:
    order = np.argsort(values)
    total = np.cumsum(weight[order])
    return float(values[order][int(np.searchsorted(total, total[-1] / 2))])


def _box(number: int, corners: np.ndarray, width: float, height: float) -> Box:
    low = np.clip(corners.min(axis=0) / (width, height), 0, 1)
    high = np.clip(corners.max(axis=0) / (width, height), 0, 1)
    x, y, w, h = (round(float(side), 4) for side in (*low, *(high - low)))
    return Box(page=number, x=x, y=y, w=w, h=h)


def rows_of(pieces: Sequence[Piece]) -> tuple[Row, ...]:
    """Pieces that stand on one line, left to right; lines from top to bottom."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        home = next((row for row in reversed(rows[-3:]) if _on_line(piece, row)), None)
        if home is None:
            rows.append([piece])
        else:
            home.append(piece)
    rows.sort(key=lambda row: sum(piece.middle for piece in row) / len(row))
    return tuple(tuple(sorted(row, key=lambda piece: piece.left)) for row in rows)


def _on_line(piece: Piece, row: Sequence[Piece]) -> bool:
    """Whether the nearest piece of the row is at the same height and none of the row is overprinted."""
    nearest = min(row, key=lambda other: max(other.left - piece.right, piece.left - other.right))
    overlap = max(min(piece.right, other.right) - max(piece.left, other.left) for other in row)
    if overlap > 0.3 * min(piece.right - piece.left, nearest.right - nearest.left):
        return False
    return abs(piece.middle - nearest.middle) < 0.45 * min(
        max(piece.height, nearest.height), 1.6 * min(piece.height, nearest.height)
    )

"""Ink that is no text: a signature or a stamp near the signer's title, and pages without any ink."""

import math
from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from chalicelib.documents.sight.blobs import Floats, blobs
from chalicelib.documents.sight.sheet import Piece
from chalicelib.documents.types import Box

_UNIT = 10  # pixels a line height in the levelled corner
_COARSE, _CELL = 850, 8  # pixels a page is wide when ink of any kind is looked for, and a cell of it
_INKED, _DUST = 0.08, 3  # share of a cell from which on it holds ink, and inked cells that say nothing
_RADII = range(round(1.8 * _UNIT), round(6.5 * _UNIT), 2)  # pixels; of stamps
_ROUND = 0.62  # of a circle's line, that has to be inked
_SLACK = 4  # pixels by which strokes are thickened, and points of a circle rounded
LEFT, RIGHT, _DOWN = 9, 6, 13  # the corner around the title, in line heights


class Corner(msgspec.Struct, frozen=True, kw_only=True):
    """The signer's corner laid level: its picture and where, in it, printed lines stand (left, top, right, bottom).

    `origin` is its top left, `across` and `along` lead to its top right and bottom left, as fractions of the page.
    """

    picture: Image.Image
    texts: tuple[tuple[float, float, float, float], ...]
    origin: tuple[float, float]
    across: tuple[float, float]
    along: tuple[float, float]

    def on_page(self, part: Box) -> Box:
        """The box on the page around a part of the corner, which is given as fractions of the corner's picture."""
        turned = np.array((self.across, self.along))
        shares = [(x, y) for x in (part.x, part.x + part.w) for y in (part.y, part.y + part.h)]
        points = np.clip(np.array(self.origin) + np.array(shares) @ turned, 0, 1)
        (x, y), (right, bottom) = points.min(axis=0), points.max(axis=0)
        x, y, w, h = (round(float(side), 4) for side in (x, y, right - x, bottom - y))
        return Box(page=part.page, x=x, y=y, w=w, h=h)


class Marks(msgspec.Struct, frozen=True):
    """What was put on the paper after printing."""

    signed: bool
    stamped: bool


def corner_below(page: Image.Image, title: Piece, pieces: Sequence[Piece], unit: int = _UNIT) -> Corner:
    """The corner below the title of the signer, `unit` pixels a line height."""
    size = np.array(page.size, float)
    points = np.array(title.corners or _box_corners(title)) * size
    right = (points[1] - points[0]) / max(float(np.linalg.norm(points[1] - points[0])), 1e-6)
    down = np.array([-right[1], right[0]])
    # A read box is taller than its letters, a native one only as tall as its capitals.
    tall = max(float(np.linalg.norm(points[3] - points[0])) * (0.75 if title.corners else 1.3), 4.0)
    length = float(np.linalg.norm(points[1] - points[0]))
    origin = points[3] - right * tall * LEFT
    wide, high = length / tall + LEFT + RIGHT, float(_DOWN)
    across, along = right * tall * wide, down * tall * high
    corners = [origin, origin + along, origin + along + across, origin + across]
    quad = tuple(float(value) for corner in corners for value in corner)
    area = (round(wide * unit), round(high * unit))
    picture = page.transform(area, Image.Transform.QUAD, quad, Image.Resampling.BICUBIC, fillcolor="white")
    return Corner(
        picture=picture,
        texts=tuple(_place(piece, size, origin, right, down, unit / tall) for piece in pieces),
        origin=_pair(origin / size),
        across=_pair(across / size),
        along=_pair(along / size),
    )


def _pair(point: Floats) -> tuple[float, float]:
    return float(point[0]), float(point[1])


def _box_corners(piece: Piece) -> tuple[tuple[float, float], ...]:
    box = piece.box
    right, bottom = box.x + box.w, box.y + box.h
    return ((box.x, box.y), (right, box.y), (right, bottom), (box.x, bottom))


def _place(
    piece: Piece, size: Floats, origin: Floats, right: Floats, down: Floats, scale: float
) -> tuple[float, float, float, float]:
    points = (np.array(piece.corners or _box_corners(piece)) * size - origin) * scale
    across, along = points @ right, points @ down
    return float(across.min()), float(along.min()), float(across.max()), float(along.max())


def marks_in(corner: Corner) -> Marks:
    """Signature and stamp in a corner: strokes longer than letters, and a ring."""
    mask = _ink(corner.picture)
    for left, top, right, bottom in corner.texts:
        mask[max(int(top), 0) : max(int(bottom) + 1, 0), max(int(left) - 1, 0) : max(int(right) + 2, 0)] = (
            False
        )
    strokes = _strokes(mask)
    ring = _ring(strokes)
    if ring is None:
        return Marks(signed=bool(strokes.sum() > 2.0 * _UNIT), stamped=False)
    x, y, radius = ring
    rows, columns = np.indices(mask.shape)
    outside = strokes & ((rows - y) ** 2 + (columns - x) ** 2 > (radius + 0.5 * _UNIT) ** 2)
    return Marks(signed=bool(outside.sum() > 2.0 * _UNIT), stamped=True)


def _ink(picture: Image.Image) -> NDArray[np.bool_]:
    """Pixels darker or more coloured than the paper around them."""
    pixels = np.asarray(picture.convert("RGB"), np.float32)
    paper = _spread(np.asarray(picture.convert("RGB").filter(ImageFilter.BoxBlur(2 * _UNIT))), 2)
    ratio = pixels / np.maximum(paper, 1)
    coloured: NDArray[np.bool_] = (ratio.min(axis=2) < 0.8) | (np.ptp(ratio, axis=2) > 0.22)
    return coloured


def _spread(pixels: NDArray[np.uint8], reach: int) -> NDArray[np.uint8]:
    """The brightest value in the square around each pixel; ten times as fast as a rank filter."""
    for axis in (0, 1):
        edges = [(reach, reach) if at == axis else (0, 0) for at in range(pixels.ndim)]
        windows = np.lib.stride_tricks.sliding_window_view(
            np.pad(pixels, edges, mode="edge"), 2 * reach + 1, axis
        )
        pixels = windows.max(axis=-1)
    return pixels


def _strokes(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Only what hangs together over more than two line heights and does not come in over the edge."""
    kept = np.zeros_like(mask)
    height, width = mask.shape
    for blob in blobs(mask.astype(float), 0.5, 0.0, 0.0):
        low, high = blob.corners.min(axis=0), blob.corners.max(axis=0)
        sides = [float(np.linalg.norm(blob.corners[at] - blob.corners[0])) for at in (1, 3)]
        long, thick = max(sides) > 2.2 * _UNIT, min(sides) > 0.5 * _UNIT
        inside = low[0] > 1 and high[0] < width - 1 and high[1] < height - 1
        if long and thick and inside:
            rows, columns = (
                slice(max(int(low[1]), 0), int(high[1]) + 2),
                slice(max(int(low[0]), 0), int(high[0]) + 2),
            )
            kept[rows, columns] |= mask[rows, columns]
    return kept


def _ring(strokes: NDArray[np.bool_]) -> tuple[float, float, float] | None:
    """Centre and radius of the circle with the most of its line inked, when that is more than half of it."""
    if strokes.sum() < 5 * _UNIT:
        return None
    widest = _widest_ring(strokes)
    if widest < _RADII.start:
        return None
    thick, left, top = _thickened(strokes, widest)
    spectrum = np.fft.rfft2(thick)
    best: tuple[float, tuple[float, float, float]] | None = None
    for radius in range(_RADII.start, min(_RADII.stop, widest + 1), _RADII.step):
        turns = np.linspace(0, 2 * np.pi, 120, endpoint=False)
        ring = np.zeros(thick.shape, np.float32)
        np.add.at(
            ring,
            (
                np.round(radius * np.sin(turns)).astype(int) % thick.shape[0],
                np.round(radius * np.cos(turns)).astype(int) % thick.shape[1],
            ),
            1 / 120,
        )
        covered = np.fft.irfft2(spectrum * np.conj(np.fft.rfft2(ring)), s=thick.shape)
        most = int(covered.argmax())
        share = float(covered.flat[most])
        if best is None or share > best[0]:
            y, x = divmod(most, thick.shape[1])
            best = share, (float(x + left), float(y + top), float(radius))
    return best[1] if best and best[0] > _ROUND else None


def _thickened(strokes: NDArray[np.bool_], widest: int) -> tuple[NDArray[np.float32], int, int]:
    """The part with strokes, a pixel thicker, and its left and top: with room for what of a ring is not inked."""
    rows, columns = np.nonzero(strokes)
    left, top = max(int(columns.min()) - 1, 0), max(int(rows.min()) - 1, 0)
    part = strokes[top : rows.max() + 2, left : columns.max() + 2].astype(np.uint8)
    # Sides of many small factors are transformed fastest.
    high, wide = (-(-(side + widest) // 24) * 24 for side in part.shape)
    room = np.zeros((high, wide), np.float32)
    room[: part.shape[0], : part.shape[1]] = _spread(part, 1)
    return room, left, top


def _widest_ring(strokes: NDArray[np.bool_]) -> int:
    """The largest radius of a circle that can have enough of its line in the strokes.

    Whichever points of a circle are left out, those that stay reach over the height of its cap that has as many.
    """
    rows, columns = np.nonzero(strokes)
    reach = min(np.ptp(rows), np.ptp(columns)) + _SLACK
    return int(reach / (1 - math.cos(math.pi * _ROUND)))


def without_colour(picture: Image.Image) -> Image.Image:
    """Black print without the blue or violet ink over it: the lightest channel, stretched until ink is paper."""
    lightest = np.asarray(picture.convert("RGB"), np.float32).max(axis=2)
    paper = max(float(np.percentile(lightest, 80)), 1.0)
    stretched = np.clip((lightest / paper - 0.15) / 0.45, 0, 1) * 255
    return Image.fromarray(stretched.astype(np.uint8)).convert("RGB")


def is_empty(page: Image.Image) -> bool:
    """Whether nothing at all is on an even sheet: no place darker than its surroundings but for a little dust. Cheap.

    False of many an empty sheet (see `is_blank`), but never true of one with a word on it, nor of a blurred photo.
    """
    grey = page.convert("L")
    if not _is_even(grey):
        return False
    width = min(_COARSE, grey.width)
    small = grey.resize((width, max(round(grey.height * width / grey.width), 1)), Image.Resampling.BOX)
    around = np.asarray(small.filter(ImageFilter.BoxBlur(width // 40)), np.float32)
    dark = np.asarray(small, np.float32) < 0.9 * around - 2
    high, wide = (side // _CELL for side in dark.shape)
    cells = dark[: high * _CELL, : wide * _CELL].reshape(high, _CELL, wide, _CELL).mean(axis=(1, 3))
    return int((cells > _INKED).sum()) <= _DUST


def is_blank(page: Image.Image) -> bool:
    """An empty sheet, scanned or lying on a table. Ask only of a page on which no text was read.

    A blurred photo of something has large soft shapes; a sheet is even (a scan) or has a large bright and even part.
    """
    grey = page.convert("L")
    return _is_even(grey) or _lies_on_table(grey)


def _is_even(grey: Image.Image) -> bool:
    """Whether all of a picture is as bright as paper, without soft shapes."""
    small = np.asarray(grey.resize((80, 80), Image.Resampling.BOX), np.float32)[4:-4, 4:-4]
    shapes = float(np.abs(small - _softened(small, 9)).mean())
    even = shapes < 2.5 and float(np.percentile(small, 99) - np.percentile(small, 1)) < 60
    return even and float(np.median(small)) > 90


def _lies_on_table(grey: Image.Image) -> bool:
    """Whether the brightest part is large and has no soft shapes in it, its border aside."""
    small = np.asarray(grey.resize((96, 96), Image.Resampling.BOX), np.float32)
    bright = Image.fromarray(small > 0.72 * np.percentile(small, 90)).convert("L")
    paper = (
        np.asarray(bright.filter(ImageFilter.MinFilter(9)).resize((480, 480), Image.Resampling.NEAREST)) > 0
    )
    if paper.mean() < 0.25:
        return False
    large = np.asarray(grey.resize((480, 480), Image.Resampling.BOX), np.float32)
    wide = _softened(large, 14)
    ripple = np.abs(_softened(large, 3) - wide) / np.maximum(wide, 1)
    return float(np.percentile(ripple[paper], 99)) < 0.075


def _softened(pixels: Floats, radius: float) -> Floats:
    picture = Image.fromarray(pixels.astype(np.uint8)).filter(ImageFilter.GaussianBlur(radius))
    return np.asarray(picture, np.float32)

"""A shaken photo is laid still before it is read: the smear of a moving hand is one straight line, and can be undone.

The line's direction and length are found by trying: a few printed lines are cleared of each likely smear (Wiener 1949)
and read quickly; the one that reads best is taken off the whole picture, when it reads clearly better than before.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from chalicelib.documents.sight.recognition import Reading, Recogniser

_SHAKY = 0.955
"""Mean certainty of a page's letters below which a smear is looked for."""
_BETTER = 0.012
_ANGLES = (0, 90, 45, 135)
_FIRST, _THEN = (5, 8), (4, 6, 7, 10)
_NOISE = 0.04
_SAMPLES = 5
_EDGE = 24


def certainty(readings: Sequence[Reading]) -> float:
    """Mean certainty of the letters, 0..1; 1 for none."""
    letters = sum(len(reading.text) for reading in readings)
    return sum(reading.score * len(reading.text) for reading in readings) / letters if letters else 1.0


def steadied(picture: Image.Image, readings: Sequence[Reading], recogniser: Recogniser) -> Image.Image | None:
    """The picture without its smear; None when it was read well enough or no smear is found."""
    if certainty(readings) >= _SHAKY:
        return None
    lines = _sample(readings)
    crops = [_around(picture, line) for line in lines]

    @cache
    def worth(angle: int, length: int) -> float:
        cleared = [(cleared_of(crop, angle, length), corners) for crop, corners in crops]
        read = [recogniser.read_again(crop, [corners], careful=False)[0] for crop, corners in cleared]
        return certainty(read) if any(reading.text for reading in read) else 0.0

    if not lines:
        return None
    angle, first = max(
        ((angle, length) for angle in _ANGLES for length in _FIRST), key=lambda pair: worth(*pair)
    )
    length = max((first, *_THEN), key=lambda length: worth(angle, length))
    if worth(angle, length) < certainty(lines) + _BETTER:
        return None
    return cleared_of(picture, angle, length)


def cleared_of(picture: Image.Image, angle: int, length: int) -> Image.Image:
    """The picture without a smear of `length` pixels in the direction of `angle` degrees."""
    pixels = np.asarray(picture.convert("RGB"), np.float32)
    wide = np.pad(pixels, ((length, length), (length, length), (0, 0)), mode="edge")
    rows, columns = wide.shape[:2]
    smear = np.fft.rfft2(_smear(rows, columns, angle, length))
    inverse = (np.conj(smear) / (np.abs(smear) ** 2 + _NOISE)).astype(np.complex64)
    cleared = np.fft.irfft2(
        np.fft.rfft2(wide, axes=(0, 1)) * inverse[:, :, None], (rows, columns), axes=(0, 1)
    )
    inner = cleared[length:-length, length:-length]
    return Image.fromarray((inner.clip(0, 255)).astype(np.uint8))


def _smear(rows: int, columns: int, angle: int, length: int) -> NDArray[np.float32]:
    """One point as the moving camera saw it, centred on the first pixel."""
    line = np.zeros((rows, columns), np.float32)
    for step in np.linspace(-(length - 1) / 2, (length - 1) / 2, 4 * length):
        down, right = step * np.sin(np.deg2rad(angle)), step * np.cos(np.deg2rad(angle))
        line[round(float(down)) % rows, round(float(right)) % columns] += 1
    smeared: NDArray[np.float32] = line / line.sum()
    return smeared


def _sample(readings: Sequence[Reading]) -> list[Reading]:
    """A few lines of middling certainty, long enough to tell and short enough to be cheap."""
    lines = sorted((line for line in readings if 6 <= len(line.text) <= 28), key=lambda line: line.score)
    first = max(len(lines) // 2 - _SAMPLES // 2, 0)
    return lines[first : first + _SAMPLES]


def _around(picture: Image.Image, line: Reading) -> tuple[Image.Image, NDArray[np.floating]]:
    """The line with some paper around it, and where its corners lie in that."""
    low = np.maximum(np.floor(line.corners.min(axis=0)) - _EDGE, 0)
    high = np.minimum(np.ceil(line.corners.max(axis=0)) + _EDGE, picture.size)
    return picture.crop((int(low[0]), int(low[1]), int(high[0]), int(high[1]))), line.corners - low

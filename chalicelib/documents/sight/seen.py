"""What a recognition service saw in one picture, before anything is made of it. Light: the parent imports this."""

from collections.abc import Callable
from typing import TypeAlias

import msgspec

Point: TypeAlias = tuple[float, float]

MAX_PICTURE_BYTES = 5 * 1024 * 1024
"""What a service takes in one call."""


class SeenLine(msgspec.Struct, frozen=True, kw_only=True):
    """One printed line. `corners` as fractions of the picture, clockwise from the top left of the text itself.

    `score` 0..1 is the certainty of its least sure word; `places` the middle of each character along the line.
    """

    corners: tuple[Point, Point, Point, Point]
    text: str
    score: float
    places: tuple[float, ...]


PageReader: TypeAlias = Callable[[bytes], tuple[SeenLine, ...]]
"""From a JPEG of one page to its lines. Raises RecognitionUnavailableError."""

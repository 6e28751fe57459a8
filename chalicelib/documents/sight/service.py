"""A recognition service behind the port `Recogniser`: whole pages are asked for, and each only once."""

import io
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from PIL import Image

from chalicelib.documents.sight.line_reader import Floats
from chalicelib.documents.sight.recognition import Reading
from chalicelib.documents.sight.seen import MAX_PICTURE_BYTES, PageReader, SeenLine

_REMEMBERED = 8
_TURNS = {1: Image.Transpose.ROTATE_90, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_270}
_FIGURES = 8
_TWINS = str.maketrans("OoDQIl|SsBZzG", "0000111558226")


class ReadLine(Protocol):
    """`Recogniser.read_line` of another engine."""

    def __call__(self, picture: Image.Image, *, careful: bool = True) -> str:
        """See `Recogniser`."""


class ServiceRecogniser:
    """Reads what `page_reader` sees. A single line is read by `line_reader`, which never leaves this machine:

    with it the text of a PDF is checked, and a PDF that shows what it says is sent to nobody.
    """

    def __init__(self, page_reader: PageReader, line_reader: ReadLine) -> None:
        self._page_reader = page_reader
        self._line_reader = line_reader
        self._seen: list[tuple[Image.Image, tuple[SeenLine, ...]]] = []

    def quarter_turns(self, page: Image.Image) -> tuple[int, float]:
        """See `Recogniser`: the direction in which most letters run, and their share."""
        letters = [0, 0, 0, 0]
        for line in self._lines(page):
            letters[_turns_of(line, page.size)] += len(line.text)
        most = max(range(4), key=letters.__getitem__)
        return most, letters[most] / sum(letters) if any(letters) else 0.0

    def read(self, page: Image.Image, line_height: float | None = None) -> tuple[Reading, ...]:  # noqa: ARG002 - a service finds its own scale
        """See `Recogniser`."""
        return tuple(_reading(line, page.size) for line in self._lines(page))

    def read_again(
        self, page: Image.Image, places: Sequence[Floats], *, careful: bool = True
    ) -> tuple[Reading, ...]:
        """See `Recogniser`: a service reads no better a second time, so this finds what it said of each place.

        To compare pictures it is not asked, for each picture costs: it reads nothing then.
        """
        if not careful:
            return tuple(Reading(corners=corners, text="", score=0.0, places=()) for corners in places)
        readings = self.read(page) if len(places) else ()
        return tuple(_nearest(corners, readings) for corners in places)

    def read_line(self, picture: Image.Image, *, careful: bool = True) -> str:
        """See `Recogniser`."""
        return self._line_reader(picture, careful=careful)

    def _lines(self, page: Image.Image) -> tuple[SeenLine, ...]:
        """What was seen of this page, also when it was turned since."""
        for known, lines in reversed(self._seen):
            if known is page:
                return lines
            for turns, way in _TURNS.items():
                if _is_turned(known, page, way):
                    return self._kept(page, tuple(_turned(line, turns) for line in lines))
        return self._kept(page, self._page_reader(as_jpeg(page)))

    def _kept(self, page: Image.Image, lines: tuple[SeenLine, ...]) -> tuple[SeenLine, ...]:
        self._seen = [*self._seen, (page, lines)][-_REMEMBERED:]
        return lines


def as_jpeg(page: Image.Image, limit: int = MAX_PICTURE_BYTES) -> bytes:
    """The page as a JPEG of at most `limit` bytes: first with less quality, then smaller."""
    for quality in (92, 80):
        data = _encoded(page, quality)
        if len(data) <= limit:
            return data
    return as_jpeg(page.resize((max(1, page.width * 3 // 4), max(1, page.height * 3 // 4))), limit)


def _encoded(page: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    page.convert("RGB").save(out, "JPEG", quality=quality)
    return out.getvalue()


def _turns_of(line: SeenLine, size: tuple[int, int]) -> int:
    """How often the page must be turned counter-clockwise for this line to run from left to right."""
    (left, top), (right, bottom) = line.corners[0], line.corners[1]
    across, down = (right - left) * size[0], (bottom - top) * size[1]
    if abs(across) >= abs(down):
        return 0 if across >= 0 else 2
    return 1 if down > 0 else 3


def _is_turned(known: Image.Image, page: Image.Image, way: Image.Transpose) -> bool:
    size = known.size if way is Image.Transpose.ROTATE_180 else known.size[::-1]
    return page.size == size and known.transpose(way).tobytes() == page.tobytes()


def _turned(line: SeenLine, turns: int) -> SeenLine:
    """The line on the page turned that often counter-clockwise."""
    corners = line.corners
    for _ in range(turns):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
        corners = ((ay, 1 - ax), (by, 1 - bx), (cy, 1 - cx), (dy, 1 - dx))
    return SeenLine(corners=corners, text=line.text, score=line.score, places=line.places)


def _reading(line: SeenLine, size: tuple[int, int]) -> Reading:
    corners = np.array(line.corners, float) * size
    return Reading(
        corners=corners, text=line.text, score=line.score, places=line.places, digits=_digits(line.text)
    )


def _digits(text: str) -> str:
    """The figures of a line that holds a long number, letters in it taken for the figures they look like."""
    words = [word.translate(_TWINS) for word in text.split() if 2 * sum(map(str.isdigit, word)) >= len(word)]
    figures = "".join(sign for word in words for sign in word if sign.isdigit())
    return figures if len(figures) >= _FIGURES else ""


def _nearest(corners: Floats, readings: Sequence[Reading]) -> Reading:
    """What was read at this place; nothing where the next line is farther away than the place is high."""
    middle, height = corners.mean(axis=0), float(np.linalg.norm(corners[3] - corners[0]))
    apart = [float(np.linalg.norm(reading.corners.mean(axis=0) - middle)) for reading in readings]
    best = int(np.argmin(apart)) if apart else -1
    if best < 0 or apart[best] > max(height, 1.0):
        return Reading(corners=corners, text="", score=0.0, places=())
    return readings[best]

"""From a picture of a page to its lines of text. Two engines can stand here: this local one, or a service."""

import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from math import inf
from typing import Protocol

import msgspec
import numpy as np
import onnxruntime
from PIL import Image

from chalicelib.documents.sight.blobs import Floats, blobs
from chalicelib.documents.sight.line_reader import HEIGHT, Line, LineReader, run, session, tensor
from chalicelib.documents.sight.models import ModelFiles, model_files

_MAX_WIDTH = 1600
_SIDE, _GLANCE_SIDE = 736, 448
_LONGEST = 1900
_CLEAR = 24.0  # height of a text region, in the detector's pixels, that it finds reliably
_ROOM = 3.0
"""Heights of print around what the glance saw that are searched, too: of 1,327 lines on 40 damaged pages none stood
outside, and the part is 63 % of the page."""
_LABEL = 40  # letters
_DOUBTED = 0.85  # certainty of a number that two readers read differently, or only the quick one


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One printed line: its `corners` (4 x 2 pixels, clockwise from top left) and what it says.

    `score`, `certain`, `places` and `digits` are those of `Line`; `certain` is empty where a second look is of no use.
    """

    corners: Floats
    text: str
    score: float
    places: tuple[float, ...]
    digits: str = ""
    certain: tuple[float, ...] = ()


class Recogniser(Protocol):
    """What the inspection needs of a text recognition engine."""

    def quarter_turns(self, page: Image.Image) -> tuple[int, float]:
        """How often the page must be turned by 90 degrees counter-clockwise to stand upright; certainty 0..1."""

    def read(self, page: Image.Image, line_height: float | None = None) -> tuple[Reading, ...]:
        """The lines of an upright RGB page, in no promised order; `line_height` in pixels where it is known."""

    def read_again(
        self, page: Image.Image, places: Sequence[Floats], *, careful: bool = True
    ) -> tuple[Reading, ...]:
        """The lines at these corners, a reading each: as well as the engine can, or only to compare pictures."""

    def read_line(self, picture: Image.Image, *, careful: bool = True) -> str:
        """What a picture of a single level line says: as well as the engine can, or quickly."""


class LocalRecogniser:
    """PP-OCRv6 on onnxruntime, one thread a model call, several lines at once.

    A quick reader reads every line; a careful one, five times as slow, the lines that are asked for again. When this
    process has used `patience` seconds of processor time, the careful one rests: a page is read less well then, but
    it is read, where a limit would end it.
    """

    def __init__(
        self, files: ModelFiles | None = None, threads: int | None = None, patience: float = inf
    ) -> None:
        files = files or model_files()
        self._patience = patience
        self._threads = threads or min(os.cpu_count() or 1, 4)
        self._glance = session(files.glance)
        self._detector = session(files.detector)
        self._orientation = session(files.orientation)
        self._quick = LineReader(files.quick_reader, files.quick_alphabet)
        self._careful = LineReader(files.reader, files.alphabet)

    def quarter_turns(self, page: Image.Image) -> tuple[int, float]:
        """See `Recogniser`."""
        scale = 256 / min(page.size)
        small = page.resize(
            (max(224, round(page.width * scale)), max(224, round(page.height * scale))),
            Image.Resampling.BILINEAR,
        )
        left, top = (small.width - 224) // 2, (small.height - 224) // 2
        middle = small.crop((left, top, left + 224, top + 224))
        odds = run(self._orientation, tensor(middle, photo=True))[0]
        best = int(odds.argmax())
        return best, float(odds[best])

    def read(self, page: Image.Image, line_height: float | None = None) -> tuple[Reading, ...]:
        """See `Recogniser`."""
        places = self._detect(page, line_height)
        with ThreadPoolExecutor(self._threads) as pool:
            readings = list(pool.map(lambda corners: self._quickly(page, corners), places))
            open_ended = [at for at, reading in enumerate(readings) if is_open(reading.text)]
            wider = {at: _stretched(places[at]) for at in open_ended if not _taken(places, at)}
            for at, reading in zip(
                wider, pool.map(lambda at: self._quickly(page, wider[at]), wider), strict=True
            ):
                longer = len(reading.text) > len(readings[at].text)
                readings[at] = reading if longer else _unsure(readings[at], wider[at])
        return tuple(reading for reading in readings if reading.text)

    def read_again(
        self, page: Image.Image, places: Sequence[Floats], *, careful: bool = True
    ) -> tuple[Reading, ...]:
        """See `Recogniser`."""
        read = self._carefully if careful else self._quickly
        with ThreadPoolExecutor(self._threads) as pool:
            return tuple(pool.map(lambda corners: read(page, corners), places))

    def read_line(self, picture: Image.Image, *, careful: bool = True) -> str:
        """See `Recogniser`."""
        width = min(max(round(picture.width * HEIGHT / picture.height), 16), _MAX_WIDTH)
        strip = picture.resize((width, HEIGHT), Image.Resampling.BILINEAR)
        return (self._careful if careful else self._quick).read(strip).text

    def _detect(self, page: Image.Image, line_height: float | None) -> list[Floats]:
        """Text regions, looked for in the scale at which the detector sees lines of this height best."""
        most = _LONGEST / max(page.size)
        if line_height is not None:
            return self._found(self._detector, page, min(_CLEAR / line_height, most))
        scale = min(_SIDE / min(page.size), most)
        seen = self._found(self._glance, page, min(_GLANCE_SIDE / min(page.size), most))
        heights = [float(np.linalg.norm(corners[3] - corners[0])) for corners in seen]
        clear = _CLEAR / max(float(np.median(heights)), 1.0) if heights else scale
        wanted = min(max(clear, 0.6 * scale), 1.8 * scale)
        left, top, right, bottom = _around(seen, page.size)
        found = self._found(
            self._detector, page.crop((left, top, right, bottom)), min(wanted, max(1.0, scale), most)
        )
        return [corners + np.array([left, top]) for corners in found]

    def _found(self, model: onnxruntime.InferenceSession, page: Image.Image, scale: float) -> list[Floats]:
        """Text regions of the page looked at in the given scale, in page pixels."""
        width, height = (max(32, round(side * scale / 32) * 32) for side in page.size)
        small = page.resize((width, height), Image.Resampling.BILINEAR)
        probability = run(model, tensor(small, photo=True))[0, 0]
        found = blobs(probability, 0.25, 0.45, 1.5)
        factor = np.array([page.width / width, page.height / height])
        return [blob.corners * factor for blob in found]

    def _quickly(self, page: Image.Image, corners: Floats) -> Reading:
        line = self._quick.read(_strip(page, corners))
        return _reading(corners, line, certain=line.certain)

    def _carefully(self, page: Image.Image, corners: Floats) -> Reading:
        strip = _strip(page, corners)
        rests = time.process_time() >= self._patience
        line = (self._quick if rests else self._careful).read(strip)
        if line.digits and (rests or line.digits != self._quick.read(strip).digits):
            line = msgspec.structs.replace(line, certain=tuple(min(one, _DOUBTED) for one in line.certain))
        return _reading(corners, line)


def _reading(corners: Floats, line: Line, certain: tuple[float, ...] = ()) -> Reading:
    return Reading(
        corners=corners,
        text=line.text,
        score=line.score,
        places=line.places,
        digits=line.digits,
        certain=certain,
    )


def is_open(text: str) -> bool:
    """Whether a label's value was not seen: one letter after a colon is easily overlooked, as a blood type's is with
    its colon. Sentences end so too.
    """
    return text.endswith((":", "Darah", "DARAH")) and len(text) < _LABEL


def _unsure(reading: Reading, corners: Floats) -> Reading:
    """The same in a wider place, its end to be read once more."""
    return msgspec.structs.replace(reading, corners=corners, certain=(*reading.certain[:-1], 0.0))


def _stretched(corners: Floats) -> Floats:
    """The region and what may follow it at the right: a single letter after a colon is easily not found."""
    step = (corners[1] - corners[0]) / max(float(np.linalg.norm(corners[1] - corners[0])), 1.0)
    more = step * float(np.linalg.norm(corners[3] - corners[0])) * 1.3
    zero = np.zeros(2)
    longer: Floats = corners + np.stack([zero, more, more, zero])
    return longer


def _taken(places: list[Floats], at: int) -> bool:
    """Whether another region follows closely on the right."""
    corners = places[at]
    height = float(np.linalg.norm(corners[3] - corners[0]))
    end, middle = corners[1:3].mean(axis=0), corners.mean(axis=0)[1]
    starts = [(float(other[[0, 3], 0].mean()), float(other[[0, 3], 1].mean())) for other in places]
    return any(
        end[0] - height < x < end[0] + 2.5 * height and abs(y - (middle + end[1]) / 2) < height
        for x, y in starts
    )


def _around(places: Sequence[Floats], size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the part of the page that holds these lines, and room for some overlooked ones."""
    if not places:
        return 0, 0, *size
    room = _ROOM * float(np.median([np.linalg.norm(corners[3] - corners[0]) for corners in places]))
    corners = np.concatenate(places)
    left, top = np.maximum(corners.min(axis=0) - room, 0).astype(int).tolist()
    right, bottom = np.minimum(corners.max(axis=0) + room, size).astype(int).tolist()
    return left, top, right, bottom


def _strip(page: Image.Image, corners: Floats) -> Image.Image:
    """The line cut out, laid level and scaled to the reader's height."""
    length = float(np.linalg.norm(corners[1] - corners[0]))
    height = max(float(np.linalg.norm(corners[3] - corners[0])), 1.0)
    width = int(min(max(round(length * HEIGHT / height), 16), _MAX_WIDTH))
    top_left, top_right, bottom_right, bottom_left = (tuple(corner) for corner in corners.tolist())
    quad = (*top_left, *bottom_left, *bottom_right, *top_right)
    if height > 1.5 * HEIGHT:
        big = page.transform(
            (int(length), int(height)), Image.Transform.QUAD, quad, Image.Resampling.BILINEAR
        )
        return big.resize((width, HEIGHT), Image.Resampling.BILINEAR)
    return page.transform((width, HEIGHT), Image.Transform.QUAD, quad, Image.Resampling.BICUBIC)

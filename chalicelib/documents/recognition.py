"""From a picture of a page to its lines of text. Two engines can stand here: this local one, or a service."""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import msgspec
import numpy as np
import onnxruntime
from numpy.typing import NDArray
from PIL import Image

from chalicelib.documents.blobs import Floats, blobs
from chalicelib.documents.models import ModelFiles, model_files

_PRINTED = frozenset(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz .,:;/-()\"'&+=_#%@!?*–—“”‘’…·•"
)
_BLANK = 0
_HEIGHT = 48
_MAX_WIDTH = 1600
_LONGEST = 1900
_CLEAR = 22.0  # height of a text region, in the detector's pixels, that it finds reliably


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One printed line: its `corners` (4 x 2 pixels, clockwise from top left) and what it says.

    `score` 0..1 is the mean certainty of the characters; `places` holds, per character, its middle along the
    line as a fraction; `digits` is the reading when only figures may stand there (for ID numbers).
    """

    corners: Floats
    text: str
    score: float
    places: tuple[float, ...]
    digits: str = ""


class Recogniser(Protocol):
    """What the inspection needs of a text recognition engine."""

    def quarter_turns(self, page: Image.Image) -> tuple[int, float]:
        """How often the page must be turned by 90 degrees counter-clockwise to stand upright; certainty 0..1."""

    def read(self, page: Image.Image) -> tuple[Reading, ...]:
        """The lines of an upright RGB page, in no promised order."""


class LocalRecogniser:
    """PP-OCRv6 on onnxruntime, one thread a model call, several lines at once."""

    def __init__(
        self, files: ModelFiles | None = None, threads: int | None = None, detector_side: int = 736
    ) -> None:
        files = files or model_files("small")
        self._threads = threads or min(os.cpu_count() or 1, 4)
        self._side = detector_side
        self._detector = _session(files.detector)
        self._reader = _session(files.reader)
        self._orientation = _session(files.orientation)
        letters = ["", *files.alphabet.read_text(encoding="utf-8").split("\n")]
        while letters and not letters[-1] and len(letters) > 1:
            letters.pop()
        letters.append(" ")
        keep = [_BLANK] + [at for at, letter in enumerate(letters) if letter in _PRINTED]
        self._columns = np.array(keep)
        self._letters = [letters[at] for at in keep]
        self._figure = np.array([at == 0 or letter.isdigit() for at, letter in enumerate(self._letters)])

    def quarter_turns(self, page: Image.Image) -> tuple[int, float]:
        """See `Recogniser`."""
        scale = 256 / min(page.size)
        small = page.resize(
            (max(224, round(page.width * scale)), max(224, round(page.height * scale))),
            Image.Resampling.BILINEAR,
        )
        left, top = (small.width - 224) // 2, (small.height - 224) // 2
        odds = _run(self._orientation, _tensor(small.crop((left, top, left + 224, top + 224)), _IMAGENET))[0]
        best = int(odds.argmax())
        return best, float(odds[best])

    def read(self, page: Image.Image) -> tuple[Reading, ...]:
        """See `Recogniser`."""
        places = self._detect(page)
        with ThreadPoolExecutor(self._threads) as pool:
            readings = list(pool.map(lambda corners: self._line(page, corners), places))
            open_ended = [at for at, reading in enumerate(readings) if reading.text.rstrip().endswith(":")]
            wider = {at: _stretched(places[at]) for at in open_ended if not _taken(places, at)}
            for at, reading in zip(
                wider, pool.map(lambda at: self._line(page, wider[at]), wider), strict=True
            ):
                readings[at] = reading if len(reading.text) > len(readings[at].text) else readings[at]
        return tuple(reading for reading in readings if reading.text)

    def _detect(self, page: Image.Image) -> list[Floats]:
        """Text regions; small print is looked at once more, larger."""
        scale = min(self._side / min(page.size), _LONGEST / max(page.size))
        found = self._found(page, scale)
        heights = [float(np.linalg.norm(corners[3] - corners[0])) * scale for corners in found]
        tall = float(np.median(heights)) if heights else _CLEAR
        finer = min(scale * min(_CLEAR / max(tall, 1.0), 1.8), max(1.0, scale), _LONGEST / max(page.size))
        return self._found(page, finer) if finer > 1.15 * scale else found

    def _found(self, page: Image.Image, scale: float) -> list[Floats]:
        """Text regions of the page looked at in the given scale, in page pixels."""
        width, height = (max(32, round(side * scale / 32) * 32) for side in page.size)
        small = page.resize((width, height), Image.Resampling.BILINEAR)
        probability = _run(self._detector, _tensor(small, _IMAGENET))[0, 0]
        found = blobs(probability, 0.25, 0.45, 1.5)
        factor = np.array([page.width / width, page.height / height])
        return [blob.corners * factor for blob in found]

    def _line(self, page: Image.Image, corners: Floats) -> Reading:
        strip = _strip(page, corners)
        odds = _run(self._reader, _tensor(strip, _HALVES))[0][:, self._columns]
        text, score, places = self._decode(odds)
        digits = self._decode(np.where(self._figure, odds, 0))[0] if sum(map(str.isdigit, text)) >= 8 else ""
        return Reading(corners=corners, text=text, score=score, places=places, digits=digits)

    def _decode(self, odds: Floats) -> tuple[str, float, tuple[float, ...]]:
        """Connectionist temporal decoding: the best letter a step, repeats merged, blanks dropped."""
        best = odds.argmax(axis=1)
        kept = np.flatnonzero((best != _BLANK) & (best != np.concatenate([[-1], best[:-1]])))
        letters = "".join(self._letters[at] for at in best[kept])
        if not letters.strip():
            return "", 0.0, ()
        middles = tuple(((kept + 0.5) / len(best)).tolist())
        return letters, float(odds[kept, best[kept]].mean()), middles


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


_IMAGENET = (np.array([0.485, 0.456, 0.406], np.float32), np.array([0.229, 0.224, 0.225], np.float32))
_HALVES = (np.array([0.5, 0.5, 0.5], np.float32), np.array([0.5, 0.5, 0.5], np.float32))


def _session(path: Any) -> onnxruntime.InferenceSession:
    """One thread a call and no arenas: a process with this session can be forked, and memory stays flat."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _run(session: onnxruntime.InferenceSession, tensor: NDArray[np.float32]) -> Floats:
    result: Floats = session.run(None, {"x": tensor})[0]
    return result


def _tensor(
    picture: Image.Image, scaling: tuple[NDArray[np.float32], NDArray[np.float32]]
) -> NDArray[np.float32]:
    """1 x 3 x height x width, channels in the order blue, green, red that the models were trained with."""
    mean, spread = scaling
    pixels = np.asarray(picture, np.float32)[:, :, ::-1] / 255
    return np.ascontiguousarray(((pixels - mean) / spread).transpose(2, 0, 1)[None])


def _strip(page: Image.Image, corners: Floats) -> Image.Image:
    """The line cut out, laid level and scaled to the reader's height."""
    length = float(np.linalg.norm(corners[1] - corners[0]))
    height = max(float(np.linalg.norm(corners[3] - corners[0])), 1.0)
    width = int(min(max(round(length * _HEIGHT / height), 16), _MAX_WIDTH))
    top_left, top_right, bottom_right, bottom_left = (tuple(corner) for corner in corners.tolist())
    quad = (*top_left, *bottom_left, *bottom_right, *top_right)
    if height > 1.5 * _HEIGHT:
        big = page.transform(
            (int(length), int(height)), Image.Transform.QUAD, quad, Image.Resampling.BILINEAR
        )
        return big.resize((width, _HEIGHT), Image.Resampling.BILINEAR)
    return page.transform((width, _HEIGHT), Image.Transform.QUAD, quad, Image.Resampling.BICUBIC)

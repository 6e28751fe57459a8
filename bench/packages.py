"""Sizes of what `make package` left in `out`, when it did."""

from infrastructure.contents import LIMIT, unpacked_bytes
from infrastructure.template import ROOT

BUILT = ROOT / "out"
MB = 1024 * 1024


def package_rows() -> list[tuple[str, str]]:
    """Each package, zipped and unzipped."""
    found = sorted(BUILT.glob("*.zip"))
    if not found:
        return [("packages", "not built: make package STAGE=dev OUT=out")]
    sizes = [(path.stem, path.stat().st_size / MB, unpacked_bytes(path) / MB) for path in found]
    said = [f"{name} {zipped:.1f} MB zipped, {unzipped:.1f} MB unzipped" for name, zipped, unzipped in sizes]
    return [("packages", f"{'; '.join(said)} (limit {LIMIT // MB} MB with the layer)")]

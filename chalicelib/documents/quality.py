"""Hints for a better photo, from the picture and from how the text could be read."""

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageFilter

from chalicelib.documents.sheet import Sheet
from chalicelib.documents.types import Hint


def hints(page: Image.Image, sheet: Sheet | None) -> tuple[Hint, ...]:
    """What stands between this page and a sure reading; nothing for a page of native text."""
    if sheet is not None and sheet.native:
        return ()
    grey = page.convert("L")
    if max(grey.size) > 1000:
        grey.thumbnail((1000, 1000), Image.Resampling.BOX)
    pixels = np.asarray(grey, np.float32)
    found = [
        (Hint.DARK, float(np.percentile(pixels, 75)) < 95),
        (Hint.BLURRED, _sharpness(grey) < 18),
        (Hint.CUT_OFF, sheet is not None and _touches_edge(sheet)),
        (Hint.GLARE, _glare(page)),
        (Hint.SMALL, min(page.size) < 450 or (sheet is not None and _line_height(sheet) < 11)),
    ]
    return tuple(hint for hint, true in found if true)


def _sharpness(grey: Image.Image) -> float:
    """How far the strongest edges (99.5th percentile of the high frequencies) rise above the grain, 0..255.

    Grain alone has its 99.5th percentile at 4.2 times its median: a blurred photo is not sharp for being grainy.
    """
    pixels = np.asarray(grey, np.float32)
    soft = np.asarray(grey.filter(ImageFilter.GaussianBlur(2)), np.float32)
    fine = np.abs(pixels - soft)
    return float(np.percentile(fine, 99.5) - 4.5 * np.median(fine))


def _touches_edge(sheet: Sheet) -> bool:
    """Text of some length that starts or ends at the very edge of the picture."""
    pieces = [piece for row in sheet.rows for piece in row if len(piece.text) > 3]
    cut = [piece for piece in pieces if piece.box.x < 0.004 or piece.box.x + piece.box.w > 0.996]
    return len(cut) >= 2


def _glare(page: Image.Image) -> bool:
    """A burnt-out patch inside a picture that is elsewhere no brighter than paper in a room."""
    small = np.asarray(page.resize((60, 60), Image.Resampling.BOX).convert("L"), np.float32)
    burnt = float((small > 250).mean())
    middle, bright = np.percentile(small, (50, 75))
    return 0.01 < burnt < 0.25 and float(middle) < 200 and float(bright) < 215


def _line_height(sheet: Sheet) -> float:
    heights: Sequence[float] = [piece.height for row in sheet.rows for piece in row]
    return float(np.median(heights)) if heights else 99.0

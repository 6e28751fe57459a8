"""Hints for a better photo, from the picture and from how the text could be read."""

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageFilter

from chalicelib.documents.sight.sheet import Sheet
from chalicelib.documents.types import Hint

_EDGE = 0.004


def hints(page: Image.Image, sheet: Sheet | None, *, blank: bool = False) -> tuple[Hint, ...]:
    """What stands between this page and a sure reading; nothing for a page of native text.

    On a `blank` page there is nothing that could be sharp or large.
    """
    if sheet is not None and sheet.native:
        return ()
    grey = page.convert("L")
    if max(grey.size) > 1000:
        grey.thumbnail((1000, 1000), Image.Resampling.BOX)
    pixels = np.asarray(grey, np.float32)
    found = [
        (Hint.DARK, float(np.percentile(pixels, 75)) < 95),
        (Hint.BLURRED, not blank and _sharpness(grey) < 18),
        (Hint.CUT_OFF, sheet is not None and _touches_edge(sheet)),
        (Hint.GLARE, _glare(page)),
        (Hint.SMALL, not blank and _is_small(page, sheet)),
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
    """Text at the very edge of the picture: lines that begin or end there, or one that lies along it.

    On one side many lines are cut, so two are asked for; above and below it is a single one, which has to be long.
    """
    boxes = [piece.box for row in sheet.rows for piece in row if len(piece.text) > 3]
    aside = [box for box in boxes if box.x < _EDGE or box.x + box.w > 1 - _EDGE]
    along = [[box.w for box in boxes if box.y < _EDGE], [box.w for box in boxes if box.y + box.h > 1 - _EDGE]]
    return len(aside) >= 2 or any(sum(widths) > 0.1 for widths in along)


def _glare(page: Image.Image) -> bool:
    """A burnt-out patch inside a picture that is elsewhere no brighter than paper in a room."""
    small = np.asarray(page.resize((60, 60), Image.Resampling.BOX).convert("L"), np.float32)
    burnt = float((small > 250).mean())
    middle, bright = np.percentile(small, (50, 75))
    return 0.01 < burnt < 0.25 and float(middle) < 200 and float(bright) < 215


def _is_small(page: Image.Image, sheet: Sheet | None) -> bool:
    return min(page.size) < 450 or (sheet is not None and _line_height(sheet) < 11)


def _line_height(sheet: Sheet) -> float:
    heights: Sequence[float] = [piece.height for row in sheet.rows for piece in row]
    return float(np.median(heights)) if heights else 99.0

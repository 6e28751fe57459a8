"""Pages as if their lines had been read, without a picture in sight."""

from collections.abc import Mapping

from chalicelib.documents.sight.sheet import Piece, Sheet, rows_of
from chalicelib.documents.types import Box

Line = str | tuple[tuple[float, str], ...]
"""A text at the left edge, or pieces with the place where each begins."""
_WIDTH, _LETTER, _HIGH, _APART = 1000.0, 10.0, 20.0, 40.0


def sheet(
    *lines: Line, number: int = 0, score: float = 0.99, heights: Mapping[int, float] | None = None
) -> Sheet:
    """A page of these lines, 1000 wide: letters are 10 wide, lines 20 high (`heights`: some others), 40 apart."""
    tall = _APART * (len(lines) + 1)
    pieces = [
        _piece(
            text, Box(page=number, x=left, y=_APART * (at + 1), w=_LETTER * len(text), h=high), tall, score
        )
        for at, line in enumerate(lines)
        for left, text in (((0.0, line),) if isinstance(line, str) else line)
        for high in [(heights or {}).get(at, _HIGH)]
    ]
    return Sheet(number=number, width=_WIDTH, height=tall, rows=rows_of(pieces), native=False)


def _piece(text: str, place: Box, tall: float, score: float) -> Piece:
    """`place` is in page units, its `y` that of the line's middle."""
    x, y, w, h = place.x / _WIDTH, (place.y - place.h / 2) / tall, place.w / _WIDTH, place.h / tall
    return Piece(
        text=text,
        score=score,
        left=place.x,
        right=place.x + place.w,
        middle=place.y,
        height=place.h,
        box=Box(page=place.page, x=x, y=y, w=w, h=h),
    )

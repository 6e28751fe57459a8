"""Pages as if their lines had been read, without a picture in sight."""

from chalicelib.documents.sheet import Piece, Sheet, rows_of
from chalicelib.documents.types import Box

_LETTER, _LINE = 10.0, 20.0


def sheet(*lines: str | tuple[tuple[float, str], ...], number: int = 0, score: float = 0.99) -> Sheet:
    """A page of these lines; a line is a text at the left edge, or pieces with the place where each begins.

    Letters are 10 wide and 20 high, lines 40 apart, the page is 1000 wide.
    """
    height = 40.0 * (len(lines) + 1)
    pieces = [
        _piece(text, left, 40.0 * at, height, number, score)
        for at, line in enumerate(lines, 1)
        for left, text in (((0.0, line),) if isinstance(line, str) else line)
    ]
    return Sheet(number=number, width=1000.0, height=height, rows=rows_of(pieces), native=False)


def _piece(text: str, left: float, middle: float, height: float, number: int, score: float) -> Piece:
    right = left + _LETTER * len(text)
    box = Box(page=number, x=left / 1000, y=(middle - 10) / height, w=(right - left) / 1000, h=_LINE / height)
    return Piece(text=text, score=score, left=left, right=right, middle=middle, height=_LINE, box=box)

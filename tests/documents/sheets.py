"""Pages as if they had been read: text laid out by hand on a page of 600 by 900, and a letter to lay out."""

from collections.abc import Iterable

from chalicelib.documents.papers.letters.letter import read_letter
from chalicelib.documents.sight.sheet import Piece, Sheet, rows_of
from chalicelib.documents.types import Box

_WIDE, _HIGH, _LETTER = 600, 900, 5.6
LINE = 16
LEFT, VALUE, RIGHT = 50, 200, 450
"""Where lines begin, where values do, and the middle of what the signer's corner holds."""
Line = str | tuple[tuple[float, str], ...]


def piece(
    text: str, left: float, middle: float, height: float = 10, score: float = 0.99, slope: float = 0.0
) -> Piece:
    """A line that begins at `left`; with a slope its corners tell that it runs askew, as in a stamp."""
    wide = _LETTER * len(text)
    low, high, rise = middle - height / 2, middle + height / 2, wide * slope
    corners = ((left, low), (left + wide, low + rise), (left + wide, high + rise), (left, high))
    return Piece(
        text=text,
        score=score,
        left=left,
        right=left + wide,
        middle=middle,
        height=height,
        box=Box(page=0, x=left / _WIDE, y=low / _HIGH, w=wide / _WIDE, h=height / _HIGH),
        corners=tuple((x / _WIDE, y / _HIGH) for x, y in corners),
    )


def page(lines: Iterable[Line], extra: Iterable[Piece] = ()) -> Sheet:
    """A sheet of lines from top to bottom; a line is text at the left margin, or pieces with where each begins."""
    pieces = [*extra]
    for number, line in enumerate(lines):
        parts = ((LEFT, line),) if isinstance(line, str) else line
        pieces += [piece(text, left, middle_of(number)) for left, text in parts if text]
    return Sheet(number=0, width=_WIDE, height=_HIGH, rows=rows_of(pieces), native=False)


def middle_of(number: int) -> float:
    """How far down the page the line of that number stands."""
    return 30.0 + LINE * number


def centred(text: str, middle: float = _WIDE / 2) -> Line:
    """A line set around a place."""
    return ((middle - _LETTER * len(text) / 2, text),)


def beside(label: str, value: str) -> Line:
    """A label and its value, with a gap between them."""
    return ((LEFT, label), (VALUE, value))


def block(**values: str) -> list[Line]:
    """Labels with values behind a colon; the blanks of a label are written as underscores."""
    return [beside(label.replace("_", " "), f": {value}") for label, value in values.items()]


def wrapped(text: str, letters: int = 88) -> list[Line]:
    """Running text in lines of at most so many letters."""
    lines = [""]
    for word in text.split():
        fits = len(lines[-1]) + len(word) < letters
        lines = [*lines[:-1], f"{lines[-1]} {word}".strip()] if fits else [*lines, word]
    return list(lines)


HEAD: list[Line] = [
    *map(centred, ("PEMERINTAH KABUPATEN PASURUAN", "KECAMATAN LUMBANG", "DESA WATULUMBUNG", "")),
    *map(centred, ("SURAT KETERANGAN", "Nomor : 470/17/424.319.2.06/2024", "")),
]
DAY = "Watulumbung, 3 Juni 2024"


def signed(*lines: str, day: str = DAY) -> list[Line]:
    """Day, title lines, room for the ink, and the last line as the name."""
    *titles, name = lines
    return [centred(text, RIGHT) for text in (day, *titles, "", "", "", name)]


def read(
    body: Iterable[Line],
    end: Iterable[Line] = signed("KEPALA DESA WATULUMBUNG", "Sarwo Edi"),
    head: Iterable[Line] = HEAD,
    extra: Iterable[Piece] = (),
) -> dict[str, str]:
    """What is read from a letter of these lines."""
    sheet = page([*head, *body, "", *end], extra)
    return {name: value.text for name, value in read_letter([sheet]).fields.items()}

"""PDF files: pages as pictures, and text that really shows on the page, both by pdfium."""

import ctypes
import math
from collections.abc import Iterator

import msgspec
import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from chalicelib.documents.errors import DamagedError, LockedError, TooManyPagesError
from chalicelib.documents.sight.sheet import Piece, Sheet, rows_of
from chalicelib.documents.types import Box

MAX_PAGES = 30
_DOTS = 200
_LONGEST = 2400


class PdfPage(msgspec.Struct, frozen=True, kw_only=True):
    """One page: its picture at about 200 dots an inch, its text if the page is made of text, and whether text is hidden.

    A photo is a page, too: one without text of its own.
    """

    picture: Image.Image
    sheet: Sheet | None
    hidden_text: bool


def open_pdf(data: bytes) -> pypdfium2.PdfDocument:
    """The document. Raises LockedError, DamagedError, TooManyPagesError."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise LockedError from error
        raise DamagedError from error
    if len(document) == 0:
        raise DamagedError
    if len(document) > MAX_PAGES:
        raise TooManyPagesError(limit=MAX_PAGES, pages=len(document))
    return document


def pages(document: pypdfium2.PdfDocument, limit: int) -> Iterator[PdfPage]:
    """The first `limit` pages. Raises DamagedError for a page that cannot be loaded."""
    for number in range(min(len(document), limit)):
        try:
            page = document[number]
            yield _page(page, number)
        except pypdfium2.PdfiumError as error:
            raise DamagedError from error


def _page(page: pypdfium2.PdfPage, number: int) -> PdfPage:
    width, height = page.get_size()
    if not (1 <= width <= 15_000 and 1 <= height <= 15_000):
        raise DamagedError
    picture = page.render(scale=min(_DOTS / 72, _LONGEST / max(width, height))).to_pil().convert("RGB")
    pieces = _pieces(page, number, width, height)
    seen = [piece for piece in pieces if _shows(piece, picture)]
    hidden = sum(len(piece.text) for piece in pieces) - sum(len(piece.text) for piece in seen)
    letters = sum(sum(map(str.isalnum, piece.text)) for piece in seen)
    made_of_text = letters >= 25 and _image_share(page, width * height) < 0.5
    sheet = Sheet(number=number, width=width, height=height, rows=rows_of(seen), native=True)
    return PdfPage(picture=picture, sheet=sheet if made_of_text else None, hidden_text=hidden > 12)


def _image_share(page: pypdfium2.PdfPage, area: float) -> float:
    """How much of the page its largest image covers: a scan with a text layer is judged by its picture."""
    shares = [0.0]
    for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = thing.get_bounds()
        shares.append(abs(right - left) * abs(top - bottom) / area)
    return min(max(shares), 1.0)


def _shows(piece: Piece, picture: Image.Image) -> bool:
    """Whether there is ink where the text says that it stands."""
    box = piece.box
    crop = picture.crop(
        (
            int(box.x * picture.width),
            int(box.y * picture.height),
            int((box.x + box.w) * picture.width) + 1,
            int((box.y + box.h) * picture.height) + 1,
        )
    )
    if box.w <= 0 or box.h <= 0 or 0 in crop.size:
        return False
    low, high = crop.convert("L").getextrema()
    return high - low > 40  # type: ignore[operator]


class _Run:
    """Characters of one line that stand close together."""

    def __init__(self) -> None:
        self.letters: list[str] = []
        self.boxes: list[tuple[float, float, float, float]] = []


_TURNED = 0.05
"""How far, in radians, a character may be turned against the first of the page: more is a stamp or a watermark."""


def _pieces(page: pypdfium2.PdfPage, number: int, width: float, height: float) -> list[Piece]:
    return [
        _piece(run, number, width, height)
        for run in _runs(page)
        if run.boxes and "".join(run.letters).strip()
    ]


def _runs(page: pypdfium2.PdfPage) -> Iterator[_Run]:
    """Characters in the order of the file, cut at line ends and at gaps wider than a justified blank."""
    text = page.get_textpage()
    count = pdfium.FPDFText_CountChars(text)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    run, blank = _Run(), False
    straight = _angle(text, count)
    for at in range(min(count, 60_000)):
        letter = chr(pdfium.FPDFText_GetUnicode(text, at))
        if letter.isspace() or letter in "\x00\ufffe\u00ad":
            blank = True
            continue
        if _apart_from(straight, pdfium.FPDFText_GetCharAngle(text, at)):
            continue
        if not pdfium.FPDFText_GetCharBox(text, at, left, right, bottom, top):
            continue
        box = (left.value, right.value, bottom.value, top.value)
        size = pdfium.FPDFText_GetFontSize(text, at) or 10
        if run.boxes and _apart(run.boxes, box, size):
            yield run
            run, blank = _Run(), False
        if blank and run.letters:
            run.letters.append(" ")
        run.letters.append(letter)
        run.boxes.append(box)
        blank = False
    yield run


def _angle(text: object, count: int) -> float:
    """How most of the first characters of a page are turned, in radians."""
    angles = [round(pdfium.FPDFText_GetCharAngle(text, at), 2) for at in range(min(count, 200))]
    return max(set(angles), key=angles.count, default=0.0)


def _apart_from(straight: float, angle: float) -> bool:
    """Whether a character is written across the others: round a stamp, as a watermark."""
    turn = abs(angle - straight) % (2 * math.pi)
    return min(turn, 2 * math.pi - turn) > _TURNED


def _apart(
    boxes: list[tuple[float, float, float, float]], box: tuple[float, float, float, float], size: float
) -> bool:
    last = boxes[-1]
    tall = max(size, 6.0) if size < 80 else 12.0
    gap = box[0] - last[1]
    same_line = (
        min(last[3], box[3]) - max(last[2], box[2]) > -0.35 * tall
        and abs((last[2] + last[3]) / 2 - (box[2] + box[3]) / 2) < 0.7 * tall
    )
    return not same_line or gap > 0.95 * tall or gap < -2 * tall


def _piece(run: _Run, number: int, width: float, height: float) -> Piece:
    boxes = np.array(run.boxes)
    left, right = float(boxes[:, 0].min()), float(boxes[:, 1].max())
    bottom, top = float(boxes[:, 2].min()), float(boxes[:, 3].max())
    base = float(np.median(boxes[:, 2]))
    tall = max(top - base, 1.0)
    box = Box(
        page=number,
        x=round(min(max(left / width, 0), 1), 4),
        y=round(min(max(1 - top / height, 0), 1), 4),
        w=round(max(min(right, width) - max(left, 0), 0) / width, 4),
        h=round(max(min(top, height) - max(bottom, 0), 0) / height, 4),
    )
    return Piece(
        text="".join(run.letters).strip(),
        score=1.0,
        left=left,
        right=right,
        middle=height - base - tall / 2,
        height=tall,
        box=box,
    )

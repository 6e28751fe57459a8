"""The pages of a file, whatever its type: upright picture and text."""

from collections.abc import Iterator

import msgspec
from PIL import Image

from chalicelib.documents.files.gate import PDF
from chalicelib.documents.files.pictures import open_picture
from chalicelib.documents.files.portable import PdfPage, open_pdf
from chalicelib.documents.files.portable import pages as pdf_pages
from chalicelib.documents.sight.ink import is_blank, is_empty
from chalicelib.documents.sight.recognition import Reading, Recogniser
from chalicelib.documents.sight.sheet import Sheet, sheet_of_readings
from chalicelib.documents.sight.steady import certainty, steadied

READ_PAGES = 8
RECOGNISED_PAGES = 4
_SURE_TURN = 0.8


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One page; `sheet` is None where no text was looked for (blank, or beyond the pages that are recognised).

    `picture` is what is read, `shown` what people see: the same, unless a shaken photo was laid still.
    """

    picture: Image.Image
    shown: Image.Image
    sheet: Sheet | None
    blank: bool
    hidden_text: bool = False


class OpenFile(msgspec.Struct, frozen=True):
    """A file that could be opened: how many pages it has, and the first eight as pictures, not yet read."""

    count: int
    pages: tuple[PdfPage, ...]


def opened(data: bytes, content_type: str) -> OpenFile:
    """The file's pages as pictures. Raises the faults of the parsers."""
    if content_type != PDF:
        return OpenFile(1, (PdfPage(picture=open_picture(data), sheet=None, hidden_text=False),))
    document = open_pdf(data)
    return OpenFile(len(document), tuple(pdf_pages(document, READ_PAGES)))


def pages_of(file: OpenFile, recogniser: Recogniser) -> tuple[Page, ...]:
    """The pages read. At most four are recognised; an empty one is known without, and is none of the four."""
    return tuple(_pages(file, recogniser))


def _pages(file: OpenFile, recogniser: Recogniser) -> Iterator[Page]:
    left = RECOGNISED_PAGES
    for number, page in enumerate(file.pages):
        if page.sheet is not None:
            yield _unrecognised(page, blank=False)
        elif is_empty(page.picture):
            yield _unrecognised(page, blank=True)
        elif left > 0:
            left -= 1
            yield recognised(page.picture, number, recogniser, hidden_text=page.hidden_text)
        else:
            yield _unrecognised(page, blank=is_blank(page.picture))


def _unrecognised(page: PdfPage, *, blank: bool) -> Page:
    return Page(
        picture=page.picture,
        shown=page.picture,
        sheet=page.sheet,
        blank=blank,
        hidden_text=page.hidden_text,
    )


def recognised(
    picture: Image.Image, number: int, recogniser: Recogniser, *, hidden_text: bool = False
) -> Page:
    """A picture turned upright and read; an empty one is known by its looks and by having no text."""
    picture, readings = _upright(picture, recogniser)
    shown = picture
    still = steadied(picture, readings, recogniser)
    if still is not None:
        picture, readings = still, recogniser.read(still)
    sheet = sheet_of_readings(number, picture.size, readings)
    letters = sum(
        sum(map(str.isalnum, piece.text)) for row in sheet.rows for piece in row if piece.score > 0.6
    )
    blank = letters < 12 and is_blank(shown)
    return Page(
        picture=picture, shown=shown, sheet=None if blank else sheet, blank=blank, hidden_text=hidden_text
    )


def _upright(picture: Image.Image, recogniser: Recogniser) -> tuple[Image.Image, tuple[Reading, ...]]:
    """The picture as it must be held, with its lines; one that looks turned, but not surely, is read both ways.

    Upside down lines are found as well, but nothing in them is sure.
    """
    turns, sureness = recogniser.quarter_turns(picture)
    turned = picture.transpose(_TURNS[turns]) if turns else picture
    if turns and sureness <= _SURE_TURN:
        ways = [(way, recogniser.read(way)) for way in (picture, turned)]
        return max(ways, key=lambda way: certainty(way[1]) if way[1] else 0.0)
    return turned, recogniser.read(turned)


_TURNS = {1: Image.Transpose.ROTATE_90, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_270}

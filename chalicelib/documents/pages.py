"""The pages of a file, whatever its type: upright picture and text."""

from collections.abc import Iterator

import msgspec
from PIL import Image

from chalicelib.documents.gate import PDF
from chalicelib.documents.ink import is_blank
from chalicelib.documents.pictures import open_picture
from chalicelib.documents.portable import open_pdf
from chalicelib.documents.portable import pages as pdf_pages
from chalicelib.documents.recognition import Reading, Recogniser
from chalicelib.documents.sheet import Sheet, sheet_of_readings
from chalicelib.documents.steady import certainty, steadied

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


def pages_of(data: bytes, content_type: str, recogniser: Recogniser) -> tuple[int, tuple[Page, ...]]:
    """How many pages the file has, and the first eight of them read. Raises the faults of the parsers."""
    if content_type != PDF:
        return 1, (recognised(open_picture(data), 0, recogniser),)
    document = open_pdf(data)
    return len(document), tuple(_pdf_pages(document, recogniser))


def _pdf_pages(document: object, recogniser: Recogniser) -> Iterator[Page]:
    left = RECOGNISED_PAGES
    for number, page in enumerate(pdf_pages(document, READ_PAGES)):
        if page.sheet is not None:
            yield Page(
                picture=page.picture,
                shown=page.picture,
                sheet=page.sheet,
                blank=False,
                hidden_text=page.hidden_text,
            )
        elif left > 0:
            read = recognised(page.picture, number, recogniser, hidden_text=page.hidden_text)
            left -= not read.blank
            yield read
        else:
            yield Page(
                picture=page.picture,
                shown=page.picture,
                sheet=None,
                blank=is_blank(page.picture),
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

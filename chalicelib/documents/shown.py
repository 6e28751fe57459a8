"""A PDF's own text is believed only where the page shows the same: what is judged is what officers see (P7)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from PIL import Image

from chalicelib.documents.files.pages import Page, recognised
from chalicelib.documents.sight.recognition import Recogniser
from chalicelib.documents.sight.sheet import Piece, within
from chalicelib.documents.types import Box, Value
from chalicelib.documents.words.alike import likeness, plain

_DECISIVE = frozenset(
    {
        "national_id",
        "leader_national_id",
        "full_name",
        "leader_name",
        "group_name",
        "letter_number",
        "letter_date",
        "certificate_number",
    }
)
_HEADS = 3
_ALIKE = 0.85
_LETTERS = 4
_SQUEEZED = 0.7
"""How wide letters are for a quick look: the reader's time goes with the width. At 0.62 it misses one line in 69."""


def contradicted(pages: Iterable[Page], fields: Mapping[str, Value], recogniser: Recogniser) -> list[Page]:
    """Pages whose own text says otherwise than their picture, in a title or where a decisive value stands."""
    boxes = [value.box for name, value in fields.items() if name in _DECISIVE and value.box]
    return [page for page in pages if any(_differs(page, piece, recogniser) for piece in _told(page, boxes))]


def read_anew(pages: Sequence[Page], doubted: list[Page], recogniser: Recogniser) -> tuple[Page, ...]:
    """All pages of a file with the doubted ones read from their pictures, and marked as holding hidden text."""
    numbers = {page.sheet.number for page in doubted if page.sheet}
    return tuple(
        recognised(page.shown, number, recogniser, hidden_text=True) if number in numbers else page
        for number, page in enumerate(pages)
    )


def _told(page: Page, boxes: Iterable[Box]) -> Iterator[Piece]:
    """The pieces of native text that decide: the first lines, and those where decisive values stand."""
    if page.sheet is None or not page.sheet.native:
        return
    pieces = [piece for row in page.sheet.rows for piece in row if len(plain(piece.text)) >= _LETTERS]
    yield from pieces[:_HEADS]
    yield from (piece for piece in pieces[_HEADS:] if any(within(piece.box, box) for box in boxes))


def _differs(page: Page, piece: Piece, recogniser: Recogniser) -> bool:
    """Whether neither a quick look, at letters squeezed a little, nor a careful one finds the text on the page."""
    line = _cut(page.picture, piece.box)
    narrow = line.resize((max(round(_SQUEEZED * line.width), 1), line.height), Image.Resampling.BILINEAR)
    return not (
        _says(recogniser.read_line(narrow, careful=False), piece.text)
        or _says(recogniser.read_line(line), piece.text)
    )


def _says(shown: str, text: str) -> bool:
    """Words may be read a little badly; figures must agree, each of them."""
    return _figures(shown) == _figures(text) and likeness(shown, text) >= _ALIKE


def _figures(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def _cut(picture: Image.Image, box: Box) -> Image.Image:
    """The line on the page with a little of the paper around it."""
    edge = 0.25 * box.h * picture.height
    return picture.crop(
        (
            max(round(box.x * picture.width - edge), 0),
            max(round(box.y * picture.height - edge), 0),
            min(round((box.x + box.w) * picture.width + edge) + 1, picture.width),
            min(round((box.y + box.h) * picture.height + edge) + 1, picture.height),
        )
    )

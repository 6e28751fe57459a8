"""A second, careful reading where it counts: the lines that hold a value and were not read surely the first time.

Reading is nearly all that an inspection costs, and most lines of a paper are labels and phrases that any reader
gets right. When something is missing that such a paper always says, every unsure line is read again.
"""

from collections.abc import Iterator, Sequence

import msgspec
import numpy as np

from chalicelib.documents.pages import Page
from chalicelib.documents.reading import Extract
from chalicelib.documents.recognition import Reading, Recogniser
from chalicelib.documents.sheet import Piece, Sheet
from chalicelib.documents.types import Box, Kind

_GROUP = {"group_name", "leader_name"}
_ALWAYS: dict[Kind, set[str]] = {
    Kind.KTP: {"national_id", "full_name", "birth_place", "birth_date", "gender", "address", "rt_rw"}
    | {"village", "district", "religion", "marital_status", "occupation", "nationality", "valid_until"},
    Kind.VILLAGE_LETTER: _GROUP | {"leader_national_id", "letter_number", "letter_date", "head_name"},
    Kind.BOARD_ROSTER: _GROUP | {"roster_date", "art_type"},
    Kind.OLD_CERTIFICATE: _GROUP | {"certificate_number", "valid_until", "issue_date"},
}


def read_closer(
    pages: Sequence[Page], kind: Kind, extract: Extract, recogniser: Recogniser
) -> tuple[Page, ...]:
    """The pages with the lines that count read again."""
    whole = kind in _ALWAYS and _ALWAYS[kind] <= set(extract.fields)
    boxes = list(_boxes(extract)) if whole else None
    return tuple(_closer(page, boxes, recogniser) for page in pages)


def _boxes(extract: Extract) -> Iterator[Box]:
    values = [*extract.fields.values()]
    values += [value for officer in extract.officers for value in (officer.position, officer.name)]
    return (value.box for value in values if value.box)


def _closer(page: Page, boxes: Sequence[Box] | None, recogniser: Recogniser) -> Page:
    if page.sheet is None or page.sheet.native:
        return page
    doubted = [
        piece
        for row in page.sheet.rows
        for piece in row
        if not piece.sure and (boxes is None or _open(piece) or any(within(piece.box, box) for box in boxes))
    ]
    corners = [np.array(piece.corners) * page.picture.size for piece in doubted]
    readings = recogniser.read_again(page.picture, corners)
    again = {id(piece): _told(piece, reading) for piece, reading in zip(doubted, readings, strict=True)}
    rows = tuple(tuple(again.get(id(piece), piece) for piece in row) for row in page.sheet.rows)
    return msgspec.structs.replace(page, sheet=_without_empty(page.sheet, rows))


def _open(piece: Piece) -> bool:
    """A label whose value was not seen: a single letter after a colon is easily overlooked."""
    return piece.text.rstrip().endswith(":")


def within(inner: Box, outer: Box) -> bool:
    """Whether the middle of a place lies in another one, on the same page."""
    across, along = inner.x + inner.w / 2 - outer.x, inner.y + inner.h / 2 - outer.y
    return inner.page == outer.page and 0 <= across <= outer.w and 0 <= along <= outer.h


def _told(piece: Piece, reading: Reading) -> Piece:
    return msgspec.structs.replace(
        piece,
        text=reading.text.strip(),
        score=reading.score,
        sure=True,
        places=reading.places,
        digits=reading.digits,
    )


def _without_empty(sheet: Sheet, rows: Sequence[Sequence[Piece]]) -> Sheet:
    kept = (tuple(piece for piece in row if piece.text) for row in rows)
    return msgspec.structs.replace(sheet, rows=tuple(row for row in kept if row))

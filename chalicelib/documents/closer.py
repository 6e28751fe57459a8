"""A second, careful reading where it counts: the words of a value that were not read surely the first time.

Reading is nearly all that an inspection costs, and most of a paper is labels and phrases that any reader
gets right. When something is missing that such a paper always says, every doubtful word is read again.
"""

from collections.abc import Iterator, Sequence
from functools import cache

import msgspec
import numpy as np

from chalicelib.documents.files.pages import Page
from chalicelib.documents.papers.cards import LIFELONG
from chalicelib.documents.papers.reading import Extract
from chalicelib.documents.sight.doubt import doubtful, put_back
from chalicelib.documents.sight.recognition import Recogniser, is_open
from chalicelib.documents.sight.sheet import Piece, Sheet, within
from chalicelib.documents.types import Box, Kind, Value
from chalicelib.documents.words.alike import plain
from chalicelib.documents.words.positions import is_known
from chalicelib.documents.words.vocabulary import places

_GROUP = {"group_name", "leader_name"}
_ALWAYS: dict[Kind, set[str]] = {
    Kind.KTP: {"national_id", "full_name", "birth_place", "birth_date", "gender", "address", "rt_rw"}
    | {"village", "district", "religion", "marital_status", "occupation", "nationality", "valid_until"},
    Kind.VILLAGE_LETTER: _GROUP | {"leader_national_id", "letter_number", "letter_date", "head_title"},
    Kind.BOARD_ROSTER: _GROUP | {"roster_date", "art_type"},
    Kind.OLD_CERTIFICATE: _GROUP | {"certificate_number", "valid_until", "issue_date"},
}
_CHOSEN = frozenset(
    {"gender", "religion", "marital_status", "nationality", "occupation", "head_title", "province"}
)
_PLACES = frozenset({"village", "district", "regency"})
_WORDS = _PLACES | {"address", "group_address", "art_type", "birth_place", "position"}
_STRICT, _LENIENT = 0.95, 0.85
"""Certainty of a character below which its word is read again: in names and numbers, and in words of a known stock.

Measured against the careful reader (docs/adr/0003): of lines whose every character was above the first, two in a
hundred differed, mostly by a blank; above the second, four.
"""


def read_closer(
    pages: Sequence[Page], kind: Kind, extract: Extract, recogniser: Recogniser
) -> tuple[Page, ...]:
    """The pages with the words that count read again."""
    whole = kind in _ALWAYS and _ALWAYS[kind] <= set(extract.fields)
    needed = list(_needed(extract)) if whole else None
    return tuple(_closer(page, needed, recogniser) for page in pages)


def _needed(extract: Extract) -> Iterator[tuple[Box, float]]:
    """Where values stand, and how certain their characters must be. A word of a short list is one already."""
    values = [(name, value) for name, value in extract.fields.items() if not _settled(name, value)]
    positions = (("position", officer.position) for officer in extract.officers)
    values += [pair for pair in positions if not _settled(*pair)]
    values += [("name", officer.name) for officer in extract.officers]
    for name, value in values:
        if value.box:
            yield value.box, _LENIENT if name in _WORDS else _STRICT


def _settled(name: str, value: Value) -> bool:
    """Whether a better reader could hardly say anything else: a choice, or exactly a place of ours, or a position."""
    return (
        name in _CHOSEN
        or value.text == LIFELONG
        or (name in _PLACES and plain(value.text) in _our_places())
        or (name == "position" and is_known(value.text, 0.0))
    )


@cache
def _our_places() -> frozenset[str]:
    known = places()
    villages = (village for names in known.villages.values() for village in names)
    return frozenset(map(plain, (known.regency, *known.districts, *villages)))


def _closer(page: Page, needed: Sequence[tuple[Box, float]] | None, recogniser: Recogniser) -> Page:
    if page.sheet is None or page.sheet.native:
        return page
    doubts = [
        (piece, spans)
        for row in page.sheet.rows
        for piece in row
        if (spans := doubtful(piece, _least(piece, needed)))
    ]
    doubts.sort(key=lambda doubt: -_figures(doubt[0]))
    corners = [
        span.corners_in(np.array(piece.corners) * page.picture.size)
        for piece, spans in doubts
        for span in spans
    ]
    readings = iter(recogniser.read_again(page.picture, corners))
    again = {id(piece): put_back(piece, spans, [next(readings) for _ in spans]) for piece, spans in doubts}
    rows = tuple(tuple(again.get(id(piece), piece) for piece in row) for row in page.sheet.rows)
    return msgspec.structs.replace(page, sheet=_without_empty(page.sheet, rows))


def _figures(piece: Piece) -> int:
    """Numbers are read first: they decide most, and a wrong one looks like a right one should the reader tire."""
    return sum(map(str.isdigit, piece.text))


def _least(piece: Piece, needed: Sequence[tuple[Box, float]] | None) -> float:
    """How certain the characters of this piece must be; 0 when nobody needs them."""
    if needed is None or is_open(piece.text):
        return _STRICT
    return max((least for box, least in needed if within(piece.box, box)), default=0.0)


def _without_empty(sheet: Sheet, rows: Sequence[Sequence[Piece]]) -> Sheet:
    kept = (tuple(piece for piece in row if piece.text) for row in rows)
    return msgspec.structs.replace(sheet, rows=tuple(row for row in kept if row))

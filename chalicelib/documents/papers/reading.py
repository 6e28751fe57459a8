"""A document as its readers see it: the pages that say something, and small steps that several readers share."""

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from chalicelib.documents.papers.labels import Labelled
from chalicelib.documents.sight.sheet import Piece, Row, Sheet, around
from chalicelib.documents.types import Officer, Value

_QUOTES = "\"'“”‘’`´"


class Extract(msgspec.Struct, frozen=True):
    """What one reader found."""

    fields: dict[str, Value]
    officers: tuple[Officer, ...] = ()


def value_of(row: Sequence[Piece], text: str | None = None) -> Value:
    """The text of some pieces, with their mean certainty and the box around them."""
    said = " ".join(piece.text for piece in row) if text is None else text
    return Value(text=said.strip(), confidence=round(min(piece.score for piece in row), 4), box=around(row))


def pieces_at(row: Row, start: int, end: int) -> Row:
    """Of a row, the pieces in which the letters from `start` to before `end` of its text stand; all beyond its end."""
    found, at = [], 0
    for piece in row:
        if at < end and start < at + len(piece.text):
            found.append(piece)
        at += len(piece.text) + 1
    return tuple(found) or row


def retold(value: Value, text: str, factor: float = 1.0) -> Value:
    """The same place with another text; `factor` lowers or keeps the confidence."""
    return Value(text=text, confidence=round(min(value.confidence * factor, 1.0), 4), box=value.box)


def all_rows(sheets: Sequence[Sheet]) -> list[Row]:
    """The rows of all pages in order."""
    return [row for sheet in sheets for row in sheet.rows]


def row_text(row: Row) -> str:
    """A row as one string."""
    return " ".join(piece.text for piece in row)


def first(found: Iterable[Labelled], field: str) -> Labelled | None:
    """The first label of a field."""
    return next((label for label in found if label.field == field), None)


def unquoted(text: str) -> str:
    """Without quotation marks around."""
    return text.strip().strip(_QUOTES + " ").strip()


_STREET = re.compile(
    r"(?:(?<=^)|(?<=[\s,;(]))(?:[JI1l|][Il1|L]?|L)\s?\.\s?(?=[A-Z])|^[JI][Il1|][n]?\s(?=[A-Z])"
)
_HAMLET = re.compile(r"^(?:Dan|Dun|Dsm|Don|Dns)\s?\.\s?(?=[A-Z])")


def address_of(text: str) -> str:
    """An address with its usual first words put right where they were misread: Jl., Dsn., Kec."""
    text = _HAMLET.sub("Dsn. ", _STREET.sub("Jl. ", text.strip(" ;,"), count=1))
    return re.sub(r"\bKe[ce]\.?\s?(?=[A-Z])|\bKe\.\s?(?=[A-Z])", "Kec. ", text)


def with_addresses(fields: Mapping[str, Value]) -> dict[str, Value]:
    """The fields with their addresses put right."""
    names = [name for name in ("address", "group_address") if name in fields]
    return {**fields, **{name: retold(fields[name], address_of(fields[name].text)) for name in names}}

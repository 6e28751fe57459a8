"""Which office wrote a letter: village and sub-district in its head, else in its first sentence."""

import re
from collections.abc import Sequence

from chalicelib.documents.papers.reading import pieces_at, row_text, value_of
from chalicelib.documents.sight.sheet import Row
from chalicelib.documents.types import Value
from chalicelib.documents.words.lexicon import cleaned
from chalicelib.documents.words.vocabulary import nearest, places

_HEAD_ROWS = 9
_PLACE = r"\s*:?\s*([A-Z][A-Z' .-]*?)\s*[-,–;|]*\s*(?=\b(?:KECAMATAN|KEC|KABUPATEN|KAB|DESA|KELURAHAN|PROVINSI)\b|$)"
_HEADS = (
    ("village", re.compile(r"\b(?:KEPALA\s+DESA|DESA|KELURAHAN|LURAH)\b" + _PLACE)),
    ("district", re.compile(r"\b(?:KECAMATAN|KEC\.|KEC\b)" + _PLACE)),
)
_IN_TEXT = (
    (
        "village",
        re.compile(r"(?:Kepala\s*Desa|Lurah|Kelurahan|Desa)\s+([A-Za-z' -]+?)\s*,?\s*\(?Kec", re.IGNORECASE),
    ),
    ("district", re.compile(r"Kec(?:amatan|\.)\s*([A-Za-z' -]+?)\s*,?\s*\)?\s*Kab", re.IGNORECASE)),
)


def office_of(rows: Sequence[Row]) -> dict[str, Value]:
    """Village and sub-district of the office in the letter head; else of `Kepala Desa X, Kecamatan Y` in the text."""
    fields: dict[str, Value] = {}
    for row in rows[:_HEAD_ROWS]:
        text = row_text(row).upper().rstrip(" .,:;-")
        for field, pattern in _HEADS:
            match = pattern.search(text)
            name = _place(field, match[1]) if match else ""
            if match and name and field not in fields:
                fields[field] = value_of(pieces_at(row, *match.span(1)), name)
    return fields if len(fields) == len(_HEADS) else _in_text(rows) | fields


def _in_text(rows: Sequence[Row]) -> dict[str, Value]:
    fields: dict[str, Value] = {}
    for at, row in enumerate(rows):
        both = row + rows[at + 1] if at + 1 < len(rows) else row
        text = row_text(both)
        for field, pattern in _IN_TEXT:
            match = pattern.search(text)
            if match and field not in fields:
                place = pieces_at(both, *match.span(1))
                fields[field] = value_of(place, _place(field, match[1].upper()))
    return fields


def _place(field: str, name: str) -> str:
    bare = cleaned(name).strip(" .,-")
    known = nearest(bare, places().districts, 0.2) if field == "district" else None
    if (
        field == "district" and known is None
    ):  # a sentence goes on behind it: `Kecamatan Kraton memberikan ...`
        known = next((one for one in places().districts if bare.startswith(f"{one.upper()} ")), None)
    return known.upper() if known else bare

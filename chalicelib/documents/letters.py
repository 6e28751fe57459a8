"""The fields of a village head's letter (Surat Keterangan Kepala Desa/Lurah)."""

import re
from collections.abc import Sequence

from chalicelib.documents.labels import Labelled, Lexicon, cleaned, labelled
from chalicelib.documents.national_id import find_number, well_formed
from chalicelib.documents.prose import from_prose
from chalicelib.documents.reading import Extract, all_rows, pieces_at, retold, row_text, unquoted, value_of
from chalicelib.documents.sheet import Row, Sheet
from chalicelib.documents.signer import SecondReading, signer_of
from chalicelib.documents.types import Value
from chalicelib.documents.vocabulary import nearest, places, vocabulary

_LONG = frozenset({"leader_name", "group_name", "group_address", "address"})
_STATES = re.compile(r"menerangkan|menyatakan\s+bahwa|memberikan\s+keterangan", re.IGNORECASE)
_VILLAGE = re.compile(r"\b(?:KEPALA\s+DESA|DESA|KELURAHAN|LURAH)\s+([A-Z][A-Z' .-]+)$")
_DISTRICT = re.compile(r"\bKECAMATAN\s+([A-Z][A-Z' .-]+)$")
_NUMBER = re.compile(r"[A-Z0-9]+(?:\s?[./-]\s?[A-Z0-9]+){2,}|[0-9]{2,}\s?/\s?[0-9]+", re.IGNORECASE)


def read_letter(sheets: Sequence[Sheet], again: SecondReading | None = None) -> Extract:
    """All printed fields of the letter; `again` is the signer's corner without coloured ink."""
    found = labelled(sheets, Lexicon(vocabulary().village_letter.labels), _LONG)
    rows = all_rows(sheets)
    start = next((at for at, row in enumerate(rows) if _STATES.search(row_text(row))), 0)
    fields = (
        _office(rows) | _number(found, rows) | _leader(found, sheets, start) | _group(found, sheets, start)
    )
    for field, value in from_prose(rows, start).items():
        fields.setdefault(field, value)
    number = _national_id(found, rows)
    if number:
        fields["leader_national_id"] = number
    return Extract(fields | signer_of(rows, again, fields))


def _office(rows: Sequence[Row]) -> dict[str, Value]:
    """Village and sub-district of the office in the letter head; else of `Kepala Desa X, Kecamatan Y` in the text."""
    fields: dict[str, Value] = {}
    for row in rows[:9]:
        text = row_text(row).upper().rstrip(" .,:;-")
        for field, pattern in (("village", _VILLAGE), ("district", _DISTRICT)):
            match = pattern.search(text)
            if match and field not in fields and "KABUPATEN" not in text:
                fields[field] = value_of(pieces_at(row, *match.span()), _place(field, match[1]))
    if len(fields) < 2:
        fields = _office_in_text(rows) | fields
    return fields


def _office_in_text(rows: Sequence[Row]) -> dict[str, Value]:
    fields: dict[str, Value] = {}
    for at, row in enumerate(rows):
        both = row + rows[at + 1] if at + 1 < len(rows) else row
        text = row_text(both)
        village = re.search(
            r"(?:Kepala\s*Desa|Lurah|Kelurahan|Desa)\s+([A-Za-z' -]+?)\s*,?\s*Kec", text, re.IGNORECASE
        )
        district = re.search(r"Kec(?:amatan|\.)\s*([A-Za-z' -]+?)\s*,?\s*Kab", text, re.IGNORECASE)
        if village and "village" not in fields:
            fields["village"] = value_of(pieces_at(both, *village.span(1)), village[1].upper())
        if district and "district" not in fields:
            place = pieces_at(both, *district.span(1))
            fields["district"] = value_of(place, _place("district", district[1].upper()))
    return fields


def _place(field: str, name: str) -> str:
    bare = cleaned(name).strip(" .,-")
    known = nearest(bare, places().districts, 0.2) if field == "district" else None
    return known.upper() if known else bare


def _number(found: Sequence[Labelled], rows: Sequence[Row]) -> dict[str, Value]:
    for label in found:
        match = _NUMBER.search(label.value.text) if label.field == "letter_number" else None
        if match:
            return {"letter_number": retold(label.value, re.sub(r"\s*([./-])\s*", r"\1", match[0]))}
    for row in rows[:12]:
        match = re.search(r"(?:Nomor|No)\W*(" + _NUMBER.pattern + ")", row_text(row), re.IGNORECASE)
        if match:
            return {"letter_number": value_of(row, re.sub(r"\s*([./-])\s*", r"\1", match[1]))}
    return {}


def _flat(found: Sequence[Labelled], sheets: Sequence[Sheet]) -> list[tuple[int, Labelled]]:
    """Labels with their row number over all pages."""
    offsets = [sum(len(sheet.rows) for sheet in sheets[:at]) for at in range(len(sheets))]
    return [(offsets[label.sheet] + label.row, label) for label in found]


def _leader(found: Sequence[Labelled], sheets: Sequence[Sheet], start: int) -> dict[str, Value]:
    """The name of the person after the sentence that states; before it stands the village head's own."""
    for field in ("leader_name", "leader"):
        for at, label in _flat(found, sheets):
            if label.field == field and at >= start and not is_number(label.value.text):
                return {"leader_name": retold(label.value, unquoted(label.value.text))}
    return {}


def is_number(text: str) -> bool:
    """More figures than letters: no name."""
    return sum(map(str.isdigit, text)) > sum(map(str.isalpha, text))


def _group(found: Sequence[Labelled], sheets: Sequence[Sheet], start: int) -> dict[str, Value]:
    """Name, art and address of the group; a second plain `Alamat` below the group's name is the group's."""
    fields: dict[str, Value] = {}
    group_row = None
    for at, label in _flat(found, sheets):
        if at < start:
            continue
        if label.field in ("group_name", "art_type", "group_address") and label.field not in fields:
            fields[label.field] = retold(label.value, unquoted(label.value.text))
            group_row = at if label.field == "group_name" else group_row
        elif label.field == "address" and group_row is not None and "group_address" not in fields:
            fields["group_address"] = label.value
    return fields


def _national_id(found: Sequence[Labelled], rows: Sequence[Row]) -> Value | None:
    for label in found:
        number = find_number(label.value.text, label.digits) if label.field == "leader_national_id" else None
        if number:
            return retold(label.value, number, 1.0 if well_formed(number) else 0.6)
    for row in rows:
        for piece in row:
            number = find_number(piece.text, piece.digits)
            if number and well_formed(number):
                return value_of((piece,), number)
    return None

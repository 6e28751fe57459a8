"""The fields of a village head's letter (Surat Keterangan Kepala Desa/Lurah)."""

import re
from collections.abc import Iterable, Sequence

from msgspec import structs

from chalicelib.documents.papers.labels import Labelled, labelled
from chalicelib.documents.papers.letters.day import closing_row
from chalicelib.documents.papers.letters.office import office_of
from chalicelib.documents.papers.letters.prose import from_prose
from chalicelib.documents.papers.letters.signer import SecondReading, signer_of, signing_spot
from chalicelib.documents.papers.letters.spellings import letter_lexicon
from chalicelib.documents.papers.letters.subjects import Label, people_and_groups
from chalicelib.documents.papers.passages import passages
from chalicelib.documents.papers.reading import Extract, all_rows, retold, row_text, value_of
from chalicelib.documents.sight.sheet import Row, Sheet, around
from chalicelib.documents.types import Box, Value
from chalicelib.documents.words.alike import plain
from chalicelib.documents.words.lexicon import Lexicon
from chalicelib.documents.words.national_id import find_number, well_formed

_LONG = frozenset({"leader_name", "leader", "group_name", "group_address", "address", "home_address"})
_STATES = re.compile("ENERANGKAN|MENYATAKANBAHWA|MENYATAKANDENGAN|MEMBERI(?:KAN)?KETERANGAN")
_NUMBER = re.compile(r"[A-Z0-9]+(?:\s?[./-]\s?[A-Z0-9]+){2,}|[0-9]{2,}\s?/\s?[0-9]+", re.IGNORECASE)
_SENTENCE = re.compile(
    r"\b(?:adalah|bertempat|beralamat|berdomisili|bernama|lahir\s+di|pekerjaan|yang|bahwa|tersebut|menerangkan|benar)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"[a-z]{3}[^:]*$")
_UNFINISHED = re.compile(
    r"(?:\b(?:Kec|Kab|Ds|Desa|Dsn|Dusun|Kel|Kelurahan|Kecamatan|Kabupaten|RT|RW|No|Jl|Jalan|Gg|Blok)\.?|[,/-])$",
    re.IGNORECASE,
)


def read_letter(sheets: Sequence[Sheet], again: SecondReading | None = None) -> Extract:
    """All printed fields of the letter; `again` is the signer's corner without coloured ink."""
    lexicon = letter_lexicon()
    found = [label for label in labelled(sheets, lexicon, _LONG) if not _in_sentence(label, sheets)]
    rows = all_rows(sheets)
    start = next((at for at, row in enumerate(rows) if _STATES.search(plain(row_text(row)))), 0)
    labels = [_whole(label, rows, lexicon) for label in _numbered(found, sheets, rows)]
    fields = office_of(rows) | _number(found, rows)
    fields |= people_and_groups([label for label in labels if label.row >= start], rows)
    taken = frozenset(row for label in labels for row in range(label.row, label.last + 1))
    spot = signing_spot(rows)
    end = max(closing_row(rows, spot.row if spot else None), start + 1)
    for field, value in from_prose(passages(rows[start:end], frozenset(at - start for at in taken))).items():
        fields.setdefault(field, value)
    number = _national_id(found, rows)
    if number:
        fields["leader_national_id"] = number
    return Extract(fields | signer_of(rows, again, fields))


def _in_sentence(label: Labelled, sheets: Sequence[Sheet]) -> bool:
    """Whether what looks like a label is the beginning of a line of running text: `NIK 3514..., lahir di`."""
    line = row_text(sheets[label.sheet].rows[label.row])
    return bool(_SENTENCE.search(label.value.text)) or bool(_GOES_ON.match(line))


def _numbered(found: Iterable[Labelled], sheets: Sequence[Sheet], rows: Sequence[Row]) -> list[Label]:
    """Labels with the rows of the whole letter that they and their values take."""
    offsets = [sum(len(sheet.rows) for sheet in sheets[:at]) for at in range(len(sheets))]
    labels = []
    for label in found:
        row = last = offsets[label.sheet] + label.row
        while last + 1 < len(rows) and row_text(rows[last + 1]).strip(" :;_|") in label.value.text:
            last += 1
        labels.append(Label(row=row, last=last, field=label.field, value=label.value))
    return labels


def _whole(label: Label, rows: Sequence[Row], lexicon: Lexicon) -> Label:
    """An address that ends with `Kec.` or a comma goes on in the row below, wherever that begins."""
    at = label.last + 1
    if not label.field.endswith("address") or at >= len(rows) or not _UNFINISHED.search(label.value.text):
        return label
    row, box = rows[at], label.value.box
    said = row_text(row)
    if box is None or row[0].box.page != box.page or lexicon.split(said) or ":" in said or len(said) > 60:
        return label
    value = Value(
        text=f"{label.value.text} {said}",
        confidence=min(label.value.confidence, value_of(row).confidence),
        box=_around(box, around(row)),
    )
    return structs.replace(label, last=at, value=value)


def _around(one: Box, other: Box) -> Box:
    x, y = min(one.x, other.x), min(one.y, other.y)
    right, bottom = max(one.x + one.w, other.x + other.w), max(one.y + one.h, other.y + other.h)
    return Box(page=one.page, x=x, y=y, w=round(right - x, 4), h=round(bottom - y, 4))


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

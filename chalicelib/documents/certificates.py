"""The fields of an old Nomor Induk Kesenian (certificate or card)."""

import datetime as dt
import re
from collections.abc import Sequence

from chalicelib.documents.dates import dates_in, first_date
from chalicelib.documents.labels import Labelled, Lexicon, labelled
from chalicelib.documents.reading import Extract, all_rows, first, retold, row_text, unquoted, value_of
from chalicelib.documents.sheet import Row, Sheet
from chalicelib.documents.types import Value
from chalicelib.documents.vocabulary import vocabulary

_LONG = frozenset({"group_name", "group_address", "leader_name"})
_NUMBER = re.compile(r"(?=[A-Z0-9./\- ]*[0-9])[A-Z0-9]+(?:\s?[./-]\s?[A-Z0-9]+)+", re.IGNORECASE)


def read_certificate(sheets: Sequence[Sheet]) -> Extract:
    """Number, group, art, leader, address, day of issue and end of validity."""
    found = labelled(sheets, Lexicon(vocabulary().old_certificate.labels), _LONG)
    rows = all_rows(sheets)
    fields: dict[str, Value] = {}
    for field in ("group_name", "art_type", "leader_name", "group_address"):
        label = first(found, field)
        if label:
            fields[field] = retold(label.value, unquoted(label.value.text))
    number = _number(found, rows)
    if number:
        fields["certificate_number"] = number
    return Extract(fields | _term(found, rows))


def _number(found: Sequence[Labelled], rows: Sequence[Row]) -> Value | None:
    for label in found:
        match = _NUMBER.search(label.value.text) if label.field == "certificate_number" else None
        if match:
            return retold(label.value, _tight(match[0]))
    for row in rows:
        text = row_text(row)
        match = re.search(r"[A-Z0-9.]*(?:NIK|KES)[-/.][A-Z0-9./-]*[0-9]", text)
        if match:
            return value_of(row, _tight(match[0]))
    return None


def _tight(number: str) -> str:
    return re.sub(r"\s*([./-])\s*", r"\1", number).strip()


def _term(found: Sequence[Labelled], rows: Sequence[Row]) -> dict[str, Value]:
    """`Masa Berlaku: A s/d B` gives both days; else the end beside its label and the day above the signature."""
    fields: dict[str, Value] = {}
    until = first(found, "valid_until")
    spelled = list(dates_in(until.value.text)) if until else []
    if until and spelled:
        fields["valid_until"] = retold(until.value, max(spelled).isoformat())
    issued = _issued(found, rows, max(spelled) if spelled else None)
    if issued:
        fields["issue_date"] = issued
    elif until and len(spelled) > 1:
        fields["issue_date"] = retold(until.value, min(spelled).isoformat(), 0.9)
    if "valid_until" not in fields and "issue_date" in fields:
        fields |= _until_by_years(until, first_date(fields["issue_date"].text))
    return fields


def _issued(found: Sequence[Labelled], rows: Sequence[Row], until: dt.date | None) -> Value | None:
    """The last date of the paper that is not the end of validity nor on the line of the validity."""
    taken = {label.value.box for label in found if label.field in ("valid_until", "founded")}
    for row in reversed(rows):
        if any(piece.box in taken for piece in row) or re.search(
            r"berlaku|s/d|NIP|berdiri", row_text(row), re.IGNORECASE
        ):
            continue
        date = first_date(row_text(row))
        if date and date != until:
            return value_of(row, date.isoformat())
    return None


def _until_by_years(label: Labelled | None, issued: dt.date | None) -> dict[str, Value]:
    """`Masa Berlaku: 3 (tiga) tahun`."""
    match = (
        re.search(r"([1-9])\s*(?:\([a-z]+\))?\s*tahun", label.value.text, re.IGNORECASE) if label else None
    )
    if label is None or match is None or issued is None:
        return {}
    day = min(issued.day, 28) if issued.month == 2 else issued.day
    return {
        "valid_until": retold(
            label.value, issued.replace(year=issued.year + int(match[1]), day=day).isoformat(), 0.9
        )
    }

"""The fields of a board roster (Susunan Pengurus), its officers in `boards`."""

import re
from collections.abc import Sequence

from chalicelib.documents.alike import likeness
from chalicelib.documents.boards import leader_among, officers_of
from chalicelib.documents.dates import first_date
from chalicelib.documents.labels import Lexicon, labelled
from chalicelib.documents.reading import Extract, all_rows, retold, row_text, unquoted, value_of
from chalicelib.documents.sheet import Row, Sheet
from chalicelib.documents.tables import Table
from chalicelib.documents.types import Value
from chalicelib.documents.vocabulary import vocabulary

_TITLE = re.compile(
    r"SUSUNAN|PENGURUS|STRUKTUR|ORGANISASI|DAFTAR|PERIODE|MASA\s*BAKTI|TAHUN|KELOMPOK\s+KESENIAN$|PEMERINTAH|KABUPATEN\s+PASURUAN|LAMPIRAN",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\b(?:Jl|Jln|Jalan|Dsn|Dusun|Ds|Desa|Kel|Kec|Kp|Kampung|RT|Kelurahan|Gg|Perum|Alamat|Sekretariat)\b",
    re.IGNORECASE,
)
_ART = re.compile(
    r"^\W*(?:JENIS|BIDANG|KELOMPOK|GRUP|BENTUK|CABANG)?\s*(?:KESENIAN|SENI)\s*:?\s*(.+)$", re.IGNORECASE
)


def read_roster(sheets: Sequence[Sheet], tables: Sequence[Table] = ()) -> Extract:
    """Group, art, address, date, leader and officers. `tables`: ruled tables of a native PDF, cell by cell."""
    rows = all_rows(sheets)
    officers, top, bottom = officers_of(sheets, tables)
    fields = _head(rows[:top])
    for label in labelled(
        sheets, Lexicon(vocabulary().board_roster.labels), frozenset({"group_name", "group_address"})
    ):
        at = sum(len(sheet.rows) for sheet in sheets[: label.sheet]) + label.row
        if at < top and label.field in ("group_name", "art_type", "group_address"):
            fields[label.field] = retold(label.value, unquoted(label.value.text))
    leader = leader_among(officers)
    if leader:
        fields["leader_name"] = leader
    date = _date(rows, bottom)
    if date:
        fields["roster_date"] = date
    return Extract(fields, officers)


def _head(rows: Sequence[Row]) -> dict[str, Value]:
    """Without labels: a title, then the group's name, its art and its address, a line each."""
    fields: dict[str, Value] = {}
    for row in rows:
        text = row_text(row).strip()
        art = _ART.match(text)
        if _ADDRESS.search(text) and "group_name" in fields:
            fields.setdefault(
                "group_address",
                value_of(row, re.sub(r"^\W*(?:Alamat|Sekretariat)\s*:?\s*", "", text, flags=re.IGNORECASE)),
            )
        elif art and "group_name" in fields:
            fields.setdefault("art_type", value_of(row, unquoted(art[1])))
        elif _is_title(text):
            named = re.search(r"[\"“](.{3,}?)[\"”]", text)
            if named:
                fields.setdefault("group_name", value_of(row, named[1]))
        elif sum(map(str.isalpha, text)) > 3 and "group_name" not in fields:
            fields["group_name"] = value_of(row, unquoted(text))
    return fields


def _is_title(text: str) -> bool:
    return (bool(_TITLE.search(text)) and not re.match(r"^\W*[\"“]", text)) or likeness(
        text, "SUSUNAN PENGURUS"
    ) > 0.8


def _date(rows: Sequence[Row], bottom: int) -> Value | None:
    for row in [*rows[bottom:], *reversed(rows[:bottom])]:
        text = row_text(row)
        date = (
            None
            if re.search(r"periode|berdiri|masa\s*bakti|lahir", text, re.IGNORECASE)
            else first_date(text)
        )
        if date:
            return value_of(row, date.isoformat())
    return None

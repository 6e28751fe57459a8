"""The group in running text: `ketua dari kelompok seni X dengan nama "Y" yang beralamat di Z dan masih aktif`."""

import re
from collections.abc import Sequence

from chalicelib.documents.reading import retold, row_text, unquoted, value_of
from chalicelib.documents.sheet import Row
from chalicelib.documents.types import Value

_END = r"(?=\s+(?:yang|dan|bernama|dengan|serta|adalah|di\s|beralamat|bertempat|berkedudukan|berdomisili|benar|sejak|telah|dalam|untuk|sampai|hingga)\b|\s*[,.;]\s*(?:yang|dan|dengan|adalah|Demikian)\b|\.\s|\.?$)"
_NAMED = (
    re.compile(
        r"(?:dengan\s*nama|bernama|yang\s*diberi\s*nama)\s*:?\s*[\"“”‘’'`´]+\s*(.+?)\s*[\"“”‘’'`´]+",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:dengan\s*nama|bernama|yang\s*diberi\s*nama)\s*:?\s*[\"“”'`]?\s*(.+?)[\"“”'`]?" + _END,
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:kelompok|grup|group|sanggar|paguyuban|perkumpulan|kesenian)[^\"“”:]{0,60}[\"“”]\s*([^\"“”]{3,60}?)\s*[\"“”]",
        re.IGNORECASE,
    ),
)
_ART = (
    re.compile(
        r"(?:kelompok|grup|group|paguyuban|organisasi|perkumpulan)\s*(?:seni|kesenian)\s*[\"“”]?(?!dengan|yang|bernama|berikut|tersebut|ini|di\b)([A-Za-z/' -]+?)[\"“”]?"
        + _END,
        re.IGNORECASE,
    ),
    re.compile(r"(?:jenis|bidang|bentuk)\s*(?:seni|kesenian)\s*:?\s*([A-Za-z/' -]+?)" + _END, re.IGNORECASE),
    re.compile(r"(?:seni|kesenian)\s+([A-Za-z/' -]+?)\s*(?=dengan\s*nama|bernama)", re.IGNORECASE),
)
_ADDRESS = re.compile(
    r"(?:beralamat(?:kan)?|berkedudukan|bertempat|berdomisili|beralamatkan)\s*(?:di|:)?\s*(.+?)(?=\s*(?:,\s*)?(?:\bdan\s+(?:masih|telah|aktif|sampai|benar)|\bserta\b|\bmasih\s*aktif|\byang\s+(?:masih|sampai|telah)|\badalah\b|\bsampai\s+(?:saat|dengan)|\bsejak\b)|(?<=[a-z]{4})\.\s+(?-i:[A-Z])|\.?$)",
    re.IGNORECASE,
)


def from_prose(rows: Sequence[Row], start: int) -> dict[str, Value]:
    """Group name, art and address out of the sentences from row `start` on."""
    body = [row for row in rows[start:] if row]
    text = " ".join(row_text(row) for row in body)
    text = re.split(r"\bDemikian\b|Surat\s+keterangan\s+ini", text)[0]
    fields: dict[str, Value] = {}
    for field, patterns in (("group_name", _NAMED), ("art_type", _ART), ("group_address", (_ADDRESS,))):
        match = next((found for found in (pattern.search(text) for pattern in patterns) if found), None)
        if match and 2 < len(match[1]) < 110:
            place = _row_of(body, match.start(1)) if body else None
            if place is not None:
                fields[field] = retold(value_of(place), unquoted(match[1]).strip(" .,;"))
    return fields


def _row_of(rows: Sequence[Row], offset: int) -> Row | None:
    """The row in which a place of the joined text lies."""
    for row in rows:
        offset -= len(row_text(row)) + 1
        if offset < 0:
            return row
    return rows[-1] if rows else None

"""The fields of an old Nomor Induk Kesenian (certificate or card)."""

import re
from collections.abc import Iterator, Sequence
from statistics import median

from chalicelib.documents.papers.labels import Labelled, labelled
from chalicelib.documents.papers.reading import (
    Extract,
    all_rows,
    first,
    pieces_at,
    retold,
    row_text,
    unquoted,
    value_of,
)
from chalicelib.documents.papers.validity import term
from chalicelib.documents.sight.sheet import Row, Sheet
from chalicelib.documents.types import Kind, Value
from chalicelib.documents.words.alike import plain
from chalicelib.documents.words.lexicon import Lexicon, cleaned, lexicon_of

_LONG = frozenset({"group_name", "group_address", "leader_name"})
_NUMBER = re.compile(r"(?=[A-Za-z0-9./\- ]*[0-9])[A-Za-z0-9]+(?:\s?[./-]\s?[A-Za-z0-9]+)+")
_BEFORE_NUMBER = re.compile(r"^\W*(?:nomor|no)\b\s?[.:]*\s*", re.IGNORECASE)
_OWN = re.compile(r"(?:^|[./-])(?:NIK|KES|TDK|SKT)(?:[./-]|$)", re.IGNORECASE)
_OF_A_YEAR = re.compile(r"[^/]+/.+[/.-](?:19|20)[0-9]{2}")
_DAY = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}")
_NO_NUMBER = re.compile(r"peraturan|undang|tahun|telp|telepon|NIP\b|kode pos|keputusan", re.IGNORECASE)
_GIVEN_TO = re.compile(
    r"\b(?:kepada|(?:menerangkan|menyatakan)\s+bahwa)(?:\s+(?:kelompok|grup|organisasi|sanggar)(?:\s+(?:seni|kesenian))?)?\W*$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"^\W*(?:j[li1]|jln|jalan|dsn|dusun|perum|rt)\b", re.IGNORECASE)
_NO_NAME = re.compile(
    r":|[0-9]{3}|^\W*(?:alamat|jl|jalan|dsn|dusun|desa|kel|kec|yang|sebagai|atas)\b", re.IGNORECASE
)
_QUOTED = re.compile(r"[\"“”«]([^\"“”«»]{4,60})[\"“”»]")
_LED_BY = re.compile(
    r"(?i:pimpin oleh|(?:bawah|dengan) pimpinan)\s*:?\s*(?i:(?:sdr[i.]*|saudara|bapak|ibu)\s)?([A-Z][\w.' -]{3,45}(?:,\s?[A-Z][\w.]*)*)"
)
_TABLED = ("group_name", "art_type", "group_address")
_TITLED = re.compile(r"^\W*(?:pimpinan|ketua|penanggung\s?jawab)\b[\s.]*", re.IGNORECASE)


def read_certificate(sheets: Sequence[Sheet]) -> Extract:
    """Number, group, art, leader, address, day of issue and end of validity."""
    lexicon = lexicon_of(Kind.OLD_CERTIFICATE)
    found = labelled(sheets, lexicon, _LONG)
    rows = all_rows(sheets)
    seen = {
        "certificate_number": _number(found, rows),
        "group_name": _printed(found, "group_name") or _given_to(rows, lexicon) or _quoted(rows),
        "art_type": _printed(found, "art_type"),
        "leader_name": _printed(found, "leader_name") or _leader(sheets, found),
        "group_address": _printed(found, "group_address") or _seat(rows, lexicon),
    }
    return Extract({name: value for name, value in seen.items() if value} | term(rows))


def _printed(found: Sequence[Labelled], field: str) -> Value | None:
    label = first(found, field)
    return retold(label.value, unquoted(label.value.text)) if label else None


def _number(found: Sequence[Labelled], rows: Sequence[Row]) -> Value | None:
    """The number beside its own label, beside a mere `Nomor`, on a row of its own, or the first that looks like one."""
    for field in ("certificate_number", "paper_number"):
        for label in found:
            match = _NUMBER.search(label.value.text) if label.field == field else None
            if match:
                return retold(label.value, _tight(match[0]))
    told = list(_numbers(rows))
    ranked = sorted(told, key=lambda pair: _OWN.search(pair[1]) is None)
    return value_of(*ranked[0]) if ranked else None


def _numbers(rows: Sequence[Row]) -> Iterator[tuple[Row, str]]:
    """Every whole token that has the parts of a register number: ours by its letters, others by the year at its end."""
    for row in rows:
        text = _BEFORE_NUMBER.sub("", row_text(row))
        if _NO_NUMBER.search(text):
            continue
        for match in _NUMBER.finditer(text):
            number = _tight(match[0])
            if _OWN.search(number) or (_OF_A_YEAR.fullmatch(number) and not _DAY.fullmatch(number)):
                yield row, number


def _tight(number: str) -> str:
    return re.sub(r"\s*([./-])\s*", r"\1", number).strip()


def _given_to(rows: Sequence[Row], lexicon: Lexicon) -> Value | None:
    """The name that stands alone below `diberikan kepada`; on two rows where both are printed large."""
    usual = median([_height(row) for row in rows]) if rows else 0.0
    for at, row in enumerate(rows[1:], 1):
        if not (_GIVEN_TO.search(row_text(rows[at - 1])) and _is_name(row, lexicon)):
            continue
        more = next(iter(rows[at + 1 : at + 2]), None)
        large = more is not None and min(_height(row), _height(more)) > 1.2 * usual
        both = (*row, *more) if more and large and _is_name(more, lexicon) else row
        named = value_of(both)
        return retold(named, unquoted(named.text))
    return None


def _seat(rows: Sequence[Row], lexicon: Lexicon) -> Value | None:
    """An address without a label, between the labels; that of the office stands above all of them."""
    first_label = next((at for at, row in enumerate(rows) if lexicon.split(row[0].text)), len(rows))
    told = (row for row in rows[first_label:] if _ADDRESS.search(row_text(row)))
    return next((value_of(row) for row in told), None)


def _height(row: Row) -> float:
    return max(piece.height for piece in row)


def _is_name(row: Row, lexicon: Lexicon) -> bool:
    """Whether a row can be a name and is no label, address, number or part of a sentence."""
    text = row_text(row)
    return len(plain(text)) > 3 and not _NO_NAME.search(text) and lexicon.split(row[0].text) is None


def _quoted(rows: Sequence[Row]) -> Value | None:
    """A name in quotation marks in running text."""
    told = ((row, match[1]) for row in rows if (match := _QUOTED.search(row_text(row))))
    return next((value_of(row, name) for row, name in told), None)


def _leader(sheets: Sequence[Sheet], found: Sequence[Labelled]) -> Value | None:
    """`Pimpinan` without a colon, which is a label only in a table, next to a row with another; or `dipimpin oleh`."""
    labels = {(label.sheet, label.row) for label in found if label.field in _TABLED}
    for at, sheet in enumerate(sheets):
        for number, row in enumerate(sheet.rows):
            text = row_text(row)
            name = text[match.end() :] if (match := _TITLED.match(text)) else ""
            beside = {(at, number - 1), (at, number + 1)} & labels
            if beside and name[:1].isupper():
                return value_of(pieces_at(row, match.end(), len(text)) if match else row, cleaned(name))
    told = ((row, match[1]) for row in all_rows(sheets) if (match := _LED_BY.search(row_text(row))))
    return next((value_of(row, name.strip(" ,.")) for row, name in told), None)

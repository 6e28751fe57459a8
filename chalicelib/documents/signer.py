"""Who signs a letter and when: the last lines of the page."""

import re
from collections.abc import Callable, Mapping, Sequence

import msgspec

from chalicelib.documents.alike import distance, likeness, plain
from chalicelib.documents.dates import first_date
from chalicelib.documents.labels import around
from chalicelib.documents.reading import row_text, unquoted, value_of
from chalicelib.documents.sheet import Piece, Row
from chalicelib.documents.types import Box, Value

_TITLES = (
    "KEPALA DESA",
    "LURAH",
    "KEPALA KELURAHAN",
    "PJ KEPALA DESA",
    "PLT KEPALA DESA",
    "SEKRETARIS DESA",
    "KADES",
    "PENJABAT KEPALA DESA",
)
_RANK = re.compile(r"pembina|penata|pengatur|pangkat|golongan|NIP", re.IGNORECASE)
# The comma before a degree is often read as a full stop; three letters before it are a title (Drs. M. Yusuf).
_DEGREE = re.compile(r"(?<=[A-Za-z]{4})\s*\.\s*(?=[SM]\.\s?[A-Z]|A\.\s?Md)")
_NO_NAME = re.compile(
    r"mengetahui|hormat|tembusan|NIP|camat|nomor|tanggal|pemohon|materai|stempel|a\.?n\.|\d{4,}|kepala|lurah|yang\s+bersangkutan|cap\b",
    re.IGNORECASE,
)


class SecondReading(msgspec.Struct, frozen=True):
    """The signer's corner read again without coloured ink: its rows and where, in its own pixels, the title stands.

    `on_page` tells where on the page a box of the corner lies; without it, the title stands for every place.
    """

    rows: tuple[Row, ...]
    title: Piece
    on_page: Callable[[Box], Box] | None = None

    def name(self) -> Value | None:
        """The signer's name as read here, framed on the page."""
        name = _name(self.rows, self.title)
        if name is None or name.box is None:
            return name
        box = self.on_page(name.box) if self.on_page else self.title.box
        return msgspec.structs.replace(name, box=box)


def signer_of(
    rows: Sequence[Row], again: SecondReading | None, fields: Mapping[str, Value]
) -> dict[str, Value]:
    """Date, title and name at the end of the letter."""
    found: dict[str, Value] = {}
    at = title_row(rows)
    if at is not None:
        piece, title = _title(rows[at])
        found["head_title"] = value_of((piece,), title)
        name = (again.name() if again else None) or _name(rows[at + 1 :], piece)
        if name:
            found["head_name"] = name
    head = _head_in_text(rows, fields)
    if head and ("head_name" not in found or likeness(head.text, found["head_name"].text) > 0.5):
        found["head_name"] = head
    if "head_title" not in found:
        found |= _title_in_text(rows)
    date = _date(rows, at)
    return found | ({"letter_date": date} if date else {})


def title_row(rows: Sequence[Row]) -> int | None:
    """The last row that is only the title of the signer, in the lower part of the letter."""
    for at in range(len(rows) - 1, max(len(rows) // 3, 3), -1):
        if _title(rows[at])[1]:
            return at
    return None


def _title(row: Row) -> tuple[Piece, str]:
    for piece in row:
        bare = plain(re.sub(r"^\s*(?:a\.?\s?n\.?|Plt\.?|Pj\.?|Plh\.?)\s+", "", piece.text))
        for title in _TITLES:
            wanted = plain(title)
            if (
                distance(bare[: len(wanted)], wanted) <= (0 if len(wanted) < 6 else 1)
                and len(piece.text) < 45
            ):
                return piece, "Lurah" if "LURAH" in title else "Kepala Desa"
    return row[0], ""


def _name(rows: Sequence[Row], title: Piece) -> Value | None:
    """The best line under the title that can be a name, in the title's column."""
    best: tuple[float, Value] | None = None
    for row in rows:
        for piece in row:
            text = _DEGREE.sub(", ", unquoted(piece.text).strip("().,_- "))
            if piece.height < 0.7 * title.height or _of_stamp(text, title.text):
                continue
            letters = sum(map(str.isalpha, text))
            beside = (
                abs((piece.left + piece.right) / 2 - (title.left + title.right) / 2)
                < 0.75 * (title.right - title.left) + 2 * title.height
            )
            if (
                letters < 4
                or letters < 0.7 * len(text.replace(" ", ""))
                or _NO_NAME.search(text)
                or not beside
            ):
                continue
            if not 0 < piece.middle - title.middle < 14 * title.height:
                continue
            worth = piece.score * min(letters, 14)
            if best is None or worth > best[0]:
                best = worth, value_of((piece,), text)
    return _with_next_line(best[1], rows) if best else None


def _with_next_line(name: Value, rows: Sequence[Row]) -> Value:
    """A name that goes on centred in the line below it, as long names with degrees do."""
    pieces = [piece for row in rows for piece in row]
    first = next(piece for piece in pieces if plain(piece.text) == plain(name.text))
    for piece in pieces:
        near = 0 < piece.middle - first.middle < 1.5 * max(piece.height, first.height)
        centred = abs(piece.left + piece.right - first.left - first.right) < 2.5 * first.height
        alike = 0.75 < piece.height / first.height < 1.33 and piece.score > 0.8
        if near and centred and alike and not _RANK.search(piece.text) and not _NO_NAME.search(piece.text):
            comma = "," if re.match(r"[A-Z][A-Za-z]{0,2}\.", piece.text) else ""
            text = f"{name.text}{comma} {piece.text.strip()}"
            both = around((first, piece))
            return Value(text=text, confidence=min(name.confidence, piece.score), box=both)
    return name


def _of_stamp(text: str, title: str) -> bool:
    """Words that stand in stamps: the office's own."""
    words = {"PEMERINTAH", "KABUPATEN", "PASURUAN", "KECAMATAN", "DESA", "KELURAHAN", *plain_words(title)}
    said = plain_words(text)
    return bool(said) and all(
        min(distance(word, other) / len(other) for other in words) <= 0.34 for word in said
    )


def plain_words(text: str) -> list[str]:
    """The words of a text, letters only."""
    return [bare for word in text.split() if len(bare := plain(word)) > 2]


def _head_in_text(rows: Sequence[Row], fields: Mapping[str, Value]) -> Value | None:
    """`Nama : X / Jabatan : Kepala Desa` above the statement."""
    for at, row in enumerate(rows[:-1]):
        match = re.match(r"^\W*(?:[0-9]\W*)?Nama(?:\s+Lengkap)?\s*:\s*(.+)$", row_text(row), re.IGNORECASE)
        near = " ".join(row_text(other) for other in rows[at + 1 : at + 4])
        if match and re.search(
            r"Jabatan\W+(?:Pj\.?\s*|Plt\.?\s*)?(?:Kepala|Lurah|Kades)", near, re.IGNORECASE
        ):
            leader = fields.get("leader_name")
            if leader is None or likeness(leader.text, match[1]) < 0.9:
                return value_of(row, match[1])
    return None


def _title_in_text(rows: Sequence[Row]) -> dict[str, Value]:
    for row in rows:
        match = re.search(r"(Kepala\s*Desa|Lurah)", row_text(row), re.IGNORECASE)
        if match:
            return {"head_title": value_of(row, "Lurah" if match[1].upper() == "LURAH" else "Kepala Desa")}
    return {}


def _date(rows: Sequence[Row], title: int | None) -> Value | None:
    """The date above the signature, else the last one that is no birth date or date of another paper."""
    order = [*range(title, max(title - 4, -1), -1)] if title is not None else []
    order += [at for at in range(len(rows) - 1, -1, -1) if at not in order and at > len(rows) * 0.4]
    order += [
        at
        for at in range(min(14, len(rows)))
        if at not in order and re.search(r"^\W*(tanggal|tgl)", row_text(rows[at]), re.IGNORECASE)
    ]
    for at in order:
        text = row_text(rows[at])
        if re.search(r"lahir|berdiri|sejak|berlaku|NIP", text, re.IGNORECASE):
            continue
        date = first_date(text)
        if date and date.year >= 1990:
            return value_of(rows[at], date.isoformat())
    return None

"""Who signs a letter: name and title at its end, or as the first lines introduce the signer."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from chalicelib.documents.papers.letters.day import day_row, letter_date
from chalicelib.documents.papers.letters.names import bare_name
from chalicelib.documents.papers.letters.signer_titles import Title, askew, in_column, signers_title, title_in
from chalicelib.documents.papers.reading import row_text, unquoted, value_of
from chalicelib.documents.sight.sheet import Piece, Row, around
from chalicelib.documents.types import Box, Value
from chalicelib.documents.words.alike import distance, likeness, plain

_RANK = re.compile(
    r"\b(?:pembina|penata|pengatur|juru)\b|pangkat|golongan|\bgol\b|\bNI[PKA]+D?\b|\bNRP\b", re.IGNORECASE
)
_RANKS = ("PEMBINA", "PENATA", "PENGATUR", "PANGKAT")
# The comma before a degree is often read as a full stop; three letters before it are a title (Drs. M. Yusuf).
_DEGREE = re.compile(r"(?<=[A-Za-z]{4})\s*\.\s*(?=[SM]\.\s?[A-Z]|A\.\s?Md)")
_NO_NAME = re.compile(
    r"mengetahui|menyetujui|hormat|tembusan|\bNIP|\bcamat\b|nomor|tanggal|pemohon|materai|meterai|stempel|\ba\.?n\.|\d{4,}|\bkepala\b|\blurah\b|\bsekretaris\b|bersangkutan|\bcap\b|elektronik|catatan",
    re.IGNORECASE,
)
_NEXT_SIGNER = re.compile(r"^\W*(?:mengetahui|menyetujui|tembusan|camat\b|catatan)", re.IGNORECASE)
_SURE = 0.93


class SecondReading(msgspec.Struct, frozen=True):
    """The signer's corner read again without coloured ink: its rows and where, in its own pixels, the title stands.

    `on_page` tells where on the page a box of the corner lies; without it, the title stands for every place.
    """

    rows: tuple[Row, ...]
    title: Piece
    on_page: Callable[[Box], Box] | None = None

    def name(self, office: str) -> Value | None:
        """The signer's name as read here, framed on the page."""
        name = _name(self.rows, self.title, office)
        if name is None or name.box is None:
            return name
        box = self.on_page(name.box) if self.on_page else self.title.box
        return msgspec.structs.replace(name, box=box)


class Spot(msgspec.Struct, frozen=True):
    """The line below which a letter is signed: its row, and the piece that is the title or the day."""

    row: int
    piece: Piece


def signing_spot(rows: Sequence[Row]) -> Spot | None:
    """Below the signer's title; below the line with the day where no title is found."""
    title = signers_title(rows)
    if title:
        return Spot(title.row, title.piece)
    at = day_row(rows)
    return None if at is None else Spot(at, max(rows[at], key=lambda piece: piece.right))


class _Introduced(msgspec.Struct, frozen=True):
    """`Nama : X / Jabatan : Kepala Desa` above the statement."""

    name: Value
    title: Value


def signer_of(
    rows: Sequence[Row], again: SecondReading | None, fields: Mapping[str, Value]
) -> dict[str, Value]:
    """Date, title and name at the end of the letter, held against how its first lines introduce the signer."""
    title, spot = signers_title(rows), signing_spot(rows)
    said = _introduced(rows, fields)
    found: dict[str, Value] = {}
    if title:
        found["head_title"] = value_of((title.piece,), title.text)
    elif said:
        found["head_title"] = said.title
    office = " ".join(fields[place].text for place in ("village", "district") if place in fields)
    name = again.name(office) if again else None
    if name is None and spot:
        name = _name(rows[spot.row + 1 :], spot.piece, office)
    if name:
        found["head_name"] = name
    if said and _means(said, title, found.get("head_name")):
        found["head_name"] = said.name
    if "head_title" not in found:
        found |= _title_in_text(rows)
    date = letter_date(rows, spot.row if spot else None)
    return found | ({"letter_date": date} if date else {})


def _means(said: _Introduced, title: Title | None, name: Value | None) -> bool:
    """Whether who is introduced also signs: nobody else was read there, or only badly, under the same title."""
    if name is None or likeness(said.name.text, name.text) > 0.5:
        return True
    return title is not None and said.title.text == title.text and name.confidence < _SURE


def _name(rows: Sequence[Row], title: Piece, office: str) -> Value | None:
    """The best line under the title that can be a name, in the title's column; `office` are its place names."""
    best: tuple[float, Value] | None = None
    for piece in _below(rows, title):
        text = _DEGREE.sub(", ", unquoted(piece.text).strip("().,_- "))
        letters = sum(map(str.isalpha, text))
        if (
            letters < 3
            or letters < 0.7 * len(text.replace(" ", ""))
            or not _can_be_name(text, f"{title.text} {office}")
        ):
            continue
        worth = piece.score**2 * min(letters, 14) ** 0.5
        if best is None or worth > best[0]:
            best = worth, value_of((piece,), text)
    return _with_next_line(best[1], rows) if best else None


def _below(rows: Sequence[Row], title: Piece) -> Iterator[Piece]:
    """Lines in the title's column down to where the next signer or the list of copies begins."""
    for row in rows:
        for piece in row:
            if not in_column(piece, title) or not 0 < piece.middle - title.middle < 14 * title.height:
                continue
            if _NEXT_SIGNER.match(piece.text):
                return
            if piece.height >= 0.7 * title.height and not askew(piece, title):
                yield piece


def _can_be_name(text: str, office: str) -> bool:
    return not (_NO_NAME.search(text) or _is_rank(text) or _of_stamp(text, office) or title_in(text))


def _is_rank(text: str) -> bool:
    """`Penata Tingkat I`, `Pembina Utama Muda (IV/c)`, NIP: what stands below an official's name."""
    first = plain(text.split(maxsplit=1)[0]) if text.split() else ""
    return bool(_RANK.search(text)) or any(distance(first, rank, 1) <= 1 for rank in _RANKS)


def _with_next_line(name: Value, rows: Sequence[Row]) -> Value:
    """A name that goes on centred in the line below it, as long names with degrees do."""
    pieces = [piece for row in rows for piece in row]
    first = next(piece for piece in pieces if plain(piece.text) == plain(name.text))
    for piece in pieces:
        # A native line is only as tall as its capitals; after a comma a degree follows for certain.
        far = 2.3 if not first.corners or first.text.rstrip().endswith(",") else 1.5
        near = 0 < piece.middle - first.middle < far * max(piece.height, first.height)
        centred = abs(piece.left + piece.right - first.left - first.right) < 2.5 * first.height
        alike = 0.75 < piece.height / first.height < 1.33 and piece.score > 0.8
        if near and centred and alike and not _is_rank(piece.text) and not _NO_NAME.search(piece.text):
            comma = "," if re.match(r"[A-Z][A-Za-z]{0,2}\.", piece.text) else ""
            text = f"{name.text}{comma} {piece.text.strip()}"
            both = around((first, piece))
            return Value(text=text, confidence=min(name.confidence, piece.score), box=both)
    return name


def _of_stamp(text: str, office: str) -> bool:
    """Words that stand in stamps: most of them the office's own."""
    words = {"PEMERINTAH", "KABUPATEN", "PASURUAN", "KECAMATAN", "DESA", "KELURAHAN", *plain_words(office)}
    said = plain_words(text)
    known = [word for word in said if min(distance(word, other) / len(other) for other in words) <= 0.34]
    return 2 * len(known) > len(said)


def plain_words(text: str) -> list[str]:
    """The words of a text, letters only."""
    return [bare for word in text.split() if len(bare := plain(word)) > 2]


def _introduced(rows: Sequence[Row], fields: Mapping[str, Value]) -> _Introduced | None:
    for at, row in enumerate(rows[:-1]):
        match = re.match(
            r"^\W*(?:[0-9a-z]\W+)?N\s?a\s?m\s?a(?:\s+Lengkap)?[\s:.]+(\S.+)$", row_text(row), re.IGNORECASE
        )
        if not match:
            continue
        for other in rows[at + 1 : at + 4]:
            position = re.search(r"Jabatan\W+(\w.+)$", row_text(other), re.IGNORECASE)
            title = title_in(position[1]) if position else None
            leader = fields.get("leader_name")
            if title and (leader is None or likeness(leader.text, match[1]) < 0.9):
                return _Introduced(value_of(row, bare_name(match[1])), value_of(other, title))
    return None


def _title_in_text(rows: Sequence[Row]) -> dict[str, Value]:
    for row in rows:
        match = re.search(r"(Kepala\s*Desa|Lurah)", row_text(row), re.IGNORECASE)
        if match:
            return {"head_title": value_of(row, "Lurah" if match[1].upper() == "LURAH" else "Kepala Desa")}
    return {}

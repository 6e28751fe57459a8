"""Values beside their printed labels: the label nearest in reading direction wins."""

import re
from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean

import msgspec
from msgspec import structs

from chalicelib.documents.alike import distance, plain
from chalicelib.documents.sheet import Piece, Row, Sheet
from chalicelib.documents.types import Box, Value

NUMBERING = re.compile(r"^\s*(?:\(?[0-9]{1,2}[.)]|\(?[a-hA-H][.)]|[-•*·])\s*(?=[A-Za-z])")
_LEADING = re.compile(r"^[\s:;.…·=\-–—_]+")
# Dots or a line that lead from a label to its value, as a colon does.
_FILLER = re.compile(r"(?<=[A-Za-z.)])\s*(?:[.…·_]\s?){4,}\s*:?|(?<=[A-Za-z.)])\s*…+\s*:?")
# Words that are labels only with a colon: they begin names of groups and sentences too.
_WEAK = frozenset(
    [
        "KELOMPOK",
        "SANGGAR",
        "KESENIAN",
        "JENIS",
        "PIMPINAN",
        "KETUA",
        "ANGGOTA",
        "TAHUN",
        "BERDIRI",
        "HAL",
        "GRUP",
        "BERLAKU",
        "NOMOR",
        "NO",
        "DESA",
        "STATUS",
    ]
)
_TRAILING = re.compile(r"[\s:;_|]+$")


class Labelled(msgspec.Struct, frozen=True, kw_only=True):
    """A label found in row `row` of sheet `sheet`, the field it stands for and the value beside it."""

    field: str
    value: Value
    sheet: int
    row: int
    digits: str = ""
    left: float = 0.0


class _Spelling(msgspec.Struct, frozen=True):
    field: str
    bare: str


class Lexicon:
    """The labels of one kind of paper."""

    def __init__(self, labels: Mapping[str, Sequence[str]]) -> None:
        found = {
            _Spelling(field, plain(spelling)) for field, spellings in labels.items() for spelling in spellings
        }
        self._spellings = sorted(found, key=lambda spelling: (-len(spelling.bare), spelling.field))

    def field_of(self, text: str) -> str | None:
        """The field that the text is the label of, allowing for one misread letter in five."""
        bare = plain(NUMBERING.sub("", text))
        if not 2 <= len(bare) <= 32:
            return None
        exact = next((spelling.field for spelling in self._spellings if spelling.bare == bare), None)
        if exact:
            return exact
        ranked = [
            (distance(bare, s.bare) / len(s.bare), s.field)
            for s in self._spellings
            if abs(len(s.bare) - len(bare)) <= 3
        ]
        best = min(ranked, default=(1.0, ""))
        return best[1] if best[0] <= (0.22 if len(bare) > 4 else 0.15) else None

    def split(self, text: str) -> tuple[str, str] | None:
        """(field, rest) when the text starts with a label: before a colon, the whole, or its first words."""
        numbered = NUMBERING.sub("", text)
        head, colon, tail = _FILLER.sub(":", numbered, count=1).partition(":")
        if colon and head.strip():
            field = self.field_of(head)
            return (field, tail) if field else None
        field = self.field_of(numbered)
        if field:
            return field, ""
        return self._glued(numbered)

    def _glued(self, text: str) -> tuple[str, str] | None:
        """A label whose colon was not read: `NIK3514...`, `Jenis Kesenian Reog`."""
        bare = plain(text)
        for spelling in self._spellings:
            short = len(spelling.bare) < 9 and spelling.bare != "NIK"
            if short or not bare.startswith(spelling.bare) or len(bare) == len(spelling.bare):
                continue
            rest = _after(text, len(spelling.bare))
            if rest[:1] in " ;.=" or (
                rest[:1].isdigit() and not text[: len(text) - len(rest)][-1:].isdigit()
            ):
                return spelling.field, rest
        return None


def _after(text: str, count: int) -> str:
    """The text after its first `count` letters and figures."""
    seen = 0
    for at, sign in enumerate(text):
        if seen == count:
            return text[at:]
        seen += sign.isascii() and sign.isalnum()
    return ""


def labelled(
    sheets: Sequence[Sheet], lexicon: Lexicon, long_fields: frozenset[str] = frozenset()
) -> list[Labelled]:
    """All labels with their values, page by page, top to bottom; `long_fields` may go on in the following rows."""
    return [found for at, sheet in enumerate(sheets) for found in _on_sheet(at, sheet, lexicon, long_fields)]


def _on_sheet(at: int, sheet: Sheet, lexicon: Lexicon, long_fields: frozenset[str]) -> Iterator[Labelled]:
    for number, row in enumerate(_rejoined(row, lexicon) for row in sheet.rows):
        heads = [(place, lexicon.split(piece.text)) for place, piece in enumerate(row)]
        labels = [(place, head) for place, head in heads if head is not None]
        for order, (place, (field, rest)) in enumerate(labels):
            end = labels[order + 1][0] if order + 1 < len(labels) else len(row)
            parts = _beside(row, place, rest, end)
            if not parts or (plain(row[place].text) in _WEAK and not parts[0][0].lstrip().startswith(":")):
                continue
            if field in long_fields:
                column = _column(parts[0][1], parts[0][0])
                parts = [*parts, *_following(sheet.rows, number, parts[0][1], column, lexicon)]
            yield _found(field, parts, at, number, bool(rest.strip()))


def _rejoined(row: Row, lexicon: Lexicon) -> Row:
    """A label that was read as two pieces (`Nama` `Organisasi : X`) as one again."""
    joined: list[Piece] = []
    for piece in row:
        head, colon, tail = piece.text.partition(":")
        before = joined[-1] if joined else None
        if before and colon and head.strip() and ":" not in before.text and not lexicon.field_of(head):
            both = f"{before.text} {head.strip()}"
            if lexicon.field_of(both):
                joined[-1] = structs.replace(piece, text=f"{both} :{tail}", places=(), left=before.left)
                continue
        joined.append(piece)
    return tuple(joined)


def _beside(row: Row, place: int, rest: str, end: int) -> list[tuple[str, Piece]]:
    parts = [(rest, row[place])] if cleaned(rest) else []
    last = row[place]
    for piece in row[place + 1 : end]:
        if not cleaned(piece.text):
            last = piece
            continue
        if parts and piece.left - last.right > 2.6 * max(last.height, piece.height):
            break
        parts.append((piece.text, piece))
        last = piece
    return parts


def _value_left(piece: Piece, text: str) -> float:
    """Where the value starts in a piece that may hold its label too."""
    skipped = piece.text.rfind(text.strip()) if text.strip() else 0
    skipped += len(text.strip()) - len(cleaned(text))
    if skipped <= 0:
        return piece.left
    share = piece.places[skipped] if skipped < len(piece.places) else skipped / len(piece.text)
    return piece.left + share * (piece.right - piece.left)


def _column(piece: Piece, text: str) -> tuple[float, float]:
    """Between what a value that goes on below begins: under its first letter, or under the colon before it."""
    left = _value_left(piece, text)
    return (piece.left if text == piece.text else left) - 1.2 * piece.height, left + 1.5 * piece.height


def _following(
    rows: Sequence[Row], number: int, first: Piece, column: tuple[float, float], lexicon: Lexicon
) -> list[tuple[str, Piece]]:
    """Rows below that go on in the column of the value: no label, no colon, aligned, close."""
    found: list[tuple[str, Piece]] = []
    above = first
    for row in rows[number + 1 : number + 3]:
        head = row[0]
        if not column[0] < head.left < column[1] or head.middle - above.middle > 2.1 * max(
            first.height, head.height
        ):
            break
        if head.text.lstrip().startswith(":") or lexicon.split(head.text):
            break
        found.extend((piece.text, piece) for piece in row)
        above = head
    return found


def _found(field: str, parts: Sequence[tuple[str, Piece]], sheet: int, row: int, shared: bool) -> Labelled:
    pieces = [piece for _, piece in parts]
    text = cleaned(" ".join(text.strip() for text, _ in parts))
    return Labelled(
        field=field,
        value=Value(
            text=text, confidence=round(fmean(piece.score for piece in pieces), 4), box=around(pieces)
        ),
        sheet=sheet,
        row=row,
        digits=pieces[0].digits,
        left=0.0 if shared else pieces[0].left,
    )


def cleaned(text: str) -> str:
    """Without the colon in front and without what ends no value."""
    return _TRAILING.sub("", _LEADING.sub("", text)).strip()


def around(pieces: Sequence[Piece]) -> Box:
    """The smallest box around pieces of one page."""
    page = pieces[0].box.page
    boxes = [piece.box for piece in pieces if piece.box.page == page]
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.x + box.w for box in boxes), max(box.y + box.h for box in boxes)
    return Box(page=page, x=x, y=y, w=round(right - x, 4), h=round(bottom - y, 4))

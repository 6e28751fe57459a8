"""Values beside their printed labels: the label nearest in reading direction wins."""

import re
from collections.abc import Iterator, Sequence
from statistics import fmean

import msgspec
from msgspec import structs

from chalicelib.documents.papers.cuts import cut
from chalicelib.documents.sight.sheet import Piece, Row, Sheet, around
from chalicelib.documents.types import Value
from chalicelib.documents.words.alike import plain
from chalicelib.documents.words.lexicon import Lexicon, cleaned

_BETWEEN = re.compile(r"(?<=\S)\s*[-–—|;/•·]\s+([A-Za-z][A-Za-z ./]{2,30}?)\s*(?=:)")
# Words that are labels only with a colon: they begin names of groups and sentences, and head columns, too.
_WEAK = frozenset(
    [
        "KELOMPOK",
        "NAMA",
        "TEMPAT",
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


class Labelled(msgspec.Struct, frozen=True, kw_only=True):
    """A label found in row `row` of sheet `sheet`, the field it stands for and the value beside it."""

    field: str
    value: Value
    sheet: int
    row: int
    digits: str = ""
    left: float = 0.0


def labelled(
    sheets: Sequence[Sheet],
    lexicon: Lexicon,
    long_fields: frozenset[str] = frozenset(),
    weak: frozenset[str] = _WEAK,
) -> list[Labelled]:
    """All labels with their values, page by page, top to bottom; `long_fields` may go on in the following rows.

    The `weak` words are labels only with a colon; a paper that holds nothing but labels and values has none.
    """
    return [
        found for at, sheet in enumerate(sheets) for found in _on_sheet(at, sheet, lexicon, long_fields, weak)
    ]


def _on_sheet(
    at: int, sheet: Sheet, lexicon: Lexicon, long_fields: frozenset[str], weak: frozenset[str]
) -> Iterator[Labelled]:
    for number, row in enumerate(_rejoined(_parted(row, lexicon), lexicon) for row in sheet.rows):
        heads = [(place, lexicon.split(piece.text)) for place, piece in enumerate(row)]
        labels = [(place, head) for place, head in heads if head is not None]
        for order, (place, (field, rest)) in enumerate(labels):
            end = labels[order + 1][0] if order + 1 < len(labels) else len(row)
            parts = _beside(row, place, rest, end)
            if not parts or (plain(row[place].text) in weak and not parts[0][0].lstrip().startswith(":")):
                continue
            if field in long_fields:
                column = _column(parts[0][1], parts[0][0])
                parts = [*parts, *_following(sheet.rows, number, parts[0][1], column, lexicon)]
            yield _found(field, parts, at, number, bool(rest.strip()))


def _parted(row: Row, lexicon: Lexicon) -> Row:
    """Labels that one piece holds with a sign between them (`Jenis Kesenian: X - Alamat: Y`), each in a piece."""
    return tuple(part for piece in row for part in cut(piece, list(_further_labels(piece.text, lexicon))))


def _further_labels(text: str, lexicon: Lexicon) -> Iterator[int]:
    """Where a label with its colon begins behind a sign that parts it from the value before."""
    if text.count(":") < 2:
        return
    for found in _BETWEEN.finditer(text):
        if lexicon.field_of(found[1]):
            yield found.start()


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

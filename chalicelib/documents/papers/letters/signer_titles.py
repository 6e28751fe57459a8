"""The title of who signs a letter: the village head's, of someone who acts for the head, or of a deputy (`a.n.`)."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from chalicelib.documents.papers.reading import row_text
from chalicelib.documents.sight.sheet import Piece, Row
from chalicelib.documents.words.alike import distance, plain

_HEADS = {"KEPALA DESA": "Kepala Desa", "KADES": "Kepala Desa", "LURAH": "Lurah", "KEPALA KELURAHAN": "Lurah"}
_DEPUTIES = {
    "SEKRETARIS DESA": "Sekretaris Desa",
    "SEKDES": "Sekretaris Desa",
    "SEKRETARIS KELURAHAN": "Sekretaris Kelurahan",
    "SEKRETARIS LURAH": "Sekretaris Kelurahan",
    "SEKLUR": "Sekretaris Kelurahan",
    "SEKRETARIS": "Sekretaris",
    "KEPALA SEKSI": "",
    "KASI": "",
    "KEPALA URUSAN": "",
    "KAUR": "",
}
_ACTING = {
    "PJS": "Pjs.",
    "PJ": "Pj.",
    "PLT": "Plt.",
    "PLH": "Plh.",
    "PENJABAT": "Pj.",
    "PELAKSANATUGAS": "Plt.",
    "PELAKSANAHARIAN": "Plh.",
}
_BEFORE = re.compile(r"^\W*(?:(?:mengetahui|menyetujui|hormat\s+kami|tertanda)\b[\s,.:/]*)+", re.IGNORECASE)
_BEHALF = re.compile(r"^\W*(?:a\W{0,2}n\b\W*|atas\s+nama\b\W*|u\W{0,2}b\b\W*)(?=\w)", re.IGNORECASE)
_ACTS = re.compile(
    r"^\W*(pjs?|plt|plh|penjabat|pelaksana\s+tugas|pelaksana\s+harian)\b[\s.:]*(?=\w)", re.IGNORECASE
)
_JOB = re.compile(r"^\W*(?:[0-9a-z]\W+)?Jabatan\b", re.IGNORECASE)
_LONGEST = 48
_TILTED = 0.07


class Title(msgspec.Struct, frozen=True):
    """Where the title of the one who signs stands, and what it says."""

    row: int
    piece: Piece
    text: str


def signers_title(rows: Sequence[Row]) -> Title | None:
    """The last title alone on its line in the lower part of the letter; below `a.n.` that of the deputy.

    A stamp repeats the title over what is signed, so of two that say the same in one place the upper one counts.
    """
    found = list(_titles(rows, max(len(rows) // 3, 3) + 1))
    heads = [title for title in found if _is_head(title.text)]
    chosen = heads[-1] if heads else (found[-1] if found else None)
    if chosen is None:
        return None
    for title in reversed(heads):
        chosen = title if _over(title.piece, chosen.piece, 10) else chosen
    for title in found:
        deputy = not _is_head(title.text) and _over(chosen.piece, title.piece, 5)
        chosen = title if deputy else chosen
    return chosen


def title_in(text: str) -> str | None:
    """The title that a line begins with: `a.n. KEPALA DESA X`, `Pj. Lurah Y`, `Sekretaris Desa,`."""
    rest = _BEHALF.sub("", _BEFORE.sub("", text))
    acting = _ACTS.match(rest)
    rest = rest[acting.end() :] if acting else rest
    for words, title in (_HEADS | _DEPUTIES).items():
        if _begins(rest, words):
            said = title or rest.strip(" ,.:").title()
            return f"{_ACTING[plain(acting[1])]} {said}" if acting else said
    return None


def in_column(piece: Piece, title: Piece) -> bool:
    """Whether a line is centred or set below a title."""
    apart = abs((piece.left + piece.right) / 2 - (title.left + title.right) / 2)
    return apart < 0.75 * (title.right - title.left) + 2 * title.height


def tilt_of(piece: Piece) -> float:
    """How a line runs against the horizontal of the page, as a share; 0 where its corners are not known."""
    if not piece.corners:
        return 0.0
    (left, top), (right, end), _, (_, low) = piece.corners
    wide, high = right - left, low - top
    if wide <= 0 or high <= 0 or piece.right <= piece.left:
        return 0.0
    return (end - top) * piece.height / high / (piece.right - piece.left)


def askew(piece: Piece, title: Piece) -> bool:
    """Whether a line runs otherwise than the title does, as what is written in a stamp."""
    return abs(tilt_of(piece) - tilt_of(title)) > _TILTED


def _titles(rows: Sequence[Row], start: int) -> Iterator[Title]:
    for at in range(min(start, len(rows)), len(rows)):
        for piece in () if _JOB.search(row_text(rows[at])) else rows[at]:
            said = title_in(piece.text) if len(piece.text) < _LONGEST else None
            if said:
                yield Title(at, piece, said)


def _is_head(text: str) -> bool:
    return text.endswith(("Kepala Desa", "Lurah"))


def _begins(text: str, title: str) -> bool:
    """Whether a line begins with a title, one letter of a long one misread; a short one is a word of its own.

    A person can be called Kasiyanto or Lurahman; `LURAHSEMARE` in capitals is a title whose blank was not read.
    """
    wanted, first = plain(title), plain(text.split(maxsplit=1)[0]) if text.split() else ""
    if len(wanted) < 9 or title == "SEKRETARIS":
        return first == wanted or (title == "LURAH" and text.isupper() and first.startswith(wanted))
    return distance(plain(text)[: len(wanted)], wanted, 1) <= 1


def _over(upper: Piece, lower: Piece, heights: float) -> bool:
    below = lower.middle - upper.middle
    return 0 < below < heights * max(upper.height, lower.height) and in_column(lower, upper)

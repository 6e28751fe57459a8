"""A line of a board that is no table: what stands left and right of its colon, dots, dash, brackets or gap."""

import re
from collections.abc import Sequence

import msgspec

from chalicelib.documents.papers.boards.head import GENERIC, HOUSES
from chalicelib.documents.papers.boards.officer_names import is_name, name_in, names_of
from chalicelib.documents.papers.cuts import cut
from chalicelib.documents.sight.sheet import Piece, Row
from chalicelib.documents.words.alike import plain
from chalicelib.documents.words.positions import LETTERED, NUMBER, NUMBERED, is_known, is_label, is_position
from chalicelib.documents.words.vocabulary import art_words

_LEADERS = re.compile(r"(?:[.…_·‥]\s?){3,}|\s*[…‥][\s.…_·‥]*|^\s*[.·_]+\s+|\s+[.·_]+\s*$")
_DASH = re.compile(r"\s+[-–—=]\s+|\s*[=→]\s*")
_BRACKETS = re.compile(r"^(.{3,}?)\s*[(\[](.{4,}?)[)\]]\s*$")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line: row `at`, what it says left and right (empty where nothing stands), whether a number is in front."""

    at: int
    left: Row
    right: Row
    numbered: bool = False

    @property
    def middle(self) -> float:
        """The height on the page."""
        return (self.left or self.right)[0].middle

    @property
    def height(self) -> float:
        """Of its print."""
        return (self.left or self.right)[0].height

    @property
    def told(self) -> str:
        """The text on the left."""
        return " ".join(piece.text for piece in self.left)

    @property
    def named(self) -> str:
        """The text on the right."""
        return " ".join(piece.text for piece in self.right)

    @property
    def turned(self) -> "Entry":
        """The same with its sides changed: where the name stands first."""
        return msgspec.structs.replace(self, left=self.right, right=self.left)

    @property
    def sure(self) -> bool:
        """Whether it names somebody in a known position."""
        return bool(self.left) and is_position(self.told) and any(True for _ in names_of(self.right))


def entry_of(at: int, row: Row) -> Entry | None:
    """The line with its sides; None for an empty one. A known position is left, on whichever side it is printed."""
    pieces = without_leaders(row)
    numbered = bool(pieces) and any(sign.match(pieces[0].text) for sign in (NUMBER, NUMBERED, LETTERED))
    while len(pieces) > 1 and NUMBER.match(pieces[0].text):
        pieces = pieces[1:]
    if not any(map(str.isalpha, "".join(piece.text for piece in pieces))):
        return None
    left, right = _sides(pieces)
    entry = Entry(at=at, left=left, right=right, numbered=numbered)
    return entry.turned if not entry.sure and entry.turned.sure and not is_label(entry.told) else entry


def without_leaders(row: Row) -> Row:
    """The row without the dots that lead from a position to its name."""
    parts = [part for piece in row for part in _between_leaders(piece)]
    return tuple(part for part in parts if part.text.strip(" .·_"))


def _between_leaders(piece: Piece) -> Row:
    """The parts of a piece between runs of dots."""
    spans = [found.span() for found in _LEADERS.finditer(piece.text)]
    edges = sorted({edge for span in spans for edge in span} - {0, len(piece.text)})
    starts = [0, *edges]
    return tuple(
        part
        for start, part in zip(starts, cut(piece, edges), strict=True)
        if not any(low <= start < high for low, high in spans)
    )


def _sides(pieces: Row) -> tuple[Row, Row]:
    for separate in (_at_colon, _at_gap, _at_dash, _at_brackets):
        sides = separate(pieces)
        if sides:
            return sides
    return pieces, ()


def _at_colon(pieces: Row) -> tuple[Row, Row] | None:
    """Before and after the first colon; nothing stands left of a line that begins with one."""
    for at, piece in enumerate(pieces):
        head, colon, tail = piece.text.partition(":")
        if not colon:
            continue
        before, after = list(pieces[:at]), list(pieces[at + 1 :])
        if head.strip() and tail.strip():
            first, second = cut(piece, [len(head)])
            before, after = [*before, first], [second, *after]
        elif head.strip():
            before.append(piece)
        elif tail.strip():
            after.insert(0, piece)
        return tuple(before), _together(after)
    return None


def _at_gap(pieces: Row) -> tuple[Row, Row] | None:
    """Two pieces or more: as many of the first as make a known position, else one; what is far behind is no name."""
    if len(pieces) < 2:
        return None
    counts = [
        count
        for count in range(min(3, len(pieces) - 1), 0, -1)
        if is_known(" ".join(piece.text for piece in pieces[:count]), 0.1)
    ]
    count = counts[0] if counts else 1
    return pieces[:count], _together(pieces[count:])


def _together(pieces: Sequence[Piece]) -> Row:
    """The pieces up to the first wide gap; one that begins with a number is another name of the same line."""
    kept: list[Piece] = []
    for piece in pieces:
        apart = piece.left - kept[-1].right if kept and any(map(str.isalpha, kept[-1].text)) else 0.0
        if apart > 1.2 * piece.height and not re.match(r"\(?[0-9]{1,2}[.)]", piece.text):
            break
        kept.append(piece)
    return tuple(kept)


def _at_dash(pieces: Row) -> tuple[Row, Row] | None:
    (piece,) = pieces
    found = _DASH.search(piece.text)
    if not found or not 0 < found.start() < found.end() < len(piece.text):
        return None
    first, _, second = cut(piece, list(found.span()))
    return (first,), (second,)


def _at_brackets(pieces: Row) -> tuple[Row, Row] | None:
    """`Name (Position)` or `Position (Name)`; other brackets part nothing."""
    (piece,) = pieces
    found = _BRACKETS.match(piece.text)
    if not found or not any(is_position(found[side]) for side in (1, 2)):
        return None
    first, second = cut(piece, [found.start(2) - 1])
    return (first,), (second,)


def unglued(entry: Entry, *, name_first: bool = False) -> Entry | None:
    """`Ketua Slamet Widodo` read as one piece: the most words that are a known position, the others its name."""
    if len(entry.left) != 1 or entry.right:
        return None
    (piece,) = entry.left
    starts = [found.start() for found in re.finditer(r"\S+", piece.text)]
    for count in range(min(5, len(starts) - 1), 0, -1):
        at = starts[-count] if name_first else starts[count]
        parts = cut(piece, [at])
        told, named = reversed(parts) if name_first else parts
        if is_known(told.text, 0.1) and _is_person(named.text):
            return msgspec.structs.replace(entry, left=(told,), right=(named,))
    return None


def _is_person(text: str) -> bool:
    """Whether the text begins as a name does, not as a group's: `KETUA SANGGAR` `TARI MEKAR JAYA` heads a decree."""
    name = name_in(text)
    if not is_name(text) or not name[:1].isupper():
        return False
    first = plain(name.split()[0])
    return first not in GENERIC | HOUSES | art_words()

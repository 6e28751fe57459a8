"""One list of a board, line by line: what was found so far decides what the next line can be."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from msgspec import structs

from chalicelib.documents.papers.boards.entries import Entry, unglued
from chalicelib.documents.papers.boards.officer_names import is_name, is_numbered, longer, names_of, parts_of
from chalicelib.documents.papers.reading import retold, value_of
from chalicelib.documents.sight.sheet import Piece, Row
from chalicelib.documents.types import Officer, Value
from chalicelib.documents.words.alike import without_titles
from chalicelib.documents.words.person_names import is_degree
from chalicelib.documents.words.positions import LONGEST, goes_on, is_half, is_label, is_position, spelled

_SAME_LINE = 1.5
"""Edges so many heights of print apart are the same edge."""
_WIDE = 2.4
"""Lines more than so many usual distances apart say nothing about each other."""


class BoardList:
    """One list, read from top to bottom: what was found so far decides what the next line can be."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.officers: list[Officer] = []
        self.top = self.bottom = 0
        self._pairs = [entry for entry in entries if entry.sure]
        told = self._pairs or [entry for entry in entries if is_heading(entry)]
        if len(told) < (1 if self._pairs else 2):
            return
        self._told = median(entry.left[0].left for entry in told)
        self._named = median([_start(entry.right) for entry in self._pairs] or [0.0])
        self._pitch = _pitch(self._pairs or entries[entries.index(told[0]) :])
        self._most_right = max([entry.right[-1].right for entry in self._pairs] or [float("inf")])
        self._position = Value(text="", confidence=0.0)
        self._heading: Entry | None = None
        self._last: Entry | None = None
        self._by_number = False
        for entry in self._first(entries):
            self._read(entry)

    @property
    def _above(self) -> Row:
        """The names of the last line of the list, or what it says in their place; empty before the first."""
        return (self._last.right or self._last.left) if self._last else ()

    def _first(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """From the first line of the list on: lines like it above the first known position belong to it."""
        start = next(at for at, entry in enumerate(entries) if entry.sure or is_heading(entry))
        while start > 0 and self._fits(entries[start - 1], entries[start]):
            start -= 1
        return entries[start:]

    def _fits(self, entry: Entry, neighbour: Entry) -> bool:
        """Whether a line is one of this list by its place: a position of its own, whatever the word."""
        return (
            len(self._pairs) > 1
            and bool(entry.left and entry.right)
            and is_name(entry.told)
            and is_name(entry.named)
            and not is_label(entry.told)
            and abs(entry.left[0].left - self._told) < _SAME_LINE * entry.height
            and abs(_start(entry.right) - self._named) < 2 * _SAME_LINE * entry.height
            and abs(entry.middle - neighbour.middle) < _WIDE * self._pitch
        )

    def _read(self, entry: Entry) -> None:
        """What the line is, by the line above it."""
        last = self._last
        if last is None or entry.middle - last.middle > _WIDE * self._pitch:
            self._begin(entry)
        elif (
            entry.left and self.officers and (is_half(last.told) or (not entry.right and goes_on(entry.told)))
        ):
            self._longer(entry)
        elif entry.sure or (not self._heading and self._fits(entry, last)):
            self._pair(entry)
        elif self._titles(entry):
            self._head(entry)
        else:
            self._go_on(entry)

    def _go_on(self, entry: Entry) -> None:
        """A line that says more about the position above, or begins anew."""
        if self._rest(entry):
            self._longer_name(entry, entry.right or entry.left)
        elif self._heading and is_name(entry.told) and not is_position(entry.told):
            self._names(entry, entry.left)
        elif self._further(entry):
            self._names(entry, entry.right or entry.left)
        else:
            self._begin(entry)

    def _begin(self, entry: Entry) -> None:
        """A line that goes on with nothing: a pair, or a position whose names stand below, or nothing of the board."""
        parted = self._parted(entry)
        if entry.sure or parted:
            self._pair(parted or entry)
        elif is_heading(entry):
            self._head(entry)

    def _parted(self, entry: Entry) -> Entry | None:
        """A line whose two sides were read as one piece, where other lines show which side is which."""
        edge = min(self._told, self._named)
        if (
            len(self._pairs) < 2
            or not entry.left
            or abs(entry.left[0].left - edge) > _SAME_LINE * entry.height
        ):
            return None
        return unglued(entry, name_first=self._named < self._told)

    def _head(self, entry: Entry) -> None:
        self._position = _told_by(entry.left)
        self._heading = self._last = entry
        self._by_number = False

    def _titles(self, entry: Entry) -> bool:
        """Whether a line between numbered names can only be the next heading: at the headings' edge, not at the names'."""
        if not (self._heading and self._by_number and self._last) or entry.right or entry.numbered:
            return False
        tall = entry.height
        at_edge = abs(entry.left[0].left - self._told) < tall
        return at_edge and (
            abs(_start(self._above) - self._told) > tall
            or (entry.told.isupper() and not self._last.told.isupper())
        )

    def _pair(self, entry: Entry) -> None:
        left = entry.left
        if self._heading and self._heading is self._last and is_half(self._heading.told):
            left = (*self._heading.left, *left)
        self._position, self._heading = _told_by(left), None
        self._names(entry, entry.right)

    def _further(self, entry: Entry) -> bool:
        """Whether the line only names other persons in the position above."""
        pieces = entry.right or entry.left
        if (entry.left and entry.right) or not any(True for _ in names_of(pieces)):
            return False
        return not entry.left or (self._below_names(pieces, entry.height) and not is_position(entry.told))

    def _below_names(self, pieces: Sequence[Piece], tall: float) -> bool:
        return self._named > self._told and abs(_start(pieces) - self._named) < 3 * tall

    def _below_number(self, pieces: Sequence[Piece], tall: float) -> bool:
        """Whether the line stands below a numbered name of a heading, or a little to the right of it."""
        above = self._above
        return bool(above and self._heading and self._by_number) and (
            -tall < pieces[0].left - above[0].left < 3 * tall
        )

    def _names(self, entry: Entry, pieces: Sequence[Piece]) -> None:
        if not self.officers:
            self.top = self._heading.at if self._heading else entry.at
        for name in names_of(pieces):
            self.officers.append(Officer(position=self._position, name=name))
        self.bottom, self._last = entry.at + 1, entry
        self._by_number = is_numbered(pieces) or (self._by_number and not entry.left)

    def _longer(self, entry: Entry) -> None:
        """The position above goes on in this line; beside it its names may."""
        if len(f"{self._position.text} {entry.told}".split()) > LONGEST:
            return
        whole = retold(self._position, spelled(f"{self._position.text} {entry.told}"))
        self.officers = [
            structs.replace(officer, position=whole) if officer.position is self._position else officer
            for officer in self.officers
        ]
        self._position = whole
        more = structs.replace(entry, left=())
        if entry.right and self._rest(more):
            self._longer_name(more, entry.right)
        elif entry.right:
            self._names(more, entry.right)
        self._last = entry

    def _rest(self, entry: Entry) -> bool:
        """Whether a line below a name is the rest of it: degrees, no number among numbers, words that had no place above."""
        pieces = entry.right or entry.left
        if not self.officers or (entry.left and entry.right) or is_numbered(pieces) or entry.numbered:
            return False
        if not (self._below_names(pieces, entry.height) or self._below_number(pieces, entry.height)):
            return False
        said = " ".join(piece.text for piece in pieces)
        return is_degree(said.lstrip(", ")) or self._by_number or self._had_no_place(pieces)

    def _had_no_place(self, pieces: Sequence[Piece]) -> bool:
        """Whether the first word of the line would have stood too far right in the line above. Of a position of many
        that may also be chance: then only a single word goes on."""
        words = pieces[0].text.split()
        first = len(words[0]) / len(pieces[0].text) * (pieces[0].right - pieces[0].left)
        single = len(without_titles(pieces[0].text).split()) == 1
        return single and len(pieces) == 1 and self._above[-1].right + first > self._most_right

    def _longer_name(self, entry: Entry, pieces: Sequence[Piece]) -> None:
        """The first name of the line goes on with the one above; others of the line are of the same position."""
        first, *others = parts_of(pieces)
        before = self.officers[-1]
        self.officers[-1] = structs.replace(before, name=longer(before.name, first))
        self.bottom, self._last = entry.at + 1, entry
        for other in others:
            self._names(entry, other)


def _told_by(pieces: Sequence[Piece]) -> Value:
    value = value_of(pieces)
    return retold(value, spelled(value.text, value.confidence))


def is_heading(entry: Entry) -> bool:
    """A position alone on its line, or half of one, whose names stand below."""
    return not entry.right and (is_position(entry.told) or is_half(entry.told))


def _pitch(entries: Sequence[Entry]) -> float:
    """The usual distance of lines."""
    steps = [
        (below.middle - above.middle) / (below.at - above.at)
        for above, below in pairwise(entries)
        if below.middle > above.middle
    ]
    return median(steps) if steps else 2.5 * entries[0].height


def _start(pieces: Sequence[Piece]) -> float:
    """Where the name begins, a colon before it counted as part of the gap."""
    return next((p.left for p in pieces if any(map(str.isalpha, p.text))), pieces[0].left)

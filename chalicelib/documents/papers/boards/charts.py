"""The officers of an organisation chart: boxes with a position and, below or above it, the names, drawn in levels."""

from collections.abc import Iterator, Sequence
from statistics import median

import msgspec

from chalicelib.documents.papers.boards.ends import ends_board
from chalicelib.documents.papers.boards.officer_names import is_name, is_numbered, longer, names_of
from chalicelib.documents.papers.reading import retold, value_of
from chalicelib.documents.sight.sheet import Piece, Row
from chalicelib.documents.types import Officer, Value
from chalicelib.documents.words.alike import without_titles
from chalicelib.documents.words.person_names import is_degree
from chalicelib.documents.words.positions import goes_on, is_half, is_position, spelled

_FEWEST = 2
"""So many known positions make a chart."""
_MANY = 400
"""A page of more pieces is no chart; each is held against every other."""


class _Text(msgspec.Struct, frozen=True):
    """A piece of a row of the page."""

    at: int
    piece: Piece


def charted(rows: Sequence[Row]) -> tuple[list[Officer], int, int] | None:
    """The officers, level by level from left to right; the first row, and past the last."""
    texts = [_Text(at, piece) for at, row in enumerate(_above_end(rows)) for piece in row]
    if len(texts) > _MANY:
        return None
    down, up = (list(_Chart(texts, sign).boxes()) for sign in (1, -1))
    boxes = down if len(down) >= len(up) else up
    if len(boxes) < _FEWEST:
        return None
    officers = [officer for box in boxes for officer in _officers(box)]
    ats = [text.at for box in boxes for text in box]
    return officers, min(ats), max(ats) + 1


def _above_end(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows before the board's end: before the first that ends it and stands below a known position."""
    begun = next((at for at, row in enumerate(rows) if any(is_position(p.text) for p in row)), len(rows))
    end = next((at for at in range(begun + 1, len(rows)) if ends_board(rows[at])), len(rows))
    return rows[:end]


class _Chart:
    """The texts of a page and which of them stand together; `sign` is 1 where names stand below their position."""

    def __init__(self, texts: Sequence[_Text], sign: int) -> None:
        self._texts = texts
        self._next = {id(text): _following(text, texts, sign) for text in texts}
        self._sign = sign

    def boxes(self) -> Iterator[list[_Text]]:
        """Each box as its position's lines and then its names'."""
        known = [one for one in self._texts if self._next[id(one)] and is_position(one.piece.text)]
        if len(known) < _FEWEST:
            return
        step = median(_apart(head, below) for head in known if (below := self._next[id(head)]))
        taken = {id(self._next[id(head)]) for head in known}
        heads = {id(head) for head in known}
        for head in self._texts:
            if id(head) in heads or (id(head) not in taken and self._like(head, known, step)):
                box = [head, *self._chain(head, step)]
                taken |= {id(text) for text in box}
                yield box

    def _like(self, text: _Text, known: Sequence[_Text], step: float) -> bool:
        """Whether a text beside or below known positions is one, too: a name stands as near as theirs do."""
        below = self._next[id(text)]
        beside = any(text.at == head.at for head in known)
        under = self._sign > 0 and text.at > max(head.at for head in known)
        return (beside or under) and below is not None and abs(_apart(text, below) - step) < 0.3 * step

    def _chain(self, head: _Text, step: float) -> Iterator[_Text]:
        """The further lines of a box, as near to each other as position and name."""
        text = head
        while (below := self._next[id(text)]) is not None and _apart(text, below) < 1.4 * step:
            yield below
            text = below


def _following(text: _Text, texts: Sequence[_Text], sign: int) -> _Text | None:
    """The nearest text below (above) in the same box: centred or aligned with it, and at once; a name, or a position's rest."""
    reach = 2.8 * text.piece.height
    near = [
        other
        for other in texts
        if 0 < sign * (other.piece.middle - text.piece.middle) < reach and _in_line(text.piece, other.piece)
    ]
    found = min(near, key=lambda other: (_apart(text, other), _aside(text.piece, other.piece)), default=None)
    if found is None or is_half(text.piece.text):
        return found
    return found if is_name(found.piece.text) and not is_position(found.piece.text) else None


def _apart(one: _Text, other: _Text) -> float:
    return abs(one.piece.middle - other.piece.middle)


def _aside(one: Piece, other: Piece) -> float:
    """How far two texts are from being centred or from beginning at one edge, a name a little to the right of it."""
    middles = abs(one.left + one.right - other.left - other.right) / 2
    return min(middles / 1.2, abs(one.left - other.left)) / one.height


def _in_line(one: Piece, other: Piece) -> bool:
    indented = 0 <= other.left - one.left < 1.5 * one.height
    return indented or _aside(one, other) < (0.8 if one.left < other.left else 1.0)


def _officers(box: Sequence[_Text]) -> Iterator[Officer]:
    """One for each name of a box; a position may be printed in two lines, and a name too."""
    lines = [text.piece for text in box]
    two = len(lines) > 2 and (is_half(lines[0].text) or goes_on(lines[1].text))
    said, named = lines[: 1 + two], lines[1 + two :]
    told = value_of(said)
    position = retold(told, spelled(told.text, told.confidence))
    names: list[Value] = []
    for line in named:
        if names and _rest(line, names[-1], numbered=is_numbered(named)):
            names[-1] = longer(names[-1], (line,))
        else:
            names += names_of((line,))
    return (Officer(position=position, name=name) for name in names)


def _rest(line: Piece, above: Value, *, numbered: bool) -> bool:
    """Whether a line is the rest of the name above: without a number among numbers, a degree, or one word below several."""
    if numbered:
        return not is_numbered((line,))
    return (
        is_degree(line.text)
        or above.text.endswith(",")
        or (_words(line.text) == 1 and _words(above.text) > 1)
    )


def _words(name: str) -> int:
    return len(without_titles(name).split())

"""The names of a board's line: one or several, without numbers, dots and brackets around them."""

import re
from collections.abc import Iterator, Sequence

from chalicelib.documents.papers.cuts import cut
from chalicelib.documents.papers.reading import retold, unquoted, value_of
from chalicelib.documents.sight.sheet import Piece, Row
from chalicelib.documents.types import Value
from chalicelib.documents.words.alike import plain
from chalicelib.documents.words.lexicon import cleaned
from chalicelib.documents.words.person_names import is_degree
from chalicelib.documents.words.positions import LETTERED, NUMBERED, is_known

_HEADINGS = frozenset({"SEKSI", "SEKSISEKSI", "SIE", "BIDANG", "DIVISI", "PENGURUS", "DAFTAR", "SUSUNAN"})
_NUMBER = re.compile(r"(?<!\S)(?:[0-9]{1,2}|[a-h])\s?[.)]\s*(?=[^\W\d])")
_BETWEEN = re.compile(r"\s*[,;&]\s*|\s+dan\s+", re.IGNORECASE)
_AROUND = " .…·_-–—:;=*•"


def name_in(text: str) -> str:
    """The name alone: no number, no dots that lead to it, no brackets around."""
    said = LETTERED.sub("", NUMBERED.sub("", unquoted(cleaned(text.lstrip(_AROUND)))))
    inner = re.fullmatch(r"\(\s*(.*?)\s*\)", said.strip())
    said = unquoted(inner[1] if inner else said)
    return re.sub(r"[\s.…·_-]*(?:\s[.…·_-]+|[…·_]+|\.{2,})$", "", said.lstrip(_AROUND)).strip()


def is_name(text: str) -> bool:
    """Whether somebody can be called so: a few words of letters, hardly a figure, no position, no heading."""
    said = name_in(text)
    words = said.split()
    letters, figures = sum(map(str.isalpha, said)), sum(map(str.isdigit, said))
    if letters < 2 or figures >= 0.2 * letters or len(words) > 9:
        return False
    return not is_known(said, 0.0) and plain(words[0]) not in _HEADINGS


def names_of(pieces: Sequence[Piece]) -> Iterator[Value]:
    """Each person named in these pieces: `1. A  2. B`, `A, B dan C`; degrees after a comma belong to the name."""
    for part in parts_of(pieces):
        yield from _together(part)


def is_numbered(pieces: Sequence[Piece]) -> bool:
    """Whether the names of a line are numbered: then a line without a number goes on with the name above."""
    return bool(pieces) and bool(
        re.match(r"^[\s:]*(?:[0-9]{1,2}|[a-h])\s?[.)]", " ".join(piece.text for piece in pieces))
    )


def longer(name: Value, more: Sequence[Piece]) -> Value:
    """A name with what the next line says of it: its other words, or its degrees."""
    rest = value_of(more)
    between = ", " if is_degree(rest.text) and not name.text.endswith(",") else " "
    return retold(
        name, f"{name.text}{between}{rest.text.lstrip(', ')}", min(1.0, rest.confidence / name.confidence)
    )


def parts_of(pieces: Sequence[Piece]) -> Iterator[Row]:
    """The pieces taken apart before each number of a list."""
    parts: list[list[Piece]] = []
    for piece in pieces:
        starts = [found.start() for found in _NUMBER.finditer(piece.text)]
        cuts = [start for start in starts if start > 0]
        for at, part in zip([0, *cuts], cut(piece, cuts), strict=True):
            if at in starts or not parts:
                parts.append([])
            parts[-1].append(part)
    return (tuple(part) for part in parts)


def _together(part: Row) -> Iterator[Value]:
    """One name, or several with commas between when no part is a degree."""
    text = name_in(" ".join(piece.text for piece in part))
    names = [name.strip() for name in _BETWEEN.split(text) if name.strip()]
    several = len(names) > 1 and not any(is_degree(name) for name in names[1:]) and all(map(is_name, names))
    for name in names if several else [text]:
        if is_name(name):
            yield value_of(part, name)

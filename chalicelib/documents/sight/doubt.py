"""Which words of a line are worth a second look, and how what was then read is put in their place."""

import re
from collections.abc import Iterator
from statistics import fmean

import msgspec
import numpy as np

from chalicelib.documents.sight.line_reader import Floats
from chalicelib.documents.sight.recognition import Reading
from chalicelib.documents.sight.sheet import Piece

_MOST = 0.75
"""Share of a line's width from which on the whole line is read again: one long piece is read better than two."""


class Span(msgspec.Struct, frozen=True):
    """Characters `start` to before `end` of a piece, and where they stand along it: fractions of its width."""

    start: int
    end: int
    left: float = 0.0
    right: float = 1.0

    def corners_in(self, corners: Floats) -> Floats:
        """The part of the line with these corners (4 x 2, clockwise from top left)."""
        top, bottom = corners[1] - corners[0], corners[2] - corners[3]
        part: Floats = np.stack(
            [
                corners[0] + self.left * top,
                corners[0] + self.right * top,
                corners[3] + self.right * bottom,
                corners[3] + self.left * bottom,
            ]
        )
        return part


def doubtful(piece: Piece, least: float) -> list[Span]:
    """Runs of words in which a character is less certain than `least`, or a figure stands.

    Figures always: a wrong one looks as certain as a right one. Nothing where certainties are not known, and no
    dots and dashes: they are in no value, and read together with a word they spoil it.
    """
    if least <= 0 or not piece.certain:
        return []
    runs: list[tuple[int, int]] = []
    for start, end in _words(piece.text):
        if not any(map(str.isalnum, piece.text[start:end])):
            continue
        if _certainty(piece, start, end) >= least and not any(map(str.isdigit, piece.text[start:end])):
            continue
        joined = bool(runs) and start - runs[-1][1] <= 1
        runs.append((runs.pop()[0] if joined else start, end))
    spans = [_span(piece, start, end) for start, end in runs]
    if sum(span.right - span.left for span in spans) > _MOST:
        return [Span(0, len(piece.text))]
    return spans


def _certainty(piece: Piece, start: int, end: int) -> float:
    """That of the word's least certain character; a doubted blank beside it may be none, and two words one."""
    around = range(max(start - 1, 0), min(end + 1, len(piece.text)))
    return min((piece.certain[at] for at in around if not _of_colon(piece.text, at)), default=1.0)


def _of_colon(text: str, at: int) -> bool:
    """A colon with something behind it, or a blank beside it: however they were read, they change no value."""
    if not text[at + 1 :].strip():
        return False
    return text[at] == ":" or (text[at].isspace() and ":" in text[max(at - 1, 0) : at + 2])


def _words(text: str) -> Iterator[tuple[int, int]]:
    return (found.span() for found in re.finditer(r"\S+", text))


def _span(piece: Piece, start: int, end: int) -> Span:
    """Cut in the blanks before and after."""
    places = piece.places
    return Span(
        start,
        end,
        places[start - 1] if start > 0 else 0.0,
        places[end] if end < len(places) else 1.0,
    )


def put_back(piece: Piece, spans: list[Span], readings: list[Reading]) -> Piece:
    """The piece with these spans as they were read again; certain from now on.

    A value after a colon that the second look overlooks stays as it was: a single letter easily is.
    """
    text, places, certain, digits = piece.text, piece.places, piece.certain, piece.digits
    for span, reading in sorted(zip(spans, readings, strict=True), key=lambda pair: -pair[0].start):
        anew = text[: span.start] + reading.text + text[span.end :]
        if anew.rstrip().endswith(":") and not text.endswith(":"):
            continue
        wide, text = span.right - span.left, anew
        there = tuple(span.left + place * wide for place in reading.places)
        places = places[: span.start] + there + places[span.end :]
        sure = (reading.score,) * len(reading.text)
        certain = certain[: span.start] + sure + certain[span.end :]
        digits = reading.digits or digits
    return msgspec.structs.replace(
        piece,
        text=text.strip(),
        score=fmean(certain) if certain else 0.0,
        places=places if len(places) == len(text.strip()) else (),
        digits=digits,
        certain=(),
    )

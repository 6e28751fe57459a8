"""The printed labels of one kind of paper, told from text alone."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

import msgspec

from chalicelib.documents.types import Kind
from chalicelib.documents.words.alike import allowed, distance, plain
from chalicelib.documents.words.vocabulary import Paper, vocabulary

NUMBERING = re.compile(r"^\s*(?:\(?[0-9]{1,2}[.)]|\(?[a-hA-H][.)]|[-•*·])\s*(?=[A-Za-z])")
_LEADING = re.compile(r"^[\s:;.…·=\-–—_]+")
# Dots or a line that lead from a label to its value, as a colon does.
_FILLER = re.compile(r"(?<=[A-Za-z.)])\s*(?:[.…·_]\s?){4,}\s*:?|(?<=[A-Za-z.)])\s*…+\s*:?")
_TRAILING = re.compile(r"[\s:;_|]+$")


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
        self._field_of = lru_cache(maxsize=4096)(self._nearest)  # a line is asked about three times and more

    def field_of(self, text: str) -> str | None:
        """The field that the text is the label of, allowing for one misread letter in five."""
        bare = plain(NUMBERING.sub("", text))
        return self._field_of(bare) if 2 <= len(bare) <= 32 else None

    def _nearest(self, bare: str) -> str | None:
        exact = next((spelling.field for spelling in self._spellings if spelling.bare == bare), None)
        if exact:
            return exact
        share = 0.22 if len(bare) > 4 else 0.15
        ranked = [
            (distance(bare, s.bare, allowed(share, s.bare)) / len(s.bare), s.field)
            for s in self._spellings
            if abs(len(s.bare) - len(bare)) <= 3
        ]
        best = min(ranked, default=(1.0, ""))
        return best[1] if best[0] <= share else None

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


@cache
def lexicon_of(kind: Kind) -> Lexicon:
    """The labels of the vocabulary for one of the four kinds that have fields; made once a process."""
    paper: Paper = getattr(vocabulary(), kind)
    return Lexicon(paper.labels)


def _after(text: str, count: int) -> str:
    """The text after its first `count` letters and figures."""
    seen = 0
    for at, sign in enumerate(text):
        if seen == count:
            return text[at:]
        seen += sign.isascii() and sign.isalnum()
    return ""


def cleaned(text: str) -> str:
    """Without the colon in front and without what ends no value."""
    return _TRAILING.sub("", _LEADING.sub("", text)).strip()

"""What was read beside what is really printed: a mark for each fact. Pure; the rules of the samples' README."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from chalicelib.documents.confined import InspectionResult
from chalicelib.documents.types import Officer
from local.judging import Judged, outside_values

ID_NUMBERS = ("nik", "leader_nik")
KIND, OFFICERS, OFFICER = "kind", "officers", "one officer"
"""Names of marks that are no field: what the paper is, the whole board, a line of it."""
_WHOLLY = {*ID_NUMBERS, "birth_date", "letter_date", "roster_date", "issue_date"}
_OF_PEOPLE = {"full_name", "leader_name", "head_name"}
_NOT_JUDGED = {"subtype", "stamped"}
_NO_FIELDS = {"other", "blank"}
_TITLE = re.compile(r"(?:HJ?|DR[SA]?|IR|KH)(?:\.\s*|\s+)", re.IGNORECASE)


class Paper(msgspec.Struct, frozen=True):
    """What is really in one file."""

    type: str
    degradation: str
    fields: dict[str, Any]


class Truth(msgspec.Struct, frozen=True):
    """A bundle's truth.json, as far as it is judged."""

    documents: dict[str, Paper]
    verdict: str
    findings: list[str]


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """Whether one fact of a paper was read right.

    `confidence` is what the reader claimed for it, None where it said nothing.
    """

    bundle: str
    kind: str
    damage: str
    field: str
    right: bool
    confidence: float | None
    wanted: str = ""
    said: str = ""


def marks_of(truth: Truth, judged: Judged) -> Iterator[Mark]:
    """The marks of one application. A paper that cannot be read at all is judged by its findings alone."""
    for slot, paper in truth.documents.items():
        for field, wanted, said, right, confidence in _judged(paper, judged.results.get(slot)):
            yield Mark(
                bundle=judged.name,
                kind=paper.type,
                damage=paper.degradation,
                field=field,
                right=right,
                confidence=confidence,
                wanted=wanted,
                said=said,
            )


_Fact = tuple[str, str, str, bool, float | None]


def _judged(paper: Paper, result: InspectionResult | None) -> Iterator[_Fact]:
    if paper.degradation != "unreadable":
        kind = str(result.inspection.kind) if result else ""
        certainty = result.inspection.kind_confidence if result else None
        yield KIND, paper.type, kind, kind == paper.type, certainty
    if paper.type in _NO_FIELDS:
        return
    values = outside_values(result.inspection) if result else {}
    for field in (name for name in paper.fields if name not in _NOT_JUDGED | {OFFICERS}):
        value = values.get(field)
        wanted, said = _as_text(paper.fields[field]), value.text if value else ""
        right = comparable(field, wanted) == comparable(field, said)
        yield field, wanted, said, right, value.confidence if value else None
    if OFFICERS in paper.fields:
        yield from _board(paper.fields[OFFICERS], result.inspection.officers if result else ())


def _board(printed: Sequence[Mapping[str, str]], read: Sequence[Officer]) -> Iterator[_Fact]:
    """The board as a whole, and each line that was read: order does not count, each line does."""
    wanted = Counter(_line(row["position"], row["name"]) for row in printed)
    said = [_line(officer.position.text, officer.name.text) for officer in read]
    missed = wanted - Counter(said)
    yield OFFICERS, str(sorted(missed)), str(sorted(Counter(said) - wanted)), Counter(said) == wanted, None
    for line, officer in zip(said, read, strict=True):
        confidence = min(officer.position.confidence, officer.name.confidence)
        yield OFFICER, "", str(line), wanted[line] > 0, confidence
        wanted[line] -= 1


def _line(position: str, name: str) -> tuple[str, str]:
    return comparable("position", position), comparable("full_name", name)


def _as_text(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def comparable(field: str, text: str) -> str:
    """What of a value must agree: ID numbers and dates wholly; else letters and figures, of people no titles."""
    if field in _WHOLLY:
        return text
    if field in _OF_PEOPLE:
        bare = text.partition(",")[0].strip()
        title = _TITLE.match(bare)
        text = bare[title.end() :] if title else bare
    return re.sub(r"[^A-Z0-9]", "", text.upper())

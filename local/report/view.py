"""What the pages of a report show: values numbered in reading order, and where each stands on its picture."""

import base64
import io
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import msgspec
from PIL import Image

from chalicelib.documents.confined import InspectionResult
from chalicelib.documents.types import Box, Finding, Inspection, Officer
from chalicelib.procedures.procedure import load
from chalicelib.texts import told_fault
from chalicelib.web.views.findings import findings_shown
from local.judging import Judged

WIDTH = 1000
"""Units that a page's drawing is wide."""
_AROUND = 4  # between a value and its frame, in the same units
_TAG = 13  # half a tag's height
_SITE_TEXTS = Path(__file__).resolve().parents[2] / "site" / "texts"


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One value: its number on picture and list, and how sure it is (`sure`, `look` or `doubt`).

    `place` is the number under which its frame is found: the first of those that share it; None without a place.
    """

    number: int
    name: str
    text: str
    confidence: float
    level: str
    box: Box | None
    place: int | None


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A frame on a page, in its drawing's units; `tag` is the numbers of the values in it."""

    tag: str
    level: str
    x: float
    y: float
    w: float
    h: float

    @property
    def tag_width(self) -> float:
        """As wide as the numbers in it."""
        return 2 * _TAG + 11 * (len(self.tag) - 1)

    @property
    def tag_x(self) -> float:
        """Right of the frame, where papers are mostly empty; before the page's edge in any case."""
        return min(self.x + self.w + 2, WIDTH - self.tag_width - 1)

    @property
    def tag_y(self) -> float:
        """At the middle of the frame's height."""
        return self.y + self.h / 2 - _TAG


class Leaf(msgspec.Struct, frozen=True, kw_only=True):
    """The picture of one page (a data URL), its drawing's height, and the frames on it."""

    number: int
    picture: str
    height: float
    marks: tuple[Mark, ...]


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence in Indonesian, as the officer reads it, with the English; and in full what was compared with what."""

    code: str
    slot: str
    text: str
    english: str
    kind: str = "hint"
    expected: str | None = None
    found: str | None = None


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """The file in one slot."""

    slot: str
    title: str
    file: str
    fits: bool
    inspection: Inspection
    leaves: tuple[Leaf, ...]
    values: tuple[Shown, ...]
    findings: tuple[Notice, ...]
    hints: tuple[Notice, ...]
    processor_seconds: float

    @property
    def doubtful(self) -> int:
        """How many values a person should look at."""
        return sum(value.level != "sure" for value in self.values)


class Application(msgspec.Struct, frozen=True, kw_only=True):
    """One application with everything that was read of it."""

    name: str
    claims: dict[str, str]
    verdict: str
    seconds: float
    codes: tuple[str, ...]
    findings: tuple[Notice, ...]
    papers: tuple[Paper, ...]


def shown(judged: Judged) -> Application:
    """The application as its page shows it."""
    form = judged.form
    claims = {
        "Leader": form.leader_name,
        "ID number": form.leader_nik,
        "Group": form.group_name,
        "Submitted": form.submitted_on.isoformat(),
        "Type": form.application_type,
        "Old certificate": form.old_certificate_number or "",
    }
    return Application(
        name=judged.name,
        claims={name: text for name, text in claims.items() if text},
        verdict=judged.verdict,
        seconds=judged.seconds,
        codes=tuple(judged.codes),
        findings=tuple(_notice(finding) for finding in judged.findings),
        papers=tuple(_paper(judged, slot, result) for slot, result in judged.results.items()),
    )


def _paper(judged: Judged, slot: str, result: InspectionResult) -> Paper:
    inspection = result.inspection
    found = [finding for finding in judged.findings if finding.slot == slot]
    values = _values(inspection)
    return Paper(
        slot=slot,
        title=load().document(slot).name.en,
        file=judged.form.uploads[slot],
        fits=inspection.kind == slot,
        inspection=inspection,
        leaves=tuple(_leaf(at, data, values, found) for at, data in enumerate(result.previews)),
        values=values,
        findings=tuple(_notice(finding) for finding in found),
        hints=tuple(_advice(inspection)),
        processor_seconds=result.processor_seconds,
    )


def _values(inspection: Inspection) -> tuple[Shown, ...]:
    """Fields and officers, numbered as they stand on the paper; what has no place comes last."""
    told = [
        (name.replace("_", " "), value.text, value.confidence, value.box)
        for name, value in inspection.fields.items()
    ]
    told += [_officer(officer) for officer in inspection.officers]
    told.sort(key=lambda one: (one[3].page, round(one[3].y + one[3].h / 2, 2), one[3].x) if one[3] else (99,))
    places = [box for _, _, _, box in told]
    return tuple(
        Shown(
            number=at,
            name=name,
            text=text,
            confidence=confidence,
            level=_level(confidence),
            box=box,
            place=places.index(box) + 1 if box else None,
        )
        for at, (name, text, confidence, box) in enumerate(told, start=1)
    )


def _officer(officer: Officer) -> tuple[str, str, float, Box | None]:
    confidence = min(officer.position.confidence, officer.name.confidence)
    return (
        officer.position.text,
        officer.name.text,
        confidence,
        _around(officer.position.box, officer.name.box),
    )


def _around(one: Box | None, other: Box | None) -> Box | None:
    if one is None or other is None or one.page != other.page:
        return other or one
    x, y = min(one.x, other.x), min(one.y, other.y)
    right, bottom = max(one.x + one.w, other.x + other.w), max(one.y + one.h, other.y + other.h)
    return Box(page=one.page, x=x, y=y, w=right - x, h=bottom - y)


def _level(confidence: float) -> str:
    return "sure" if confidence > 0.9 else "look" if confidence > 0.7 else "doubt"


def _leaf(number: int, data: bytes, values: Sequence[Shown], found: Sequence[Finding]) -> Leaf:
    width, height = Image.open(io.BytesIO(data)).size
    tall = WIDTH * height / width
    wrong = {finding.box for finding in found if finding.box and finding.severity == "warn"}
    return Leaf(
        number=number + 1,
        picture=f"data:image/jpeg;base64,{base64.b64encode(data).decode()}",
        height=round(tall, 1),
        marks=tuple(_marks(number, tall, values, wrong)),
    )


def _marks(page: int, tall: float, values: Sequence[Shown], wrong: set[Box]) -> Iterator[Mark]:
    """A frame for each place; values that stand in the same place share it."""
    boxes = dict.fromkeys(value.box for value in values if value.box and value.box.page == page)
    for box in boxes:
        here = [value for value in values if value.box == box]
        level = max((value.level for value in here), key=("sure", "look", "doubt").index)
        yield Mark(
            tag=", ".join(str(value.number) for value in here),
            level="wrong" if box in wrong else level,
            x=round(box.x * WIDTH - _AROUND, 1),
            y=round(box.y * tall - _AROUND, 1),
            w=round(box.w * WIDTH + 2 * _AROUND, 1),
            h=round(box.h * tall + 2 * _AROUND, 1),
        )


def _notice(finding: Finding) -> Notice:
    (told,) = findings_shown([finding], load(), "officer")
    return Notice(
        code=finding.code,
        slot=finding.slot,
        text=told.sentence.id,
        english=told.sentence.en,
        kind="" if finding.severity == "warn" else "hint",
        expected=finding.expected,
        found=finding.found,
    )


def _advice(inspection: Inspection) -> Iterator[Notice]:
    if inspection.fault:
        told = told_fault(inspection.fault).text
        yield Notice(code=inspection.fault, slot="", text=told.id, english=told.en)
    for hint in inspection.quality:
        yield Notice(code=hint, slot="", text=_site_text("id", hint), english=_site_text("en", hint))


@cache
def _site_text(language: str, hint: str) -> str:
    texts = tomllib.loads((_SITE_TEXTS / f"{language}.toml").read_text(encoding="utf-8"))
    return str(texts["quality"][hint])

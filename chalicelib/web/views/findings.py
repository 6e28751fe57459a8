"""Findings in sentences: one for the applicant, another for the officer. ID numbers are masked in both."""

import re
import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from chalicelib.cases.form import mask_national_id, masked_text
from chalicelib.documents.types import Finding
from chalicelib.procedures.parts import Words
from chalicelib.procedures.procedure import Procedure
from chalicelib.web.answers.parts import FindingShown
from chalicelib.worktime.words import date_words

Reader = Literal["applicant", "officer"]


class _Sentences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    applicant: Words
    officer: Words


class _Texts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    fields: dict[str, Words]
    places: dict[str, Words]
    sentences: dict[str, _Sentences]


def findings_shown(
    findings: Iterable[Finding], procedure: Procedure, reader: Reader
) -> tuple[FindingShown, ...]:
    """The findings as `reader` gets to see them."""
    return tuple(_shown(finding, procedure, reader) for finding in findings)


def _shown(finding: Finding, procedure: Procedure, reader: Reader) -> FindingShown:
    return FindingShown(
        code=finding.code,
        slot=finding.slot,
        severity=finding.severity,
        expected=_masked(finding.expected, finding.field),
        found=_masked(finding.found, finding.field),
        box=finding.box,
        against=finding.against,
        field=finding.field,
        belongs_to=finding.belongs_to,
        sentence=Words(
            id=_sentence(finding, procedure, reader, "id"), en=_sentence(finding, procedure, reader, "en")
        ),
    )


def _sentence(finding: Finding, procedure: Procedure, reader: Reader, language: Literal["id", "en"]) -> str:
    texts = _texts()
    code = f"{finding.code}_elsewhere" if finding.belongs_to else finding.code
    chosen: Words = getattr(texts.sentences.get(code, texts.sentences["other"]), reader)

    def place(name: str | None) -> str:
        if not name:
            return ""
        known = texts.places.get(name) or procedure.document(name).name
        return known.in_language(language)

    field = texts.fields.get(finding.field or "")
    facts = {
        "document": place(finding.slot),
        "field": field.in_language(language) if field else "",
        "found": worded(_masked(finding.found, finding.field), language),
        "expected": worded(_masked(finding.expected, finding.field), language),
        "against": place(finding.against),
        "belongs_to": place(finding.belongs_to),
    }
    # One pass: what a document says may itself look like a place for a fact.
    said = re.sub(r"{(\w+)}", lambda at: facts[at[1]], chosen.in_language(language))
    return said[:1].upper() + said[1:]


def _masked(text: str | None, field: str | None) -> str | None:
    """Masked; a badly read ID number is one too, however many figures were read."""
    if not text:
        return text
    if field != "national_id":
        return masked_text(text)
    return mask_national_id(text) if len(text) == 16 else f"{text[:4]}…{text[-4:]}" if len(text) > 8 else "…"


def worded(text: str | None, language: Literal["id", "en"]) -> str:
    """Dates (YYYY-MM-DD) in words."""
    if text and re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date_words(date.fromisoformat(text), language)
    return text or "?"


@cache
def _texts() -> _Texts:
    text = Path(__file__).with_name("findings.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), _Texts)


def told_codes() -> frozenset[str]:
    """The codes that have a sentence of their own."""
    return frozenset(_texts().sentences)

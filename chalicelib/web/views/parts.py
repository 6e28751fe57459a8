"""What several views share: moments, masked numbers, sentences, documents."""

import tomllib
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TypeVar

from chalicelib.cases.case import Document
from chalicelib.cases.form import mask_national_id, masked_text
from chalicelib.documents.types import Finding
from chalicelib.errors import NotFoundError
from chalicelib.procedures.parts import Reason, Words
from chalicelib.procedures.procedure import Procedure
from chalicelib.web.answers.parts import DocumentShown, FindingShown, ReasonOffered, ReasonShown
from chalicelib.worktime.calendar import office_zone

_NUMBER_FIELDS = ("national_id", "leader_national_id")
_WHOLE = ""
"""The slot of what is about the form, the group or the draft as a whole."""

Moment = TypeVar("Moment", datetime, None)


def in_office(moment: Moment) -> Moment:
    """The moment in office time, cut to the second."""
    return moment.astimezone(office_zone()).replace(microsecond=0) if moment else moment


def documents_shown(documents: Iterable[Document]) -> dict[str, DocumentShown]:
    """The documents by slot."""
    return {item.slot: _document_shown(item) for item in documents}


def _document_shown(document: Document) -> DocumentShown:
    reading = document.inspection
    return DocumentShown(
        state=document.state,
        upload_id=document.upload_id,
        kind=str(reading.kind) if reading else None,
        content_type=document.content_type,
        size=document.size,
        uploaded_at=in_office(document.offered_at),
        fault=reading.fault if reading else None,
        quality=tuple(str(hint) for hint in reading.quality) if reading else (),
        read=_read(document),
        pages=reading.pages if reading else None,
    )


def _read(document: Document) -> dict[str, str]:
    fields = document.inspection.fields if document.inspection else {}
    return {
        name: mask_national_id(value.text) if name in _NUMBER_FIELDS else masked_text(value.text)
        for name, value in fields.items()
    }


def findings_shown(findings: Iterable[Finding], procedure: Procedure) -> tuple[FindingShown, ...]:
    """The findings with a sentence each: the procedure's own for that code, if it has one."""
    return tuple(
        FindingShown(
            code=finding.code,
            slot=finding.slot,
            severity=finding.severity,
            expected=masked_text(finding.expected) if finding.expected else None,
            found=masked_text(finding.found) if finding.found else None,
            sentence=sentence_of(finding.code, finding.slot, procedure),
        )
        for finding in findings
    )


def sentence_of(code: str, slot: str, procedure: Procedure) -> Words:
    """The sentence of a finding or reason, the document's name in it."""
    try:
        message = procedure.reason(code).message
    except NotFoundError:
        texts = _own_sentences()
        message = texts.get(code, texts["other"])
    return _about(message, slot, procedure)


@cache
def _own_sentences() -> dict[str, Words]:
    text = Path(__file__).with_name("findings.toml").read_text(encoding="utf-8")
    return {code: Words(**words) for code, words in tomllib.loads(text).items()}


def _about(message: Words, slot: str, procedure: Procedure) -> Words:
    name = procedure.document(slot).name if slot else Words(id="", en="")
    return Words(id=message.id.replace("{document}", name.id), en=message.en.replace("{document}", name.en))


def reasons_shown(given: Iterable[str], procedure: Procedure) -> tuple[ReasonShown, ...]:
    """Reasons as given (`code` or `code:slot`), in sentences."""
    pairs = [reason.partition(":")[::2] for reason in given]
    return tuple(
        ReasonShown(code=code, slot=slot or None, sentence=sentence_of(code, slot, procedure))
        for code, slot in pairs
    )


def reasons_offered(reasons: Iterable[Reason], procedure: Procedure) -> tuple[ReasonOffered, ...]:
    """Every reason with every document that it can be about."""
    return tuple(
        _reason_offered(reason, slot, procedure) for reason in reasons for slot in reason.slots or (_WHOLE,)
    )


def _reason_offered(reason: Reason, slot: str, procedure: Procedure) -> ReasonOffered:
    sentence = _about(reason.message, slot, procedure)
    return ReasonOffered(
        code=reason.code, slot=slot or None, decision=reason.decision, id=sentence.id, en=sentence.en
    )

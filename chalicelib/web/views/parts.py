"""What several views share: moments, masked numbers, reasons, documents."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from chalicelib.cases.case import Case, Document
from chalicelib.cases.form import mask_national_id, masked_text
from chalicelib.procedures.parts import Reason, Words
from chalicelib.procedures.procedure import Procedure
from chalicelib.steps.assistance import assisted_words
from chalicelib.web.answers.parts import AssistedShown, DocumentShown, ReasonOffered, ReasonShown
from chalicelib.worktime.calendar import office_zone

_NUMBER_FIELDS = ("national_id", "leader_national_id")
_WHOLE = ""
"""The slot of what is about the form, the group or the draft as a whole."""

Moment = TypeVar("Moment", datetime, None)


def in_office(moment: Moment) -> Moment:
    """The moment in office time, cut to the second."""
    return moment.astimezone(office_zone()).replace(microsecond=0) if moment else moment


def assisted_shown(case: Case) -> AssistedShown | None:
    """Who filled it in, when an officer did."""
    helped = case.assistance
    if helped is None:
        return None
    return AssistedShown(
        told=Words(**assisted_words(helped)),
        words=helped.words,
        consented_at=in_office(helped.consented_at),
    )


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


def _about(message: Words, slot: str, procedure: Procedure) -> Words:
    name = procedure.document(slot).name if slot else Words(id="", en="")
    return Words(id=message.id.replace("{document}", name.id), en=message.en.replace("{document}", name.en))


def reasons_shown(given: Iterable[str], procedure: Procedure) -> tuple[ReasonShown, ...]:
    """Reasons as given (`code` or `code:slot`), in the procedure's sentences."""
    pairs = [reason.partition(":")[::2] for reason in given]
    return tuple(
        ReasonShown(
            code=code, slot=slot or None, sentence=_about(procedure.reason(code).message, slot, procedure)
        )
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

"""What several views share: moments, masked numbers, reasons, documents."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TypeVar

from chalicelib.cases.case import Case, Document
from chalicelib.cases.form import mask_national_id, masked_text
from chalicelib.cases.reasons import about, sentence
from chalicelib.procedures.parts import Reason, Words
from chalicelib.procedures.procedure import Procedure
from chalicelib.steps.assistance import assisted_words
from chalicelib.web.answers.parts import AssistedShown, DocumentShown, ReasonOffered, ReasonShown
from chalicelib.worktime.calendar import office_zone

_NUMBER_FIELDS = ("national_id", "leader_national_id")

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


def reasons_shown(
    given: Iterable[str], procedure: Procedure, late: Collection[str] = ()
) -> tuple[ReasonShown, ...]:
    """Reasons as given (see `cases.reasons`), in the procedure's sentences; `late` are those found late."""
    return tuple(_reason_shown(reason, procedure, reason in late) for reason in given)


def reason_offered(reason: Reason, given: str, procedure: Procedure) -> ReasonOffered:
    """The reason, given so, as one ready sentence."""
    said, words = about(given), sentence(given, procedure)
    return ReasonOffered(
        code=reason.code,
        slot=said.slot or None,
        field=said.field or None,
        decision=reason.decision,
        id=words.id,
        en=words.en,
    )


def _reason_shown(given: str, procedure: Procedure, late: bool) -> ReasonShown:
    said = about(given)
    return ReasonShown(
        code=said.code,
        slot=said.slot or None,
        field=said.field or None,
        late=late,
        sentence=sentence(given, procedure),
    )

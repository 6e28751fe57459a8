"""The documents of a case while they are open: offered, inspected, moved, removed."""

from datetime import datetime

import msgspec

from chalicelib.cases.applying import applicant, editable, must_be_editable
from chalicelib.cases.case import UNFINISHED, Case, Document
from chalicelib.cases.change import SYSTEM, Change, change
from chalicelib.cases.errors import DocumentsUnfinishedError
from chalicelib.cases.reasons import opened_slots
from chalicelib.documents.types import Inspection
from chalicelib.errors import InvalidInputError, NotFoundError, StateConflictError
from chalicelib.procedures.procedure import Procedure


def open_slots(case: Case, procedure: Procedure) -> tuple[str, ...]:
    """The slots whose documents the applicant can change now, in the procedure's order.

    In a draft all that are needed; in a returned application those that the reasons name, or all where a reason
    is about the whole.
    """
    needed = procedure.slots_needed(case.form.application_type)
    if case.correction is None:
        return needed if editable(case) else ()
    named = opened_slots(case.correction.reasons, procedure)
    if named is None:
        return needed
    return tuple(document.slot for document in procedure.documents if document.slot in named)


def offer_upload(case: Case, document: Document, procedure: Procedure, at: datetime) -> Change:
    """A place for one upload; the document that was in the slot before is put aside, never overwritten.

    Raises StateConflictError, also for a slot that was not returned, and NotFoundError for one that is none.
    """
    procedure.document(document.slot)
    _must_be_open(case, document.slot, procedure)
    facts = {"slot": document.slot, "upload_id": document.upload_id, "size": document.size}
    facts |= {"taken_from": document.taken_from} if document.taken_from else {}
    documents = {**case.documents, document.slot: document}
    actor = applicant(case)
    return change(case, at=at, actor=actor, action="document.offered", facts=facts, documents=documents)


def remove_document(case: Case, slot: str, procedure: Procedure, at: datetime) -> Change:
    """The slot emptied. Raises NotFoundError when it already is, StateConflictError as `offer_upload` does."""
    must_be_editable(case)
    if slot not in case.documents:
        raise NotFoundError(what="document", slot=slot)
    _must_be_open(case, slot, procedure)
    documents = {name: document for name, document in case.documents.items() if name != slot}
    facts = {"slot": slot, "upload_id": case.documents[slot].upload_id}
    actor = applicant(case)
    return change(case, at=at, actor=actor, action="document.removed", facts=facts, documents=documents)


def move_document(case: Case, slot: str, to: str, procedure: Procedure, at: datetime) -> Change:
    """The document of one slot put into another with its file and inspection; a document there takes its place.

    Raises StateConflictError, NotFoundError for an empty slot, InvalidInputError for a place that this
    application does not have, and DocumentsUnfinishedError while one of the two is still being read: its
    inspection is on its way to the old slot.
    """
    must_be_editable(case)
    if slot not in case.documents:
        raise NotFoundError(what="document", slot=slot)
    places = [one for one in procedure.slots_needed(case.form.application_type) if one != slot]
    if to not in places:
        raise InvalidInputError(where="to", allowed=places)
    for place in (slot, to):
        _must_be_open(case, place, procedure)
    pair = {place: case.documents[place] for place in (slot, to) if place in case.documents}
    unfinished = [place for place, item in pair.items() if item.state in UNFINISHED]
    if unfinished:
        raise DocumentsUnfinishedError(slots=unfinished)
    swapped = {slot: to, to: slot}
    moved = {
        swapped[place]: msgspec.structs.replace(item, slot=swapped[place]) for place, item in pair.items()
    }
    rest = {place: item for place, item in case.documents.items() if place not in pair}
    facts = {"slot": slot, "to": to, "upload_id": pair[slot].upload_id}
    if to in pair:
        facts["exchanged_for"] = pair[to].upload_id
    actor = applicant(case)
    return change(case, at=at, actor=actor, action="document.moved", facts=facts, documents={**rest, **moved})


def begin_inspection(case: Case, slot: str, upload_id: str, at: datetime) -> Change | None:
    """The file has come and is being read; None when that is known, the upload replaced, or the case over."""
    document = case.documents.get(slot)
    if case.ended or document is None or (document.upload_id, document.state) != (upload_id, "awaiting"):
        return None
    arrived = msgspec.structs.replace(document, state="inspecting")
    facts = {"slot": slot, "upload_id": upload_id}
    documents = {**case.documents, slot: arrived}
    return change(case, at=at, actor=SYSTEM, action="document.arrived", facts=facts, documents=documents)


def receive_inspection(case: Case, upload_id: str, inspected: Document, at: datetime) -> Change | None:
    """The result of an inspection; None when it is known, the upload was replaced, or the case is over.

    While documents are open, other bytes at the same place count as sent again: whoever goes back in a browser
    sends a second file by the form of the first.
    """
    before = case.documents.get(inspected.slot)
    if (
        case.ended
        or before is None
        or before.upload_id != upload_id
        or (before.state not in UNFINISHED and not sent_again(case, before, inspected.etag))
    ):
        return None
    reading = inspected.inspection or _unread(inspected)
    facts = {
        "slot": inspected.slot,
        "upload_id": upload_id,
        "state": inspected.state,
        "kind": str(reading.kind),
        "fault": reading.fault,
        "sha256": inspected.sha256,
        "version_id": inspected.version_id,
    }
    documents = {**case.documents, inspected.slot: inspected}
    return change(case, at=at, actor=SYSTEM, action="document.inspected", facts=facts, documents=documents)


def sent_again(case: Case, document: Document, etag: str) -> bool:
    """Whether these are other bytes than those that were read, and the document may still change."""
    return editable(case) and bool(document.etag) and document.etag != etag


def _must_be_open(case: Case, slot: str, procedure: Procedure) -> None:
    """What was not returned stays as it was judged."""
    must_be_editable(case)
    if case.correction and slot not in open_slots(case, procedure):
        raise StateConflictError(status=case.status, slot=slot)


def _unread(document: Document) -> Inspection:
    raise StateConflictError(problem="an inspected document without its inspection", slot=document.slot)

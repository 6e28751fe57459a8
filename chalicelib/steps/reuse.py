"""A document of an earlier application used again: copied inside S3, and read anew against the new form."""

from datetime import datetime

import msgspec

from chalicelib.accounts.people import Account
from chalicelib.aws.case_lists import of_applicant
from chalicelib.cases import applying, uploading
from chalicelib.cases.case import Case, Document
from chalicelib.cases.change import Change
from chalicelib.errors import NotFoundError
from chalicelib.steps.application import new_place, offered, own, own_case
from chalicelib.steps.desk import Desk, change_case

CASES_LOOKED_AT = 10


class Earlier(msgspec.Struct, frozen=True, kw_only=True):
    """A document that was sent before, and the case in which it lies."""

    case_id: str
    number: str
    document: Document


def earlier_documents(desk: Desk, account: Account, case_id: str) -> dict[str, Earlier]:
    """The newest accepted document of each slot in the applicant's other applications that were sent.

    Raises NotFoundError for somebody else's case.
    """
    mine = own_case(desk, account, case_id)
    wanted = desk.procedure_of(mine).slots_needed(mine.form.application_type)
    if account.only_case:  # an officer at the counter sees this one case alone
        return {}
    sent = [line for line in of_applicant(account.id) if line.submitted_at and line.case_id != case_id]
    found: dict[str, Earlier] = {}
    for line in sent[:CASES_LOOKED_AT]:
        case = desk.cases.load(line.case_id)
        for slot, document in applying.usable_documents(case).items():
            if slot in wanted and case.applicant_id == account.id:
                found.setdefault(slot, Earlier(case_id=case.case_id, number=case.number, document=document))
    return found


def reuse(desk: Desk, account: Account, case_id: str, slot: str, source_id: str) -> Case:
    """The document of that slot in an earlier case of one's own, offered and copied into this one.

    No byte goes through the phone, and nothing that was read before is believed: the copy is inspected as an
    upload is. Raises NotFoundError, alike for what is not there and for what is somebody else's, StateConflictError,
    TooManyError.
    """
    source = own_case(desk, account, source_id)
    document = applying.usable_documents(source).get(slot) if source_id != case_id else None
    if document is None or source.submitted_at is None:
        raise NotFoundError(what="document", slot=slot)
    place = msgspec.structs.replace(
        new_place(desk, case_id, slot, document.content_type, document.size), taken_from=document.upload_id
    )

    def rule(case: Case, at: datetime) -> Change:
        return offered(desk, own(case, account), place, at)

    case = change_case(desk, case_id, rule)
    copy_in(desk, case_id, place, (desk.settings.documents_bucket, document.object_key, document.version_id))
    return case


def copy_in(desk: Desk, case_id: str, place: Document, source: tuple[str, str, str]) -> None:
    """An object version (bucket, key, version id) put where an upload was offered, to be read as one.

    Raises NotFoundError when it is gone; the slot is empty again then.
    """
    try:
        desk.files.copy(source, desk.settings.quarantine_bucket, place.quarantine_key, place.content_type)
    except NotFoundError:
        _take_back(desk, case_id, place)
        raise


def _take_back(desk: Desk, case_id: str, place: Document) -> None:
    """The slot emptied of what cannot come."""

    def rule(case: Case, at: datetime) -> Change | None:
        there = case.documents.get(place.slot)
        if there is None or there.upload_id != place.upload_id:
            return None
        return uploading.remove_document(case, place.slot, desk.procedure_of(case), at)

    change_case(desk, case_id, rule)

"""A renewal that begins with what the office knows: the old application's form, and the old certificate itself.

Only what has changed is asked for, and nothing that was read before is believed: the certificate is inspected like any
upload, and held against the register.
"""

import hashlib
from datetime import datetime

import msgspec

from chalicelib.accounts.people import Account
from chalicelib.aws import permit_register
from chalicelib.cases import applying
from chalicelib.cases.case import Case
from chalicelib.cases.change import Change
from chalicelib.cases.form import RenewalReason
from chalicelib.documents.types import Kind
from chalicelib.errors import NotFoundError, StaleVersionError, StateConflictError
from chalicelib.permits.types import PermitRecord
from chalicelib.procedures.procedure import load
from chalicelib.steps.application import check_room, new_place, offered, own_case
from chalicelib.steps.desk import Desk, Planned, Request, View, answered, change_case, commit, given_answer

_PDF = "application/pdf"


def renew(
    desk: Desk,
    account: Account,
    number: str,
    reason: RenewalReason,
    request: Request | None,
    view: View,
) -> bytes:
    """A draft that renews one's own permit of that number; answers as JSON what `view` makes of it.

    Raises NotFoundError for a number that is not the applicant's own, StateConflictError for a permit that was revoked
    or replaced, TooManyError, RequestKeyReusedError.
    """
    nonce = request.key_hash.encode() if request else desk.random(16)
    case_id = f"case-{hashlib.sha256(nonce).hexdigest()[:32]}"
    given = given_answer(desk, case_id, request)
    if given:
        return given
    check_room(account)
    record, old = _own_permit(desk, account, number)
    form = msgspec.structs.replace(
        old.form,
        application_type="renewal",
        previous_permit_number=record.permit_number,
        renewal_reason=reason,
    )
    change = applying.start_draft(
        case_id, desk.random(16).hex(), account.id, "renewal", load(), desk.clock.now(), form=form
    )
    answer = msgspec.json.encode(view(change.case))
    try:
        commit(desk, Planned(change=change), answered(request, answer))
    except StaleVersionError:
        given = given_answer(desk, case_id, request)
        if given is None:
            raise
        return given
    _lay_the_certificate_in(desk, case_id, record, old)
    return answer


def _own_permit(desk: Desk, account: Account, number: str) -> tuple[PermitRecord, Case]:
    record = permit_register.by_number(" ".join(number.split()))
    if record is None:
        raise NotFoundError(what="permit")
    old = own_case(desk, account, record.case_id)
    if record.status != "valid":
        raise StateConflictError(status=record.status)
    return record, old


def _lay_the_certificate_in(desk: Desk, case_id: str, record: PermitRecord, old: Case) -> None:
    """The signed file as the fourth document. Where this is cut short, the applicant uploads it as everybody does."""
    size = old.permit.size if old.permit and old.permit.size else 1
    place = new_place(desk, case_id, Kind.OLD_CERTIFICATE, _PDF, size)
    place = msgspec.structs.replace(place, taken_from=record.check_code)

    def rule(case: Case, at: datetime) -> Change:
        return offered(desk, case, place, at)

    change_case(desk, case_id, rule)
    settings = desk.settings
    from_ = (settings.permits_bucket, record.object_key, record.version_id)
    desk.files.copy(from_, settings.quarantine_bucket, place.quarantine_key, _PDF)

"""A renewal that begins with what the office knows: the old application's form, and the old certificate itself.

Only what has changed is asked for, and nothing that was read before is believed: the certificate is inspected like any
upload, and held against the register.
"""

from contextlib import suppress
from datetime import datetime

import msgspec

from chalicelib.accounts.people import Account
from chalicelib.aws import permit_register
from chalicelib.cases.case import Case
from chalicelib.cases.change import Change
from chalicelib.cases.form import ApplicationForm, RenewalReason
from chalicelib.documents.types import Kind
from chalicelib.errors import NotFoundError, StateConflictError
from chalicelib.permits.types import PermitRecord
from chalicelib.steps.application import begin_draft, new_place, offered, own_case
from chalicelib.steps.desk import Desk, Request, View, change_case
from chalicelib.steps.reuse import copy_in

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
    permits: list[tuple[PermitRecord, Case]] = []

    def known() -> ApplicationForm:
        permits.append(_own_permit(desk, account, number))
        record, old = permits[0]
        return msgspec.structs.replace(
            old.form,
            application_type="renewal",
            previous_permit_number=record.permit_number,
            renewal_reason=reason,
        )

    answer, begun = begin_draft(desk, account, known, request, view)
    if begun:
        with suppress(NotFoundError):  # the file is gone: it is uploaded as by everybody
            _lay_the_certificate_in(desk, begun, *permits[0])
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
    copy_in(desk, case_id, place, (desk.settings.permits_bucket, record.object_key, record.version_id))

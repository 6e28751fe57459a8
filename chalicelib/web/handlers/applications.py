"""SOP step 1 over HTTP: the applicant's own applications."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from chalicelib.accounts.people import Account
from chalicelib.aws.files import UPLOAD_SECONDS
from chalicelib.steps import application, renewing
from chalicelib.steps.application import OwnCase
from chalicelib.web.answers.application import (
    ApplicationLine,
    ApplicationList,
    ApplicationShown,
    PermitAddress,
    UploadOffered,
)
from chalicelib.web.calls import Call
from chalicelib.web.handlers.around import around, shown
from chalicelib.web.views.application import line_shown, open_line
from chalicelib.web.views.parts import in_office


def start(call: Call) -> bytes:
    """A new draft."""
    account = _applicant(call)
    view, asked = partial(shown, call.desk), call.body
    if asked.renews and asked.application_type == "renewal":
        return renewing.renew(
            call.desk, account, asked.renews, asked.renewal_reason, call.request(account), view
        )
    return application.new_application(
        call.desk, account, asked.application_type, call.request(account), view
    )


def mine(call: Call) -> ApplicationList:
    """The applicant's own list."""
    own = application.own_cases(call.desk, _applicant(call))
    return ApplicationList(applications=tuple(_line(call, one) for one in own))


def one(call: Call) -> ApplicationShown:
    """One application of one's own."""
    return shown(call.desk, application.own_case(call.desk, _applicant(call), call.path["case_id"]))


def save_form(call: Call) -> ApplicationShown:
    """The form as typed, unless it is no longer the one that the caller has seen."""
    account, seen = _applicant(call), call.form_seen
    case = application.save_form(call.desk, account, call.path["case_id"], call.body, seen=seen)
    return shown(call.desk, case)


def offer_upload(call: Call) -> UploadOffered:
    """A place for one file. Asking again gives another place: this request has no lasting answer."""
    asked = call.body
    document, post = application.offer_upload(
        call.desk, _applicant(call), call.path["case_id"], asked.slot, asked.content_type, asked.size
    )
    return UploadOffered(
        upload_id=document.upload_id,
        url=post["url"],
        fields=post["fields"],
        expires_at=in_office(call.desk.clock.now() + timedelta(seconds=UPLOAD_SECONDS)),
    )


def remove_document(call: Call) -> ApplicationShown:
    """One slot emptied."""
    case = application.remove_document(call.desk, _applicant(call), call.path["case_id"], call.path["slot"])
    return shown(call.desk, case)


def move_document(call: Call) -> bytes:
    """One document put where it belongs."""
    account = _applicant(call)
    return application.move_document(
        call.desk,
        account,
        call.path["case_id"],
        (call.path["slot"], call.body.to),
        call.request(account),
        partial(shown, call.desk),
    )


def submit(call: Call) -> bytes:
    """The application sent."""
    return _once(call, application.submit, send_anyway=call.body.send_anyway)


def correct(call: Call) -> bytes:
    """The correction sent."""
    sent = call.body
    return _once(call, application.send_correction, message=sent.message, send_anyway=sent.send_anyway)


def withdraw(call: Call) -> bytes:
    """The application taken back."""
    return _once(call, application.withdraw, reason=call.body.reason)


def permit(call: Call) -> PermitAddress:
    """Where the permit's file can be fetched for some minutes."""
    signed, url = application.download_permit(call.desk, _applicant(call), call.path["case_id"])
    return PermitAddress(url=url, permit_number=signed.permit_number, sha256=signed.sha256)


def _once(call: Call, use_case: Callable[..., bytes], **sent: Any) -> bytes:
    """The answer of a use case that a request key makes happen once."""
    account = _applicant(call)
    view = partial(shown, call.desk)
    return use_case(call.desk, account, call.path["case_id"], call.request(account), view, **sent)


def _applicant(call: Call) -> Account:
    return call.account("applicant")


def _line(call: Call, own: OwnCase) -> ApplicationLine:
    """The index knows the open step's deadline; what applicants are promised is the end of all steps."""
    return open_line(own.line, own.case, around(call.desk, own.case)) if own.case else line_shown(own.line)

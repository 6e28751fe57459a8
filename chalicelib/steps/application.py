"""SOP step 1 as use cases: draft, form, uploads, sending, correcting, withdrawing."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from chalicelib.accounts.people import Account
from chalicelib.aws.case_lists import CaseSummary, of_applicant
from chalicelib.cases import applying, correcting, uploading
from chalicelib.cases.case import Case, Document, SignedPermit
from chalicelib.cases.change import Change
from chalicelib.cases.form import ApplicationForm, ApplicationType, claims, cleaned
from chalicelib.documents.checks.findings import findings
from chalicelib.documents.files.gate import ACCEPTED, MAX_BYTES
from chalicelib.documents.types import Finding
from chalicelib.errors import (
    InvalidInputError,
    NotFoundError,
    StaleVersionError,
    StateConflictError,
    TooManyError,
)
from chalicelib.procedures.procedure import load
from chalicelib.steps.desk import (
    Desk,
    Planned,
    Request,
    View,
    answer_once,
    answered,
    change_case,
    commit,
    given_answer,
    time_of,
)
from chalicelib.steps.previous_permit import registered

NOT_ENDED = ("draft", "in_progress", "returned")
OPEN_APPLICATIONS = 10
UPLOADS_A_CASE = 60


class OwnCase(msgspec.Struct, frozen=True, kw_only=True):
    """A line of an applicant's list; the whole case, too, while it has not ended."""

    line: CaseSummary
    case: Case | None


def new_application(
    desk: Desk, account: Account, application_type: ApplicationType, request: Request | None, view: View
) -> bytes:
    """A new draft; answers as JSON what `view` makes of it. The same request key gives the same draft again.

    Raises TooManyError when the applicant has `OPEN_APPLICATIONS` that have not ended, RequestKeyReusedError.
    """
    return begin_draft(
        desk, account, lambda: ApplicationForm(application_type=application_type), request, view
    )[0]


def begin_draft(
    desk: Desk,
    account: Account,
    known: Callable[[], ApplicationForm],
    request: Request | None,
    view: View,
) -> tuple[bytes, str]:
    """A new draft with the `known` form, and its id, "" where an earlier request made it; see `new_application`."""
    nonce = request.key_hash.encode() if request else desk.random(16)
    case_id = f"case-{hashlib.sha256(nonce).hexdigest()[:32]}"
    given = given_answer(desk, case_id, request)
    if given:
        return given, ""
    check_room(account)
    form = known()
    change = applying.start_draft(
        case_id,
        desk.random(16).hex(),
        account.id,
        form.application_type,
        load(),
        desk.clock.now(),
        form=form,
    )
    answer = msgspec.json.encode(view(change.case))
    try:
        commit(desk, Planned(change=change), answered(request, answer))
    except StaleVersionError:
        given = given_answer(desk, case_id, request)
        if given is None:
            raise
        return given, ""
    return answer, case_id


def check_room(account: Account) -> None:
    """Raises TooManyError when the applicant has `OPEN_APPLICATIONS` that have not ended."""
    open_now = [case for case in of_applicant(account.id) if case.status in NOT_ENDED]
    if len(open_now) >= OPEN_APPLICATIONS:
        raise TooManyError(limit=OPEN_APPLICATIONS)


def own_cases(desk: Desk, account: Account) -> tuple[OwnCase, ...]:
    """The applicant's own cases, newest first: two reads, however many there are."""
    lines = of_applicant(account.id)
    whole = desk.cases.load_all(line.case_id for line in lines if line.status in NOT_ENDED)
    return tuple(OwnCase(line=line, case=whole.get(line.case_id)) for line in lines)


def own_case(desk: Desk, account: Account, case_id: str) -> Case:
    """The applicant's own case. Raises NotFoundError, also for somebody else's."""
    return own(desk.cases.load(case_id), account)


def save_form(desk: Desk, account: Account, case_id: str, form: ApplicationForm, *, seen: str = "") -> Case:
    """The form as typed, cleaned. Raises InvalidInputError for an unknown art genre or odd characters, and
    StateConflictError for a field that is not open.

    Raises StaleVersionError when the form is not the one that was `seen` (its SHA-256; "" takes any): another
    tab or device has saved meanwhile, and nothing of theirs may be lost.
    """
    tidy = cleaned(form)

    def rule(case: Case, at: datetime) -> Change | None:
        if tidy.art_genre and tidy.art_genre not in {g.slug for g in desk.procedure_of(case).genres}:
            raise InvalidInputError(where="art_genre")
        mine = own(case, account)
        if seen and seen != applying.form_sha256(mine.form) and tidy != mine.form:
            raise StaleVersionError(case_id=case_id)
        return applying.save_form(mine, tidy, desk.procedure_of(mine), at)

    return change_case(desk, case_id, rule)


def offer_upload(
    desk: Desk, account: Account, case_id: str, slot: str, content_type: str, size: int
) -> tuple[Document, dict[str, Any]]:
    """A place to upload one document to: the document as recorded, and the presigned POST for exactly it.

    Raises InvalidInputError for a type or size that is never accepted, TooManyError after `UPLOADS_A_CASE`.
    """
    if content_type not in ACCEPTED:
        raise InvalidInputError(where="content_type", allowed=list(ACCEPTED))
    if not 1 <= size <= MAX_BYTES:
        raise InvalidInputError(where="size", allowed=[1, MAX_BYTES])
    place = new_place(desk, case_id, slot, content_type, size)

    def rule(case: Case, at: datetime) -> Change:
        return offered(desk, own(case, account), place, at)

    document = change_case(desk, case_id, rule).documents[slot]
    bucket = desk.settings.quarantine_bucket
    return document, desk.files.offer(bucket, document.quarantine_key, content_type, MAX_BYTES)


def new_place(desk: Desk, case_id: str, slot: str, content_type: str, size: int) -> Document:
    """A document that is still to come, under a key that nobody can guess."""
    upload_id = desk.random(16).hex()
    return Document(
        slot=slot,
        upload_id=upload_id,
        state="awaiting",
        content_type=content_type,
        size=size,
        offered_at=desk.clock.now(),
        quarantine_key=f"{case_id}/{upload_id}/{slot}",
    )


def offered(desk: Desk, case: Case, place: Document, at: datetime) -> Change:
    """The change that offers that place. Raises TooManyError after `UPLOADS_A_CASE`."""
    if case.head.seq > UPLOADS_A_CASE * 4:
        raise TooManyError(limit=UPLOADS_A_CASE)
    return uploading.offer_upload(
        case, msgspec.structs.replace(place, offered_at=at), desk.procedure_of(case), at
    )


def remove_document(desk: Desk, account: Account, case_id: str, slot: str) -> Case:
    """The slot emptied."""

    def rule(case: Case, at: datetime) -> Change:
        return uploading.remove_document(own(case, account), slot, desk.procedure_of(case), at)

    return change_case(desk, case_id, rule)


def move_document(
    desk: Desk, account: Account, case_id: str, way: tuple[str, str], request: Request | None, view: View
) -> bytes:
    """The document put from one slot into another. Twice is back again: the same request key moves it once."""

    def rule(case: Case, at: datetime) -> Change:
        return uploading.move_document(own(case, account), *way, desk.procedure_of(case), at)

    return answer_once(desk, case_id, request, rule, view)


def submit(
    desk: Desk, account: Account, case_id: str, request: Request | None, view: View, *, send_anyway: bool
) -> bytes:
    """Sends the application; answers as JSON what `view` makes of the case. See `cases.applying.submit`."""

    def rule(case: Case, at: datetime) -> Planned:
        case = own(case, account)
        procedure = desk.procedure_of(case)
        if case.status != "draft":
            raise StateConflictError(status=case.status)
        applying.check_sendable(case, procedure, at, send_anyway=send_anyway)
        serial = desk.cases.next_serial(f"application-{at.year}")
        change = applying.submit(
            case,
            procedure,
            number=procedure.number_of_application(serial=serial.value, year=at.year),
            finding_codes=finding_codes(desk, case),
            send_anyway=send_anyway,
            at=at,
        )
        return Planned(change=change, serial=serial)

    return answer_once(desk, case_id, request, rule, view)


def send_correction(  # noqa: PLR0913 - who, what, the request, and the two things that come with it
    desk: Desk,
    account: Account,
    case_id: str,
    request: Request | None,
    view: View,
    *,
    message: str,
    send_anyway: bool,
) -> bytes:
    """Sends the correction; answers as JSON what `view` makes of the case."""

    def rule(case: Case, at: datetime) -> Change:
        mine = own(case, account)
        return correcting.send_correction(
            mine,
            desk.procedure_of(mine),
            finding_codes=finding_codes(desk, case),
            message=message,
            send_anyway=send_anyway,
            at=at,
        )

    return answer_once(desk, case_id, request, rule, view)


def withdraw(
    desk: Desk, account: Account, case_id: str, request: Request | None, view: View, *, reason: str
) -> bytes:
    """Takes the application back; answers as JSON what `view` makes of the case."""

    def rule(case: Case, at: datetime) -> Change:
        calendar = desk.calendar(at.date())
        return applying.withdraw(own(case, account), desk.procedure_of(case), at, calendar, reason)

    return answer_once(desk, case_id, request, rule, view)


def findings_of(desk: Desk, case: Case) -> tuple[Finding, ...]:
    """What does not fit, judged on the day the application was sent, or today while it is a draft."""
    procedure = desk.procedure_of(case)
    judged_on = (case.submitted_at or time_of(desk, case)).date()
    inspections = {slot: item.inspection for slot, item in case.documents.items() if item.inspection}
    needed = procedure.slots_needed(case.form.application_type)
    return findings(
        claims(case.form, judged_on),
        needed,
        inspections,
        procedure.letter_max_age_months,
        renewal_opens_days=procedure.renewal_opens_days,
        registered=registered(case, procedure),
    )


def finding_codes(desk: Desk, case: Case) -> tuple[str, ...]:
    """The findings as `code:slot`, each once."""
    return tuple(dict.fromkeys(f"{item.code}:{item.slot}" for item in findings_of(desk, case)))


def download_permit(desk: Desk, account: Account, case_id: str) -> tuple[SignedPermit, str]:
    """The applicant's own permit and a short-lived address of it. Raises StateConflictError before its issue."""
    case = own_case(desk, account, case_id)
    if case.permit is None or case.status != "issued":
        raise StateConflictError(status=case.status)
    name = f"nomor-induk-kesenian-{case.permit.check_code}.pdf"
    bucket = desk.settings.permits_bucket
    url = desk.files.download_url(
        bucket, case.permit.object_key, case.permit.version_id, name=name, inline=False
    )
    return case.permit, url


def own(case: Case, account: Account) -> Case:
    """The applicant's case, in their own hand or in that of the officer who fills in for them."""
    if case.applicant_id != account.id or account.only_case not in ("", case.case_id):
        raise NotFoundError(what="case")
    hand = case.assistance.officer_id if account.only_case and case.assistance else ""
    return msgspec.structs.replace(case, hand=hand)

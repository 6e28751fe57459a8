"""SOP step 5 as a use case: the head's approval is a signature on the numbered permit.

Number, signed file and decision become true in one transaction: a number that was drawn for a file whose
signing failed was never given, so the register has neither gaps nor doubles.
"""

from datetime import date, datetime
from functools import partial

import msgspec

from chalicelib.accounts.people import Officer
from chalicelib.cases import deciding
from chalicelib.cases.case import ActingAs, Case, SignedPermit
from chalicelib.cases.deciding import Ruling
from chalicelib.cases.form import masked
from chalicelib.cases.validity import valid_until
from chalicelib.errors import NotAllowedError
from chalicelib.permits.check_code import check_code
from chalicelib.permits.errors import PassphraseError, SigningServiceError
from chalicelib.permits.layout import render
from chalicelib.permits.passphrase import passphrase_matches
from chalicelib.permits.port import PermitSigner
from chalicelib.permits.signing import SealSigner
from chalicelib.permits.types import PermitContent, SigningOfficial
from chalicelib.procedures.procedure import Procedure
from chalicelib.steps.desk import Desk, Planned, Rule, answer_once
from chalicelib.steps.errors import SigningUnavailableError
from chalicelib.steps.log_letters import log_note
from chalicelib.steps.previous_permit import renewed
from chalicelib.steps.qr_sealing import with_seal
from chalicelib.steps.review import Review, asked_before, decided, open_link, ruling_rule, still_open
from chalicelib.steps.standing_words import title_acted
from chalicelib.steps.who_acts import roster_of

PLACE = "Pasuruan"
_HEAD = "head"


def decide_with_passphrase(desk: Desk, token: str, ruling: Ruling, passphrase: str, key: str) -> bytes:
    """A decision of SOP step 5, whose approval is the signature; answers a `Decided` as JSON.

    Raises the link errors, RequestKeyReusedError, PassphraseError, SignerNotActiveError,
    SigningUnavailableError, and what `cases.deciding.decide` raises. The passphrase is used in this call and
    kept nowhere.
    """
    request, given = asked_before(desk, token, ruling, key)
    if given:
        return given
    review = open_link(desk, token)
    procedure = desk.procedure_of(review.case)
    if procedure.step(review.current.key).proof != "passphrase":
        raise NotAllowedError(step=review.current.key, problem="this step asks for a mailed code")
    deciding.check_ruling(review.case, procedure, ruling, review.officer.id)
    if ruling.choice == "approve":
        rule = _signature_rule(desk, review, ruling, passphrase)
    elif passphrase_matches(passphrase, review.officer.passphrase_hash):
        rule = ruling_rule(desk, review, ruling)
    else:
        raise PassphraseError
    try:
        return answer_once(desk, review.case.case_id, request, rule, partial(decided, desk))
    except SigningServiceError as error:
        raise SigningUnavailableError(**error.facts) from error


def draft_permit(desk: Desk, token: str) -> str:
    """The draft (Draft Output Izin) as it would be printed: its object key in the permits bucket."""
    review = open_link(desk, token)
    case = review.case
    content = permit_content(desk, case, _expected(desk, review), desk.clock.now(), number=None, code="")
    key = f"drafts/{case.case_id}/{review.current.key}-{review.current.attempt}.pdf"
    desk.files.write(desk.settings.permits_bucket, key, render(content), "application/pdf")
    return key


def signer_for(desk: Desk, officer: Officer) -> PermitSigner:
    """The signer that this stage is set to: the office's own seal, under its own authority."""
    return SealSigner(
        sign_bytes=partial(desk.keys.sign_rsa, desk.settings.permit_key_id),
        chain_pem=desk.keys.secret(desk.settings.permit_chain_secret).encode(),
        passphrase_record=officer.passphrase_hash,
        active=officer.active,
        time_stamp_url=desk.settings.time_stamp_url,
    )


def _signature_rule(desk: Desk, review: Review, ruling: Ruling, passphrase: str) -> Rule:
    signer = signer_for(desk, review.officer)

    def rule(case: Case, at: datetime) -> Planned:
        return _signed_decision(desk, still_open(case, review), review, ruling, (signer, passphrase), at)

    return rule


def _signed_decision(
    desk: Desk, case: Case, review: Review, ruling: Ruling, means: tuple[PermitSigner, str], at: datetime
) -> Planned:
    signer, passphrase = means
    procedure = desk.procedure_of(case)
    serial = desk.cases.next_serial(f"permit-{procedure.id}-{at.year}")
    number = procedure.number_of_permit(serial=serial.value, year=at.year)
    code = check_code(desk.random(16))
    current = review.current
    official = _official(desk, review.officer, current.acting_for, current.acting_as)
    content = permit_content(desk, case, official, at, number=number, code=code, note=signer.note)
    content = msgspec.structs.replace(with_seal(desk, content, code, at), log_note=log_note(desk))
    signed = signer.sign(render(content), at, passphrase)
    key = f"{case.case_id}/{code}.pdf"
    version_id = desk.files.write(desk.settings.permits_bucket, key, signed.pdf, "application/pdf")
    permit = SignedPermit(
        permit_number=number,
        check_code=code,
        object_key=key,
        version_id=version_id,
        sha256=signed.sha256,
        size=len(signed.pdf),
        level=signed.level,
        signed_at=at,
        signed_by=review.officer.id,
        signed_for=current.acting_for,
        signed_as=current.acting_as,
        valid_until=_replaced_until(desk, case, procedure, at.date()),
    )
    change = deciding.decide(
        case,
        procedure,
        ruling,
        officer_id=review.officer.id,
        at=at,
        calendar=desk.calendar(at.date()),
        permit=permit,
    )
    return Planned(change=change, serial=serial)


def permit_content(  # noqa: PLR0913 - what is printed has this many sources
    desk: Desk,
    case: Case,
    signer: SigningOfficial,
    at: datetime,
    *,
    number: str | None,
    code: str,
    note: str = "",
) -> PermitContent:
    """Everything printed on the permit of this case."""
    procedure: Procedure = desk.procedure_of(case)
    form, issued_on = masked(case.form), at.date()
    until = _replaced_until(desk, case, procedure, issued_on)
    return PermitContent(
        permit_number=number,
        group_name=form.group_name,
        art_genre=procedure.genre(form.art_genre).name.id,
        leader_name=form.leader_name,
        address=form.group_address,
        village=form.village,
        sub_district=form.sub_district,
        founded_year=form.founded_year,
        member_count=form.member_count or 0,
        valid_from=issued_on,
        valid_until=until or valid_until(issued_on, procedure.validity_years),
        place=PLACE,
        issued_on=issued_on,
        signer=signer,
        legal_bases=procedure.legal_bases,
        check_url=f"{desk.settings.site_url}/v/{code}" if code else desk.settings.site_url,
        signature_note=note,
    )


def _replaced_until(desk: Desk, case: Case, procedure: Procedure, issued_on: date) -> date | None:
    """Until when a permit is good that takes another one's place before its end: as long as that one was.

    None for one that is good for the procedure's years. A replacement is no way to a longer validity.
    """
    old = renewed(desk, case, procedure) if case.form.renewal_reason else None
    return old.valid_until if old and old.valid_until >= issued_on else None


def _official(desk: Desk, officer: Officer, acting_for: str, acting_as: ActingAs) -> SigningOfficial:
    """Whose name stands under the permit: a stand-in's own, under "Plh." and the title of who is stood in for."""
    other = desk.people.officer(acting_for).title if acting_for else ""
    return SigningOfficial(
        title=title_acted(officer.title, other, acting_as),
        name=officer.name,
        rank=officer.rank,
        official_id=officer.official_id,
    )


def _expected(desk: Desk, review: Review) -> SigningOfficial:
    """Who would sign as things stand: who has the step, or, before it, who acts as the head at the moment."""
    current, at = review.current, desk.clock.now()
    if current.role == _HEAD:
        return _official(desk, review.officer, current.acting_for, current.acting_as)
    acting = next(iter(roster_of(desk).acting(_HEAD, at)), None)
    if acting is None:
        raise NotAllowedError(role=_HEAD, problem="no officer may sign")
    officer = desk.people.officer(acting.officer_id)
    return _official(desk, officer, acting.acting_for, acting.acting_as)

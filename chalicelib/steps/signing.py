"""SOP step 5 as a use case: the head's approval is a signature on the numbered permit.

Number, signed file and decision become true in one transaction: a number that was drawn for a file whose
signing failed was never given, so the register has neither gaps nor doubles. A file that BSrE signed and whose
answer was lost is in no register: its number goes to whatever is signed next (docs/adr/0009).
"""

from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from chalicelib.accounts.people import Officer
from chalicelib.bsre.signer import BsreSigner, client_of, kept_access
from chalicelib.cases import deciding
from chalicelib.cases.case import ActingAs, Case, SignedPermit
from chalicelib.cases.deciding import Ruling
from chalicelib.cases.form import masked
from chalicelib.cases.validity import valid_until
from chalicelib.errors import NotAllowedError
from chalicelib.permits.check_code import check_code
from chalicelib.permits.errors import PassphraseError
from chalicelib.permits.layout import render
from chalicelib.permits.passphrase import passphrase_matches
from chalicelib.permits.port import PermitSigner
from chalicelib.permits.signing import SealSigner
from chalicelib.permits.types import PermitContent, SigningOfficial
from chalicelib.procedures.procedure import Procedure
from chalicelib.sealed import Sealed
from chalicelib.settings import Settings
from chalicelib.steps.desk import Desk, Planned, Request, answer_once
from chalicelib.steps.errors import ProofFailedError
from chalicelib.steps.review import Review, asked_before, decided, open_link, ruling_rule, still_open
from chalicelib.steps.signing_tries import on_record
from chalicelib.steps.standing_words import title_acted
from chalicelib.steps.who_acts import roster_of

PLACE = "Pasuruan"
_HEAD = "head"


@dataclass(frozen=True, kw_only=True)
class _Means:
    """By what one decision is signed. Code and page stay when the decision is written again: a file that is
    signed once must do, so what is never twice the same (a seal, a moment) is put on it once."""

    signer: PermitSigner
    passphrase: str = field(repr=False)
    code: str
    pages: dict[PermitContent, bytes] = field(default_factory=dict, repr=False)

    def page(self, content: PermitContent) -> bytes:
        """The page with this content, laid out once."""
        if content not in self.pages:
            self.pages[content] = render(content)
        return self.pages[content]


def decide_with_passphrase(desk: Desk, token: str, ruling: Ruling, passphrase: str, key: str) -> bytes:
    """A decision of SOP step 5, whose approval is the signature; answers a `Decided` as JSON.

    Raises the link errors, RequestKeyReusedError, ProofFailedError, what `PermitSigner.sign` and
    `cases.signing_tries.ask_signing` raise, and what `cases.deciding.decide` raises. The passphrase is used in this
    call and kept nowhere.
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
        return _signed(desk, review, ruling, passphrase, request)
    if desk.settings.signer == "bsre":  # nobody but BSrE knows the passphrase, and it is asked to sign alone
        raise ProofFailedError(needed="code")
    if not passphrase_matches(passphrase, review.officer.passphrase_hash):
        raise PassphraseError
    rule = ruling_rule(desk, review, ruling)
    return answer_once(desk, review.case.case_id, request, rule, partial(decided, desk))


def check_signer(desk: Desk, token: str) -> None:
    """Whether the officer of the link could sign now; asked before signing is offered.

    Raises the link errors, SignerNotActiveError and SigningServiceError.
    """
    signer_for(desk, open_link(desk, token).officer).check(desk.clock.now())


def draft_permit(desk: Desk, token: str) -> str:
    """The draft (Draft Output Izin) as it would be printed: its object key in the permits bucket."""
    review = open_link(desk, token)
    case = review.case
    content = permit_content(desk, case, _expected(desk, review), desk.clock.now(), number=None, code="")
    key = f"drafts/{case.case_id}/{review.current.key}-{review.current.attempt}.pdf"
    desk.files.write(desk.settings.permits_bucket, key, render(content), "application/pdf")
    return key


def signer_for(desk: Desk, officer: Officer) -> PermitSigner:
    """The signer that this stage is set to: the office's own seal under its own authority, or the officer's
    certificate from BSrE. Raises SigningServiceError when that was not set up.
    """
    if desk.settings.signer == "bsre":
        return _bsre_signer(desk.settings, desk.keys.secret(desk.settings.bsre_secret), officer)
    return SealSigner(
        sign_bytes=partial(desk.keys.sign_rsa, desk.settings.permit_key_id),
        chain_pem=desk.keys.secret(desk.settings.permit_chain_secret).encode(),
        passphrase_record=officer.passphrase_hash,
        active=officer.active,
    )


def _bsre_signer(settings: Settings, secret: str, officer: Officer) -> BsreSigner:
    kept = kept_access(secret)
    return BsreSigner(
        client=client_of(settings.bsre_api, settings.bsre_url, kept),
        signer_id=Sealed(officer.signer_id.encode()),
        trust_roots=kept.trust_roots.encode(),
        seconds=settings.bsre_seconds,
        active=officer.active,
    )


def _signed(desk: Desk, review: Review, ruling: Ruling, passphrase: str, request: Request | None) -> bytes:
    signer = signer_for(desk, review.officer)
    signer.check(desk.clock.now())
    means = _Means(signer=signer, passphrase=passphrase, code=check_code(desk.random(16)))

    def rule(case: Case, at: datetime) -> Planned:
        return _signed_decision(desk, still_open(case, review), review, ruling, means, at)

    with on_record(desk, review) if desk.settings.signer == "bsre" else nullcontext():
        return answer_once(desk, review.case.case_id, request, rule, partial(decided, desk))


def _signed_decision(
    desk: Desk, case: Case, review: Review, ruling: Ruling, means: _Means, at: datetime
) -> Planned:
    procedure = desk.procedure_of(case)
    serial = desk.cases.next_serial(f"permit-{procedure.id}-{at.year}")
    number = procedure.number_of_permit(serial=serial.value, year=at.year)
    code, signer = means.code, means.signer
    current = review.current
    official = _official(desk, review.officer, current.acting_for, current.acting_as)
    content = permit_content(desk, case, official, at, number=number, code=code, note=signer.note)
    signed = signer.sign(means.page(content), at, means.passphrase)
    key = f"{case.case_id}/{code}.pdf"
    version_id = desk.files.write(desk.settings.permits_bucket, key, signed.pdf, "application/pdf")
    permit = SignedPermit(
        permit_number=number,
        check_code=code,
        object_key=key,
        version_id=version_id,
        sha256=signed.sha256,
        size=len(signed.pdf),
        signed_at=at,
        signed_by=review.officer.id,
        signed_for=current.acting_for,
        signed_as=current.acting_as,
        signed_with=signed.signed_with,
        level=signed.level,
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
        valid_until=valid_until(issued_on, procedure.validity_years),
        place=PLACE,
        issued_on=issued_on,
        signer=signer,
        legal_bases=procedure.legal_bases,
        check_url=f"{desk.settings.site_url}/v/{code}" if code else desk.settings.site_url,
        signature_note=note,
    )


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

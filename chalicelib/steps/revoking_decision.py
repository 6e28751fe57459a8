"""The revocation of a permit, its second half: another officer confirms it with the passphrase, or declines.

Case and register change in one transaction, made by the one function that writes the register.
"""

from datetime import UTC, datetime
from functools import partial

import msgspec

from chalicelib.accounts.codes import CodeWrongError
from chalicelib.accounts.people import Officer
from chalicelib.aws.revocation_rows import Proposed, proposed_to
from chalicelib.cases import revoking as rules
from chalicelib.cases.case import Acting, Case, Revocation
from chalicelib.cases.errors import PermitNotStandingError
from chalicelib.cases.form import masked_text
from chalicelib.cases.revoking import Outcome
from chalicelib.errors import NotFoundError, StateConflictError
from chalicelib.links.errors import LinkMisusedError, LinkSpentError
from chalicelib.links.signing import Claims, verify
from chalicelib.permits import life
from chalicelib.permits.errors import PassphraseError, SignerNotActiveError
from chalicelib.permits.passphrase import passphrase_matches
from chalicelib.procedures.parts import Proof, Words
from chalicelib.procedures.procedure import load
from chalicelib.steps.answering import acting_in
from chalicelib.steps.desk import Desk, Planned, Request, answer_once, given_answer
from chalicelib.steps.errors import ProofFailedError
from chalicelib.steps.officer_links import lead_on, officer_of
from chalicelib.steps.review import AT_ANY_TIME
from chalicelib.steps.revoking import permit_of_number
from chalicelib.steps.sign_in import check_code, send_code

DECIDE = "revocation"
"""The purpose of the links that lead an officer to a proposal."""


class Deciding(msgspec.Struct, frozen=True, kw_only=True):
    """An officer before the proposal that the link is for, and how they act in the role that decides."""

    case: Case
    proposal: Revocation
    officer: Officer
    acting: Acting
    claims: Claims


class Ruled(msgspec.Struct, frozen=True, kw_only=True):
    """What is answered to a decision."""

    outcome: Outcome
    permit_number: str
    decided_at: datetime


class ToDecide(msgspec.Struct, frozen=True, kw_only=True):
    """One proposal that waits, and the role in which the officer decides on it."""

    waiting: Proposed
    role: str


def waiting_for(desk: Desk, officer: Officer, now: datetime) -> tuple[ToDecide, ...]:
    """The proposals that wait for the role in which the officer acts, the oldest first."""
    role = rules.rules_of_today().deciding
    if acting_in(desk, officer, role, now) is None:
        return ()
    return tuple(ToDecide(waiting=one, role=role) for one in proposed_to(role))


def deciding_token(desk: Desk, opened: Claims, one: ToDecide, until: datetime) -> str:
    """What leads on from an opened inbox to a proposal."""
    place = {"case": one.waiting.case_id, "step": "", "attempt": one.waiting.attempt}
    return lead_on(desk, opened, until, purpose=DECIDE, role=one.role, **place)


def open_decision(desk: Desk, token: str) -> Deciding:
    """What the link leads to. Looking changes nothing.

    Raises the link errors; LinkSpentError says what was decided and when. Raises OwnProposalError for who proposed.
    """
    now = desk.clock.now()
    claims = verify(token, DECIDE, desk.keyring(), now)
    try:
        case = desk.cases.load(claims.case)
    except NotFoundError as error:
        raise LinkMisusedError from error
    officer = officer_of(desk, desk.office.load(), claims)
    proposal = _open_proposal(case, claims.attempt)
    acting = acting_in(desk, officer, claims.role, now)
    if acting is None or claims.role != proposal.deciding_role:
        raise LinkMisusedError(problem="the officer does not act in that role now")
    rules.check_other_officer(proposal, {acting.officer_id, acting.acting_for})
    return Deciding(case=case, proposal=proposal, officer=officer, acting=acting, claims=claims)


def proof_needed(desk: Desk) -> Proof:
    """What proves the decision: the passphrase of our own seal, or a mailed code where BSrE alone knows it."""
    return "code" if desk.settings.signer == "bsre" else "passphrase"


def ask_for_proof(desk: Desk, token: str) -> Officer:
    """Mails the officer the code that this decision needs. Raises the link errors, TooManyError."""
    opened = open_decision(desk, token)
    send_code(desk, _challenge_id(opened), to=opened.officer.email)
    return opened.officer


def decide(desk: Desk, token: str, outcome: Outcome, words: str, proof: str, key: str) -> bytes:
    """The decision; answers a `Ruled` as JSON, to the same request key the same one for ever.

    `proof` is what `proof_needed` says. Raises the link errors, OwnProposalError, PassphraseError or ProofFailedError,
    SignerNotActiveError for who has no passphrase,
    PermitNotStandingError for a permit that was revoked or replaced meanwhile, UnexplainedRevocationError for
    declining without words, RequestKeyReusedError.
    """
    words = masked_text(words.strip())
    request, given = _asked_before(desk, token, outcome, words, key)
    if given:
        return given
    opened = open_decision(desk, token)
    _check_proof(desk, opened, proof)
    rule = partial(_decided, opened, outcome, words)
    return answer_once(desk, opened.case.case_id, request, rule, _ruled)


def _check_proof(desk: Desk, opened: Deciding, proof: str) -> None:
    if proof_needed(desk) == "code":
        try:
            return check_code(desk, _challenge_id(opened), proof, once=False)
        except CodeWrongError as error:
            raise ProofFailedError from error
    if not opened.officer.passphrase_hash:
        raise SignerNotActiveError(why="no_passphrase")
    if not passphrase_matches(proof, opened.officer.passphrase_hash):
        raise PassphraseError
    return None


def _challenge_id(opened: Deciding) -> str:
    return f"revoke-{opened.officer.id}-{opened.case.case_id}-{opened.proposal.attempt}"


def _decided(opened: Deciding, outcome: Outcome, words: str, case: Case, at: datetime) -> Planned:
    proposal = _open_proposal(case, opened.proposal.attempt)
    change = rules.decide(case, outcome, words, by=opened.acting, role=opened.claims.role, at=at)
    if outcome == "declined":
        return Planned(change=change)
    record = permit_of_number(proposal.permit_number)
    try:
        entry = life.revoked(record, reason_of(proposal).id, at)
    except StateConflictError as error:
        raise PermitNotStandingError(status=record.status, permit_number=record.permit_number) from error
    return Planned(change=change, register=(entry,))


def _open_proposal(case: Case, attempt: int) -> Revocation:
    """The case's proposal of that count. Raises LinkSpentError when it was decided."""
    proposal = case.revocation
    if proposal is None or proposal.attempt != attempt:
        raise LinkSpentError(status=case.status)
    if proposal.decided_at:
        raise LinkSpentError(
            status=case.status,
            decision=proposal.outcome,
            decided_by=load().role(proposal.deciding_role).name.id,
            decided_at=proposal.decided_at.isoformat(),
        )
    return proposal


def _asked_before(
    desk: Desk, token: str, outcome: Outcome, words: str, key: str
) -> tuple[Request | None, bytes | None]:
    """The request of that key, and the answer that it got before: it outlives the link, which the decision spent."""
    if not key:
        return None, None
    claims = verify(token, DECIDE, desk.keyring(), AT_ANY_TIME)
    body = msgspec.json.encode((outcome, words, claims.attempt))
    request = Request(actor=claims.subject, key=key, body=body)
    return request, given_answer(desk, claims.case, request)


def reason_of(proposal: Revocation) -> Words:
    """Why, in both languages; the code itself where the procedure knows it no more."""
    try:
        return rules.rules_of_today().reason(proposal.reason).name
    except NotFoundError:
        return Words(id=proposal.reason, en=proposal.reason)


def _ruled(case: Case) -> Ruled:
    proposal = case.revocation
    if proposal is None or proposal.decided_at is None or not proposal.outcome:
        raise AssertionError("nothing was decided")
    return Ruled(
        outcome=proposal.outcome, permit_number=proposal.permit_number, decided_at=proposal.decided_at
    )


def expires_at(opened: Deciding) -> datetime:
    """Until when the link opens its page."""
    return datetime.fromtimestamp(opened.claims.expires, UTC)

"""The revocation of a permit as a use case, its first half: an officer proposes it from their inbox.

Nothing happens to the permit yet: another officer decides (`steps.revoking_decision`).
"""

from datetime import datetime
from functools import partial

import msgspec

from chalicelib.accounts.codes import CodeWrongError
from chalicelib.accounts.people import Officer
from chalicelib.aws import permit_register
from chalicelib.cases import revoking as rules
from chalicelib.cases.case import Acting, Case
from chalicelib.cases.change import Change
from chalicelib.cases.errors import NobodyDecidesError, PermitNotStandingError
from chalicelib.cases.form import masked_text
from chalicelib.cases.revoking import Grounds
from chalicelib.errors import NotFoundError
from chalicelib.links.errors import LinkMisusedError
from chalicelib.links.signing import Claims, verify
from chalicelib.permits.types import PermitRecord, status_on
from chalicelib.procedures.parts import Words
from chalicelib.procedures.procedure import load
from chalicelib.steps.answering import acting_in
from chalicelib.steps.desk import Desk, Request, answer_once, given_answer
from chalicelib.steps.errors import ProofFailedError
from chalicelib.steps.officer_links import lead_on, officer_of
from chalicelib.steps.sign_in import check_code, send_code
from chalicelib.steps.who_acts import roster_of

PROPOSE = "propose-revocation"
"""The purpose of the links that lead on from an inbox to the page for proposing."""


class Proposing(msgspec.Struct, frozen=True, kw_only=True):
    """An officer who may propose, in which role, and how they act in it."""

    officer: Officer
    role: str
    acting: Acting
    expires: int


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What is answered to a proposal: which permit, when, and the role that decides."""

    permit_number: str
    proposed_at: datetime
    deciding_role: Words


def proposing_role(desk: Desk, officer: Officer, at: datetime) -> str:
    """The role in which the officer may propose at the moment, their own before another one's; "" for none."""
    places = [(role, acting_in(desk, officer, role, at)) for role in rules.rules_of_today().proposing]
    found = [(bool(acting.acting_for), role) for role, acting in places if acting]
    return min(found, default=(False, ""))[1]


def proposing_token(desk: Desk, opened: Claims, officer: Officer, until: datetime) -> str | None:
    """What leads on from an opened inbox to the page for proposing; None for who may not."""
    role = proposing_role(desk, officer, desk.clock.now())
    if not role:
        return None
    return lead_on(desk, opened, until, purpose=PROPOSE, role=role, case="", step="", attempt=0)


def open_proposing(desk: Desk, token: str) -> Proposing:
    """Who proposes. Looking changes nothing. Raises the link errors, never LinkSpentError."""
    now = desk.clock.now()
    claims = verify(token, PROPOSE, desk.keyring(), now)
    officer = officer_of(desk, desk.office.load(), claims)
    acting = acting_in(desk, officer, claims.role, now)
    if acting is None or claims.role not in rules.rules_of_today().proposing:
        raise LinkMisusedError(problem="the officer does not act in that role now")
    return Proposing(officer=officer, role=claims.role, acting=acting, expires=claims.expires)


def ask_for_proof(desk: Desk, token: str, number: str) -> Officer:
    """Mails the officer the code that proposing needs besides the link, good for that permit alone.

    Raises the link errors, NotFoundError, what forbids the proposal, and TooManyError.
    """
    opened = open_proposing(desk, token)
    record = permit_of_number(number)
    _check_standing(desk, record)
    rules.check_open_to_proposals(desk.cases.load(record.case_id))
    _decider(desk, opened.acting, desk.clock.now())
    send_code(desk, _challenge_id(opened, record), to=opened.officer.email)
    return opened.officer


def propose(desk: Desk, token: str, number: str, grounds: Grounds, code: str, key: str) -> bytes:
    """The proposal; answers a `Taken` as JSON, to the same request key the same.

    ID numbers in the words are masked before they are kept. Raises the link errors, NotFoundError for a number that
    is none, ProofFailedError, NobodyDecidesError, RequestKeyReusedError, and what `cases.revoking.propose` raises.
    """
    opened = open_proposing(desk, token)
    grounds = Grounds(reason=grounds.reason, words=masked_text(grounds.words.strip()))
    record = permit_of_number(number)
    request = _request(opened, record, grounds, key)
    given = given_answer(desk, record.case_id, request)
    if given:
        return given
    _check_standing(desk, record)
    rules.check_grounds(rules.rules_of_today(), grounds)
    rules.check_open_to_proposals(desk.cases.load(record.case_id))
    try:
        check_code(desk, _challenge_id(opened, record), code, once=False)
    except CodeWrongError as error:
        raise ProofFailedError from error
    return answer_once(desk, record.case_id, request, partial(_proposed, desk, opened, grounds), _taken)


def permit_of_number(number: str) -> PermitRecord:
    """The register's entry of a number as people type it. Raises NotFoundError."""
    typed = "".join(number.split()).upper()
    record = permit_register.by_number(typed) if typed else None
    if record is None:
        raise NotFoundError(what="permit")
    return record


def _proposed(desk: Desk, opened: Proposing, grounds: Grounds, case: Case, at: datetime) -> Change:
    told = _decider(desk, opened.acting, at).officer_id
    return rules.propose(
        case, rules.rules_of_today(), grounds, by=opened.acting, role=opened.role, told=told, at=at
    )


def _taken(case: Case) -> Taken:
    proposal = case.revocation
    if proposal is None:
        raise AssertionError("nothing was proposed")
    role = load().role(proposal.deciding_role).name
    return Taken(permit_number=proposal.permit_number, proposed_at=proposal.proposed_at, deciding_role=role)


def _decider(desk: Desk, proposing: Acting, at: datetime) -> Acting:
    """Who is asked to decide. Raises NobodyDecidesError where the proposer alone acts in the deciding role."""
    role = rules.rules_of_today().deciding
    taken = {proposing.officer_id, proposing.acting_for} - {""}
    for one in roster_of(desk).acting(role, at):
        if not taken & {one.officer_id, one.acting_for}:
            return one
    raise NobodyDecidesError(role=role)


def _check_standing(desk: Desk, record: PermitRecord) -> None:
    status = status_on(record, desk.clock.now().date())
    if status != "valid":
        raise PermitNotStandingError(status=status, permit_number=record.permit_number)


def _request(opened: Proposing, record: PermitRecord, grounds: Grounds, key: str) -> Request | None:
    body = msgspec.json.encode((record.permit_number, grounds))
    return Request(actor=opened.officer.id, key=key, body=body) if key else None


def _challenge_id(opened: Proposing, record: PermitRecord) -> str:
    return f"revoke-{opened.officer.id}-{record.case_id}"

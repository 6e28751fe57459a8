"""SOP steps 2 to 5 as use cases: what a signed link opens, the second proof, and the decision.

Opening a link, by whatever opens links, reads and changes nothing.
"""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import cast

import msgspec

from chalicelib.accounts.codes import CodeWrongError
from chalicelib.accounts.people import Officer
from chalicelib.cases import deciding
from chalicelib.cases.case import Case, OpenStep
from chalicelib.cases.change import Change
from chalicelib.cases.deciding import Ruling
from chalicelib.errors import NotFoundError
from chalicelib.links.errors import LinkMisusedError, LinkMovedError, LinkSpentError
from chalicelib.links.signing import Claims, verify
from chalicelib.procedures.parts import APPLICANT
from chalicelib.procedures.parts import Decision as Choice
from chalicelib.staffing.book import Book
from chalicelib.staffing.standing_in import running
from chalicelib.steps.desk import Desk, Request, Rule, answer_once, change_case, given_answer
from chalicelib.steps.errors import ProofFailedError
from chalicelib.steps.officer_links import officer_of
from chalicelib.steps.sign_in import check_code, send_code

REVIEW = "review"
"""The purpose of the links that officers get by mail."""
LINK_FOR = timedelta(days=14)
"""How long a link opens its page; a decision spends it earlier."""


AT_ANY_TIME = datetime.fromtimestamp(0, UTC)
"""The moment at which no link has expired yet: for those who only want to know that it was ours."""


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """What is answered to a decision. `next_step` is None where it leads to no step of the office."""

    decision: str
    decided_at: datetime
    next_step: str | None
    permit_number: str | None


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """An officer before the step that the link is for; `claims` are the link's."""

    case: Case
    current: OpenStep
    officer: Officer
    claims: Claims

    @property
    def expires_at(self) -> datetime:
        """Until when the link opens its page."""
        return datetime.fromtimestamp(self.claims.expires, UTC)


def open_link(desk: Desk, token: str) -> Review:
    """What the link leads to. Raises the link errors; LinkSpentError says who decided, how and when."""
    claims = verify(token, REVIEW, desk.keyring(), desk.clock.now())
    return _review(desk, claims)


def ask_for_proof(desk: Desk, token: str) -> Officer:
    """Mails the officer the code that a decision needs besides the link. Raises TooManyError."""
    review = open_link(desk, token)
    send_code(desk, _challenge_id(review), to=review.officer.email)
    return review.officer


def decide(desk: Desk, token: str, ruling: Ruling, code: str, key: str) -> bytes:
    """The officer's decision; answers a `Decided` as JSON, to the same request key the same one for ever.

    Raises the link errors, ProofFailedError, RequestKeyReusedError, and what `cases.deciding.decide` raises.
    An approval that needs the signer's passphrase is not for here (`steps.signing`): no code proves it.
    """
    request, given = asked_before(desk, token, ruling, key)
    if given:
        return given
    review = open_link(desk, token)
    step = desk.procedure_of(review.case).step(review.current.key)
    deciding.check_ruling(review.case, desk.procedure_of(review.case), ruling, review.officer.id)
    if not code or (step.proof == "passphrase" and ruling.choice == "approve"):
        raise ProofFailedError(needed=step.proof)
    try:
        check_code(desk, _challenge_id(review), code, once=False)
    except CodeWrongError as error:
        raise ProofFailedError from error
    return answer_once(
        desk, review.case.case_id, request, ruling_rule(desk, review, ruling), partial(decided, desk)
    )


def decided(desk: Desk, case: Case) -> Decided:
    """What the newest decision of the case was and leads to."""
    decision = case.decisions[-1]
    procedure = desk.procedure_of(case)
    following = procedure.step_after(decision.step, cast(Choice, decision.verdict))
    return Decided(
        decision=decision.verdict,
        decided_at=decision.at,
        next_step=following if following in {step.key for step in procedure.steps} else None,
        permit_number=case.permit.permit_number if case.permit else None,
    )


def resend_link(desk: Desk, token: str) -> Officer:
    """Mails a fresh link to the officer of an expired one, to the officer's own mailbox alone.

    Raises the link errors for a link that was never good, and LinkSpentError when nothing waits.
    """
    claims = verify(token, REVIEW, desk.keyring(), AT_ANY_TIME)
    review = _review(desk, claims)

    def rule(case: Case, at: datetime) -> Change:
        return deciding.tell_again(still_open(case, review), at)

    change_case(desk, review.case.case_id, rule)
    return review.officer


def ruling_rule(desk: Desk, review: Review, ruling: Ruling) -> Rule:
    """The rule that makes this ruling the decision, while the case still lies where the link found it."""

    def rule(case: Case, at: datetime) -> Change:
        return deciding.decide(
            still_open(case, review),
            desk.procedure_of(case),
            ruling,
            officer_id=review.officer.id,
            at=at,
            calendar=desk.calendar(at.date()),
        )

    return rule


def asked_before(desk: Desk, token: str, ruling: Ruling, key: str) -> tuple[Request | None, bytes | None]:
    """The request of that key, and the answer that it got before.

    The answer outlives the link, which the decision has spent. Only the ruling is what must not change under
    a key: the second proof is another one when it is tried again, and is kept nowhere, not even as a hash.
    Raises LinkMissingError, LinkAlteredError, LinkMisusedError and RequestKeyReusedError.
    """
    if not key:
        return None, None
    claims = verify(token, REVIEW, desk.keyring(), AT_ANY_TIME)
    request = Request(actor=claims.subject, key=key, body=msgspec.json.encode(ruling))
    return request, given_answer(desk, claims.case, request)


def _review(desk: Desk, claims: Claims) -> Review:
    try:
        case = desk.cases.load(claims.case)
    except NotFoundError as error:
        raise LinkMisusedError from error
    book = desk.office.load()
    officer = officer_of(desk, book, claims)
    current = case.current
    if current is None or (current.key, current.attempt) != (claims.step, claims.attempt):
        raise _spent(desk, case, claims)
    if claims.role != current.role:
        raise LinkMisusedError(problem="the link is for another role")
    _check_place(book, officer, current, desk.clock.now())
    return Review(case=case, current=current, officer=officer, claims=claims)


def _check_place(book: Book, officer: Officer, current: OpenStep, at: datetime) -> None:
    """Raises LinkMovedError or LinkMisusedError where the officer may not act in the open step at that moment.

    A stand-in whose time is over acts no more, even before the step was handed on.
    """
    if current.officer_id != officer.id:
        raise LinkMovedError(step=current.key)
    if not current.acting_for and officer.role != current.role:
        raise LinkMisusedError(problem="the officer has another role now")
    stand_in = running(book.stand_ins, current.acting_for, at) if current.acting_for else None
    if current.acting_for and (stand_in is None or stand_in.officer_id != officer.id):
        raise LinkMovedError(step=current.key)


def still_open(case: Case, review: Review) -> Case:
    """The case, while it still lies where the link found it.

    Raises LinkSpentError when it moved on, LinkMovedError when it was laid before somebody else.
    """
    standing = deciding.standing_step(case)
    if (standing.key, standing.attempt) != (review.current.key, review.current.attempt):
        raise LinkSpentError(status=case.status)
    if standing.officer_id != review.officer.id:
        raise LinkMovedError(step=standing.key)
    return case


def _spent(desk: Desk, case: Case, claims: Claims) -> LinkSpentError:
    decision = case.decision_on(claims.step, claims.attempt)
    if decision is None:
        return LinkSpentError(status=case.status, step=claims.step)
    return LinkSpentError(
        status=case.status,
        step=claims.step,
        decision=decision.verdict,
        decided_by=desk.procedure_of(case).role(decision.role or APPLICANT).name.id,
        decided_at=decision.at.isoformat(),
    )


def _challenge_id(review: Review) -> str:
    current = review.current
    return f"decide-{review.officer.id}-{review.case.case_id}-{current.key}-{current.attempt}"

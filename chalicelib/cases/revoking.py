"""A permit taken back: one officer proposes it with a reason, another one decides.

The issued case keeps the newest proposal; its audit chain keeps them all. Nobody decides on their own proposal, also
not in another one's place, and nobody in whose place it was made (UU 30/2014 article 64: a decision is revoked by who
may make it, for a reason that is named). Who signed the permit may decide: the office's head answers for both.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Literal

import msgspec

from chalicelib.audit.chain import Actor
from chalicelib.cases.applying import words_sha256
from chalicelib.cases.case import Acting, Case, Revocation
from chalicelib.cases.change import Change, Told, change
from chalicelib.cases.errors import (
    OwnProposalError,
    PermitNotStandingError,
    ProposalOpenError,
    UnexplainedRevocationError,
    UnknownReasonError,
)
from chalicelib.errors import NotAllowedError, ProcedureError, StateConflictError
from chalicelib.procedures.parts import APPLICANT, Revoking
from chalicelib.procedures.procedure import load

Outcome = Literal["revoked", "declined"]


class Grounds(msgspec.Struct, frozen=True, kw_only=True):
    """Why a permit is to be revoked: a reason of the procedure, and the officer's own words."""

    reason: str
    words: str


def rules_of_today() -> Revoking:
    """The newest procedure's rules, whatever version a permit was issued under: who is competent, is so today.

    Raises ProcedureError for a newest version without them.
    """
    found = load().revocation
    if found is None:
        raise ProcedureError(problems=("the newest procedure says nothing of revocations",))
    return found


def check_grounds(rules: Revoking, grounds: Grounds) -> None:
    """Raises UnknownReasonError, and UnexplainedRevocationError for a proposal without words."""
    if grounds.reason not in {reason.code for reason in rules.reasons}:
        raise UnknownReasonError(reason=grounds.reason)
    if not grounds.words.strip():
        raise UnexplainedRevocationError


def barred(proposal: Revocation) -> frozenset[str]:
    """Who may not decide on the proposal: who made it, and in whose place it was made."""
    return frozenset({proposal.proposed_by, proposal.proposed_for} - {""})


def propose(  # noqa: PLR0913 - a proposal has this many facts
    case: Case, rules: Revoking, grounds: Grounds, *, by: Acting, role: str, told: str, at: datetime
) -> Change:
    """The permit of an issued case proposed to be revoked; the officer `told` is asked to decide.

    Raises NotAllowedError for a role that proposes none, ProposalOpenError while another proposal waits,
    PermitNotStandingError for a case without a permit or with a revoked one, and what `check_grounds` raises.
    """
    check_grounds(rules, grounds)
    if role not in rules.proposing:
        raise NotAllowedError(role=role)
    check_open_to_proposals(case)
    assert case.permit is not None  # noqa: S101 - said by the line above
    proposal = Revocation(
        attempt=case.revocation.attempt + 1 if case.revocation else 1,
        permit_number=case.permit.permit_number,
        reason=grounds.reason,
        words=grounds.words.strip(),
        proposed_by=by.officer_id,
        proposed_role=role,
        proposed_for=by.acting_for,
        proposed_as=by.acting_as,
        proposed_at=at,
        deciding_role=rules.deciding,
    )
    return change(
        case,
        at=at,
        actor=Actor(id=by.officer_id, role=role),
        action="permit.revocation_proposed",
        facts={**_facts(proposal), **_stood_in(by)},
        tell=(Told(notice="revocation_to_decide", to=told),),
        revocation=proposal,
    )


def check_open_to_proposals(case: Case) -> None:
    """Raises PermitNotStandingError for a case without a standing permit, ProposalOpenError while one waits."""
    before = case.revocation
    if case.status != "issued" or case.permit is None:
        raise PermitNotStandingError(status=case.status)
    if before and before.outcome == "revoked":
        raise PermitNotStandingError(status="revoked", permit_number=before.permit_number)
    if before and not before.outcome:
        raise ProposalOpenError(
            permit_number=before.permit_number, proposed_at=before.proposed_at.isoformat()
        )


def decide(case: Case, outcome: Outcome, words: str, *, by: Acting, role: str, at: datetime) -> Change:
    """The open proposal decided. Revoking tells the applicant, declining the officer who proposed.

    Raises StateConflictError without an open proposal, NotAllowedError for another role, OwnProposalError for who
    proposed it in whatever place, UnexplainedRevocationError for declining without a word.
    """
    proposal = case.revocation
    if proposal is None or proposal.outcome:
        raise StateConflictError(status=case.status)
    if role != proposal.deciding_role:
        raise NotAllowedError(role=role)
    check_other_officer(proposal, {by.officer_id, by.acting_for})
    if outcome == "declined" and not words.strip():
        raise UnexplainedRevocationError
    decided = msgspec.structs.replace(
        proposal,
        outcome=outcome,
        answer=words.strip(),
        decided_by=by.officer_id,
        decided_for=by.acting_for,
        decided_as=by.acting_as,
        decided_at=at,
    )
    told = {
        "revoked": ("permit_revoked", APPLICANT),
        "declined": ("revocation_declined", proposal.proposed_by),
    }
    notice, to = told[outcome]
    return change(
        case,
        at=at,
        actor=Actor(id=by.officer_id, role=role),
        action="permit.revoked" if outcome == "revoked" else "permit.revocation_declined",
        facts={**_facts(decided), "proposed_by": proposal.proposed_by, **_stood_in(by)},
        tell=(Told(notice=notice, to=to),),
        revocation=decided,
    )


def check_other_officer(proposal: Revocation, deciding: Collection[str]) -> None:
    """Raises OwnProposalError where one of the `deciding` proposed it, or it was made in the place of one of them."""
    if barred(proposal) & set(deciding):
        raise OwnProposalError


def _facts(proposal: Revocation) -> dict[str, str | int]:
    """What the trail says; the words stand in the case and are proved by their hash."""
    return {
        "attempt": proposal.attempt,
        "number": proposal.permit_number,
        "reason": proposal.reason,
        "words_sha256": words_sha256(proposal.answer if proposal.outcome else proposal.words),
    }


def _stood_in(by: Acting) -> dict[str, str]:
    return {"for": by.acting_for, "as": by.acting_as} if by.acting_for else {}

"""A permit is revoked by two officers, with a reason: one proposes, another one decides."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.audit.chain import breaks
from chalicelib.cases import applying, revoking
from chalicelib.cases.case import Acting, Case, SignedPermit
from chalicelib.cases.change import Change
from chalicelib.cases.errors import (
    OwnProposalError,
    PermitNotStandingError,
    ProposalOpenError,
    UnexplainedRevocationError,
    UnknownReasonError,
)
from chalicelib.cases.revoking import Grounds
from chalicelib.errors import NotAllowedError, StateConflictError
from chalicelib.procedures.procedure import load
from tests.worktime.offices import at

RULES = revoking.rules_of_today()
GROUNDS = Grounds(reason="untrue", words="Surat desa tidak pernah dikeluarkan.")
NOW = at("2026-12-01 09:00")
SUB, HEAD = Acting(officer_id="sub-1"), Acting(officer_id="kepala-1")
people = st.sampled_from(["sub-1", "koor-1", "kepala-1", "plh-1"])
actings = st.builds(Acting, officer_id=people, acting_for=st.one_of(st.just(""), people))


def started() -> Change:
    """The first entry of the case's trail."""
    return applying.start_draft("case-1", "code-1", "applicant-1", "new", load(), at("2026-11-24 09:00"))


def issued() -> Case:
    """A case at its end, with a permit."""
    draft = started().case
    permit = SignedPermit(
        permit_number="430/0001/424.086/2026",
        check_code="code",
        object_key="k",
        version_id="v",
        sha256="00" * 32,
        signed_at=at("2026-11-30 09:00"),
        signed_by="kepala-1",
    )
    return msgspec.structs.replace(draft, status="issued", permit=permit)


def proposed(
    case: Case, by: Acting = SUB, grounds: Grounds = GROUNDS, role: str = "sub_coordinator"
) -> Change:
    """The proposal of somebody, by default the sub-coordinator's."""
    return revoking.propose(case, RULES, grounds, by=by, role=role, told="kepala-1", at=NOW)


def decided(case: Case, outcome: revoking.Outcome = "revoked", by: Acting = HEAD, words: str = "") -> Change:
    """The decision of somebody, by default the head's."""
    return revoking.decide(case, outcome, words, by=by, role="head", at=NOW)


def test_a_proposal_changes_nothing_but_itself_and_asks_who_decides() -> None:
    case = issued()
    made = proposed(case)
    assert (made.case.status, made.case.permit) == ("issued", case.permit)
    assert made.case.revocation
    assert (made.case.revocation.outcome, made.case.revocation.attempt) == ("", 1)
    assert [(one.notice, one.to) for one in made.outbox] == [("revocation_to_decide", "kepala-1")]
    assert made.entry.action == "permit.revocation_proposed"


def test_revoking_tells_the_applicant_and_declining_who_proposed() -> None:
    case = proposed(issued()).case
    revoked, declined = decided(case), decided(case, "declined", words="Surat itu sah.")
    assert [(one.notice, one.to) for one in revoked.outbox] == [("permit_revoked", "applicant")]
    assert [(one.notice, one.to) for one in declined.outbox] == [("revocation_declined", "sub-1")]
    assert revoked.entry.action == "permit.revoked"
    assert declined.entry.action == "permit.revocation_declined"


def test_the_trail_holds_no_words_but_their_hash_and_stays_unbroken() -> None:
    first = proposed(issued())
    second = decided(first.case, words="Terbukti palsu.")
    assert GROUNDS.words not in str((first.entry, second.entry))
    assert second.entry.facts["proposed_by"] == "sub-1"
    assert "Terbukti" not in str(second.entry)
    entries = [started().entry, first.entry, second.entry]
    assert breaks("case-1", entries, second.case.head) == []


@given(proposer=actings, decider=actings)
def test_nobody_decides_on_their_own_proposal_in_whatever_place(proposer: Acting, decider: Acting) -> None:
    case = proposed(issued(), proposer).case
    one = {proposer.officer_id, proposer.acting_for} - {""}
    other = {decider.officer_id, decider.acting_for} - {""}
    if one & other:
        with pytest.raises(OwnProposalError):
            decided(case, by=decider)
    else:
        made = decided(case, by=decider).case.revocation
        assert made is not None
        assert made.decided_by == decider.officer_id


def test_who_signed_may_decide() -> None:
    case = issued()
    assert case.permit
    assert case.permit.signed_by == HEAD.officer_id
    assert decided(proposed(case).case).case.revocation


def test_a_proposal_waits_alone_and_can_be_made_again_when_it_was_declined() -> None:
    case = proposed(issued()).case
    with pytest.raises(ProposalOpenError):
        proposed(case)
    again = proposed(decided(case, "declined", words="Belum cukup.").case).case
    assert again.revocation
    assert (again.revocation.attempt, again.revocation.outcome) == (2, "")


def test_a_revoked_permit_is_revoked_once() -> None:
    case = decided(proposed(issued()).case).case
    with pytest.raises(PermitNotStandingError):
        proposed(case)
    with pytest.raises(StateConflictError):
        decided(case)


@pytest.mark.parametrize("status", ["draft", "in_progress", "returned", "refused", "withdrawn", "lapsed"])
def test_only_an_issued_permit_can_be_revoked(status: str) -> None:
    with pytest.raises(PermitNotStandingError):
        proposed(msgspec.structs.replace(issued(), status=status))


def test_a_reason_and_words_are_needed() -> None:
    with pytest.raises(UnknownReasonError):
        proposed(issued(), grounds=Grounds(reason="disliked", words="…"))
    with pytest.raises(UnexplainedRevocationError):
        proposed(issued(), grounds=Grounds(reason="untrue", words=" \n "))
    with pytest.raises(UnexplainedRevocationError):
        decided(proposed(issued()).case, "declined", words=" ")


def test_other_roles_neither_propose_nor_decide() -> None:
    with pytest.raises(NotAllowedError):
        proposed(issued(), role="customer_service")
    with pytest.raises(NotAllowedError):
        revoking.decide(proposed(issued()).case, "revoked", "", by=HEAD, role="coordinator", at=NOW)

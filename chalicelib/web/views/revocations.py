"""A proposed revocation as each of the two officers sees it."""

from datetime import datetime

from chalicelib.accounts.people import Officer
from chalicelib.cases.case import Acting
from chalicelib.cases.form import masked_text
from chalicelib.cases.revoking import rules_of_today
from chalicelib.permits.check_answer import check_answer
from chalicelib.permits.types import status_on
from chalicelib.procedures.procedure import load
from chalicelib.steps.desk import Desk
from chalicelib.steps.revocation_letters import proposer_name
from chalicelib.steps.revoking import Proposing, permit_of_number
from chalicelib.steps.revoking_decision import Deciding, ToDecide, expires_at, proof_needed, reason_of
from chalicelib.steps.standing_words import stands_for
from chalicelib.web.answers.review import OfficerShown, RevocationWaiting
from chalicelib.web.answers.revocations import (
    ProposalShown,
    ProposingShown,
    RevocationReasonOffered,
)
from chalicelib.web.views.parts import in_office


def proposing_shown(desk: Desk, opened: Proposing, expires: datetime) -> ProposingShown:
    """The page for proposing."""
    rules = rules_of_today()
    return ProposingShown(
        officer=_officer(desk, opened.officer, opened.acting, opened.role),
        reasons=tuple(RevocationReasonOffered(code=one.code, name=one.name) for one in rules.reasons),
        deciding_role=load().role(rules.deciding).name,
        link_expires_at=in_office(expires),
    )


def proposal_shown(desk: Desk, opened: Deciding) -> ProposalShown:
    """The page for deciding: the permit as the public check shows it, and what is said against it."""
    proposal, now = opened.proposal, desk.clock.now()
    record = permit_of_number(proposal.permit_number)
    shown = check_answer(record, now).permit
    if shown is None:
        raise AssertionError("a record is shown")
    return ProposalShown(
        officer=_officer(desk, opened.officer, opened.acting, proposal.deciding_role),
        permit_number=shown.permit_number,
        check_code=record.check_code,
        status=status_on(record, now.date()),
        group_name=shown.group_name,
        leader=shown.leader,
        issued_on=shown.issued_on,
        valid_until=shown.valid_until,
        reason=reason_of(proposal),
        words=proposal.words,
        proposed_by=proposer_name(desk, proposal),
        proposed_role=load().role(proposal.proposed_role).name,
        proposed_at=in_office(proposal.proposed_at),
        proof=proof_needed(desk),
        link_expires_at=in_office(expires_at(opened)),
    )


def revocation_waiting(one: ToDecide, token: str) -> RevocationWaiting:
    """One line of an inbox."""
    waiting = one.waiting
    return RevocationWaiting(
        case_id=waiting.case_id,
        permit_number=waiting.number,
        group_name=masked_text(waiting.group_name),
        proposed_at=in_office(waiting.proposed_at),
        token=token,
    )


def _officer(desk: Desk, officer: Officer, acting: Acting, role: str) -> OfficerShown:
    name = load().role(role).name
    return OfficerShown(
        id=officer.id, name=officer.name, role_name=name.id, standing=stands_for(desk, acting, name)
    )

"""What is told by mail of a proposed, a made and a declined revocation."""

from chalicelib.cases.case import Acting, Case, Revocation
from chalicelib.cases.change import OutboxEntry
from chalicelib.procedures.procedure import load
from chalicelib.steps.desk import Desk
from chalicelib.steps.inbox import inbox_link
from chalicelib.steps.officer_links import officer_token
from chalicelib.steps.review import LINK_FOR
from chalicelib.steps.revoking_decision import DECIDE, reason_of
from chalicelib.steps.standing_words import stands_for
from chalicelib.worktime.words import date_words

OF_REVOCATIONS = frozenset({"revocation_to_decide", "permit_revoked", "revocation_declined"})


def revocation_words(desk: Desk, case: Case, entry: OutboxEntry) -> dict[str, str] | None:
    """The words of a notice about the proposal; None when it is another one now, or was decided meanwhile."""
    proposal = case.revocation
    if proposal is None or entry.created_at not in (proposal.proposed_at, proposal.decided_at):
        return None
    if entry.notice == "revocation_to_decide":
        return None if proposal.outcome else _common(proposal) | _deciding(desk, proposal, entry)
    return _common(proposal) | _decided(desk, proposal)


def _common(proposal: Revocation) -> dict[str, str]:
    reason = reason_of(proposal)
    return {"reason": reason.id, "reason_en": reason.en, "words": proposal.words}


def _deciding(desk: Desk, proposal: Revocation, entry: OutboxEntry) -> dict[str, str]:
    """The link is for who was asked; in which role they act, the page asks again when it is opened."""
    officer = desk.people.officer(entry.to)
    procedure = load()
    role, deciding = procedure.role(proposal.proposed_role), procedure.role(proposal.deciding_role)
    # The claim that names the proposal: a case has one open at a time, but can have had others before.
    named = OutboxEntry(
        id=entry.id,
        case_id=entry.case_id,
        kind=entry.kind,
        created_at=entry.created_at,
        attempt=proposal.attempt,
    )
    token = officer_token(desk, officer, named, purpose=DECIDE, lasting=LINK_FOR, role=proposal.deciding_role)
    return {
        "proposer": proposer_name(desk, proposal),
        "proposer_role": role.name.id,
        "proposer_role_en": role.name.en,
        "role_name": deciding.name.id,
        "role_name_en": deciding.name.en,
        "link": f"{desk.settings.site_url}/pencabutan/#{token}",
        "inbox_link": inbox_link(desk, officer, at=entry.created_at, name=entry.id),
    }


def _decided(desk: Desk, proposal: Revocation) -> dict[str, str]:
    decided_at = proposal.decided_at or proposal.proposed_at
    procedure = load()
    role = procedure.role(proposal.deciding_role).name
    answer = f"\n{proposal.answer}\n" if proposal.answer else ""
    return {
        "answer": answer,
        "decided_on": date_words(decided_at.date()),
        "decided_on_en": date_words(decided_at.date(), "en"),
        "decider": desk.people.officer(proposal.decided_by).name if proposal.decided_by else "",
        "role_name": role.id,
        "role_name_en": role.en,
        "phone": procedure.complaints.phones[0],
    }


def proposer_name(desk: Desk, proposal: Revocation) -> str:
    """Who proposed, with both names where a stand-in did."""
    acting = Acting(
        officer_id=proposal.proposed_by, acting_for=proposal.proposed_for, acting_as=proposal.proposed_as
    )
    standing = stands_for(desk, acting, load().role(proposal.proposed_role).name)
    return standing.id if standing else desk.people.officer(proposal.proposed_by).name

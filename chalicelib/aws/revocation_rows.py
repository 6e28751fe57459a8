"""Proposals to revoke permits in the list of the role that decides on them, beside the cases that hold them."""

from datetime import UTC, datetime

import msgspec

from chalicelib.aws.tables import CaseRow, RevocationRow
from chalicelib.cases.case import Case


class Proposed(msgspec.Struct, frozen=True, kw_only=True):
    """One proposal that waits. `number` is the permit's; `proposed_at` is in UTC."""

    case_id: str
    attempt: int
    number: str
    group_name: str
    proposed_at: datetime


def revocation_row(case: Case) -> RevocationRow | None:
    """The newest proposal of the case, in its role's list while it waits; None for a case without one."""
    proposal = case.revocation
    if proposal is None:
        return None
    return RevocationRow(
        case.case_id,
        "REVOCATION",
        case_id=case.case_id,
        officer_id=None if proposal.outcome else _of_role(proposal.deciding_role),
        deadline=proposal.proposed_at.timestamp(),
        number=proposal.permit_number,
        group_name=case.form.group_name or None,
        attempt=proposal.attempt,
    )


def proposed_to(role: str) -> tuple[Proposed, ...]:
    """The proposals that wait for the role, the oldest first."""
    return tuple(
        Proposed(
            case_id=row.case_id,
            attempt=int(row.attempt or 0),
            number=row.number or "",
            group_name=row.group_name or "",
            proposed_at=datetime.fromtimestamp(float(row.deadline or 0), UTC),
        )
        for row in CaseRow.by_officer.query(_of_role(role))
    )


def _of_role(role: str) -> str:
    """Where a role's proposals lie in the index of what lies before an officer; the id of no officer."""
    return f"revocations#{role}"

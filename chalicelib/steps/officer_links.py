"""The signed links in the mails to officers."""

from datetime import timedelta

from chalicelib.accounts.people import Officer
from chalicelib.cases.change import OutboxEntry
from chalicelib.links.signing import Claims, sign
from chalicelib.steps.desk import Desk


def officer_token(
    desk: Desk, officer: Officer, entry: OutboxEntry, *, purpose: str, lasting: timedelta
) -> str:
    """The token of the link in the mail of this entry: for one officer in one role, and the same at every delivery."""
    claims = Claims(
        purpose=purpose,
        subject=officer.id,
        expires=int((entry.created_at + lasting).timestamp()),
        key="",
        id=entry.id[:24],
        case=entry.case_id,
        step=entry.step,
        attempt=entry.attempt,
        role=officer.role,
    )
    return sign(claims, desk.keyring())

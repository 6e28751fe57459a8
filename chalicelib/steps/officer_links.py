"""The signed links in the mails to officers: made, and checked against what the office revoked."""

from datetime import timedelta

from chalicelib.accounts.people import Officer
from chalicelib.cases.change import OutboxEntry
from chalicelib.links.errors import LinkRevokedError
from chalicelib.links.signing import Claims, sign
from chalicelib.staffing.book import Book
from chalicelib.steps.desk import Desk


def officer_token(
    desk: Desk, officer: Officer, entry: OutboxEntry, *, purpose: str, lasting: timedelta, role: str = ""
) -> str:
    """The token of the link in the mail of this entry: for one officer in one role, and the same at every delivery.

    `role` is the one acted in, where that is not the officer's own: a stand-in's.
    """
    claims = Claims(
        purpose=purpose,
        subject=officer.id,
        expires=int((entry.created_at + lasting).timestamp()),
        key="",
        id=link_id(entry.id),
        case=entry.case_id,
        step=entry.step,
        attempt=entry.attempt,
        role=role or officer.role,
        epoch=desk.office.load().epoch(officer.id),
    )
    return sign(claims, desk.keyring())


def link_id(made_from: str) -> str:
    """The id of the link in a mail, from the id of its delivery or the hash of the audit entry that caused it."""
    return made_from[:24]


def check_not_revoked(book: Book, claims: Claims) -> None:
    """Raises LinkRevokedError for a link that the office revoked."""
    if book.is_revoked(claims.id, claims.subject, claims.epoch):
        raise LinkRevokedError

"""The signed links of officers: made, led on from page to page, and checked against what the office revoked."""

from datetime import datetime, timedelta
from typing import Any

import msgspec

from chalicelib.accounts.people import Officer
from chalicelib.cases.change import OutboxEntry
from chalicelib.errors import NotFoundError
from chalicelib.links.errors import LinkMisusedError, LinkRevokedError
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


def desk_token(desk: Desk, officer: Officer, *, purpose: str, until: datetime, name: str) -> str:
    """The token of a link to a page of the officer's own, in no case: the same for the same moment and name."""
    claims = Claims(
        purpose=purpose,
        subject=officer.id,
        role=officer.role,
        expires=int(until.timestamp()),
        key="",
        id=link_id(name),
        epoch=desk.office.load().epoch(officer.id),
    )
    return sign(claims, desk.keyring())


def lead_on(desk: Desk, opened: Claims, until: datetime, **other: Any) -> str:
    """The token of a page that an opened link leads on to, with `other` claims than that one.

    It keeps the id and the epoch, and lives no longer: no chain of pages outlives the mail at its beginning, and
    whoever revokes that link revokes all that it led to.
    """
    expires = min(opened.expires, int(until.timestamp()))
    return sign(msgspec.structs.replace(opened, expires=expires, **other), desk.keyring())


def link_id(made_from: str) -> str:
    """The id of the link in a mail, from the id of its delivery or the hash of the audit entry that caused it."""
    return made_from[:24]


def officer_of(desk: Desk, book: Book, claims: Claims) -> Officer:
    """The officer whom a link names, while it is good: in which role they may act is for the caller to say.

    Raises LinkMisusedError for one who is unknown or has left, LinkRevokedError for a link that the office revoked.
    """
    try:
        officer = desk.people.officer(claims.subject)
    except NotFoundError as error:
        raise LinkMisusedError from error
    if book.is_revoked(claims.id, claims.subject, claims.epoch):
        raise LinkRevokedError
    if not officer.active:
        raise LinkMisusedError(problem="the officer is no longer active")
    return officer

"""The inbox of an officer: behind one signed link, everything that waits for them, the most urgent first.

The link is mailed in the morning when something waits, and stands at the foot of every mail. It opens the list and
the pages behind it; each decision needs its second proof as always.
"""

from datetime import datetime, timedelta

import msgspec

from chalicelib.accounts.people import Officer
from chalicelib.aws import case_lists, outbox
from chalicelib.aws.case_lists import Waiting
from chalicelib.cases.change import OutboxEntry
from chalicelib.errors import NotFoundError
from chalicelib.links.errors import LinkMisusedError
from chalicelib.links.signing import Claims, sign, verify
from chalicelib.procedures.procedure import load
from chalicelib.steps.desk import Desk
from chalicelib.steps.officer_links import check_not_revoked
from chalicelib.steps.review import AT_ANY_TIME, REVIEW

INBOX = "inbox"
"""The purpose of the links that open an inbox."""
PREFIX = "inbox#"
"""What the deliveries of an officer's own mails lie under, in place of a case."""
LINK_FOR = timedelta(days=7)
OPENED_FOR = timedelta(hours=12)
"""How long the links in an opened inbox lead on: a working day at a desk."""


class Lying(msgspec.Struct, frozen=True, kw_only=True):
    """One open step, the working minutes left for it (negative when overdue), and the token that opens it."""

    waiting: Waiting
    minutes_left: int
    token: str


class Inbox(msgspec.Struct, frozen=True, kw_only=True):
    """All that waits for an officer, the least time left first."""

    officer: Officer
    lying: tuple[Lying, ...]
    expires_at: datetime


def open_inbox(desk: Desk, token: str) -> Inbox:
    """The inbox that the link is for. Looking changes nothing. Raises the link errors, never LinkSpentError."""
    now = desk.clock.now()
    claims = verify(token, INBOX, desk.keyring(), now)
    officer = _owner(desk, claims)
    return Inbox(
        officer=officer,
        lying=waiting_for(desk, officer, now),
        expires_at=datetime.fromtimestamp(claims.expires, now.tzinfo),
    )


def waiting_for(desk: Desk, officer: Officer, now: datetime) -> tuple[Lying, ...]:
    """What lies before the officer at `now`, the least working time left first."""
    calendar, epoch = desk.calendar(now.date()), desk.office.load().epoch(officer.id)
    found = [
        Lying(
            waiting=one,
            # A step's deadline is when its minutes are used up: so what lies between is what is left.
            minutes_left=calendar.working_minutes_between(now, one.deadline),
            token=_review_token(desk, officer, one, epoch, now),
        )
        for one in case_lists.of_officer(officer.id)
    ]
    return tuple(
        sorted(found, key=lambda one: (one.minutes_left, one.waiting.submitted_at, one.waiting.number))
    )


def inbox_token(desk: Desk, officer: Officer, *, at: datetime, name: str) -> str:
    """The token of the link to the inbox, the same for the same moment and name."""
    claims = Claims(
        purpose=INBOX,
        subject=officer.id,
        role=officer.role,
        epoch=desk.office.load().epoch(officer.id),
        expires=int((at + LINK_FOR).timestamp()),
        key="",
        id=name[:24],
    )
    return sign(claims, desk.keyring())


def inbox_link(desk: Desk, officer: Officer, *, at: datetime, name: str) -> str:
    """The address that opens the inbox."""
    return f"{desk.settings.site_url}/menunggu/#{inbox_token(desk, officer, at=at, name=name)}"


def resend_link(desk: Desk, token: str) -> Officer:
    """Mails a fresh link to the officer of an expired one, to their own mailbox alone. Raises the link errors."""
    officer = _owner(desk, verify(token, INBOX, desk.keyring(), AT_ANY_TIME))
    _leave(desk, officer, notice="inbox_link", name=desk.random(12).hex(), at=desk.clock.now())
    return officer


def tell_in_the_morning(desk: Desk) -> int:
    """On a working day, has everybody mailed for whom something waits; once a day. Answers how many."""
    now = desk.clock.now()
    if not desk.calendar(now.date()).working_minutes(now.date()):
        return 0
    told = 0
    for officer in desk.people.officers():
        if officer.active and case_lists.of_officer(officer.id, limit=1):
            told += _leave(desk, officer, notice="inbox", name=f"{now.date():%Y%m%d}", at=now)
    return told


def _leave(desk: Desk, officer: Officer, *, notice: str, name: str, at: datetime) -> bool:
    """Leaves the mail in the outbox, where a crash finds it again, and has it delivered."""
    entry = OutboxEntry(
        id=f"{notice}.{name}.{officer.id}",
        case_id=f"{PREFIX}{officer.id}",
        kind="notice",
        created_at=at,
        notice=notice,
        to=officer.id,
    )
    if not outbox.put(entry):
        return False
    desk.functions.later(desk.settings.deliver_function, {"case_id": entry.case_id})
    return True


def _owner(desk: Desk, claims: Claims) -> Officer:
    try:
        officer = desk.people.officer(claims.subject)
    except NotFoundError as error:
        raise LinkMisusedError from error
    check_not_revoked(desk.office.load(), claims)
    if not officer.active:
        raise LinkMisusedError(problem="the officer is no longer active")
    if officer.role != claims.role:
        raise LinkMisusedError(problem="the officer has another role now")
    return officer


def _review_token(desk: Desk, officer: Officer, one: Waiting, epoch: int, now: datetime) -> str:
    claims = Claims(
        purpose=REVIEW,
        subject=officer.id,
        role=load().step(one.step).role,  # a stand-in acts in another's
        epoch=epoch,
        case=one.case_id,
        step=one.step,
        attempt=one.attempt,
        expires=int((now + OPENED_FOR).timestamp()),
        key="",
        id=desk.random(12).hex(),
    )
    return sign(claims, desk.keyring())

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
from chalicelib.links.errors import LinkMisusedError
from chalicelib.links.signing import Claims, verify
from chalicelib.procedures.procedure import load
from chalicelib.steps import answering, revoking_decision
from chalicelib.steps.answering import ANSWER, ToAnswer
from chalicelib.steps.counting import counted
from chalicelib.steps.desk import Desk
from chalicelib.steps.officer_links import desk_token, lead_on, officer_of
from chalicelib.steps.review import AT_ANY_TIME, REVIEW, Review
from chalicelib.steps.revoking import proposing_token
from chalicelib.steps.revoking_decision import ToDecide, deciding_token

INBOX = "inbox"
"""The purpose of the links that open an inbox."""
PREFIX = "inbox#"
"""What the deliveries of an officer's own mails lie under, in place of a case."""
LINK_FOR = timedelta(days=7)
OPENED_FOR = timedelta(hours=12)
"""How long the links in an opened inbox lead on: a working day at a desk."""


class Lying(msgspec.Struct, frozen=True, kw_only=True):
    """One open step, and the working minutes left for it: negative when overdue."""

    waiting: Waiting
    minutes_left: int


class Inbox(msgspec.Struct, frozen=True, kw_only=True):
    """All that waits for an officer, the least time left first; `tokens` open reviews and complaints, by id.

    `revocations` lie beside the tokens that open them. `proposing` opens the page for proposing one, None for who may
    not.
    """

    officer: Officer
    lying: tuple[Lying, ...]
    complaints: tuple[ToAnswer, ...]
    revocations: tuple[tuple[ToDecide, str], ...]
    tokens: dict[str, str]
    proposing: str | None
    expires_at: datetime


def open_inbox(desk: Desk, token: str) -> Inbox:
    """The inbox that the link is for. Looking changes nothing. Raises the link errors, never LinkSpentError."""
    now = desk.clock.now()
    claims = verify(token, INBOX, desk.keyring(), now)
    officer = _owner(desk, claims)
    lying, complaints = waiting_for(desk, officer, now), answering.waiting_for(desk, officer, now)
    reviews = {one.waiting.case_id: _review_token(desk, claims, one.waiting, now) for one in lying}
    until = now + OPENED_FOR
    proposals = revoking_decision.waiting_for(desk, officer, now)
    answers = {one.waiting.complaint_id: _answer_token(desk, claims, one, now) for one in complaints}
    return Inbox(
        officer=officer,
        lying=lying,
        complaints=complaints,
        revocations=tuple((one, deciding_token(desk, claims, one, until)) for one in proposals),
        tokens=reviews | answers,
        proposing=proposing_token(desk, claims, officer, until),
        expires_at=datetime.fromtimestamp(claims.expires, now.tzinfo),
    )


def waiting_for(desk: Desk, officer: Officer, now: datetime) -> tuple[Lying, ...]:
    """What lies before the officer at `now`, the least working time left first."""
    calendar = desk.calendar(now.date())
    found = [
        # A step's deadline is when its minutes are used up: so what lies between is what is left.
        Lying(waiting=one, minutes_left=calendar.working_minutes_between(now, one.deadline))
        for one in case_lists.of_officer(officer.id)
    ]
    return tuple(
        sorted(found, key=lambda one: (one.minutes_left, one.waiting.submitted_at, one.waiting.number))
    )


def inbox_link(desk: Desk, officer: Officer, *, at: datetime, name: str) -> str:
    """The address that opens the inbox, the same for the same moment and name."""
    token = desk_token(desk, officer, purpose=INBOX, until=at + LINK_FOR, name=name)
    return f"{desk.settings.site_url}/menunggu/#{token}"


def inbox_token(desk: Desk, review: Review) -> str:
    """What leads on from a review to the inbox of the same officer."""
    until = desk.clock.now() + LINK_FOR
    role = review.officer.role  # a stand-in acted in another's
    return lead_on(desk, review.claims, until, purpose=INBOX, role=role, case="", step="", attempt=0)


def resend_link(desk: Desk, token: str) -> Officer:
    """Mails a fresh link to the officer of an expired one, to their own mailbox alone.

    Raises the link errors, and TooManyError: an old link must not fill a mailbox.
    """
    officer = _owner(desk, verify(token, INBOX, desk.keyring(), AT_ANY_TIME))
    counted(desk, f"inbox-{officer.id}")
    _leave(desk, officer, notice="inbox_link", name=desk.random(12).hex(), at=desk.clock.now())
    return officer


def tell_in_the_morning(desk: Desk) -> int:
    """On a working day, has everybody mailed for whom something waits; once a day. Answers how many."""
    now = desk.clock.now()
    if not desk.calendar(now.date()).working_minutes(now.date()):
        return 0
    told = 0
    for officer in desk.people.officers():
        waits = (
            case_lists.of_officer(officer.id, limit=1)
            or answering.waiting_for(desk, officer, now)
            or revoking_decision.waiting_for(desk, officer, now)
        )
        if officer.active and waits:
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
    officer = officer_of(desk, desk.office.load(), claims)
    if officer.role != claims.role:
        raise LinkMisusedError(problem="the officer has another role now")
    return officer


def _review_token(desk: Desk, opened: Claims, one: Waiting, now: datetime) -> str:
    role = load().step(one.step).role  # a stand-in acts in another's
    place = {"case": one.case_id, "step": one.step, "attempt": one.attempt}
    return lead_on(desk, opened, now + OPENED_FOR, purpose=REVIEW, role=role, **place)


def _answer_token(desk: Desk, opened: Claims, one: ToAnswer, now: datetime) -> str:
    place = {"case": one.waiting.complaint_id, "step": "", "attempt": 0}
    return lead_on(desk, opened, now + OPENED_FOR, purpose=ANSWER, role=one.role, **place)

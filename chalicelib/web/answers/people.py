"""Signing in, and mails that were sent."""

from datetime import datetime

from chalicelib.accounts.people import AccountRole
from chalicelib.procedures.parts import Words
from chalicelib.web.answers.parts import Answer


class Sent(Answer, frozen=True, kw_only=True):
    """Where a mail went, masked."""

    sent_to: str


class CodeSent(Sent, frozen=True, kw_only=True):
    """A code was mailed, if it may be; another one can be asked for after `resend_after_seconds`."""

    resend_after_seconds: int


class ProofSent(Sent, frozen=True, kw_only=True):
    """The second proof was mailed."""

    valid_minutes: int


class CounterShown(Answer, frozen=True, kw_only=True):
    """The counter of one officer, until when its link is good, and what an applicant agrees to."""

    officer: str
    role: Words
    expires_at: datetime
    consent: Words


class AccountShown(Answer, frozen=True, kw_only=True):
    """Who is signed in."""

    id: str
    name: str
    email: str
    phone: str


class SessionShown(Answer, frozen=True, kw_only=True):
    """A session; send it as `Authorization: Bearer …`. `lasts_seconds` is for devices whose clock is wrong."""

    session: str
    expires_at: datetime
    lasts_seconds: int
    role: AccountRole
    account: AccountShown


class AssistedSession(SessionShown, frozen=True, kw_only=True):
    """A session for one case of an applicant who is present."""

    case_id: str

"""Signing in, and mails that were sent."""

from datetime import datetime

from chalicelib.accounts.people import AccountRole
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

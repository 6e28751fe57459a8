"""Signing in with a mailed one-time code (applicants, auditors), and the sessions that follow."""

from datetime import datetime, timedelta

import msgspec

from chalicelib.accounts.codes import VALID_FOR, Challenge, CodeWrongError, guess, new_code
from chalicelib.accounts.people import Account, AccountRole, account_id, normalised
from chalicelib.accounts.sessions import SESSION_FOR, one_longer
from chalicelib.errors import NotAllowedError, NotFoundError
from chalicelib.links.signing import Claims, sign, verify
from chalicelib.steps.desk import Desk

SESSION = "session"
FORGET_CHALLENGES = timedelta(days=1)


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A session token, until when it is good, and whose it is."""

    session: str
    expires_at: datetime
    account: Account


def ask_for_code(desk: Desk, email: str, role: AccountRole) -> None:
    """Mails a code, unless one is younger than a minute; nothing tells whether the address is known.

    An auditor who is not enrolled gets none. Raises TooManyError.
    """
    known = account_id(role, email)
    if role == "auditor" and not _enrolled(desk, known):
        return
    send_code(desk, f"sign-in-{known}", to=normalised(email))


def send_code(desk: Desk, challenge_id: str, *, to: str) -> None:
    """A fresh code for that challenge, sent to the address by the delivery function."""
    now = desk.clock.now()
    before = desk.people.challenge(challenge_id)
    challenge = new_code(before, challenge_id, desk.random(16).hex(), now)
    if challenge is None:
        return
    desk.people.save_challenge(challenge, now + FORGET_CHALLENGES)
    desk.functions.later(desk.settings.deliver_function, {"challenge_id": challenge_id, "to": to})


def check_code(desk: Desk, challenge_id: str, code: str, *, once: bool) -> None:
    """Raises CodeWrongError unless the code is right. With `once` a right code is spent by this."""
    now = desk.clock.now()
    challenge = desk.people.challenge(challenge_id)
    if challenge is None:
        raise CodeWrongError
    after, right = guess(challenge, code, desk.keyring().newest(), now, desk.clock.felt(VALID_FOR))
    if not right or once:
        _remember(desk, after, now)
    if not right:
        raise CodeWrongError


def sign_in(desk: Desk, email: str, role: AccountRole, code: str, *, name: str, phone: str) -> Session:
    """The session of somebody who typed the right code. An applicant's account comes to be here."""
    known = account_id(role, email)
    check_code(desk, f"sign-in-{known}", code, once=True)
    return _session(desk, _account(desk, known, role, normalised(email), name, phone), prolonged=0)


def prolong(desk: Desk, token: str, role: AccountRole) -> Session:
    """A session in the place of one that is still good. Raises what `session_account` does, and SessionFullError.

    The one before ends when it would have ended: sessions are kept nowhere. How often one was prolonged stands
    in the token, as its attempt.
    """
    account = session_account(desk, token, role)
    before = verify(token, SESSION, desk.keyring(), desk.clock.now())
    return _session(desk, account, prolonged=one_longer(before.attempt))


def session_account(desk: Desk, token: str, role: AccountRole) -> Account:
    """The account of a session. Raises the link errors, and NotAllowedError for another role."""
    claims = verify(token, SESSION, desk.keyring(), desk.clock.now())
    if claims.role != role:
        raise NotAllowedError(role=claims.role)
    return desk.people.account(claims.subject)


def _session(desk: Desk, account: Account, *, prolonged: int) -> Session:
    expires_at = desk.clock.now() + desk.clock.felt(SESSION_FOR)
    claims = Claims(
        purpose=SESSION,
        subject=account.id,
        role=account.role,
        expires=int(expires_at.timestamp()),
        attempt=prolonged,
        key="",
    )
    return Session(session=sign(claims, desk.keyring()), expires_at=expires_at, account=account)


def _account(desk: Desk, known: str, role: AccountRole, email: str, name: str, phone: str) -> Account:
    try:
        before = desk.people.account(known)
    except NotFoundError:
        before = Account(id=known, role=role, email=email)
    account = msgspec.structs.replace(before, name=name or before.name, phone=phone or before.phone)
    if role == "applicant":
        desk.people.save_account(account)
    return account


def _enrolled(desk: Desk, auditor_id: str) -> bool:
    try:
        desk.people.account(auditor_id)
    except NotFoundError:
        return False
    return True


def _remember(desk: Desk, challenge: Challenge, now: datetime) -> None:
    desk.people.save_challenge(challenge, now + VALID_FOR + FORGET_CHALLENGES)

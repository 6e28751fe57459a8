"""Mailed one-time codes: six digits, ten minutes, five guesses (NIST SP 800-63B, 5.1.3 and 5.2.2).

The code itself is kept nowhere: it follows from the challenge and a key, so the function that sends it and the
one that checks it both make it afresh.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

import msgspec

from chalicelib.errors import Fault, TooManyError
from chalicelib.links.signing import Key

VALID_FOR = timedelta(minutes=10)
RESEND_AFTER = timedelta(seconds=60)
GUESSES = 5
CODES = 5
LOCKED_FOR = timedelta(minutes=30)


class CodeWrongError(Fault):
    """The code does not fit, is too old, or was never sent: one answer for all three."""

    code = "sign_in_failed"


class Challenge(msgspec.Struct, frozen=True, kw_only=True):
    """A code that is out. `nonce` is random and new with each code; `sent` counts codes since `counting_from`."""

    id: str
    version: int
    nonce: str
    sent_at: datetime
    guesses: int = 0
    sent: int = 1
    counting_from: datetime
    used: bool = False


def new_code(before: Challenge | None, challenge_id: str, nonce: str, now: datetime) -> Challenge | None:
    """A fresh code; None while the last one is younger than `RESEND_AFTER` (it is still good).

    Raises TooManyError with `retry_at` after `CODES` codes within `LOCKED_FOR`.
    """
    if before is None:
        return Challenge(id=challenge_id, version=1, nonce=nonce, sent_at=now, counting_from=now)
    if now < before.sent_at + RESEND_AFTER and not before.used:
        return None
    fresh_count = now >= before.counting_from + LOCKED_FOR or before.used
    if not fresh_count and before.sent >= CODES:
        raise TooManyError(limit=CODES, retry_at=(before.counting_from + LOCKED_FOR).isoformat())
    return Challenge(
        id=challenge_id,
        version=before.version + 1,
        nonce=nonce,
        sent_at=now,
        sent=1 if fresh_count else before.sent + 1,
        counting_from=now if fresh_count else before.counting_from,
    )


def guess(
    challenge: Challenge, code: str, key: Key, now: datetime, valid_for: timedelta = VALID_FOR
) -> tuple[Challenge, bool]:
    """The challenge after one guess, and whether it was right. A right code is good once.

    Raises TooManyError after `GUESSES` wrong ones, CodeWrongError when no code is out.
    """
    if challenge.used or now >= challenge.sent_at + valid_for:
        raise CodeWrongError
    if challenge.guesses >= GUESSES:
        raise TooManyError(limit=GUESSES, retry_at=(challenge.sent_at + valid_for).isoformat())
    typed = code.encode(errors="surrogatepass")  # half a character is a wrong code and no failure
    right = hmac.compare_digest(code_of(challenge, key).encode(), typed)
    after = msgspec.structs.replace(
        challenge, version=challenge.version + 1, guesses=challenge.guesses + 1, used=right
    )
    return after, right


def code_of(challenge: Challenge, key: Key) -> str:
    """The six digits of this challenge (RFC 4226's truncation of an HMAC-SHA-256)."""
    message = f"sanggar code: {challenge.id}:{challenge.nonce}".encode()
    digest = hmac.digest(key.secret.reveal(), message, hashlib.sha256)
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"

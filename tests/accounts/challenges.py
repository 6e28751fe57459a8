"""Made-up challenges for the tests of one-time codes."""

from datetime import datetime, timedelta, timezone

from chalicelib.accounts.codes import Challenge, code_of, guess, new_code
from chalicelib.links.signing import Key
from chalicelib.sealed import Sealed

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=timezone(timedelta(hours=7)))
KEY = Key("2026-11", Sealed(b"the key of the autumn, 32 bytes!!"))


def sent(nonce: str = "n1", *, who: str = "sign-in-a1", at: datetime = NOW) -> Challenge:
    """A first code, just sent."""
    challenge = new_code(None, who, nonce, at)
    assert challenge
    return challenge


def right(challenge: Challenge) -> str:
    """What the mail says."""
    return code_of(challenge, KEY)


def wrong(challenge: Challenge) -> str:
    """Six digits that the mail does not say."""
    return f"{(int(right(challenge)) + 1) % 1_000_000:06d}"


def after_wrong_guesses(challenge: Challenge, count: int, at: datetime = NOW) -> Challenge:
    """The challenge after so many wrong guesses."""
    for _ in range(count):
        challenge, accepted = guess(challenge, wrong(challenge), KEY, at)
        assert not accepted
    return challenge

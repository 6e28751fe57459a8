"""Tries counted before they are judged, so that many at one moment are all counted."""

from datetime import timedelta

from chalicelib.accounts.tries import LOCKED_FOR, TRIES, Tries, one_more
from chalicelib.aws.tries_store import save_tries, tries_at
from chalicelib.errors import StaleVersionError
from chalicelib.steps.desk import TRIES as WRITES
from chalicelib.steps.desk import Desk

FORGET_AFTER = timedelta(days=1)


def counted(desk: Desk, tries_id: str, limit: int = TRIES) -> Tries:
    """The tries of that id with this one, at most `limit` in a quarter of an hour.

    Raises TooManyError with `retry_at`, and StaleVersionError.
    """
    for _ in range(WRITES):
        now = desk.clock.now()
        count = one_more(tries_at(tries_id), tries_id, now, desk.clock.felt(LOCKED_FOR), limit)
        try:
            save_tries(count, now + FORGET_AFTER)
        except StaleVersionError:
            continue
        return count
    raise StaleVersionError(what="tries")

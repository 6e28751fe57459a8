"""Tries at something that could be guessed: counted by what is tried at, whether or not there is such a thing."""

from datetime import datetime, timedelta

import msgspec

from chalicelib.errors import TooManyError

TRIES = 5
LOCKED_FOR = timedelta(minutes=15)


class Tries(msgspec.Struct, frozen=True, kw_only=True):
    """How often in a row it was tried wrongly since `counting_from`. `id` names nothing and nobody by itself."""

    id: str
    version: int
    count: int
    counting_from: datetime


def one_more(
    before: Tries | None,
    tries_id: str,
    now: datetime,
    locked_for: timedelta = LOCKED_FOR,
    limit: int = TRIES,
) -> Tries:
    """The count with one more try, to be kept before the try is judged: tries at one moment are all counted.

    Raises TooManyError with `retry_at` after `limit` within `locked_for`.
    """
    if before is None:
        return Tries(id=tries_id, version=1, count=1, counting_from=now)
    again_at = before.counting_from + locked_for
    if now < again_at and before.count >= limit:
        raise TooManyError(limit=limit, retry_at=again_at.isoformat())
    fresh = now >= again_at or before.count == 0
    return Tries(
        id=tries_id,
        version=before.version + 1,
        count=1 if fresh else before.count + 1,
        counting_from=now if fresh else before.counting_from,
    )


def forgiven(tries: Tries) -> Tries:
    """The count after a right try: whoever knows the answer is not locked out."""
    return msgspec.structs.replace(tries, version=tries.version + 1, count=0)

"""How long somebody stays signed in: eight hours, prolonged twice at most, so never longer than a day."""

from datetime import timedelta

from chalicelib.errors import Fault

SESSION_FOR = timedelta(hours=8)
PROLONGED_AT_MOST = 2


class SessionFullError(Fault):
    """The session was prolonged as often as it can be: a new code proves who is there. `limit` says how often."""

    code = "session_full"


def one_longer(prolonged: int) -> int:
    """How often a session was prolonged after one time more. Raises SessionFullError."""
    if prolonged >= PROLONGED_AT_MOST:
        raise SessionFullError(limit=PROLONGED_AT_MOST)
    return prolonged + 1

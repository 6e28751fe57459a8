"""Made-up keys and claims for the tests of signed links."""

from datetime import UTC, datetime, timedelta

import msgspec
from hypothesis import strategies as st

from chalicelib.links.signing import Claims, Key, Keyring
from chalicelib.sealed import Sealed

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TOMORROW = int((NOW + timedelta(days=1)).timestamp())
PURPOSE = "review"

OLD_KEY = Key("2026-08", Sealed(b"the key of the summer, 32 bytes!!"))
NEW_KEY = Key("2026-11", Sealed(b"the key of the autumn, 32 bytes!!"))
RING = Keyring((NEW_KEY, OLD_KEY))

REVIEW = Claims(
    purpose=PURPOSE,
    subject="officer-cs",
    expires=TOMORROW,
    key="",
    id="0f3a",
    case="case-1",
    step="verification",
    attempt=2,
    role="sub_coordinator",
)

words = st.text(max_size=40)
purposes = words.filter(bool)
good_claims = st.builds(
    Claims,
    purpose=purposes,
    subject=words,
    expires=st.integers(TOMORROW, TOMORROW + 10**9),
    key=st.just(""),
    id=words,
    case=words,
    step=words,
    attempt=st.integers(0, 10**6),
    role=words,
)


def signed_by(claims: Claims, key: Key) -> Claims:
    """The claims as they come back when this key signed them."""
    return msgspec.structs.replace(claims, key=key.id)

"""`sign` and `verify`: everything that can be said about a token, in one small surface.

A token is `payload.mac`, both base64url without padding: the claims as JSON, and HMAC-SHA-256 (RFC 2104) over
them under a key derived for one purpose (HKDF's expand step, RFC 5869, one block), so that a token made for one
purpose cannot even be checked for another. Decoding is strict: a text that does not encode back to itself is
altered, whatever bytes it stands for.
"""

import base64
import binascii
import hashlib
import hmac
from datetime import UTC, datetime

import msgspec

from chalicelib.links.errors import LinkAlteredError, LinkExpiredError, LinkMissingError, LinkMisusedError
from chalicelib.sealed import Sealed

KEPT_FOR = 30.0
"""Seconds for which a process trusts the keyring that it read: a key that is killed lives at most so long."""


class Key(msgspec.Struct, frozen=True):
    """One signing key. `id` is public and travels in the token; `secret` has at least 32 bytes."""

    id: str
    secret: Sealed


class Keyring(msgspec.Struct, frozen=True):
    """The first key signs, all of them verify; a key that is taken out kills its tokens at once."""

    keys: tuple[Key, ...]

    def newest(self) -> Key:
        """The key that signs."""
        return self.keys[0]

    def find(self, key_id: str) -> Key | None:
        """The key of this id, if it is still trusted."""
        return next((key for key in self.keys if key.id == key_id), None)


class Claims(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a token says. `purpose` and `subject` always; the rest as the purpose needs.

    `expires` is a POSIX time in seconds; `id` names the token, for a record of the spent ones. `epoch` counts how
    often all links of the subject were revoked before this one was made.
    """

    purpose: str
    subject: str
    expires: int
    key: str
    id: str = ""
    case: str = ""
    step: str = ""
    attempt: int = 0
    role: str = ""
    epoch: int = 0


def sign(claims: Claims, keyring: Keyring) -> str:
    """The token of these claims, under the newest key (`claims.key` is set here)."""
    key = keyring.newest()
    payload = msgspec.json.encode(msgspec.structs.replace(claims, key=key.id))
    return f"{_encode(payload)}.{_encode(_mac(key, claims.purpose, payload))}"


def verify(token: str, purpose: str, keyring: Keyring, now: datetime) -> Claims:
    """The claims of a good token.

    Raises LinkMissingError, LinkAlteredError, LinkMisusedError (made for another purpose), LinkExpiredError;
    whether it is spent is for the state of the case to say.
    """
    if not token:
        raise LinkMissingError
    claims = _authentic_claims(token, keyring)
    if claims.purpose != purpose:
        raise LinkMisusedError(made_for=claims.purpose)
    if now.timestamp() >= claims.expires:
        raise LinkExpiredError(expired_at=datetime.fromtimestamp(claims.expires, UTC).isoformat())
    return claims


def _authentic_claims(token: str, keyring: Keyring) -> Claims:
    payload_text, _, mac_text = token.partition(".")
    payload, mac = _decode(payload_text), _decode(mac_text)
    try:
        claims = msgspec.json.decode(payload, type=Claims)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:  # the latter: a text in it that is no UTF-8
        raise LinkAlteredError from error
    key = keyring.find(claims.key)
    if key is None or not hmac.compare_digest(mac, _mac(key, claims.purpose, payload)):
        raise LinkAlteredError
    return claims


def _mac(key: Key, purpose: str, payload: bytes) -> bytes:
    purpose_key = hmac.digest(
        key.secret.reveal(), f"sanggar link: {purpose}".encode() + b"\x01", hashlib.sha256
    )
    return hmac.digest(purpose_key, payload, hashlib.sha256)


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise LinkAlteredError from error
    if _encode(raw) != text:
        raise LinkAlteredError
    return raw

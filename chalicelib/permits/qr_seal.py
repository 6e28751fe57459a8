"""The seal that a permit's QR code carries: COSE_Sign1 (RFC 9052) over CWT claims (RFC 8392), ES256.

It lets a phone without a line tell whether our office wrote what the code says. The bytes stand as one decimal number
behind the "#" of the check address: there they reach no server and no log, and a QR code holds digits in the fewest
modules of all that an address may carry (measured in docs/adr/0010).
"""

import base64
import hashlib
import json
from datetime import datetime, time
from typing import Any

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from chalicelib.permits.cbor import Value, encoded, tagged
from chalicelib.permits.facts import PublicFacts, fingerprint
from chalicelib.permits.lettering import plain
from chalicelib.permits.wording import WIB

_SIGN1 = 18  # RFC 9052, table 1
_ALGORITHM, _KEY_ID, _ES256 = 1, 4, -7  # the header's labels, and RFC 9053, table 1
_ISSUER, _SUBJECT, _EXPIRES, _ISSUED, _ID = 1, 2, 4, 6, 7  # RFC 8392, section 4
_PERMIT = -65537  # the first label for private use: [group, genre, leader, fingerprint]
_COORDINATE = 32
LONGEST_NAME = 60
"""Letters of a name in the seal: with more, a printed code gets too fine to read. The fingerprint holds the whole."""


class Unsealed(msgspec.Struct, frozen=True):
    """A seal without its signature: `signed` is what ES256 signs, the rest what stands beside the signature."""

    protected: bytes
    payload: bytes

    @property
    def signed(self) -> bytes:
        """The Sig_structure of RFC 9052, section 4.4, without external data."""
        return encoded(["Signature1", self.protected, b"", self.payload])


def unsealed(facts: PublicFacts, issuer: str, signed_at: datetime, key_id: str) -> Unsealed:
    """What is to be sealed. `signed_at` is timezone-aware; `key_id` comes from `public_jwk`.

    The permit expires at the end of its last day in Indonesia.
    """
    end = datetime.combine(facts.valid_until, time(23, 59, 59), WIB)
    claims: dict[int, Value] = {
        _ISSUER: issuer,
        _SUBJECT: facts.permit_number,
        _EXPIRES: int(end.timestamp()),
        _ISSUED: int(signed_at.timestamp()),
        _ID: facts.check_code.encode(),
        _PERMIT: [*map(_name, (facts.group_name, facts.art_genre, facts.leader)), fingerprint(facts)],
    }
    protected = encoded({_ALGORITHM: _ES256, _KEY_ID: _bytes(key_id)})
    return Unsealed(protected, encoded(claims))


def sealed(seal: Unsealed, der_signature: bytes) -> str:
    """The seal as it stands behind the "#" of the check address. `der_signature` is ECDSA's, as KMS answers it."""
    halves = decode_dss_signature(der_signature)
    raw = b"".join(half.to_bytes(_COORDINATE, "big") for half in halves)
    data = tagged(_SIGN1, [seal.protected, {}, seal.payload, raw])
    return str(int.from_bytes(data, "big"))  # nothing is lost: a tag never begins with a zero


def signs(public_key: bytes, seal: Unsealed, der_signature: bytes) -> bool:
    """Whether the signature is that of the key (DER SubjectPublicKeyInfo): asked before it is printed."""
    try:
        _key(public_key).verify(der_signature, seal.signed, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def public_jwk(public_key: bytes) -> dict[str, str]:
    """The public half as a JSON Web Key; its `kid` is the first 8 bytes of its thumbprint (RFC 7638), base64url.

    `public_key` is DER SubjectPublicKeyInfo. Raises ValueError when it is no P-256 key.
    """
    numbers = _key(public_key).public_numbers()
    x, y = (_text(number.to_bytes(_COORDINATE, "big")) for number in (numbers.x, numbers.y))
    named = {"crv": "P-256", "kty": "EC", "x": x, "y": y}
    thumbprint = hashlib.sha256(json.dumps(named, separators=(",", ":")).encode()).digest()
    return named | {"kid": _text(thumbprint[:8]), "alg": "ES256", "use": "sig"}


def key_set(published: dict[str, Any], public_key: bytes, since: datetime) -> dict[str, Any]:
    """The published JWK set with that key in it, the newest first; a key that is there already stays as it is.

    `since` (timezone-aware) is kept beside the key as the day from which it seals.
    """
    keys: list[dict[str, str]] = list(published.get("keys", []))
    jwk = public_jwk(public_key)
    if any(key["kid"] == jwk["kid"] for key in keys):
        return {"keys": keys}
    return {"keys": [jwk | {"since": since.astimezone(WIB).date().isoformat()}, *keys]}


def _key(public_key: bytes) -> ec.EllipticCurvePublicKey:
    key = serialization.load_der_public_key(public_key)
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("the key of the QR code's seal is not a P-256 key")
    return key


def _name(text: str) -> str:
    shown = plain(text)
    return shown if len(shown) <= LONGEST_NAME else f"{shown[: LONGEST_NAME - 1].rstrip()}…"


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

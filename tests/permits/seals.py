"""A made-up key that seals QR codes, and a reader of CBOR that knows nothing of the writer."""

from functools import cache
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from chalicelib.permits.facts import PublicFacts, facts_on_paper
from chalicelib.permits.qr_seal import public_jwk, sealed, unsealed
from chalicelib.permits.types import PermitContent
from tests.permits.office import SIGNED_AT

ISSUER = "DPMPTSP Kabupaten Pasuruan"


@cache
def sealing_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def public_half() -> bytes:
    return (
        sealing_key()
        .public_key()
        .public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    )


def seal_over(facts: PublicFacts, key: ec.EllipticCurvePrivateKey | None = None) -> str:
    """The seal over those facts, with the made-up key unless another is given."""
    key = key or sealing_key()
    half = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    seal = unsealed(facts, ISSUER, SIGNED_AT, public_jwk(half)["kid"])
    return sealed(seal, key.sign(seal.signed, ec.ECDSA(hashes.SHA256())))


def url_with_seal(content: PermitContent) -> str:
    """The permit's check address with its seal."""
    return f"{content.check_url}#{seal_over(facts_on_paper(content, content.check_url[-10:]))}"


def claims_in(url: str) -> dict[int, Any]:
    """The claims in an address's seal, not verified."""
    claims: dict[int, Any] = of_cbor(of_cbor(seal_bytes(url.partition("#")[2]))[1][2])
    return claims


def seal_bytes(number: str) -> bytes:
    """The bytes of a seal that is written as a number."""
    whole = int(number)
    return whole.to_bytes((whole.bit_length() + 7) // 8, "big")


def of_cbor(data: bytes) -> Any:
    """The one value in the bytes; a tagged one as (tag, value)."""
    value, end = _item(data, 0)
    assert end == len(data)
    return value


def _item(data: bytes, at: int) -> tuple[Any, int]:
    major, low, at = data[at] >> 5, data[at] & 31, at + 1
    if low >= 24:
        width = 1 << (low - 24)
        low, at = int.from_bytes(data[at : at + width], "big"), at + width
    if major < 2:
        return (low if major == 0 else -1 - low), at
    if major < 4:
        raw = data[at : at + low]
        return (raw if major == 2 else raw.decode()), at + low
    if major == 6:
        inner, at = _item(data, at)
        return (low, inner), at
    items = []
    for _ in range(low * (major - 3)):
        inner, at = _item(data, at)
        items.append(inner)
    return (items if major == 4 else dict(zip(items[::2], items[1::2], strict=True))), at

"""The local signer's passphrase: kept only as a scrypt hash (RFC 7914), compared in constant time."""

import base64
import hashlib
import hmac
import unicodedata

from chalicelib.permits.errors import PassphraseRecordError

# 32 MiB and three passes: OWASP's password storage cheat sheet, the row that fits a small Lambda.
_COST = (2**15, 8, 3)
_DEAREST = (2**17, 8, 4)
_SALT_BYTES = 16
_HASH_BYTES = 32


def _stretch(passphrase: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    # NFKC, because phones and computers type the same accented letter as different code points.
    typed = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    n, r, p = cost
    return hashlib.scrypt(typed, salt=salt, n=n, r=r, p=p, maxmem=256 * n * r, dklen=_HASH_BYTES)


def hash_passphrase(passphrase: str, salt: bytes) -> str:
    """The text to keep: "scrypt$n$r$p$salt$hash". `salt` is at least 16 fresh random bytes.

    Raises ValueError for a shorter salt.
    """
    if len(salt) < _SALT_BYTES:
        raise ValueError("the salt needs at least 16 bytes")
    kept = [base64.b64encode(part).decode() for part in (salt, _stretch(passphrase, salt, _COST))]
    return "$".join(["scrypt", *map(str, _COST), *kept])


def _read(record: str) -> tuple[tuple[int, int, int], bytes, bytes]:
    try:
        scheme, n, r, p, salt, kept = record.split("$")
        cost = (int(n), int(r), int(p))
        parts = base64.b64decode(salt, validate=True), base64.b64decode(kept, validate=True)
    except ValueError:
        raise PassphraseRecordError from None
    affordable = all(1 <= wanted <= most for wanted, most in zip(cost, _DEAREST, strict=True))
    if scheme != "scrypt" or not affordable or cost[0].bit_count() != 1 or len(parts[1]) != _HASH_BYTES:
        raise PassphraseRecordError
    return cost, *parts


def passphrase_matches(passphrase: str, record: str) -> bool:
    """Whether this passphrase made the record. Raises PassphraseRecordError for a record of another form."""
    cost, salt, kept = _read(record)
    return hmac.compare_digest(_stretch(passphrase, salt, cost), kept)

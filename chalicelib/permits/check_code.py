"""The code under the QR: short enough to type, too many to try, none mistaken for another."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
LENGTH = 10
_MISREAD = str.maketrans("OIL", "011")


def check_code(random_bytes: bytes) -> str:
    """A code of 10 characters from at least 10 random bytes: 50 bits, five of each byte.

    Raises ValueError for fewer bytes.
    """
    if len(random_bytes) < LENGTH:
        raise ValueError("a check code needs 10 random bytes")
    return "".join(ALPHABET[byte & 31] for byte in random_bytes[:LENGTH])


def typed_code(text: str) -> str | None:
    """What somebody typed or scanned, as a code; None when it cannot be one.

    Blanks, dashes and small letters are forgiven, and O, I and L are read as 0, 1 and 1.
    """
    code = "".join(text.upper().replace("-", "").split()).translate(_MISREAD)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None

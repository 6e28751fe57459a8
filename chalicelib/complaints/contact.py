"""How somebody who complains can be reached: a mail address or a phone number, in one way of writing each."""

import hashlib
import hmac
import re

from chalicelib.errors import InvalidInputError

_EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+")
_PHONE = re.compile(r"(?:\+?62|0)[1-9][0-9]{6,12}")
_BETWEEN_FIGURES = re.compile(r"[\s().-]")


def normalised_contact(typed: str) -> str:
    """`nama@contoh.id` or `081234567890`, however it was typed. Raises InvalidInputError for neither."""
    plain = typed.strip().lower()
    if _EMAIL.fullmatch(plain) and "=?" not in plain:  # an encoded word, which no mail of ours is sent to
        return plain
    figures = _BETWEEN_FIGURES.sub("", plain)
    if not _PHONE.fullmatch(figures):
        raise InvalidInputError(where="contact")
    return "0" + re.sub(r"^(\+?62|0)", "", figures)


def is_email(contact: str) -> bool:
    """Whether a normalised contact can be written to by mail."""
    return "@" in contact


def contact_key(contact: str) -> str:
    """Under which all complaints of a normalised contact are found: for limits, and for erasing them."""
    return "contact-" + hashlib.sha256(f"sanggar contact: {contact}".encode()).hexdigest()[:32]


def same_contact(kept: str, typed: str) -> bool:
    """Whether `typed` is the normalised contact `kept`; how long that takes tells nothing."""
    try:
        asked = normalised_contact(typed)
    except InvalidInputError:
        return False
    return bool(kept) and hmac.compare_digest(contact_key(kept), contact_key(asked))

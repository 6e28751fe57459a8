"""The public check of a permit: what the register has under a code or a number that somebody reads off a paper."""

import hashlib

from chalicelib.aws import permit_register
from chalicelib.permits.check_code import typed_code
from chalicelib.permits.types import PermitRecord
from chalicelib.steps.counting import counted
from chalicelib.steps.desk import Desk

NUMBERS_ASKED = 120
"""So many numbers one address may ask for in a quarter of an hour: they follow each other, and nobody shall walk
along them. One office, one school or one carrier can stand behind one address.

Codes are not counted: 50 bits of chance are no way to walk.
"""


def registered(desk: Desk, typed: str, caller: str) -> PermitRecord | None:
    """The register's record of a code or a number as typed, None when there is none.

    A code has ten signs of its alphabet, everything else is taken for a number; in a number "-" may stand for "/",
    which a path cannot carry. `caller` is the address that the request comes from. Raises TooManyError.
    """
    if "/" not in typed and (code := typed_code(typed)):
        return permit_register.by_check_code(code)
    number = "".join(typed.split()).upper()
    return numbered(desk, number if "/" in number else number.replace("-", "/"), caller)


def numbered(desk: Desk, number: str, caller: str) -> PermitRecord | None:
    """The register's record of a number, None when it was never issued. Raises TooManyError."""
    wanted = "".join(number.split()).upper()
    if not wanted:
        return None
    counted(desk, f"numbers-{hashlib.sha256(caller.encode()).hexdigest()[:32]}", NUMBERS_ASKED)
    return permit_register.by_number(wanted)

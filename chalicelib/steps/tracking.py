"""Following an application without an account: by its private link, or by its number and the end of its phone."""

import hashlib
import hmac

from chalicelib.accounts.tries import forgiven
from chalicelib.aws.tries_store import save_tries
from chalicelib.cases.case import Case
from chalicelib.errors import NotFoundError
from chalicelib.steps.counting import FORGET_AFTER, counted
from chalicelib.steps.desk import Desk


def tracked(desk: Desk, code: str) -> Case:
    """The case of a private tracking code. Raises NotFoundError."""
    return desk.cases.find(code)


def tracked_by_phone(desk: Desk, number: str, last_four: str) -> Case:
    """The case of that number, for who knows the end of its phone number.

    Raises NotFoundError, alike for a number that does not exist and for a wrong phone, and TooManyError after
    five wrong tries at one number, alike too.
    """
    number = "".join(number.split()).upper()
    so_far = counted(desk, f"track-{_hashed(number)}")
    case = _found(desk, number)
    digits = "".join(character for character in case.form.phone if character.isdigit()) if case else ""
    right = hmac.compare_digest(digits[-4:].encode(), last_four.encode(errors="surrogatepass"))
    if case is None or len(last_four) != 4 or not right:
        raise NotFoundError(what="case")
    save_tries(forgiven(so_far), desk.clock.now() + FORGET_AFTER)
    return case


def _hashed(number: str) -> str:
    """What is kept of the number: people type all sorts of numbers into a field."""
    return hashlib.sha256(number.encode(errors="surrogatepass")).hexdigest()


def _found(desk: Desk, number: str) -> Case | None:
    """Only an application's number: the names of cases hold their private codes, too."""
    try:
        case = desk.cases.find(number)
    except NotFoundError:
        return None
    return case if case.number == number else None

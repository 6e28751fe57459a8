"""The keys of the signed links: new ones come in, old ones are taken out, and the office's chain says so.

A new key is trusted everywhere before it signs, because each function keeps the keyring for `KEPT_FOR` seconds.
"""

from collections.abc import Callable
from datetime import datetime

from chalicelib.links.signing import KEPT_FOR
from chalicelib.staffing.book import Book, OfficeChange, Order, record
from chalicelib.staffing.errors import StaffingError
from chalicelib.steps.administration import change_office
from chalicelib.steps.desk import Desk

_SECRET_BYTES = 32


def key_ids(desk: Desk) -> tuple[str, ...]:
    """The ids of the trusted keys, the one that signs first."""
    return tuple(key.id for key in desk.keys.keyring(desk.settings.link_keys_secret).keys)


def rotate(desk: Desk, order: Order, wait: Callable[[float], None]) -> str:
    """A new key that signs from now on; answers its id. The old ones go on opening what they signed.

    `wait` lets that many seconds pass, until every function trusts the new key. A call that dies before its end
    leaves a key that is trusted and signs nothing.
    """
    used = [int(one[1:]) for one in key_ids(desk) if one[:1] == "k" and one[1:].isdigit()]
    new = f"k{max([*used, *_killed(desk)], default=0) + 1}"
    _note(desk, "keys.rotation_asked", new, order)
    desk.keys.add_link_key(desk.settings.link_keys_secret, new, desk.random(_SECRET_BYTES).hex())
    wait(2 * KEPT_FOR)
    desk.keys.sign_links_with(desk.settings.link_keys_secret, new)
    _note(desk, "keys.rotated", new, order)
    return new


def kill(desk: Desk, key_id: str, order: Order) -> None:
    """A key out of trust: everything that it signed is dead within `KEPT_FOR` seconds, sessions too.

    Raises StaffingError for an unknown key and for the one that signs: rotate first.
    """
    newest, *others = key_ids(desk)
    if key_id == newest:
        raise StaffingError(problem="this key signs: rotate first, then kill it", allowed=others)
    if key_id not in others:
        raise StaffingError(problem="there is no such key", allowed=others)
    _note(desk, "keys.kill_asked", key_id, order)
    desk.keys.drop_link_key(desk.settings.link_keys_secret, key_id)
    _note(desk, "keys.killed", key_id, order)


def _killed(desk: Desk) -> list[int]:
    """Numbers that keys had before: an id is never given twice."""
    ids = [str(entry.facts.get("key", "")) for entry in desk.office.entries()]
    return [int(one[1:]) for one in ids if one[:1] == "k" and one[1:].isdigit()]


def _note(desk: Desk, action: str, key_id: str, order: Order) -> None:
    def rule(book: Book, at: datetime) -> OfficeChange:
        return record(book, order, at, action, {"key": key_id})

    change_office(desk, rule)

"""Officers come, change, leave and come back: pure rules over the office's book."""

import re
from datetime import datetime

import msgspec

from chalicelib.accounts.people import Officer
from chalicelib.cases.case import NOBODY
from chalicelib.staffing.book import Book, OfficeChange, Order, record
from chalicelib.staffing.errors import StaffingError

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_NOT_ON_RECORD = frozenset({"id", "active"})
ORDINARY = frozenset(Officer.__struct_fields__) - _NOT_ON_RECORD
"""What of an officer can be changed: never the id, which the trail names for ever."""


def enrol(book: Book, known: tuple[Officer, ...], new: Officer, order: Order, at: datetime) -> OfficeChange:
    """A new officer. Raises StaffingError for an id or address that is taken, or that cannot be one."""
    if not _ID.fullmatch(new.id) or len(new.id) > 40 or new.id in (NOBODY, "administrator"):
        raise StaffingError(problem="an id has small letters, digits and single hyphens, such as sub-2")
    if new.id in {one.id for one in known}:
        raise StaffingError(problem="there is an officer of that id; ids are never given twice")
    _check(known, new)
    facts = {"officer": new.id, "role": new.role}
    return record(book, order, at, "officer.enrolled", facts, officer=new, changed_at=at)


def alter(
    book: Book, known: tuple[Officer, ...], after: Officer, order: Order, at: datetime
) -> OfficeChange | None:
    """The officer as given; None when nothing is new. The chain names what changed, not what it says."""
    before = of_id(known, after.id)
    changed = sorted(name for name in ORDINARY if getattr(before, name) != getattr(after, name))
    if not changed:
        return None
    _check(known, after)
    facts = {"officer": after.id, "changed": changed}
    if "role" in changed:
        facts["role"] = after.role
    return record(book, order, at, "officer.changed", facts, officer=after, changed_at=at)


def set_active(
    book: Book, known: tuple[Officer, ...], officer_id: str, order: Order, at: datetime, *, active: bool
) -> OfficeChange | None:
    """The officer leaves, or is back; None when it is so already. Leaving kills all links for good."""
    before = of_id(known, officer_id)
    if before.active == active:
        return None
    after = msgspec.structs.replace(before, active=active)
    _check(known, after)
    action = "officer.reactivated" if active else "officer.deactivated"
    epochs = book.epochs if active else {**book.epochs, officer_id: book.epoch(officer_id) + 1}
    facts = {"officer": officer_id}
    return record(book, order, at, action, facts, officer=after, changed_at=at, epochs=epochs)


def of_id(known: tuple[Officer, ...], officer_id: str) -> Officer:
    """The officer of that id. Raises StaffingError."""
    found = next((one for one in known if one.id == officer_id), None)
    if found is None:
        raise StaffingError(problem="there is no such officer", allowed=[one.id for one in known])
    return found


def _check(known: tuple[Officer, ...], officer: Officer) -> None:
    """Two officers with one mailbox would read each other's links and codes."""
    address = officer.email.strip().lower()
    if any(one.active and one.id != officer.id and one.email.strip().lower() == address for one in known):
        raise StaffingError(problem="another active officer has that address")
    if not officer.name.strip():
        raise StaffingError(problem="an officer needs a name")

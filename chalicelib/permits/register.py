"""A change of the register with its entry in the log: the two are written together or not at all."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from chalicelib.permits.log.growing import Appended, appended
from chalicelib.permits.log.hashing import Frontier
from chalicelib.permits.log.leaf import SALT_BYTES, Leaf, record_hash
from chalicelib.permits.types import PermitRecord

_ABOUT_THE_LOG = ("log_salt", "log_indexes")


class RegisterChange(msgspec.Struct, frozen=True, kw_only=True):
    """One record as it shall be, and what the log says of it (a kind of `log/kinds.toml`).

    `before` is the record as it was read; None for a permit that enters the register. `previous` is the number of
    the permit that this one renews or replaces.
    """

    record: PermitRecord
    kind: str = "issued"
    before: PermitRecord | None = None
    previous: str = ""


class Registered(msgspec.Struct, frozen=True, kw_only=True):
    """What one transaction writes: each record with the one that it takes the place of, and the log's new entries."""

    records: tuple[tuple[PermitRecord, PermitRecord | None], ...]
    appended: Appended


def registered(
    head: Frontier, changes: Sequence[RegisterChange], at: datetime, random: Callable[[int], bytes]
) -> Registered:
    """The changes in their order behind the log's head: each record gets its salt and the index of its entry.

    Raises LeafError for what its kind does not allow.
    """
    records, entries = [], []
    for index, change in enumerate(changes, head.size):
        salt = change.record.log_salt or random(SALT_BYTES).hex()
        indexes = (*change.record.log_indexes, index)
        record = msgspec.structs.replace(change.record, log_salt=salt, log_indexes=indexes)
        leaf = Leaf(
            kind=change.kind,
            at=at,
            number=record.permit_number,
            previous=change.previous,
            file=record.signed_sha256,
            record=record_hash(salt, told(record)),
        )
        records.append((record, change.before))
        entries.append(leaf.entry)
    return Registered(records=tuple(records), appended=appended(head, entries))


def told(record: PermitRecord) -> dict[str, Any]:
    """What the log's hash of a record covers: all that is said in it, but its own place in the log.

    What is empty is left out, so that a field which records get later changes no hash of an older one.
    """
    said: dict[str, Any] = msgspec.to_builtins(record)
    return {
        name: value for name, value in said.items() if value not in (None, "") and name not in _ABOUT_THE_LOG
    }

"""The outbox: what is still to be delivered, claimed by one worker at a time."""

from collections.abc import Iterator
from datetime import datetime

import msgspec
from pynamodb.exceptions import PutError, UpdateError

from chalicelib.aws.case_store import outbox_row
from chalicelib.aws.tables import OutboxRow, is_conflict
from chalicelib.cases.change import OutboxEntry

CLAIM_SECONDS = 60
"""How long one worker may take for one delivery before another one tries."""


def pending_of(case_id: str) -> Iterator[OutboxEntry]:
    """What is pending for one case, in no particular order."""
    rows = OutboxRow.query(
        case_id, OutboxRow.sk.startswith("OUTBOX#"), OutboxRow.pending.exists(), consistent_read=True
    )
    for row in rows:
        yield msgspec.json.decode(row.body or "", type=OutboxEntry)


def cases_with_pending(before: datetime, limit: int) -> list[str]:
    """Cases with something pending since before that moment, the oldest first."""
    rows = OutboxRow.pending_index.query("1", OutboxRow.created_at < before.timestamp(), limit=limit)
    return list(dict.fromkeys(row.pk for row in rows))


def put(entry: OutboxEntry) -> bool:
    """Leaves something to be delivered that belongs to no change of a case; False when it was left before."""
    row = outbox_row(entry)
    try:
        row.save(condition=OutboxRow.pk.does_not_exist())
    except PutError as error:
        if is_conflict(error):
            return False
        raise
    return True


def claim(entry: OutboxEntry, now: datetime) -> bool:
    """Takes the delivery for `CLAIM_SECONDS`; False when it is done or another worker has it."""
    free = OutboxRow.claimed_until < now.timestamp()
    until = OutboxRow.claimed_until.set(now.timestamp() + CLAIM_SECONDS)
    return _update(entry, [until], OutboxRow.pending.exists() & free)


def done(entry: OutboxEntry) -> bool:
    """Marks the delivery as done; False when it was."""
    return _update(entry, [OutboxRow.pending.remove()], OutboxRow.pending.exists())


def _update(entry: OutboxEntry, actions: list[object], condition: object) -> bool:
    row = OutboxRow(entry.case_id, f"OUTBOX#{entry.id}")
    try:
        row.update(actions=actions, condition=condition)  # type: ignore[arg-type]
    except UpdateError as error:
        if is_conflict(error):
            return False
        raise
    return True

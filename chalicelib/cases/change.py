"""A change: the new state, its audit entry, and what must be told or set going afterwards.

The three are written in one transaction; delivery comes later and is safe to repeat.
"""

from datetime import datetime
from typing import Any, Literal

import msgspec

from chalicelib.audit.chain import Actor, Entry, append, head_after
from chalicelib.cases.case import NOBODY, Case

SYSTEM = Actor(id="sanggar", role="system")


class OutboxEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Something to deliver: start the workflow, let it go on, or send a notice.

    `id` is made from the audit entry's hash, so a repeated delivery is recognised and a mail that is sent
    twice carries the same link. No address and no text is in it: both are looked up when it is delivered.
    """

    id: str
    case_id: str
    kind: Literal["start", "resume", "notice"]
    created_at: datetime
    step: str = ""
    attempt: int = 0
    notice: str = ""
    to: str = ""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One change of one case, ready to be committed against the version it was made from."""

    case: Case
    entry: Entry
    outbox: tuple[OutboxEntry, ...] = ()


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A notice to be sent: its name, and to whom ('applicant' or an officer's id; NOBODY gets none)."""

    notice: str
    to: str


def change(  # noqa: PLR0913 - one change has this many facts, and every caller names them
    case: Case,
    *,
    at: datetime,
    actor: Actor,
    action: str,
    facts: dict[str, Any],
    start: bool = False,
    resume: bool = False,
    tell: tuple[Told, ...] = (),
    **new: Any,
) -> Change:
    """The change that gives `case` the `new` values: version, head and time of change follow from it."""
    entry = append(case.case_id, case.head, at=at, actor=actor, action=action, facts=facts)
    after = msgspec.structs.replace(
        case, version=case.version + 1, updated_at=at, head=head_after(entry), **new
    )
    deliveries = [_delivery(entry, "start")] if start else []
    if resume:
        deliveries.append(_delivery(entry, "resume"))
    step, attempt = (after.current.key, after.current.attempt) if after.current else ("", 0)
    deliveries += [
        _delivery(entry, "notice", step=step, attempt=attempt, notice=t.notice, to=t.to)
        for t in tell
        if t.to != NOBODY
    ]
    return Change(case=after, entry=entry, outbox=tuple(deliveries))


def _delivery(entry: Entry, kind: Literal["start", "resume", "notice"], **what: Any) -> OutboxEntry:
    name = f"{kind}.{what['notice']}.{what['to']}" if kind == "notice" else kind
    return OutboxEntry(
        id=f"{entry.hash[:24]}.{name}", case_id=entry.case_id, kind=kind, created_at=entry.at, **what
    )

"""The office's own record: one value, replaced whole at every change, with an audit chain like that of a case."""

from datetime import datetime, timedelta
from typing import Any

import msgspec

from chalicelib.accounts.people import Officer
from chalicelib.audit.chain import Actor, Entry, Head, append, head_after
from chalicelib.staffing.standing_in import StandIn
from chalicelib.worktime.revisions import Revisions

OFFICE = "office"
"""The name of the office's chain, where a case's chain has the id of the case."""
ADMINISTRATOR = Actor(id="administrator", role="administrator")
SETTLED_AGAIN_FOR = timedelta(minutes=2)
"""A step that opens in the very moment of a change may still be laid before who acted until then: so the open
steps are looked at again until this long after it."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """Who asked for a change of the office, and why: the operating person's own words, on record."""

    by: str
    why: str


class Book(msgspec.Struct, frozen=True, kw_only=True):
    """What the office knows of itself beside its officers. `version` counts changes, `head` ends the chain.

    `epochs`: how often all links of an officer were revoked, by officer; a link of an earlier epoch is dead.
    `revoked`: single dead links, when they were revoked by their id. `changed_at` is the last change of who acts,
    `settled_at` when the open steps were last laid before who acts. `calendars` are the office's own
    corrections of its calendar, the newest last.
    """

    version: int = 0
    head: Head = Head()
    stand_ins: tuple[StandIn, ...] = ()
    epochs: dict[str, int] = {}
    revoked: dict[str, datetime] = {}
    changed_at: datetime | None = None
    settled_at: datetime | None = None
    calendars: Revisions = ()

    def epoch(self, officer_id: str) -> int:
        """The epoch in which links of that officer are made."""
        return self.epochs.get(officer_id, 0)

    def is_revoked(self, link_id: str, officer_id: str, epoch: int) -> bool:
        """Whether a link was revoked, by its id or with all of its officer's."""
        return link_id in self.revoked or epoch < self.epoch(officer_id)

    def unsettled(self, now: datetime) -> bool:
        """Whether open steps may lie before somebody who no longer acts, or count in a calendar of before."""
        edges = [edge for one in self.stand_ins for edge in (one.since, one.over_at)]
        edges += [self.changed_at] if self.changed_at else []
        edges += [revision.at for revision in self.calendars]
        reached = [edge for edge in edges if edge <= now]
        return bool(reached) and (
            self.settled_at is None or max(reached) > self.settled_at - SETTLED_AGAIN_FOR
        )


class OfficeChange(msgspec.Struct, frozen=True, kw_only=True):
    """One change of the office, to be written against the version it was made from; `officer` is written with it."""

    book: Book
    entry: Entry
    officer: Officer | None = None


def record(
    book: Book,
    order: Order,
    at: datetime,
    action: str,
    facts: dict[str, Any],
    *,
    officer: Officer | None = None,
    **new: Any,
) -> OfficeChange:
    """The change that gives the book its `new` values and its chain one entry more."""
    said = {**facts, "by": order.by, "why": order.why}
    entry = append(OFFICE, book.head, at=at, actor=ADMINISTRATOR, action=action, facts=said)
    after = msgspec.structs.replace(book, version=book.version + 1, head=head_after(entry), **new)
    return OfficeChange(book=after, entry=entry, officer=officer)

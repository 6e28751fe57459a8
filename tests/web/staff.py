"""The office's staff in tests: changes as an administrator makes them, and put back afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from chalicelib.aws import outbox
from chalicelib.staffing.book import Order
from chalicelib.staffing.standing_in import Kind, StandIn
from chalicelib.steps import administration
from chalicelib.steps.desk import Desk
from chalicelib.steps.handing_over import settle
from chalicelib.tasks.deliveries import sweep

ORDER = Order(by="Admin Contoh", why="uji coba")
WEEK = timedelta(days=7)


@contextmanager
def standing_in(
    desk: Desk,
    officer_id: str,
    acting_for: str,
    *,
    kind: Kind = "plh",
    since: datetime | None = None,
    lasting: timedelta = WEEK,
) -> Iterator[StandIn]:
    """A stand-in from now on, or from `since`; ended afterwards."""
    begins = since or desk.clock.now()
    wanted = StandIn(
        id="",
        kind=kind,
        officer_id=officer_id,
        acting_for=acting_for,
        since=begins,
        until=begins + lasting,
    )
    one = administration.begin_stand_in(desk, wanted, ORDER)
    try:
        yield one
    finally:
        administration.end_stand_in(desk, one.id, ORDER)


@contextmanager
def gone(desk: Desk, *officer_ids: str) -> Iterator[None]:
    """Officers who have left; back afterwards."""
    for one in officer_ids:
        administration.set_active(desk, one, ORDER, active=False)
    try:
        yield
    finally:
        for one in officer_ids:
            administration.set_active(desk, one, ORDER, active=True)


def told(case_id: str) -> list[tuple[str, str]]:
    """What waits to be mailed for a case, in no order: notices, and to whom."""
    return [(entry.notice, entry.to) for entry in outbox.pending_of(case_id) if entry.kind == "notice"]


__all__ = ["ORDER", "gone", "settle", "standing_in", "sweep", "told"]

"""A stand-in begins while the process dies at every AWS call in turn: the step moves once, and one mail goes out."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import PynamoDBException

from chalicelib.audit.chain import breaks
from chalicelib.aws import outbox
from chalicelib.staffing.book import OFFICE, Order
from chalicelib.staffing.errors import StaffingError
from chalicelib.staffing.standing_in import StandIn
from chalicelib.steps.administration import begin_stand_in
from chalicelib.steps.desk import Desk
from chalicelib.steps.handing_over import settle
from local.clock import Hands
from tests.crashes.killer import KINDS, KilledError, Killer
from tests.crashes.walk import Walk

MOST_CALLS = 60


@pytest.mark.parametrize("kind", KINDS)
def test_a_step_is_handed_over_once_wherever_the_process_dies(
    kind: str, desk: Desk, hands: Hands, killer: Killer
) -> None:
    walk = Walk(desk)
    walk.prepare()
    walk.submit()
    walk.open("completeness_check")
    now = desk.clock.now()
    wanted = StandIn(
        id="", kind="plh", officer_id="koor-1", acting_for="cs-1", since=now, until=now + timedelta(days=1)
    )
    deaths = _dies_at_every_call(
        kind, killer, lambda: begin_stand_in(desk, wanted, Order(by="Admin Contoh", why="cuti"))
    )
    hands.move(seconds=60)
    deaths += _dies_at_every_call(kind, killer, lambda: settle(desk))
    hands.move(days=1)
    deaths += _dies_at_every_call(kind, killer, lambda: settle(desk))
    assert deaths > 15
    case, entries = walk.case(), desk.cases.entries(walk.case_id)
    moves = [
        (entry.facts["from"], entry.facts["officer"])
        for entry in entries
        if entry.action == "step.handed_over"
    ]
    assert moves == [("cs-1", "koor-1"), ("koor-1", "cs-1")]
    assert breaks(case.case_id, entries, case.head) == []
    book = desk.office.load()
    assert len(book.stand_ins) == 1
    assert breaks(OFFICE, desk.office.entries(), book.head) == []
    told = [one.to for one in outbox.pending_of(walk.case_id) if one.notice == "decide"]
    assert sorted(told) == ["cs-1", "cs-1", "koor-1"]  # as it opened, as it came back, and in between


def _dies_at_every_call(kind: str, killer: Killer, work: Callable[[], object]) -> int:
    """The work done again and again, each time dying a call later, until it comes to its end."""
    for at in range(1, MOST_CALLS):
        killer.aim(kind, at)
        try:
            work()
        except (
            StaffingError
        ):  # the stand-in of the dead process is on record: there is nothing left to ask for
            killer.aim("", 0)
            return at
        except (KilledError, BotoCoreError, ClientError, PynamoDBException):
            pass
        if not killer.struck:
            killer.aim("", 0)
            return at - 1
    raise AssertionError("the work never came to its end")

"""Permits that end: their groups are reminded while there is time to renew (sop.md position 9)."""

from datetime import timedelta

from chalicelib.aws import outbox, permit_register
from chalicelib.cases.change import OutboxEntry
from chalicelib.permits.types import PermitRecord
from chalicelib.procedures.parts import APPLICANT
from chalicelib.procedures.procedure import load
from chalicelib.steps.desk import Desk

NOTICE = "renewal_due"
CAUGHT_UP = 3
"""For how many days a reminder is given late: mornings on which nothing ran are made up for."""


def remind_of_ends(desk: Desk) -> int:
    """Leaves the mails that are due this morning, each once for ever; answers how many are new."""
    today = desk.clock.now().date()
    return sum(
        _leave(desk, record, days)
        for days in load().renewal_reminder_days
        for late in range(CAUGHT_UP + 1)
        for record in permit_register.ending_on(today + timedelta(days=days - late))
        if days > late
    )


def _leave(desk: Desk, record: PermitRecord, days: int) -> bool:
    entry = OutboxEntry(
        id=f"{NOTICE}.{days}.{record.check_code}",
        case_id=record.case_id,
        kind="notice",
        created_at=desk.clock.now(),
        notice=NOTICE,
        to=APPLICANT,
    )
    if not outbox.put(entry):
        return False
    desk.functions.later(desk.settings.deliver_function, {"case_id": entry.case_id})
    return True

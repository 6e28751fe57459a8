"""Ledgers of one day that began on a Monday at ten, and changed calendars for them."""

from datetime import date

import msgspec

from chalicelib.worktime import budget
from chalicelib.worktime.budget import open_ledger
from chalicelib.worktime.calendar import ClosedDay, HoursPeriod, OfficeCalendar
from chalicelib.worktime.ledger import (
    Allowance,
    Ledger,
)
from chalicelib.worktime.office_files import shipped_hours
from tests.worktime.offices import at, plain_weeks

ONE_DAY = Allowance(days=1)
MONDAY_10 = at("2026-11-23 10:00")


def with_closed(*days: str) -> OfficeCalendar:
    closed = {date.fromisoformat(day): ClosedDay("Libur daerah", "Local holiday") for day in days}
    return msgspec.structs.replace(plain_weeks(), closed=closed)


def with_ramadan(first: str, last: str) -> OfficeCalendar:
    period = HoursPeriod(date.fromisoformat(first), date.fromisoformat(last), shipped_hours().ramadan)
    return msgspec.structs.replace(plain_weeks(), periods=(period,))


def opened() -> Ledger:
    return open_ledger(ONE_DAY, MONDAY_10, plain_weeks())


def suspended() -> Ledger:
    return budget.suspend(opened(), at("2026-11-23 11:00"), "applicant_corrects", plain_weeks())


def closed() -> Ledger:
    return budget.close(opened(), at("2026-11-23 11:00"), plain_weeks())

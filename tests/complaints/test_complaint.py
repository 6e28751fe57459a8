"""A complaint is received with a deadline in working time, and answered once; its trail names nobody."""

from datetime import datetime, timedelta
from functools import partial

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.audit.chain import breaks
from chalicelib.cases.case import Acting
from chalicelib.complaints.complaint import (
    ComplaintAnsweredError,
    ComplaintChange,
    Said,
    answer,
    answer_due,
    receive,
)
from chalicelib.errors import NotFoundError
from chalicelib.procedures.procedure import load
from chalicelib.worktime.calendar import office_zone
from chalicelib.worktime.holidays_id import office_calendar

CALENDAR = office_calendar(2025, 2028)
TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=office_zone())
TEXT = "Petugas Sari meminta uang."
CONTACT = "siti@contoh.id"


def received(kind: str = "late", at: datetime = TUESDAY) -> ComplaintChange:
    """A new complaint."""
    said = Said(kind=kind, text=TEXT, contact=CONTACT, application_number="NKS-2026-00001")
    return receive("complaint-1", said, load(), "ADU-2026-00001", at, CALENDAR)


def test_five_working_days_later_it_is_due() -> None:
    due = received().complaint.deadline
    assert due == datetime(2026, 12, 1, 9, 0, tzinfo=office_zone())


@given(st.integers(0, 400 * 24 * 60), st.integers(1, 20))
def test_it_is_due_in_open_hours_that_many_working_days_later(minutes: int, days: int) -> None:
    at = TUESDAY + timedelta(minutes=minutes)
    due = answer_due(days, at, CALENDAR)
    begin = CALENDAR.next_opening(at)
    lived = sum(
        CALENDAR.working_minutes((begin + timedelta(days=n)).date()) > 0
        for n in range((due.date() - begin.date()).days + 1)
    )
    assert due > at
    assert lived in (days, days + 1)
    assert any(opens < due <= closes or due == opens for opens, closes in CALENDAR.open_intervals(due.date()))


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        ("late", "customer_service"),
        ("conduct", "coordinator"),
        ("payment", "coordinator"),
        ("other", "customer_service"),
    ],
)
def test_nobody_of_the_first_desk_answers_complaints_about_itself(kind: str, role: str) -> None:
    assert received(kind).complaint.role == role


def test_an_unknown_kind_is_not_found() -> None:
    with pytest.raises(NotFoundError):
        received("weather")


def test_the_complainant_and_the_office_are_told_and_then_the_complainant() -> None:
    begun = received()
    told = [(one.notice, one.to) for one in begun.outbox]
    assert told == [("complaint_received", "complainant"), ("complaint_to_answer", "office")]
    ended = answer(
        begun.complaint, "Kami minta maaf.", by=Acting(officer_id="cs-1"), role="customer_service", at=TUESDAY
    )
    assert [(one.notice, one.to) for one in ended.outbox] == [("complaint_answered", "complainant")]


def test_it_is_answered_once() -> None:
    reply = partial(answer, by=Acting(officer_id="cs-1"), role="customer_service", at=TUESDAY)
    answered = reply(received().complaint, "Kami minta maaf.").complaint
    with pytest.raises(ComplaintAnsweredError) as refused:
        reply(answered, "Lagi.")
    assert refused.value.facts["answered_at"] == TUESDAY.isoformat()


def test_its_trail_is_whole_and_holds_no_word_and_no_contact() -> None:
    begun = received()
    ended = answer(
        begun.complaint, "Kami minta maaf.", by=Acting(officer_id="cs-1"), role="customer_service", at=TUESDAY
    )
    assert breaks("complaint-1", [begun.entry, ended.entry], ended.complaint.head) == []
    kept = msgspec.json.encode([begun.entry, ended.entry, *begun.outbox, *ended.outbox]).decode()
    for secret in (TEXT, CONTACT, "Sari", "maaf"):
        assert secret not in kept


def test_nothing_personal_is_shown_when_a_complaint_is_printed() -> None:
    complaint = answer(
        received().complaint,
        "Kami minta maaf.",
        by=Acting(officer_id="cs-1"),
        role="customer_service",
        at=TUESDAY,
    ).complaint
    assert CONTACT not in repr(complaint)
    assert TEXT not in repr(complaint)
    assert "maaf" not in repr(complaint)

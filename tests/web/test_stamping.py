"""When the time-stamp authority is down, an approval is refused by name and nothing of it is lost or used up."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from chalicelib.office import OFFICE
from tests.web.office import APPROVE, Office


@contextmanager
def _stamping_at(office: Office, url: str) -> Iterator[None]:
    """The office with another time-stamp authority; the desk is what the wiring would have made of that setting."""
    before = office.desk
    settings = msgspec.structs.replace(before.settings, time_stamp_url=url)
    OFFICE.open_with(dataclasses.replace(before, settings=settings))
    try:
        yield
    finally:
        OFFICE.open_with(before)


def _number(office: Office, case_id: str) -> int:
    permit = office.issue(case_id).permit
    assert permit is not None
    return int(permit.permit_number.split("/")[1])


def test_an_approval_without_a_time_stamp_is_refused_and_can_be_given_again(office: Office) -> None:
    first = _number(office, office.applicant().sent())
    case_id = office.applicant().sent()
    before = office.open(case_id, "signing")
    with _stamping_at(office, "http://127.0.0.1:9/"):
        told = office.decide(case_id, APPROVE)
    assert (told.status, told.code) == (503, "signing_unavailable")
    assert office.case(case_id) == before
    assert _number(office, case_id) == first + 1  # the number that was drawn for the failure was never given


def test_the_case_and_the_register_keep_the_level(office: Office) -> None:
    case = office.issue(office.applicant().sent())
    assert case.permit is not None
    assert case.permit.level == "PAdES-B-LT"

"""One photo may come with a complaint: within a day, in few tries, before the answer, and it is kept once."""

from datetime import datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.audit.chain import breaks
from chalicelib.cases.case import Acting
from chalicelib.complaints.complaint import (
    Complaint,
    ComplaintAnsweredError,
    ComplaintChange,
    answer,
    offer_photo,
    receive_photo,
)
from chalicelib.complaints.photo import MOST_TRIES, OFFERED_FOR, Photo
from chalicelib.errors import StateConflictError, TooManyError
from tests.complaints.test_complaint import TUESDAY, received

LATER = TUESDAY + timedelta(minutes=5)


def offered(complaint: Complaint, upload_id: str = "u1", at: datetime = LATER) -> ComplaintChange:
    """The complaint with a place for a photo."""
    return offer_photo(complaint, upload_id, "image/jpeg", at)


def looked_at(complaint: Complaint, state: str, **other: str) -> Photo:
    """What the inspection makes of the photo that is awaited."""
    assert complaint.photo is not None
    return msgspec.structs.replace(complaint.photo, state=state, **other)


def test_a_kept_photo_cannot_be_exchanged() -> None:
    awaited = offered(received().complaint).complaint
    kept = receive_photo(awaited, looked_at(awaited, "kept", sha256="ab"), LATER)
    assert kept is not None
    with pytest.raises(StateConflictError):
        offered(kept.complaint, "u2")
    assert receive_photo(kept.complaint, looked_at(kept.complaint, "refused"), LATER) is None


def test_a_photo_that_was_refused_gives_way_to_another_a_few_times() -> None:
    complaint = received().complaint
    for number in range(MOST_TRIES):
        complaint = offered(complaint, f"u{number}").complaint
        refused = receive_photo(complaint, looked_at(complaint, "refused", fault="damaged"), LATER)
        assert refused is not None
        complaint = refused.complaint
    with pytest.raises(TooManyError):
        offered(complaint, "one-more")


def test_what_came_for_an_earlier_place_changes_nothing() -> None:
    first = offered(received().complaint, "u1").complaint
    second = offered(first, "u2").complaint
    assert receive_photo(second, looked_at(first, "kept"), LATER) is None


def test_no_photo_comes_after_the_answer() -> None:
    complaint = received().complaint
    over = answer(complaint, "Ya.", by=Acting(officer_id="cs-1"), role="customer_service", at=LATER).complaint
    with pytest.raises(ComplaintAnsweredError):
        offered(over)


@given(st.integers(0, 3 * 24 * 3600))
def test_a_photo_is_taken_for_a_day_and_no_longer(seconds: int) -> None:
    at = TUESDAY + timedelta(seconds=seconds)
    if at <= TUESDAY + OFFERED_FOR:
        assert offered(received().complaint, at=at).complaint.photo is not None
    else:
        with pytest.raises(StateConflictError):
            offered(received().complaint, at=at)


def test_the_trail_of_a_photo_is_whole_and_tells_nobody_anything() -> None:
    first = received()
    second = offered(first.complaint)
    third = receive_photo(second.complaint, looked_at(second.complaint, "kept", sha256="ab"), LATER)
    assert third is not None
    entries = [first.entry, second.entry, third.entry]
    assert breaks("complaint-1", entries, third.complaint.head) == []
    assert third.entry.facts["sha256"] == "ab"
    assert second.outbox == third.outbox == ()

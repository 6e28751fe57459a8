"""Ratings are shown so that nobody can be found behind one."""

from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.survey.rating import SMALLEST_GROUP, Rating, once_key, shown

MONTHS = ("2026-09", "2026-10", "2026-11")


def _rating(month: str, overall: int, text: str) -> Rating:
    return Rating(procedure="p@1", month=month, method="web", overall=overall, text=text)


RATINGS = st.lists(
    st.builds(_rating, st.sampled_from(MONTHS), st.integers(1, 4), st.text(max_size=3)), max_size=25
)


@given(RATINGS)
def test_the_running_month_is_never_shown(ratings: list[Rating]) -> None:
    assert all(one.month < "2026-11" for one in shown(ratings, "2026-11"))


@given(RATINGS)
def test_nobody_is_shown_in_a_group_that_is_too_small(ratings: list[Rating]) -> None:
    opened = shown(ratings, "2026-11")
    assert not opened or len(opened) >= SMALLEST_GROUP
    named = Counter(one.month for one in opened)
    assert all(count >= SMALLEST_GROUP for count in named.values())


@given(RATINGS, st.randoms())
def test_the_order_tells_nothing_of_when_they_came(ratings: list[Rating], chance: Random) -> None:
    shuffled = list(ratings)
    chance.shuffle(shuffled)
    assert shown(ratings, "2026-11") == shown(shuffled, "2026-11")


@given(RATINGS)
def test_no_rating_of_an_ended_month_is_lost_in_a_large_group(ratings: list[Rating]) -> None:
    over = [one for one in ratings if one.month < "2026-11"]
    assert len(shown(ratings, "2026-11")) == (len(over) if len(over) >= SMALLEST_GROUP else 0)


def test_the_mark_of_a_rated_case_does_not_name_it() -> None:
    case_id = "case-" + "0" * 32
    assert case_id not in once_key(case_id)
    assert once_key(case_id) != once_key("case-" + "1" * 32)


def test_a_rating_has_no_place_for_a_person_a_case_or_a_moment() -> None:
    assert set(Rating.__struct_fields__) == {"procedure", "month", "method", "overall", "answers", "text"}

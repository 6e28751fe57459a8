"""The satisfaction index is the one of PermenPANRB 14/2017, with a weight of exactly 1/9."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.survey.index import Grade, grade, index
from chalicelib.survey.rating import ELEMENTS, Element, Rating

SCORES = st.integers(1, 4)


def rated(**answers: int) -> Rating:
    """A rating with these answers and nothing else."""
    told: dict[Element, int] = {element: answers[element] for element in ELEMENTS if element in answers}
    return Rating(procedure="p@1", month="2026-11", method="web", overall=4, answers=told)


def every(score: int, **other: int) -> Rating:
    """A rating that says the same of everything but `other`."""
    return rated(**(dict.fromkeys(ELEMENTS, score) | other))


WHOLE = st.lists(st.tuples(*[SCORES] * 9), min_size=1, max_size=30).map(
    lambda rows: [rated(**dict(zip(ELEMENTS, row, strict=True))) for row in rows]
)


@given(WHOLE)
def test_it_is_the_mean_of_the_elements_averages_times_25(ratings: list[Rating]) -> None:
    found = index(ratings)
    assert found is not None
    total = sum(sum(one.answers.values()) for one in ratings)
    exact = Fraction(total, len(ratings) * 9) * 25
    assert -Fraction(1, 200) <= Fraction(found.value) - exact <= Fraction(1, 200)
    assert 25 <= found.value <= 100
    assert found.respondents == len(ratings)


@given(WHOLE)
def test_the_order_of_the_answers_does_not_matter(ratings: list[Rating]) -> None:
    assert index(ratings) == index(reversed(ratings))


@pytest.mark.parametrize(("score", "value"), [(1, "25.00"), (2, "50.00"), (3, "75.00"), (4, "100.00")])
def test_all_the_same_answers_give_that_answer_times_25(score: int, value: str) -> None:
    found = index([every(score)])
    assert found is not None
    assert found.value == Decimal(value)


def test_the_rounded_weight_of_eleven_hundredths_is_not_used() -> None:
    """With 0.11 nine times 4 would be 99, and no service could be perfect."""
    found = index([every(4)])
    assert found is not None
    assert found.value == 100


@pytest.mark.parametrize(
    ("value", "reached"),
    [
        ("100.00", "A"),
        ("88.31", "A"),
        ("88.30", "B"),
        ("76.61", "B"),
        ("76.60", "C"),
        ("65.00", "C"),
        ("64.99", "D"),
        ("25.00", "D"),
    ],
)
def test_the_grades_begin_where_the_regulation_says(value: str, reached: Grade) -> None:
    assert grade(Decimal(value)) == reached


def test_no_answers_give_an_index_below_25() -> None:
    with pytest.raises(ValueError, match="24"):
        grade(Decimal("24.99"))


def test_a_question_that_was_passed_over_lowers_no_average() -> None:
    without = rated(**dict.fromkeys(ELEMENTS[1:], 4))
    found = index([every(4), without])
    assert found is not None
    assert found.value == 100


def test_there_is_no_index_while_an_element_has_no_answer() -> None:
    assert index([]) is None
    assert index([rated(**dict.fromkeys(ELEMENTS[1:], 4))]) is None


def test_a_half_hundredth_is_rounded_up() -> None:
    """Eight respondents say 3 of everything but one of u1, who says 4: the average of u1 is 3.125."""
    found = index([every(3)] * 7 + [every(3, u1=4)])
    assert found is not None
    assert found.averages["u1"] == Decimal("3.13")

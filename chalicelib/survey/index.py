"""The satisfaction index (Indeks Kepuasan Masyarakat) as PermenPANRB 14/2017 computes it.

For each element the average (NRR, nilai rata-rata) of its answers; each weighs 1 / number of elements = 1/9; the
weighted sum times 25 is the index. The weight is exactly 1/9: the regulation prints it rounded to 0.11, and counting
with that turns 91.48 into 90.56.
"""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

import msgspec

from chalicelib.survey.rating import ELEMENTS, Element, Rating

Grade = Literal["A", "B", "C", "D"]
"""Mutu pelayanan."""
CONVERSION = 25
WEIGHT = Fraction(1, len(ELEMENTS))
_FROM: tuple[tuple[Decimal, Grade], ...] = (
    (Decimal("88.31"), "A"),
    (Decimal("76.61"), "B"),
    (Decimal("65.00"), "C"),
    (Decimal("25.00"), "D"),
)
PERFORMANCE: Mapping[Grade, str] = {
    "A": "Sangat baik",
    "B": "Baik",
    "C": "Kurang baik",
    "D": "Tidak baik",
}
"""Kinerja unit pelayanan, in the regulation's words."""


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """The index of some ratings, rounded to two places as it is published; `averages` (NRR) are from 1 to 4."""

    respondents: int
    averages: dict[Element, Decimal]
    value: Decimal
    grade: Grade
    performance: str


def index(ratings: Iterable[Rating]) -> Index | None:
    """The index; None while some element has no answer. Elements passed over count in no average."""
    given = tuple(ratings)
    averages: dict[Element, Fraction] = {}
    for element in ELEMENTS:
        answers = [one.answers[element] for one in given if element in one.answers]
        if not answers:
            return None
        averages[element] = Fraction(sum(answers), len(answers))
    value = _rounded(sum((average * WEIGHT for average in averages.values()), Fraction()) * CONVERSION)
    reached = grade(value)
    return Index(
        respondents=len(given),
        averages={element: _rounded(average) for element, average in averages.items()},
        value=value,
        grade=reached,
        performance=PERFORMANCE[reached],
    )


def grade(value: Decimal) -> Grade:
    """The quality grade of an index with two places. Raises ValueError below 25, which no answers give."""
    for least, reached in _FROM:
        if value >= least:
            return reached
    raise ValueError(value)


def _rounded(exact: Fraction) -> Decimal:
    hundredths = Decimal(exact.numerator * 100) / Decimal(exact.denominator)
    return hundredths.quantize(Decimal(1), ROUND_HALF_UP).scaleb(-2)

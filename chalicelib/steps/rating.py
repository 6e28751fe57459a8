"""Satisfaction ratings as use cases: given once for an issued permit, evaluated without names.

There is no request key here: what is kept for one would lead from a case to its rating. A request that is sent
again because its answer was lost is told that the service was rated, which is so.
"""

from datetime import datetime

import msgspec

from chalicelib.cases.case import Case
from chalicelib.cases.form import masked_text
from chalicelib.errors import StateConflictError
from chalicelib.steps.desk import Desk
from chalicelib.survey.index import Index, index
from chalicelib.survey.rating import Element, Rating, once_key, shown
from chalicelib.worktime.calendar import office_zone


class Evaluation(msgspec.Struct, frozen=True, kw_only=True):
    """A year's ratings as they may be shown, how many are withheld, and the index of those shown."""

    ratings: tuple[Rating, ...]
    withheld: int
    index: Index | None


def rate(desk: Desk, case: Case, overall: int, answers: dict[Element, int], text: str) -> None:
    """Keeps a rating apart from the case. Raises StateConflictError before the permit's issue, AlreadyRatedError."""
    if case.status != "issued":
        raise StateConflictError(status=case.status)
    rating = Rating(
        procedure=f"{case.procedure.id}@{case.procedure.version}",
        month=_month(desk.clock.now()),
        method="web",
        overall=overall,
        answers=dict(sorted(answers.items())),
        text=masked_text(text.strip()),
    )
    desk.ratings.save(rating, desk.random(16).hex(), once_key(case.case_id))


def is_rated(desk: Desk, case: Case) -> bool:
    """Whether the service for this case was rated."""
    return desk.ratings.is_rated(once_key(case.case_id))


def evaluate(desk: Desk, year: int) -> Evaluation:
    """The ratings of a year whose months are over."""
    months = [f"{year}-{month:02d}" for month in range(1, 13)]
    given = [rating for month in months for rating in desk.ratings.of_month(month)]
    opened = shown(given, _month(desk.clock.now()))
    return Evaluation(ratings=opened, withheld=len(given) - len(opened), index=index(opened))


def _month(now: datetime) -> str:
    return f"{now.astimezone(office_zone()):%Y-%m}"

"""One rating, without a name: nothing in it leads to a person, a case or a moment."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Literal, get_args

import msgspec

from chalicelib.errors import Fault

Score = Annotated[int, msgspec.Meta(ge=1, le=4)]
"""Tidak baik, kurang baik, baik, sangat baik (PermenPANRB 14/2017)."""
Element = Literal["u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8", "u9"]
"""The regulation's nine elements in its order: requirements; system, mechanism and procedure; time; cost; product;
competence; behaviour; complaints, suggestions and advice; facilities."""
ELEMENTS: tuple[Element, ...] = get_args(Element)
Method = Literal["web"]
"""How the answer was given; an interview or a paper form would be another one."""

SMALLEST_GROUP = 5
"""Of fewer ratings than this no single one is shown: who knows whose permits were issued could guess."""


class AlreadyRatedError(Fault):
    """This permit's service was rated before; each is rated once."""

    code = "already_rated"


class Rating(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody said of the service. `month` (`2026-11`) is all that is kept of the time.

    Elements that were passed over are not in `answers`. `procedure` is `id@version`.
    """

    procedure: str
    month: str
    method: Method
    overall: Score
    answers: dict[Element, Score] = {}
    text: str = ""


def once_key(case_id: str) -> str:
    """The mark of a case that was rated: a hash, so that the list of marks names no case."""
    return hashlib.sha256(f"sanggar rated: {case_id}".encode()).hexdigest()


def shown(ratings: Iterable[Rating], running_month: str) -> tuple[Rating, ...]:
    """The ratings that may be shown while `running_month` runs, in the order of their answers.

    Those of a month that is not over are left out: two exports, a day apart, would tell who rated between them.
    Nothing is shown below `SMALLEST_GROUP`. A month with fewer is not named; nor is any other, if those without
    a month were too few again.
    """
    over = [one for one in ratings if one.month < running_month]
    if len(over) < SMALLEST_GROUP:
        return ()
    counts = Counter(one.month for one in over)
    named = {month for month, count in counts.items() if count >= SMALLEST_GROUP}
    if 0 < sum(one.month not in named for one in over) < SMALLEST_GROUP:
        named = set()
    opened = (one if one.month in named else msgspec.structs.replace(one, month="") for one in over)
    return tuple(sorted(opened, key=_place))


def _place(one: Rating) -> tuple[object, ...]:
    return (one.month, one.overall, sorted(one.answers.items()), one.text)

"""Satisfaction ratings over HTTP: given by the applicant or by the private link, evaluated by auditors."""

from typing import Any

import msgspec

from chalicelib.audit.export import as_csv
from chalicelib.cases.case import Case
from chalicelib.steps import application, rating, tracking
from chalicelib.survey.rating import ELEMENTS
from chalicelib.web.answers.voices import Evaluated, RatingAsked
from chalicelib.web.calls import Call
from chalicelib.web.door import File
from chalicelib.web.routes import CSV, JSON
from chalicelib.web.views.voices import evaluated

COLUMNS = ("month", "procedure", "method", "overall", *ELEMENTS, "text")


def own(call: Call) -> RatingAsked:
    """Whether one's own permit can be rated."""
    return _asked(call, _own(call))


def rate_own(call: Call) -> RatingAsked:
    """A rating by the applicant's session."""
    return _rate(call, _own(call))


def tracked(call: Call) -> RatingAsked:
    """The same by the private link."""
    return _asked(call, _tracked(call))


def rate_tracked(call: Call) -> RatingAsked:
    """A rating by the private link."""
    return _rate(call, _tracked(call))


def evaluation(call: Call) -> Evaluated | File:
    """The ratings of a year with their index, or as rows of a table."""
    call.account("auditor")
    year = call.query.year or call.desk.clock.now().year
    shown = evaluated(rating.evaluate(call.desk, year), year)
    if call.query.format == "json":
        text, kind = msgspec.json.encode(shown).decode(), JSON
    else:
        text, kind = as_csv(COLUMNS, [_row(one) for one in shown.ratings]), CSV
    saved_as = f'attachment; filename="sanggar-ratings-{year}.{call.query.format}"'
    return File(text=text, content_type=kind, headers={"Content-Disposition": saved_as})


def _row(shown: Any) -> dict[str, Any]:
    row: dict[str, Any] = msgspec.to_builtins(shown)
    answers = row.pop("answers")
    return row | {element: answers.get(element) for element in ELEMENTS}


def _own(call: Call) -> Case:
    return application.own_case(call.desk, call.account("applicant"), call.path["case_id"])


def _tracked(call: Call) -> Case:
    return tracking.tracked(call.desk, call.path["tracking_code"])


def _asked(call: Call, case: Case) -> RatingAsked:
    rated = rating.is_rated(call.desk, case)
    return RatingAsked(can_rate=case.status == "issued" and not rated, rated=rated)


def _rate(call: Call, case: Case) -> RatingAsked:
    sent = call.body
    rating.rate(call.desk, case, sent.overall, sent.answers, sent.text)
    return RatingAsked(can_rate=False, rated=True)

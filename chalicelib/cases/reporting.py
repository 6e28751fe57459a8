"""The report of the open step as it comes to be: laid out, or offered, looked at and kept. No step is decided here."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

from chalicelib.audit.chain import Actor
from chalicelib.cases.applying import usable_documents
from chalicelib.cases.case import Case, OpenStep
from chalicelib.cases.change import SYSTEM, Change, change
from chalicelib.cases.deciding import check_officer, standing_step
from chalicelib.cases.errors import ReportUnexplainedError
from chalicelib.cases.handing_over import stood_in
from chalicelib.cases.reasons import FIELD, FIELDS
from chalicelib.cases.report import Report, ReportForm
from chalicelib.errors import InvalidInputError, NotAllowedError, TooManyError
from chalicelib.procedures.procedure import Procedure
from chalicelib.worktime.calendar import office_zone

MOST_TRIES = 30
"""Reports of one attempt: enough to correct every slip, too few to fill a bucket with."""
_PASSED_OVER = frozenset({"application_type", "phone"})
"""What a form says and no examination is about."""


def begin(case: Case, procedure: Procedure, officer_id: str) -> tuple[OpenStep, int]:
    """The open step whose report the officer may write, and which try this is.

    Raises AlreadyDecidedError, NotAllowedError where the step asks for no report, AssistedError, TwoStepsError, and
    TooManyError after `MOST_TRIES`.
    """
    current = standing_step(case)
    step = procedure.step(current.key)
    if not step.report_on_approve:
        raise NotAllowedError(step=step.key, problem="this step asks for no report")
    check_officer(case, step, officer_id)
    before = report_at(case, current)
    tries = before.tries if before else 0
    if tries >= MOST_TRIES:
        raise TooManyError(limit=MOST_TRIES)
    return current, tries + 1


def report_at(case: Case, current: OpenStep) -> Report | None:
    """The newest report of that attempt, whatever became of it."""
    report = case.report
    return report if report and report.belongs_to(current.key, current.attempt) else None


def items_of(case: Case) -> tuple[str, ...]:
    """What can be examined: each accepted document, then each answer of the form that was given."""
    names = [
        name for name in FIELDS if name not in _PASSED_OVER and getattr(case.form, name) not in ("", None)
    ]
    fields = [f"{FIELD}{name}" for name in names]
    return (*sorted(usable_documents(case)), *fields)


def check_form(case: Case, form: ReportForm, at: datetime) -> None:
    """Raises InvalidInputError for items, words or a day that cannot be, ReportUnexplainedError for what lacks a note.

    Every document is to be judged, and nothing twice; answers of the form may be passed over.
    """
    known, given = items_of(case), [item.about for item in form.items]
    lacking = set(usable_documents(case)) - set(given)
    if len(set(given)) != len(given) or not set(given) <= set(known) or lacking:
        raise InvalidInputError(where="items", allowed=list(known))
    for name in ("recommendation", "place"):
        if not getattr(form, name).strip():
            raise InvalidInputError(where=name, problem="empty")
    first = (case.submitted_at or case.created_at).astimezone(office_zone()).date()
    last = at.astimezone(office_zone()).date()
    if not first <= form.held_on <= last:
        raise InvalidInputError(where="held_on", allowed=[first.isoformat(), last.isoformat()])
    unexplained = [item.about for item in form.items if item.outcome != "fits" and not item.note.strip()]
    if unexplained:
        raise ReportUnexplainedError(items=unexplained)
    if form.result == "recommended" and any(item.outcome == "unfit" for item in form.items):
        raise InvalidInputError(where="result", problem="an item does not fit")


def lay_down(case: Case, report: Report, at: datetime) -> Change | None:
    """The report put in the place of the one before; None when it lies there already, to the byte."""
    before = case.report
    if before and msgspec.structs.replace(report, tries=before.tries, at=before.at) == before:
        return None
    current = standing_step(case)
    actor = Actor(id=report.officer_id, role=current.role)
    facts = _facts(report, stood_in(current).items())
    action = "report.made" if report.state == "made" else "report.offered"
    return change(case, at=at, actor=actor, action=action, facts=facts, report=report)


def receive(case: Case, looked_at: Report, at: datetime) -> Change | None:
    """What became of an uploaded file; None when that is known, or another report has taken its place."""
    before, current = case.report, case.current
    if before is None or current is None or not before.belongs_to(current.key, current.attempt):
        return None
    if (before.upload_id, before.state) != (looked_at.upload_id, "awaiting"):
        return None
    action = "report.made" if looked_at.state == "made" else "report.refused"
    return change(case, at=at, actor=SYSTEM, action=action, facts=_facts(looked_at), report=looked_at)


def _facts(report: Report, more: Iterable[tuple[str, Any]] = ()) -> dict[str, Any]:
    facts: dict[str, Any] = {"step": report.step, "attempt": report.attempt, **dict(more)}
    if report.upload_id:
        facts["upload_id"] = report.upload_id
    if report.fault:
        facts["fault"] = report.fault
    return facts | ({"report": report.facts} if report.state == "made" else {})

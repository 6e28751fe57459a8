"""Lists of cases, read from the indexes: an applicant's own, and what auditors filter."""

import base64
import binascii
import json
from datetime import UTC, datetime
from typing import Any

import msgspec
from pynamodb.expressions.condition import Condition

from chalicelib.aws.tables import CaseRow
from chalicelib.errors import InvalidInputError


class CaseSummary(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a list. `group_name` is empty in lists for auditors; `found_late` counts defects found late."""

    case_id: str
    number: str
    status: str
    step: str
    officer: str
    application_type: str
    group_name: str
    created_at: datetime
    submitted_at: datetime | None
    deadline: datetime | None
    updated_at: datetime
    found_late: int = 0


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What an auditor looks for; "" is any. `since` and `until` are moments of submission, `until` not included."""

    year: int
    status: str = ""
    step: str = ""
    officer: str = ""
    since: datetime | None = None
    until: datetime | None = None
    overdue_at: datetime | None = None


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One page of a list; `cursor` leads to the next, and is empty after the last."""

    cases: tuple[CaseSummary, ...]
    cursor: str


def of_applicant(applicant_id: str, limit: int = 50) -> tuple[CaseSummary, ...]:
    """The newest cases of an applicant."""
    rows = CaseRow.by_applicant.query(applicant_id, scan_index_forward=False, limit=limit)
    return tuple(_summary(row) for row in rows)


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """One open step in an officer's list. Moments are in UTC."""

    case_id: str
    number: str
    step: str
    attempt: int
    application_type: str
    group_name: str
    submitted_at: datetime
    opened_at: datetime
    deadline: datetime


def of_officer(officer_id: str, limit: int | None = None) -> tuple[Waiting, ...]:
    """What lies open before the officer, the nearest deadline first; all of it without `limit`."""
    rows = CaseRow.by_officer.query(officer_id, limit=limit)
    return tuple(
        Waiting(
            case_id=row.case_id,
            number=row.number or "",
            step=row.step or "",
            attempt=int(row.attempt or 0),
            application_type=row.application_type,
            group_name=row.group_name or "",
            submitted_at=_moment(row.submitted_at or row.created_at),
            opened_at=_moment(row.opened_at or row.deadline),
            deadline=_moment(row.deadline),
        )
        for row in rows
    )


def due(now: datetime, limit: int) -> list[str]:
    """The cases of which an open step asks for something by `now`, the longest due first."""
    rows = CaseRow.due.query("1", CaseRow.due_at <= now.timestamp(), limit=limit)
    return [row.pk for row in rows]


def of_year(wanted: Filter, limit: int, cursor: str = "") -> Page:
    """Submitted cases of one year that fit the filter, newest first. Raises InvalidInputError for a bad cursor."""
    rows = CaseRow.by_year.query(
        str(wanted.year),
        range_key_condition=_between(wanted),
        filter_condition=_conditions(wanted),
        scan_index_forward=False,
        limit=limit,
        page_size=max(limit, 25),
        last_evaluated_key=_opened(cursor),
    )
    cases = tuple(_summary(row) for row in rows)
    return Page(cases=cases, cursor=_closed(rows.last_evaluated_key))


def _between(wanted: Filter) -> Condition | None:
    since = wanted.since.timestamp() if wanted.since else None
    until = wanted.until.timestamp() - 0.000001 if wanted.until else None
    if since is not None and until is not None:
        return CaseRow.submitted_at.between(since, until)
    if since is not None:
        return CaseRow.submitted_at >= since
    return CaseRow.submitted_at <= until if until is not None else None


def _conditions(wanted: Filter) -> Condition | None:
    conditions = [
        attribute == value
        for attribute, value in (
            (CaseRow.status, wanted.status),
            (CaseRow.step, wanted.step),
            (CaseRow.officer_id, wanted.officer),
        )
        if value
    ]
    if wanted.overdue_at:
        conditions.append(CaseRow.deadline < wanted.overdue_at.timestamp())
    together: Condition | None = None
    for condition in conditions:
        together = condition if together is None else together & condition
    return together


def _summary(row: Any) -> CaseSummary:
    return CaseSummary(
        case_id=row.case_id,
        number=row.number or "",
        status=row.status,
        step=row.step or "",
        officer=row.officer_id or "",
        application_type=row.application_type,
        group_name=row.group_name or "",
        created_at=_moment(row.created_at),
        submitted_at=_moment(row.submitted_at) if row.submitted_at else None,
        deadline=_moment(row.deadline) if row.deadline else None,
        updated_at=_moment(row.updated_at),
        found_late=int(row.found_late or 0),
    )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(float(seconds), UTC)


def _closed(key: dict[str, Any] | None) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode() if key else ""


def _opened(cursor: str) -> dict[str, Any] | None:
    if not cursor:
        return None
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor.encode()))
    except (binascii.Error, ValueError) as error:
        raise InvalidInputError(where="cursor") from error
    if not isinstance(key, dict) or set(key) != {"pk", "sk", "year", "submitted_at"}:
        raise InvalidInputError(where="cursor")
    return key

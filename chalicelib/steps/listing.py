"""Lists for auditors over the years: the index keeps a year apart, a question can span several."""

import base64
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Annotated

import msgspec

from chalicelib.aws.case_lists import CaseSummary, Filter, Page, of_year
from chalicelib.errors import InvalidInputError, TooManyError
from chalicelib.worktime.calendar import office_zone

FIRST_YEAR = 2022
"""The year of the SOP: no application is older."""
EXPORTED_AT_MOST = 5000
_PAGE = 100


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for; "" and None are any. `since` and `until` are days of submission, both included."""

    status: str = ""
    step: str = ""
    officer: str = ""
    since: date | None = None
    until: date | None = None
    overdue: bool = False


class _Text(msgspec.Struct, frozen=True):
    """A text as DynamoDB writes it."""

    S: str


class _Number(msgspec.Struct, frozen=True):
    """A number as DynamoDB writes it."""

    N: Annotated[str, msgspec.Meta(pattern=r"^[0-9.eE+-]{1,40}$")]


class _Key(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a page of the index ended."""

    pk: _Text
    sk: _Text
    year: _Text
    submitted_at: _Number


def listed(wanted: Wanted, now: datetime, limit: int, cursor: str = "") -> Page:
    """Submitted cases that fit, newest first; without days, those of this year.

    Raises InvalidInputError for a cursor that is not ours and for days that cannot be.
    """
    years = _years(wanted, now)
    year, inner = _opened(cursor, years) if cursor else (years[0], "")
    cases: list[CaseSummary] = []
    for current in years[years.index(year) :]:
        page = of_year(_filter(wanted, current, now), limit - len(cases), inner)
        cases += page.cases
        if page.cursor:
            return Page(cases=tuple(cases), cursor=f"{current}.{page.cursor}")
        inner = ""
        if len(cases) == limit and current != years[-1]:
            return Page(cases=tuple(cases), cursor=f"{current - 1}.")
    return Page(cases=tuple(cases), cursor="")


def everything(wanted: Wanted, now: datetime) -> Iterator[CaseSummary]:
    """All of them. Raises TooManyError beyond `EXPORTED_AT_MOST`: ask for fewer days at once."""
    cursor, count = "", 0
    while True:
        page = listed(wanted, now, _PAGE, cursor)
        count += len(page.cases)
        if count > EXPORTED_AT_MOST:
            raise TooManyError(limit=EXPORTED_AT_MOST)
        yield from page.cases
        cursor = page.cursor
        if not cursor:
            return


def _years(wanted: Wanted, now: datetime) -> list[int]:
    this_year = now.astimezone(office_zone()).year
    until = min(wanted.until.year, this_year) if wanted.until else this_year
    since = max(wanted.since.year, FIRST_YEAR) if wanted.since else until
    if (wanted.since and wanted.until and wanted.since > wanted.until) or since > until:
        raise InvalidInputError(where="query.from")
    return list(range(until, since - 1, -1))


def _filter(wanted: Wanted, year: int, now: datetime) -> Filter:
    return Filter(
        year=year,
        status=wanted.status,
        step=wanted.step,
        officer=wanted.officer,
        since=_midnight(wanted.since) if wanted.since and wanted.since.year == year else None,
        until=_midnight(wanted.until + timedelta(days=1))
        if wanted.until and wanted.until.year == year
        else None,
        overdue_at=now if wanted.overdue else None,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), office_zone())


def _opened(cursor: str, years: list[int]) -> tuple[int, str]:
    year, _, inner = cursor.partition(".")
    if not year.isascii() or not year.isdigit() or int(year) not in years:
        raise InvalidInputError(where="query.cursor")
    if inner and not _is_of(inner, year):
        raise InvalidInputError(where="query.cursor")
    return int(year), inner


def _is_of(cursor: str, year: str) -> bool:
    """Whether the cursor is a place in that year's index: DynamoDB refuses others without saying why."""
    try:
        key = msgspec.json.decode(base64.urlsafe_b64decode(cursor), type=_Key)
    except (ValueError, msgspec.DecodeError):
        return False
    return year == key.year.S

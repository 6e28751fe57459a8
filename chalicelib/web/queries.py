"""What stands behind the question mark. Unknown parameters are passed over, as links with marks of others carry."""

from datetime import date
from typing import Annotated, Literal

import msgspec

from chalicelib.cases.case import Status

Name = Annotated[str, msgspec.Meta(max_length=60, pattern=r"^[A-Za-z0-9_.-]*$(?!\n)")]


class CheckQuery(msgspec.Struct, frozen=True, kw_only=True):
    """A permit's number, or the code beside its QR as the page's own form sends it; and the SHA-256 of a file."""

    number: Annotated[str, msgspec.Meta(max_length=60)] = ""
    kode: Annotated[str, msgspec.Meta(max_length=60)] = ""
    sha256: Annotated[str, msgspec.Meta(pattern=r"^([0-9a-fA-F]{64})?$(?!\n)")] = ""


class StoredQuery(msgspec.Struct, frozen=True, kw_only=True):
    """What S3 adds to the address that it leads back to: the key under which it has the file."""

    key: Annotated[str, msgspec.Meta(max_length=300)] = ""


class NumberQuery(msgspec.Struct, frozen=True, kw_only=True):
    """A permit's number."""

    number: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]


class CaseFilters(msgspec.Struct, frozen=True, kw_only=True):
    """What an auditor looks for. `from` and `to` are days of submission, both included."""

    status: Status | None = None
    step: Name = ""
    officer: Name = ""
    since: date | None = msgspec.field(default=None, name="from")
    until: date | None = msgspec.field(default=None, name="to")
    overdue: bool = False


class CaseQuery(CaseFilters, frozen=True, kw_only=True):
    """One page of the list."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 25
    cursor: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class CaseExportQuery(CaseFilters, frozen=True, kw_only=True):
    """All of the list as a file."""

    format: Literal["csv", "json"] = "csv"


class RatingQuery(msgspec.Struct, frozen=True, kw_only=True):
    """The ratings of a year, this one if none is named."""

    year: Annotated[int, msgspec.Meta(ge=2020, le=2999)] | None = None
    format: Literal["csv", "json"] = "json"


class FormatQuery(msgspec.Struct, frozen=True, kw_only=True):
    """The form of a file."""

    format: Literal["csv", "json"] = "json"

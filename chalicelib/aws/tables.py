"""The tables as PynamoDB sees them. Their keys and indexes are created by `infrastructure/resources.yaml`."""

from typing import Any

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UnicodeSetAttribute
from pynamodb.exceptions import PynamoDBException
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection, KeysOnlyProjection
from pynamodb.models import Model

SUMMARY = [
    "case_id",
    "number",
    "status",
    "step",
    "officer_id",
    "application_type",
    "group_name",
    "created_at",
    "submitted_at",
    "deadline",
    "updated_at",
    "found_late",
]


# The ignores below: PynamoDB types no `__init_subclass__` of its indexes.
class CasesByApplicant(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call]
    """An applicant's own cases, newest first."""

    class Meta:
        index_name = "by_applicant"
        projection = IncludeProjection(SUMMARY)

    applicant_id = UnicodeAttribute(hash_key=True)
    created_at = NumberAttribute(range_key=True)


WAITING = [
    "case_id",
    "number",
    "status",
    "step",
    "attempt",
    "application_type",
    "group_name",
    "created_at",
    "submitted_at",
    "opened_at",
]
"""What an officer's list shows. Nothing that changes while a step is open: so the index is written when it moves."""


class CasesByOfficer(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call]
    """What lies open before an officer, the nearest deadline first; decided steps leave the index."""

    class Meta:
        index_name = "by_officer"
        projection = IncludeProjection(WAITING)

    officer_id = UnicodeAttribute(hash_key=True)
    deadline = NumberAttribute(range_key=True)


class CasesDue(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call]
    """Open steps by the next moment at which they ask for something by themselves."""

    class Meta:
        index_name = "due"
        projection = KeysOnlyProjection()

    open = UnicodeAttribute(hash_key=True)
    due_at = NumberAttribute(range_key=True)


class CasesByYear(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call]
    """Submitted cases of a year in the order of their submission: what auditors list and filter."""

    class Meta:
        index_name = "by_year"
        projection = IncludeProjection(SUMMARY)

    year = UnicodeAttribute(hash_key=True)
    submitted_at = NumberAttribute(range_key=True)


class PendingDeliveries(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call]
    """Outbox entries not yet delivered, oldest first; delivered ones leave the index."""

    class Meta:
        index_name = "pending"
        projection = KeysOnlyProjection()

    pending = UnicodeAttribute(hash_key=True)
    created_at = NumberAttribute(range_key=True)


class Row(Model):
    """What all rows of the cases table share: the case (or a name) and the kind of row."""

    class Meta:
        table_name = "unset"
        region = "unset"

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    body = UnicodeAttribute(null=True)


class CaseRow(Row):
    """`STATE`: the whole case as JSON in `body`; the other attributes serve the indexes."""

    class Meta(Row.Meta):
        pass

    case_id = UnicodeAttribute()
    version = NumberAttribute()
    number = UnicodeAttribute(null=True)
    status = UnicodeAttribute()
    step = UnicodeAttribute(null=True)
    attempt = NumberAttribute(null=True)
    officer_id = UnicodeAttribute(null=True)
    application_type = UnicodeAttribute()
    group_name = UnicodeAttribute(null=True)
    applicant_id = UnicodeAttribute()
    year = UnicodeAttribute(null=True)
    created_at = NumberAttribute()
    submitted_at = NumberAttribute(null=True)
    deadline = NumberAttribute(null=True)
    opened_at = NumberAttribute(null=True)
    open = UnicodeAttribute(null=True)
    due_at = NumberAttribute(null=True)
    updated_at = NumberAttribute()
    found_late = NumberAttribute(null=True)
    by_applicant = CasesByApplicant()
    by_year = CasesByYear()
    by_officer = CasesByOfficer()
    due = CasesDue()


class ComplaintRow(Row):
    """`COMPLAINT`: a whole complaint as JSON in `body`.

    For the index of cases `by_applicant`, `applicant_id` is the key of the contact, which no account has; for
    `by_officer`, `officer_id` names the role that has to answer, and no officer, until it is answered.
    """

    class Meta(Row.Meta):
        pass

    version = NumberAttribute()
    applicant_id = UnicodeAttribute()
    created_at = NumberAttribute()
    number = UnicodeAttribute()
    officer_id = UnicodeAttribute(null=True)
    deadline = NumberAttribute()


class RevocationRow(Row):
    """`REVOCATION`: the newest proposal to revoke a case's permit; the case has all of it, `number` is the permit's.

    For `by_officer`, `officer_id` names the role that decides until it has; `deadline` is when it was proposed.
    """

    class Meta(Row.Meta):
        pass

    case_id = UnicodeAttribute()
    officer_id = UnicodeAttribute(null=True)
    deadline = NumberAttribute()
    number = UnicodeAttribute()
    group_name = UnicodeAttribute(null=True)
    attempt = NumberAttribute()


class OfficeRow(Row):
    """`OFFICE`: the office's own record as JSON in `body`; there is one."""

    class Meta(Row.Meta):
        pass

    version = NumberAttribute()


class AuditRow(Row):
    """`AUDIT#000001`: one audit entry as JSON."""

    class Meta(Row.Meta):
        pass


class OutboxRow(Row):
    """`OUTBOX#id`: one delivery. `pending` is there until it is done; `claimed_until` keeps two workers apart."""

    class Meta(Row.Meta):
        pass

    pending = UnicodeAttribute(null=True)
    created_at = NumberAttribute()
    claimed_until = NumberAttribute(default=0)
    pending_index = PendingDeliveries()


class NameRow(Row):
    """`NAME`: an application number or tracking code that leads to its case."""

    class Meta(Row.Meta):
        pass

    case_id = UnicodeAttribute()


class CounterRow(Row):
    """`COUNTER`: the last serial given in one year."""

    class Meta(Row.Meta):
        pass

    serial = NumberAttribute()


class RequestRow(Row):
    """`REQUEST#key`: the answer that a request key got, kept for the life of the case."""

    class Meta(Row.Meta):
        pass

    body_sha256 = UnicodeAttribute()


class PersonRow(Model):
    """People and their one-time codes: `officer#id`, `account#id`, `challenge#id`; `officers` lists ids."""

    class Meta:
        table_name = "unset"
        region = "unset"

    pk = UnicodeAttribute(hash_key=True)
    body = UnicodeAttribute(null=True)
    ids = UnicodeSetAttribute(null=True)
    version = NumberAttribute(default=0)
    expires_at = NumberAttribute(null=True)


class PermitsByEnd(GlobalSecondaryIndex[Any]):  # type: ignore[no-untyped-call]
    """The permits that end on a day (ISO 8601), while they stand: revoked and replaced ones leave the index."""

    class Meta:
        index_name = "by_end"
        projection = KeysOnlyProjection()

    ends_on = UnicodeAttribute(hash_key=True)


class PermitRow(Model):
    """The registry of issued permits, by check code; `number#…` rows lead from a number to its code."""

    class Meta:
        table_name = "unset"
        region = "unset"

    pk = UnicodeAttribute(hash_key=True)
    body = UnicodeAttribute(null=True)
    check_code = UnicodeAttribute(null=True)
    ends_on = UnicodeAttribute(null=True)
    by_end = PermitsByEnd()


class RatingRow(Model):
    """`month#2026-11`: ratings under random ids; `rated#HASH`: the mark of a case that was rated."""

    class Meta:
        table_name = "unset"
        region = "unset"

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    body = UnicodeAttribute(null=True)


CONFLICTS = frozenset(
    {"ConditionalCheckFailedException", "TransactionCanceledException", "TransactionInProgressException"}
)


def is_conflict(error: PynamoDBException) -> bool:
    """Whether a write failed because somebody else was there first; not when its answer was lost on the way."""
    response = getattr(error.cause, "response", None) or {}
    return response.get("Error", {}).get("Code") in CONFLICTS


CASE_ROWS: tuple[type[Model], ...] = (
    Row,
    CaseRow,
    ComplaintRow,
    RevocationRow,
    OfficeRow,
    AuditRow,
    OutboxRow,
    NameRow,
    CounterRow,
    RequestRow,
)


def bind(*, region: str, cases: str, people: str, register: str, ratings: str) -> None:
    """Names the tables; until then no row can be read."""
    others = [(PersonRow, people), (PermitRow, register), (RatingRow, ratings)]
    names = [*((row, cases) for row in CASE_ROWS), *others]
    for row, name in names:
        bound: Any = row
        bound.Meta.table_name, bound.Meta.region = name, region
        bound._connection = None

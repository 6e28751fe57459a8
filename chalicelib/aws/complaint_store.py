"""Complaints in DynamoDB, beside the cases: numbers, audit entries, deliveries and request keys are kept as theirs.

A complaint's text and contact stand in its own row alone, which the index `by_applicant` finds by the contact's
hash: that is where to look when somebody wants to be forgotten. Its photo lies below its id in the documents' bucket.
Unanswered ones lie in `by_officer` below their role.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cached_property

import msgspec
from pynamodb.connection import Connection
from pynamodb.exceptions import TransactWriteError
from pynamodb.transactions import TransactWrite

from chalicelib.audit.chain import Entry
from chalicelib.aws import case_store
from chalicelib.aws.case_store import Answered, Serial
from chalicelib.aws.tables import AuditRow, CaseRow, ComplaintRow, NameRow, OutboxRow, is_conflict
from chalicelib.complaints.complaint import Complaint, ComplaintChange
from chalicelib.complaints.contact import contact_key
from chalicelib.errors import NotFoundError, StaleVersionError

COMPLAINT = "COMPLAINT"


class Unanswered(msgspec.Struct, frozen=True, kw_only=True):
    """One complaint in the list of who has to answer it: nothing that its sender wrote. Moments are in UTC."""

    complaint_id: str
    number: str
    received_at: datetime
    deadline: datetime


class ComplaintStore:
    """Reads and writes whole complaints. Table names are bound once, by `tables.bind`."""

    def __init__(self, region: str) -> None:
        self._region = region

    @cached_property
    def _connection(self) -> Connection:
        return Connection(region=self._region)

    def load(self, complaint_id: str) -> Complaint:
        """The complaint as it is now. Raises NotFoundError."""
        try:
            row = ComplaintRow.get(complaint_id, COMPLAINT, consistent_read=True)
        except ComplaintRow.DoesNotExist as error:
            raise NotFoundError(what="complaint") from error
        return msgspec.json.decode(row.body or "", type=Complaint)

    def find(self, number: str) -> Complaint:
        """The complaint of that number. Raises NotFoundError."""
        try:
            row = NameRow.get(f"name#{number}", "NAME", consistent_read=True)
        except NameRow.DoesNotExist as error:
            raise NotFoundError(what="complaint") from error
        return self.load(row.case_id)

    def of_contact(self, contact: str, since: datetime | None = None) -> tuple[str, ...]:
        """The ids of all complaints of a normalised contact, the oldest first."""
        begun = CaseRow.created_at >= since.timestamp() if since else None
        rows = CaseRow.by_applicant.query(contact_key(contact), begun)
        return tuple(row.pk for row in rows)

    def commit(
        self, change: ComplaintChange, *, serials: tuple[Serial, ...] = (), answered: Answered | None = None
    ) -> None:
        """Writes everything of one change, or nothing. Raises StaleVersionError when somebody else was faster."""
        complaint = change.complaint
        before = complaint.version - 1
        unchanged = ComplaintRow.version == before if before else ComplaintRow.pk.does_not_exist()
        try:
            with TransactWrite(connection=self._connection) as transaction:
                transaction.save(_row(complaint), condition=unchanged)
                transaction.save(case_store.audit_row(change.entry), condition=AuditRow.pk.does_not_exist())
                for delivery in change.outbox:
                    row = case_store.outbox_row(delivery)
                    transaction.save(row, condition=OutboxRow.pk.does_not_exist())
                if not before:
                    case_store.write_name(transaction, complaint.number, complaint.complaint_id)
                for serial in serials:
                    case_store.write_serial(transaction, serial)
                if answered:
                    case_store.write_answer(transaction, complaint.complaint_id, answered)
        except TransactWriteError as error:
            if is_conflict(error):
                raise StaleVersionError(what="complaint") from error
            raise

    def entries(self, complaint_id: str) -> list[Entry]:
        """The audit chain of a complaint, oldest first."""
        rows = AuditRow.query(complaint_id, AuditRow.sk.startswith("AUDIT#"), consistent_read=True)
        return [msgspec.json.decode(row.body or "", type=Entry) for row in rows]

    def all_complaints(self) -> Iterator[Complaint]:
        """Every complaint, in no order: for the seal and the verification of the whole trail."""
        for row in ComplaintRow.scan(ComplaintRow.sk == COMPLAINT, consistent_read=True):
            yield msgspec.json.decode(row.body or "", type=Complaint)


def _row(complaint: Complaint) -> ComplaintRow:
    return ComplaintRow(
        complaint.complaint_id,
        COMPLAINT,
        body=msgspec.json.encode(complaint).decode(),
        version=complaint.version,
        applicant_id=contact_key(complaint.said.contact),
        created_at=complaint.received_at.timestamp(),
        number=complaint.number,
        officer_id=None if complaint.reply else _of_role(complaint.role),
        deadline=complaint.deadline.timestamp(),
    )


def unanswered(role: str) -> tuple[Unanswered, ...]:
    """The complaints that the role has to answer, the nearest deadline first."""
    rows = CaseRow.by_officer.query(_of_role(role))
    return tuple(
        Unanswered(
            complaint_id=row.pk,
            number=row.number or "",
            received_at=datetime.fromtimestamp(row.created_at, UTC),
            deadline=datetime.fromtimestamp(row.deadline or 0, UTC),
        )
        for row in rows
    )


def _of_role(role: str) -> str:
    """Where a role's complaints lie in the index of what lies before an officer; the id of no officer."""
    return f"complaints#{role}"

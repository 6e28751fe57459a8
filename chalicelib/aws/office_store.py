"""The office's own record in DynamoDB: one transaction a change, with the entry of its chain and the officer."""

from datetime import datetime
from functools import cached_property

import msgspec
from pynamodb.connection import Connection
from pynamodb.exceptions import TransactWriteError, UpdateError
from pynamodb.transactions import TransactWrite

from chalicelib.audit.chain import Entry
from chalicelib.aws import case_store
from chalicelib.aws.people_store import OFFICERS
from chalicelib.aws.tables import AuditRow, OfficeRow, PersonRow, is_conflict
from chalicelib.errors import StaleVersionError
from chalicelib.staffing.book import OFFICE, Book, OfficeChange

ROW = "OFFICE"


class OfficeStore:
    """Reads and writes the book. Table names are bound once, by `tables.bind`."""

    def __init__(self, region: str) -> None:
        self._region = region

    @cached_property
    def _connection(self) -> Connection:
        return Connection(region=self._region)

    def load(self) -> Book:
        """The book as it is now; an empty one before the first change."""
        try:
            row = OfficeRow.get(OFFICE, ROW, consistent_read=True)
        except OfficeRow.DoesNotExist:
            return Book()
        return msgspec.json.decode(row.body or "", type=Book)

    def entries(self) -> list[Entry]:
        """The office's audit chain, oldest first."""
        rows = AuditRow.query(OFFICE, AuditRow.sk.startswith("AUDIT#"), consistent_read=True)
        return [msgspec.json.decode(row.body or "", type=Entry) for row in rows]

    def commit(self, change: OfficeChange) -> None:
        """Writes everything of one change, or nothing. Raises StaleVersionError when somebody else was faster."""
        book, before = change.book, change.book.version - 1
        unchanged = OfficeRow.version == before if before else OfficeRow.pk.does_not_exist()
        try:
            with TransactWrite(connection=self._connection) as transaction:
                transaction.save(_row(book), condition=unchanged)
                transaction.save(case_store.audit_row(change.entry), condition=AuditRow.pk.does_not_exist())
                if change.officer:
                    body = msgspec.json.encode(change.officer).decode()
                    transaction.save(PersonRow(f"officer#{change.officer.id}", body=body))
                    transaction.update(PersonRow(OFFICERS), actions=[PersonRow.ids.add({change.officer.id})])
        except TransactWriteError as error:
            if is_conflict(error):
                raise StaleVersionError(what="office") from error
            raise

    def settled(self, book: Book, at: datetime) -> bool:
        """Notes that the open steps lie before who acts as of this version; False when there is a newer one.

        No change of the office, so no version and no entry: writing an older moment costs a look, no more.
        """
        body = msgspec.json.encode(msgspec.structs.replace(book, settled_at=at)).decode()
        row = OfficeRow(OFFICE, ROW)
        try:
            row.update(actions=[OfficeRow.body.set(body)], condition=OfficeRow.version == book.version)
        except UpdateError as error:
            if is_conflict(error):
                return False
            raise
        return True


def _row(book: Book) -> OfficeRow:
    return OfficeRow(OFFICE, ROW, body=msgspec.json.encode(book).decode(), version=book.version)

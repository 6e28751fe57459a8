"""Cases in DynamoDB: one transaction a change, conditional on the version that was read."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from typing import Any

import msgspec
from pynamodb.connection import Connection
from pynamodb.exceptions import TransactWriteError
from pynamodb.transactions import TransactWrite

from chalicelib.audit.chain import Entry
from chalicelib.aws.permit_log import write_appended
from chalicelib.aws.revocation_rows import revocation_row
from chalicelib.aws.tables import (
    AuditRow,
    CaseRow,
    CounterRow,
    NameRow,
    OutboxRow,
    PermitRow,
    RequestRow,
    is_conflict,
)
from chalicelib.cases.case import Case
from chalicelib.cases.change import Change, OutboxEntry
from chalicelib.errors import NotFoundError, StaleVersionError
from chalicelib.permits.register import Registered
from chalicelib.permits.types import PermitRecord

STATE = "STATE"


class Serial(msgspec.Struct, frozen=True):
    """The next serial of a counter, taken when the change that carries it is committed."""

    counter: str
    value: int


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one request key. `key` and `body_sha256` are SHA-256 in hex; `answer` is JSON."""

    key: str
    body_sha256: str
    answer: str


class CaseStore:
    """Reads and writes whole cases. Table names are bound once, by `tables.bind`."""

    def __init__(self, region: str) -> None:
        self._region = region

    @cached_property
    def _connection(self) -> Connection:
        return Connection(region=self._region)

    def load(self, case_id: str) -> Case:
        """The case as it is now. Raises NotFoundError."""
        try:
            row = CaseRow.get(case_id, STATE, consistent_read=True)
        except CaseRow.DoesNotExist as error:
            raise NotFoundError(what="case") from error
        return msgspec.json.decode(row.body or "", type=Case)

    def load_all(self, case_ids: Iterable[str]) -> dict[str, Case]:
        """The cases of these ids (at most 100) as they are now, in one call; one that is none is left out."""
        keys = [(case_id, STATE) for case_id in case_ids]
        rows = CaseRow.batch_get(keys, consistent_read=True) if keys else ()
        return {row.pk: msgspec.json.decode(row.body or "", type=Case) for row in rows}

    def find(self, name: str) -> Case:
        """The case of an application number or tracking code. Raises NotFoundError."""
        try:
            row = NameRow.get(f"name#{name}", "NAME", consistent_read=True)
        except NameRow.DoesNotExist as error:
            raise NotFoundError(what="case") from error
        return self.load(row.case_id)

    def commit(
        self,
        change: Change,
        *,
        serial: Serial | None = None,
        answered: Answered | None = None,
        registered: Registered | None = None,
    ) -> None:
        """Writes everything of one change, or nothing.

        Raises StaleVersionError when the case, the audit sequence, the serial, the request key, a record of
        the register or the head of its log was taken by somebody else since it was read.
        """
        try:
            with TransactWrite(connection=self._connection) as transaction:
                self._write_change(transaction, change)
                if serial:
                    write_serial(transaction, serial)
                if answered:
                    write_answer(transaction, change.case.case_id, answered)
                if registered:
                    _write_registered(transaction, registered)
        except TransactWriteError as error:
            if is_conflict(error):
                raise StaleVersionError(case_id=change.case.case_id) from error
            raise

    def _write_change(self, transaction: TransactWrite, change: Change) -> None:
        case, before = change.case, change.case.version - 1
        unchanged = CaseRow.version == before if before else CaseRow.pk.does_not_exist()
        transaction.save(case_row(case), condition=unchanged)
        transaction.save(audit_row(change.entry), condition=AuditRow.pk.does_not_exist())
        for delivery in change.outbox:
            transaction.save(outbox_row(delivery), condition=OutboxRow.pk.does_not_exist())
        if change.entry.action == "application.started":
            write_name(transaction, case.tracking_code, case.case_id)
        if change.entry.action == "application.submitted":
            write_name(transaction, case.number, case.case_id)
        proposed = revocation_row(case)
        if proposed:
            transaction.save(proposed)

    def entries(self, case_id: str) -> list[Entry]:
        """The audit chain of a case, oldest first."""
        rows = AuditRow.query(case_id, AuditRow.sk.startswith("AUDIT#"), consistent_read=True)
        return [msgspec.json.decode(row.body or "", type=Entry) for row in rows]

    def next_serial(self, counter: str) -> Serial:
        """The serial that follows the last one given; it is taken only when a change with it is committed."""
        try:
            given = CounterRow.get(f"counter#{counter}", "COUNTER", consistent_read=True).serial
        except CounterRow.DoesNotExist:
            given = 0
        return Serial(counter=counter, value=int(given) + 1)

    def answer_to(self, case_id: str, key: str) -> Answered | None:
        """The answer that a request key of this case got before."""
        try:
            row = RequestRow.get(case_id, f"REQUEST#{key}", consistent_read=True)
        except RequestRow.DoesNotExist:
            return None
        return Answered(key=key, body_sha256=row.body_sha256, answer=row.body or "")

    def all_cases(self) -> Iterator[Case]:
        """Every case, in no order: for the seal and the verification of the whole trail."""
        for row in CaseRow.scan(CaseRow.sk == STATE, consistent_read=True):
            yield msgspec.json.decode(row.body or "", type=Case)


def case_row(case: Case) -> CaseRow:
    """The whole case with what its indexes need."""
    current = case.current
    return CaseRow(
        case.case_id,
        STATE,
        body=_json(case),
        case_id=case.case_id,
        version=case.version,
        number=case.number or None,
        status=case.status,
        step=current.key if current else None,
        attempt=current.attempt if current else None,
        officer_id=current.officer_id if current else None,
        application_type=case.form.application_type,
        group_name=case.form.group_name or None,
        applicant_id=case.applicant_id,
        year=str(case.submitted_at.year) if case.submitted_at else None,
        created_at=seconds(case.created_at),
        submitted_at=seconds(case.submitted_at) if case.submitted_at else None,
        deadline=seconds(current.deadline) if current else None,
        opened_at=seconds(current.opened_at) if current else None,
        open="1" if case.due_at else None,
        due_at=seconds(case.due_at) if case.due_at else None,
        updated_at=seconds(case.updated_at),
        found_late=case.found_late or None,
    )


def audit_row(entry: Entry) -> AuditRow:
    """One entry of an audit chain."""
    return AuditRow(entry.case_id, f"AUDIT#{entry.seq:06d}", body=_json(entry))


def outbox_row(delivery: OutboxEntry) -> OutboxRow:
    """Something to deliver, pending."""
    return OutboxRow(
        delivery.case_id,
        f"OUTBOX#{delivery.id}",
        body=_json(delivery),
        pending="1",
        created_at=seconds(delivery.created_at),
    )


def write_serial(transaction: TransactWrite, serial: Serial) -> None:
    """Takes the serial, unless somebody else did."""
    row = CounterRow(f"counter#{serial.counter}", "COUNTER", serial=serial.value)
    before = serial.value - 1
    unchanged = CounterRow.serial == before if before else CounterRow.pk.does_not_exist()
    transaction.save(row, condition=unchanged)


def write_answer(transaction: TransactWrite, case_id: str, answered: Answered) -> None:
    """Keeps the answer to a request key of that case, or of what else has such an id."""
    row = RequestRow(
        case_id, f"REQUEST#{answered.key}", body_sha256=answered.body_sha256, body=answered.answer
    )
    transaction.save(row, condition=RequestRow.pk.does_not_exist())


def _write_registered(transaction: TransactWrite, registered: Registered) -> None:
    for record, before in registered.records:
        _write_record(transaction, record, before)
    write_appended(transaction, registered.appended)


def _write_record(transaction: TransactWrite, record: PermitRecord, before: PermitRecord | None) -> None:
    """The record with its last day, by which the index finds it while it stands."""
    ends_on = record.valid_until.isoformat() if record.status == "valid" else None
    row = PermitRow(record.check_code, body=_json(record), ends_on=ends_on)
    if before:
        transaction.save(row, condition=PermitRow.body == _kept(before))
        return
    transaction.save(row, condition=PermitRow.pk.does_not_exist())
    number = PermitRow(f"number#{record.permit_number}", check_code=record.check_code)
    transaction.save(number, condition=PermitRow.pk.does_not_exist())


def _kept(before: PermitRecord) -> str:
    """The record's text as it is kept, not made anew: one from before a field came to be has it not.

    Raises StaleVersionError when it says something else by now.
    """
    kept = PermitRow.get(before.check_code, consistent_read=True).body or ""
    if msgspec.json.decode(kept, type=PermitRecord) != before:
        raise StaleVersionError(what="permit")
    return kept


def write_name(transaction: TransactWrite, name: str, case_id: str) -> None:
    """Lets a number or code lead to its case, or to what else has such an id."""
    row = NameRow(f"name#{name}", "NAME", case_id=case_id)
    transaction.save(row, condition=NameRow.pk.does_not_exist())


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def seconds(moment: datetime) -> float:
    """A moment as the indexes keep it: POSIX time in seconds."""
    return moment.timestamp()

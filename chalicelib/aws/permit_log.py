"""The log of the register in DynamoDB: one row a leaf, and one for its head, written with what they tell of.

The rows lie in the register's table, which one function alone may write to. Their files are made from them later.
"""

from functools import cached_property

import msgspec
from pynamodb.connection import Connection
from pynamodb.exceptions import TransactWriteError
from pynamodb.transactions import TransactWrite

from chalicelib.aws.tables import PermitRow, is_conflict
from chalicelib.errors import NotFoundError, StaleVersionError
from chalicelib.permits.log.growing import Appended
from chalicelib.permits.log.hashing import Frontier

HEAD = "log#head"


class PermitLog:
    """Reads and writes the log. Table names are bound once, by `tables.bind`."""

    def __init__(self, region: str) -> None:
        self._region = region

    @cached_property
    def _connection(self) -> Connection:
        return Connection(region=self._region)

    def head(self) -> Frontier:
        """Where the log stands; an empty one before the first entry."""
        try:
            row = PermitRow.get(HEAD, consistent_read=True)
        except PermitRow.DoesNotExist:
            return Frontier()
        return msgspec.json.decode(row.body or "", type=Frontier)

    def entries(self, first: int, end: int) -> list[bytes]:
        """The entries from `first` up to `end`, as they were entered. Raises NotFoundError when one is gone."""
        keys = [_leaf_key(index) for index in range(first, end)]
        found = {row.pk: (row.body or "").encode() for row in PermitRow.batch_get(keys, consistent_read=True)}
        if len(found) != len(keys):
            raise NotFoundError(what="entry of the log")
        return [found[key] for key in keys]

    def append(self, added: Appended) -> None:
        """Entries that tell of no record. Raises StaleVersionError when the log grew since its head was read."""
        try:
            with TransactWrite(connection=self._connection) as transaction:
                write_appended(transaction, added)
        except TransactWriteError as error:
            if is_conflict(error):
                raise StaleVersionError(what="log") from error
            raise


def write_appended(transaction: TransactWrite, added: Appended) -> None:
    """The leaves and the new head, unless the log grew since its head was read: so an index is given once."""
    before = PermitRow.body == _json(added.before) if added.before.size else PermitRow.pk.does_not_exist()
    transaction.save(PermitRow(HEAD, body=_json(added.after)), condition=before)
    for index, entry in enumerate(added.entries, added.before.size):
        row = PermitRow(_leaf_key(index), body=entry.decode())
        transaction.save(row, condition=PermitRow.pk.does_not_exist())


def _leaf_key(index: int) -> str:
    return f"log#leaf#{index:010d}"


def _json(head: Frontier) -> str:
    return msgspec.json.encode(head).decode()

"""Ratings in DynamoDB, in a table of their own that knows no person, no case and no moment.

A rating lies below its month under a random id; that a case was rated is a mark under the hash of the case. Both
are written in one transaction, and nothing in either leads to the other.
"""

from collections.abc import Iterator
from functools import cached_property

import msgspec
from pynamodb.connection import Connection
from pynamodb.exceptions import TransactWriteError
from pynamodb.transactions import TransactWrite

from chalicelib.aws.tables import RatingRow, is_conflict
from chalicelib.survey.rating import AlreadyRatedError, Rating

MARK = "MARK"


class RatingStore:
    """Reads and writes ratings. Table names are bound once, by `tables.bind`."""

    def __init__(self, region: str) -> None:
        self._region = region

    @cached_property
    def _connection(self) -> Connection:
        return Connection(region=self._region)

    def save(self, rating: Rating, rating_id: str, once_key: str) -> None:
        """Writes the rating and the mark. Raises AlreadyRatedError when the mark is there."""
        body = msgspec.json.encode(rating).decode()
        try:
            with TransactWrite(connection=self._connection) as transaction:
                absent = RatingRow.pk.does_not_exist()
                transaction.save(RatingRow(f"rated#{once_key}", MARK), condition=absent)
                transaction.save(RatingRow(f"month#{rating.month}", rating_id, body=body), condition=absent)
        except TransactWriteError as error:
            if is_conflict(error):
                raise AlreadyRatedError from error
            raise

    def is_rated(self, once_key: str) -> bool:
        """Whether that mark is there."""
        try:
            RatingRow.get(f"rated#{once_key}", MARK, consistent_read=True)
        except RatingRow.DoesNotExist:
            return False
        return True

    def of_month(self, month: str) -> Iterator[Rating]:
        """The ratings of a month (`2026-11`), in the order of their random ids."""
        for row in RatingRow.query(f"month#{month}"):
            yield msgspec.json.decode(row.body or "", type=Rating)

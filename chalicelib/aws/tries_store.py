"""Counted tries in DynamoDB, in the table of people, which forgets them after a while."""

from datetime import datetime

import msgspec
from pynamodb.exceptions import PutError

from chalicelib.accounts.tries import Tries
from chalicelib.aws.tables import PersonRow, is_conflict
from chalicelib.errors import StaleVersionError


def tries_at(tries_id: str) -> Tries | None:
    """The count so far, if there is one."""
    try:
        row = PersonRow.get(f"tries#{tries_id}", consistent_read=True)
    except PersonRow.DoesNotExist:
        return None
    return msgspec.json.decode(row.body, type=Tries)


def save_tries(tries: Tries, forget_at: datetime) -> None:
    """Writes a count over the version before it. Raises StaleVersionError when that one is gone."""
    row = PersonRow(
        f"tries#{tries.id}",
        body=msgspec.json.encode(tries).decode(),
        version=tries.version,
        expires_at=int(forget_at.timestamp()),
    )
    before = tries.version - 1
    condition = PersonRow.version == before if before else PersonRow.pk.does_not_exist()
    try:
        row.save(condition=condition)
    except PutError as error:
        if is_conflict(error):
            raise StaleVersionError(what="tries") from error
        raise

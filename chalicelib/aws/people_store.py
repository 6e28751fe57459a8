"""Officers, accounts and one-time codes in DynamoDB."""

from datetime import datetime
from typing import TypeVar

import msgspec
from pynamodb.exceptions import PutError

from chalicelib.accounts.codes import Challenge
from chalicelib.accounts.people import Account, Officer
from chalicelib.aws.tables import PersonRow, is_conflict
from chalicelib.errors import NotFoundError, StaleVersionError

OFFICERS = "officers"
"""The row that lists the ids of all officers."""
AUDITORS = "auditors"
"""The row that lists the ids of all auditors."""
Person = TypeVar("Person", Account, Officer)


class PeopleStore:
    """Reads and writes people. Table names are bound once, by `tables.bind`."""

    def officers(self) -> tuple[Officer, ...]:
        """All officers on record, active or not, by id. Two reads, however many accounts there are."""
        try:
            ids = PersonRow.get(OFFICERS, attributes_to_get=["ids"], consistent_read=True).ids or set()
        except PersonRow.DoesNotExist:
            return ()
        rows = PersonRow.batch_get([f"officer#{one}" for one in ids], consistent_read=True)
        found = (msgspec.json.decode(row.body or "", type=Officer) for row in rows)
        return tuple(sorted(found, key=lambda officer: officer.id))

    def auditors(self) -> tuple[Account, ...]:
        """All auditors that were enrolled, by id. Two reads, however many accounts there are."""
        try:
            ids = PersonRow.get(AUDITORS, attributes_to_get=["ids"], consistent_read=True).ids or set()
        except PersonRow.DoesNotExist:
            return ()
        rows = PersonRow.batch_get([f"account#{one}" for one in ids], consistent_read=True)
        found = (msgspec.json.decode(row.body or "", type=Account) for row in rows)
        return tuple(sorted(found, key=lambda account: account.id))

    def officer(self, officer_id: str) -> Officer:
        """One officer. Raises NotFoundError."""
        return self._person(f"officer#{officer_id}", Officer)

    def account(self, account_id: str) -> Account:
        """One account. Raises NotFoundError."""
        return self._person(f"account#{account_id}", Account)

    def save_officer(self, officer: Officer) -> None:
        """Writes the officer as given. The list comes first: an id on it without an officer is passed over."""
        PersonRow(OFFICERS).update(actions=[PersonRow.ids.add({officer.id})])
        PersonRow(f"officer#{officer.id}", body=msgspec.json.encode(officer).decode()).save()

    def save_account(self, account: Account) -> None:
        """Writes the account as given. An auditor is put on the list first, as officers are."""
        if account.role == "auditor":
            PersonRow(AUDITORS).update(actions=[PersonRow.ids.add({account.id})])
        PersonRow(f"account#{account.id}", body=msgspec.json.encode(account).decode()).save()

    def challenge(self, challenge_id: str) -> Challenge | None:
        """The one-time code that is out for somebody, if there is one."""
        try:
            row = PersonRow.get(f"challenge#{challenge_id}", consistent_read=True)
        except PersonRow.DoesNotExist:
            return None
        return msgspec.json.decode(row.body or "", type=Challenge)

    def save_challenge(self, challenge: Challenge, forget_at: datetime) -> None:
        """Writes a challenge over the version before it. Raises StaleVersionError when that one is gone:
        two guesses at the same moment count as two.
        """
        row = PersonRow(
            f"challenge#{challenge.id}",
            body=msgspec.json.encode(challenge).decode(),
            version=challenge.version,
            expires_at=int(forget_at.timestamp()),
        )
        before = challenge.version - 1
        condition = PersonRow.version == before if before else PersonRow.pk.does_not_exist()
        try:
            row.save(condition=condition)
        except PutError as error:
            if is_conflict(error):
                raise StaleVersionError(what="challenge") from error
            raise

    def _person(self, key: str, kind: type[Person]) -> Person:
        try:
            row = PersonRow.get(key, consistent_read=True)
        except PersonRow.DoesNotExist as error:
            raise NotFoundError(what="person") from error
        return msgspec.json.decode(row.body or "", type=kind)

"""Puts the made-up officers and auditors of `office.toml` into the running stack."""

import secrets
import tomllib
from pathlib import Path
from typing import Any

from chalicelib.accounts.people import Account, Officer, account_id
from chalicelib.permits.passphrase import hash_passphrase
from chalicelib.steps.desk import Desk
from local.esign.person import Person

OFFICE = Path(__file__).with_name("office.toml")


def office() -> dict[str, Any]:
    """The people of the file, as written there."""
    return tomllib.loads(OFFICE.read_text(encoding="utf-8"))


def passphrase_of(role: str) -> str:
    """The passphrase of the made-up officer of that role."""
    return str(next(entry["passphrase"] for entry in office()["officers"] if entry["role"] == role))


def signing_person() -> Person:
    """The made-up head as the trial service knows them."""
    head = next(entry for entry in office()["officers"] if entry["role"] == "head")
    return Person(
        national_id=head["signer_id"],
        email=head["email"],
        passphrase=head["passphrase"],
        name=head["name"],
    )


def enrol(desk: Desk) -> None:
    """Writes everybody."""
    for entry in office()["officers"]:
        passphrase = entry.pop("passphrase", "")
        kept = hash_passphrase(passphrase, secrets.token_bytes(16)) if passphrase else ""
        desk.people.save_officer(Officer(**entry, passphrase_hash=kept))
    for entry in office()["auditors"]:
        known = account_id("auditor", entry["email"])
        desk.people.save_account(Account(id=known, role="auditor", **entry))

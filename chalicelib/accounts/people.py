"""Who uses the service, as it is kept."""

import hashlib
from typing import Literal

import msgspec

AccountRole = Literal["applicant", "auditor"]


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """An applicant or auditor, known by a mail address that was proved with a code.

    `only_case` is never kept: it names the one case to which an officer may act for the applicant.
    """

    id: str
    role: AccountRole
    email: str
    name: str = ""
    phone: str = ""
    only_case: str = ""

    def __repr__(self) -> str:
        return f"Account(id={self.id!r}, role={self.role!r})"


class Officer(msgspec.Struct, frozen=True, kw_only=True):
    """An officer of the office in one role of the procedure.

    `official_id` is the NIP, `rank` the civil service rank; both are printed under a signature.
    `passphrase_hash` is for the local signer alone: a certified signer's passphrase is never kept. `signer_id` is
    by what BSrE knows the officer, the national ID number or a mail address: for the signing alone, shown nowhere.
    """

    id: str
    role: str
    name: str
    email: str
    title: str = ""
    rank: str = ""
    official_id: str = ""
    active: bool = True
    passphrase_hash: str = ""
    signer_id: str = ""

    def __repr__(self) -> str:
        return f"Officer(id={self.id!r}, role={self.role!r}, active={self.active})"


def account_id(role: AccountRole, email: str) -> str:
    """The id of the account of an address: a hash, so that keys, logs and the trail hold no address."""
    return hashlib.sha256(f"{role}:{normalised(email)}".encode()).hexdigest()[:24]


def normalised(email: str) -> str:
    """The address without outer blanks, in lower case."""
    return email.strip().lower()


def masked_email(email: str) -> str:
    """`s***@contoh.id`: enough to recognise one's own address."""
    local, _, domain = email.partition("@")
    return f"{local[:1]}***@{domain}"

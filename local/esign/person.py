"""Who can sign at the trial service."""

import msgspec


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """One signer. `status` is in version 2's words."""

    national_id: str
    email: str
    passphrase: str
    name: str
    status: str = "ISSUE"

    def __repr__(self) -> str:
        return f"Person(name={self.name!r}, status={self.status!r})"

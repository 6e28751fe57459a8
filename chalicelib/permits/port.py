"""The port of signing: what every signer of permits offers, whoever holds the key."""

from datetime import datetime
from typing import Literal, Protocol

import msgspec

SignatureLevel = Literal["PAdES-B-B", "PAdES-B-T", "PAdES-B-LT", "PAdES-B-LTA"]
SignedWith = Literal["seal", "bsre", "trial"]
"""Whose certificate: the office's own, one that BSrE issued, or one of a service that only speaks like BSrE's."""


class SignedPermit(msgspec.Struct, frozen=True, kw_only=True):
    """A signed file. `sha256` (64 hex digits) is of the whole file; `level` as in ETSI EN 319 142-1."""

    pdf: bytes
    sha256: str
    level: SignatureLevel
    certificate_subject: str
    signed_with: SignedWith = "seal"


class PermitSigner(Protocol):
    """One official's way to sign (SOP step 5); the office's seal and BSrE are the implementations."""

    @property
    def note(self) -> str:
        """The footer's sentence on the certificate used, printed on the permit before it is signed."""
        ...

    def check(self, at: datetime) -> None:
        """Nothing, when the official could sign at that moment; asked before signing is offered.

        Raises SignerNotActiveError and SigningServiceError.
        """
        ...

    def sign(self, pdf: bytes, signed_at: datetime, passphrase: str) -> SignedPermit:
        """Sign the whole file; `signed_at` (timezone-aware) is what the file will claim, unless the provider
        has a clock of its own.

        The passphrase is the signer's own: used in this one call, never kept, logged or put into an error.
        Raises PassphraseError, SignerNotActiveError, SigningServiceError (nothing was signed),
        SigningOutcomeUnknownError (do not repeat blindly), SignedFileError, SigningOvertakenError and
        UnsignableFileError.
        """
        ...

"""Signing through BSrE as an implementation of the port: checked before, examined afterwards, never twice."""

import hashlib
from datetime import datetime

import msgspec
from cryptography import x509

from chalicelib.bsre.clients import V1, V2, Client
from chalicelib.bsre.line import Account, Budget, Line
from chalicelib.bsre.returned import Returned, examined
from chalicelib.permits.errors import (
    SignedFileError,
    SignerIdMissingError,
    SignerNotActiveError,
    SigningOvertakenError,
    SigningServiceError,
)
from chalicelib.permits.port import SignedPermit, SignedWith
from chalicelib.permits.wording import phrases
from chalicelib.sealed import Sealed

__all__ = ["BsreSigner", "Kept", "client_of", "kept_access"]

_NATIONAL = ("Root CA Indonesia", "BSRE CA")
"""How the names of the national root and of BSrE's own authorities begin ("Root CA Indonesia DS G1")."""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """The secret: the office's account, who certifies the signers (`trust_roots`, PEM), and, when the service's
    own certificate is the agency's, by whom (`service_ca`, PEM).
    """

    username: str
    password: str
    trust_roots: str
    service_ca: str = ""

    def __repr__(self) -> str:
        return "Kept(…)"


def kept_access(text: str) -> Kept:
    """The secret as it is read. Raises SigningServiceError for one that was not filled in."""
    try:
        kept = msgspec.json.decode(text, type=Kept)
        _roots(kept.trust_roots.encode())
    except (msgspec.DecodeError, ValueError):
        raise SigningServiceError(why="not_set_up") from None
    return kept


def client_of(form: str, url: str, kept: Kept) -> Client:
    """The client of that form of the interface, "v1" or "v2". Raises SigningServiceError for a bad address."""
    account = Account(
        url=url,
        username=kept.username,
        password=Sealed(kept.password.encode()),
        service_ca=kept.service_ca,
    )
    return V1(Line(account)) if form == "v1" else V2(Line(account))


class BsreSigner:
    """One official's signature, for one decision: what it has signed once it signs no second time.

    `signer_id` is by what BSrE knows the official. `seconds` are for all exchanges with the service together.
    """

    def __init__(
        self, *, client: Client, signer_id: Sealed, trust_roots: bytes, seconds: float, active: bool = True
    ) -> None:
        self._client = client
        self._signer_id = signer_id
        self._trust_roots = trust_roots
        self._active = active
        self._budget = Budget(seconds)
        self._signed: tuple[bytes, SignedPermit] | None = None

    @property
    def signed_with(self) -> SignedWith:
        """Whose certificates are taken: BSrE's only where all trust is in the national root and its own."""
        names = [_common_name(root.subject) for root in _roots(self._trust_roots)]
        return "bsre" if all(name.startswith(_NATIONAL) for name in names) else "trial"

    @property
    def note(self) -> str:
        """Names BSrE, or says that the certificate is only that of a trial; nothing else is accepted afterwards."""
        if self.signed_with == "bsre":
            return phrases("signing")["bsre_note"]
        issuer = _common_name(_roots(self._trust_roots)[0].subject)
        return phrases("signing")["trial_note"].format(issuer=issuer)

    def check(self, at: datetime) -> None:  # noqa: ARG002 - the port's
        """See the port; BSrE is asked, its own clock counts."""
        if not self._active:
            raise SignerNotActiveError(why="inactive")
        if not self._signer_id.reveal():
            raise SignerIdMissingError
        self._client.standing(self._signer_id, self._budget)

    def sign(self, pdf: bytes, signed_at: datetime, passphrase: str) -> SignedPermit:  # noqa: ARG002 - the port's
        """See the port. The caller has checked before; the same file asked for again is given again.

        The time in the signature is BSrE's, not `signed_at`.
        """
        if self._signed and self._signed[0] != pdf:
            raise SigningOvertakenError
        if self._signed is None:
            self._signed = pdf, self._signed_once(pdf, passphrase)
        return self._signed[1]

    def _signed_once(self, pdf: bytes, passphrase: str) -> SignedPermit:
        # PDF/A wants the end-of-file mark to end its line before anything is appended.
        sent = pdf.rstrip(b"\r\n") + b"\n"
        returned = self._client.sign(sent, self._signer_id, passphrase, self._budget)
        found = examined(sent, returned, self._trust_roots)
        signed_with = self.signed_with
        if signed_with == "bsre" and not (found.report.issuer or "").upper().startswith("BSRE"):
            raise SignedFileError(why="other_authority")
        return SignedPermit(
            pdf=returned,
            sha256=hashlib.sha256(returned).hexdigest(),
            level=found.level,
            certificate_subject=_holder(found),
            signed_with=signed_with,
        )


def _holder(found: Returned) -> str:
    """The certificate's common name alone: other parts of its subject can hold the person's ID number."""
    return found.report.signer or ""


def _roots(pem: bytes) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(pem)


def _common_name(name: x509.Name) -> str:
    found = name.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(found[0].value) if found else ""

"""Signing with the office's own key: PAdES B-B (ETSI EN 319 142-1), the raw signature by a callable.

The key stays in KMS (or wherever `sign_bytes` reaches); the certificate is not that of a certified provider,
and `note` says so. The signed bytes depend only on the file, the key and `signed_at`, so a repeated step
gives the same file again.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from io import BytesIO

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from pyhanko.keys.pemder import load_certs_from_pemder_data
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession

from chalicelib.permits.errors import (
    PassphraseError,
    SignerNotActiveError,
    SigningServiceError,
    UnsignableFileError,
)
from chalicelib.permits.passphrase import passphrase_matches
from chalicelib.permits.port import PermitSigner, SignedPermit
from chalicelib.permits.wording import phrases

__all__ = ["PermitSigner", "SealSigner", "SignedPermit"]

_FIELD = "TandaTangan"


class _RemoteKey(Signer):
    """pyHanko's signer around a key that only answers to bytes, and that is not believed unseen."""

    def __init__(self, chain_pem: bytes, sign_bytes: Callable[[bytes], bytes]) -> None:
        leaf, *others = load_certs_from_pemder_data(chain_pem)
        super().__init__(signing_cert=leaf, embed_roots=False)
        self.cert_registry.register_multiple(others)
        key = x509.load_pem_x509_certificate(chain_pem).public_key()
        if not isinstance(key, rsa.RSAPublicKey):
            raise SignerNotActiveError(why="certificate_without_rsa_key")
        self._key = key
        self._sign_bytes = sign_bytes

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if digest_algorithm != "sha256":
            raise SigningServiceError(why="only_sha256")
        if dry_run:
            return bytes(self._key.key_size // 8)
        try:
            signature = self._sign_bytes(data)
        except Exception as error:  # whatever the service's client raises: this module knows no vendor
            raise SigningServiceError(why=type(error).__name__) from error
        try:
            self._key.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature:
            raise SigningServiceError(why="signature_of_another_key") from None
        return signature


class _DatedWriter(IncrementalPdfFileWriter):
    """Appends to the file without asking the machine for the time or for random bytes."""

    def __init__(self, pdf: bytes, signed_at: datetime) -> None:
        super().__init__(BytesIO(pdf))
        told = hashlib.sha256(pdf + signed_at.isoformat().encode()).digest()
        self._document_id[1] = generic.ByteStringObject(told[:16])

    def _update_meta(self) -> None:
        """Leaves the layout's dates: pyHanko would write the machine's clock beside our signing time."""


class _DatedSigner(PdfSigner):
    """Claims our own signing time instead of the machine's."""

    def __init__(self, metadata: PdfSignatureMetadata, signer: Signer, signed_at: datetime) -> None:
        super().__init__(metadata, signer)
        self._signed_at = signed_at

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._signed_at
        return session


def _common_name(name: x509.Name) -> str:
    found = name.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(found[0].value) if found else name.rfc4514_string()


class SealSigner:
    """The port's local implementation: a key of our own, certified by our own authority.

    `sign_bytes` returns RSASSA_PKCS1_V1_5_SHA_256 over the bytes it is given (KMS Sign, MessageType RAW);
    `chain_pem` has the signer's certificate first; `passphrase_record` comes from `hash_passphrase`.
    """

    def __init__(
        self,
        *,
        sign_bytes: Callable[[bytes], bytes],
        chain_pem: bytes,
        passphrase_record: str,
        active: bool = True,
    ) -> None:
        self._sign_bytes = sign_bytes
        self._chain_pem = chain_pem
        self._passphrase_record = passphrase_record
        self._active = active
        self._certificate = x509.load_pem_x509_certificate(chain_pem)

    @property
    def note(self) -> str:
        """Says that the certificate is our own and the signature not a certified one (PP 71/2019 art. 60)."""
        return phrases("signing")["seal_note"].format(issuer=_common_name(self._certificate.issuer))

    def check(self, at: datetime) -> None:
        """See the port."""
        if not self._active:
            raise SignerNotActiveError(why="inactive")
        if at < self._certificate.not_valid_before_utc:
            raise SignerNotActiveError(why="certificate_not_yet_valid")
        if at > self._certificate.not_valid_after_utc:
            raise SignerNotActiveError(why="certificate_expired")

    def sign(self, pdf: bytes, signed_at: datetime, passphrase: str) -> SignedPermit:
        """See the port. `signed_at` is cut to whole seconds, the precision of a PDF date."""
        self.check(signed_at)
        if not passphrase_matches(passphrase, self._passphrase_record):
            raise PassphraseError
        signed = self._appended(pdf, signed_at.replace(microsecond=0))
        return SignedPermit(
            pdf=signed,
            sha256=hashlib.sha256(signed).hexdigest(),
            level="PAdES-B-B",
            certificate_subject=self._certificate.subject.rfc4514_string(),
        )

    def _appended(self, pdf: bytes, signed_at: datetime) -> bytes:
        words = phrases("signing")
        metadata = PdfSignatureMetadata(
            field_name=_FIELD,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            name=_common_name(self._certificate.subject),
            reason=words["reason"],
            location=words["location"],
        )
        signer = _DatedSigner(metadata, _RemoteKey(self._chain_pem, self._sign_bytes), signed_at)
        try:
            # PDF/A wants the end-of-file mark to end its line before anything is appended.
            writer = _DatedWriter(pdf.rstrip(b"\r\n") + b"\n", signed_at)
            output: BytesIO = signer.sign_pdf(writer)
        except (PdfError, ValueError) as error:
            raise UnsignableFileError(why=type(error).__name__) from error
        return output.getvalue()

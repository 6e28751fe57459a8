"""Signing with the office's own key: PAdES (ETSI EN 319 142-1), the raw signature by a callable.

The key stays in KMS (or wherever `sign_bytes` reaches); the certificate is not that of a certified provider,
and `note` says so. Without a time-stamp authority the signed bytes depend only on the file, the key and
`signed_at`; with one, its stamps and answers are in the file too, and nothing else differs.
"""

import asyncio
import hashlib
import logging
from collections.abc import Callable
from datetime import datetime
from io import BytesIO

from asn1crypto.crl import CertificateList
from asn1crypto.ocsp import OCSPResponse
from asn1crypto.x509 import Certificate
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
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSignatureMetadata,
    PdfSigner,
    PdfSigningSession,
    SigDSSPlacementPreference,
)
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import RevokedError

from chalicelib.permits.asking import Asker
from chalicelib.permits.errors import (
    PassphraseError,
    SignerNotActiveError,
    SigningServiceError,
    UnsignableFileError,
)
from chalicelib.permits.evidence import Stamper, certificates_of, names_revocation, revocation_data
from chalicelib.permits.passphrase import passphrase_matches
from chalicelib.permits.port import PermitSigner, SignatureLevel, SignedPermit
from chalicelib.permits.verification import examine
from chalicelib.permits.wording import phrases

__all__ = ["PermitSigner", "SealSigner", "SignedPermit"]

_FIELD = "TandaTangan"
_PATIENCE = 10.0
"""Seconds for all questions to others in one signature: the function that asks has 25."""

# The validation data is fetched by us beforehand; pyHanko would warn of that with the signer's name.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)


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

    def __init__(
        self, metadata: PdfSignatureMetadata, signer: Signer, signed_at: datetime, stamper: Stamper | None
    ) -> None:
        super().__init__(metadata, signer, timestamper=stamper)
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
    `chain_pem` has the signer's certificate first, then every certificate up to the root, and the root of the
    time-stamp authority if it is another one; `passphrase_record` comes from `hash_passphrase`. With a
    `time_stamp_url` (RFC 3161) the level is B-LT, or B-T when a certificate does not say where its revocation
    is told; without one it is B-B.
    """

    def __init__(
        self,
        *,
        sign_bytes: Callable[[bytes], bytes],
        chain_pem: bytes,
        passphrase_record: str,
        active: bool = True,
        time_stamp_url: str = "",
        patience: float = _PATIENCE,
    ) -> None:
        self._sign_bytes = sign_bytes
        self._chain_pem = chain_pem
        self._passphrase_record = passphrase_record
        self._active = active
        self._time_stamp_url = time_stamp_url
        self._patience = patience
        self._certificate = x509.load_pem_x509_certificate(chain_pem)
        self._chain = list(load_certs_from_pemder_data(chain_pem))

    @property
    def level(self) -> SignatureLevel:
        """What every file of this signer reaches; one that would not is not given out."""
        if not self._time_stamp_url:
            return "PAdES-B-B"
        issued = [one for one in self._chain if not one.self_issued]
        return "PAdES-B-LT" if all(map(names_revocation, issued)) else "PAdES-B-T"

    @property
    def note(self) -> str:
        """Says that the certificate is our own and the signature not a certified one (PP 71/2019 art. 60)."""
        words = phrases("signing")
        level = words[self.level.lower().replace("-", "_")]
        return f"{words['seal_note'].format(issuer=_common_name(self._certificate.issuer))} {level}"

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
        self._refuse_if_not_good(signed)
        return SignedPermit(
            pdf=signed,
            sha256=hashlib.sha256(signed).hexdigest(),
            level=self.level,
            certificate_subject=self._certificate.subject.rfc4514_string(),
        )

    def _refuse_if_not_good(self, signed: bytes) -> None:
        """What came back from others is believed as little as a stranger's file."""
        report = examine(signed, self._chain_pem)
        if report.problem or report.level != self.level:
            raise SigningServiceError(why=f"not_{self.level}: {report.problem or report.level}")

    def _appended(self, pdf: bytes, signed_at: datetime) -> bytes:
        try:
            # PDF/A wants the end-of-file mark to end its line before anything is appended.
            writer = _DatedWriter(pdf.rstrip(b"\r\n") + b"\n", signed_at)
            output: BytesIO = asyncio.run(self._signed(writer, signed_at))
        except SigningError as error:
            raise _refusal(error) from error
        except (PdfError, ValueError) as error:
            raise UnsignableFileError(why=type(error).__name__) from error
        return output.getvalue()

    async def _signed(self, writer: _DatedWriter, signed_at: datetime) -> BytesIO:
        asker, stamper, evidence = Asker(self._patience), None, None
        if self._time_stamp_url:
            stamper = Stamper(self._time_stamp_url, asker)
        if stamper and self.level == "PAdES-B-LT":
            # A first stamp, of nothing, shows whose certificates will have to be vouched for.
            stampers = certificates_of(await stamper.async_dummy_response("sha256"))
            evidence = self._evidence(asker, stampers, signed_at)
        key = _RemoteKey(self._chain_pem, self._sign_bytes)
        signer = _DatedSigner(self._metadata(evidence), key, signed_at, stamper)
        output: BytesIO = await signer.async_sign_pdf(writer)
        return output

    def _evidence(self, asker: Asker, others: list[Certificate], signed_at: datetime) -> ValidationContext:
        answers = revocation_data([*self._chain, *others], asker)
        return ValidationContext(
            trust_roots=[one for one in self._chain if one.self_issued],
            other_certs=[*self._chain, *others],
            moment=signed_at,
            ocsps=[one for one in answers if isinstance(one, OCSPResponse)],
            crls=[one for one in answers if isinstance(one, CertificateList)],
            revocation_mode="require",
            retroactive_revinfo=True,  # asked after the claimed time: what is not revoked now was not then
        )

    def _metadata(self, evidence: ValidationContext | None) -> PdfSignatureMetadata:
        words = phrases("signing")
        return PdfSignatureMetadata(
            field_name=_FIELD,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            name=_common_name(self._certificate.subject),
            reason=words["reason"],
            location=words["location"],
            embed_validation_info=evidence is not None,
            validation_context=evidence,
            # In the signed part of the file: one revision, every byte of it under the signature.
            dss_settings=DSSContentSettings(
                include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
            ),
        )


def _refusal(error: SigningError) -> SignerNotActiveError | SigningServiceError | UnsignableFileError:
    """What pyHanko's refusal to sign means to our caller."""
    if isinstance(error.__cause__, RevokedError):
        return SignerNotActiveError(why="certificate_revoked")
    if error.__cause__ is not None:
        return SigningServiceError(why="certificate_not_vouched_for")
    return UnsignableFileError(why=type(error).__name__)

"""What a file's own signature is worth: the first layer of the public check.

Whatever bytes come in, a report comes out, from the file alone: nothing is asked of the network. Only a file
that is covered by its signature to the last byte passes: an annotation added later would leave other readers
saying "valid".
"""

import asyncio
import binascii
import logging
from datetime import datetime
from io import BytesIO
from typing import Any, Literal

import msgspec
from asn1crypto import x509
from pyhanko.keys.pemder import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from chalicelib.permits.port import SignatureLevel

Revocation = Literal["good", "revoked", "missing"]

# The library logs the subject of a strange certificate, which can hold a person's ID number.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)

_LARGEST = 10 * 1024 * 1024


class SignatureReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was found. `signed_at` is the signer's own claim; `stamped_at` is what `stamped_by` vouches for.

    `intact`: the signed bytes are the signer's. `trusted`: the certificate leads to a trusted root at
    `stamped_at`, or `signed_at` without a stamp. `level` is what the file reaches by what is in it (ETSI EN
    319 142-1). `revocation` at that time, of the signer's certificates and the stamp's: "good", "revoked", or
    "missing" when the file does not hold what is needed to say. `changed_after`: something was added or
    rewritten since. `problem` is None when all is well, else one of too_large, unreadable, encrypted,
    not_signed, several_signatures, altered, changed_after, revoked, untrusted_time_stamp, untrusted,
    unacceptable. Missing revocation data is no problem by itself: at levels B-B and B-T it is never there.
    """

    intact: bool = False
    trusted: bool = False
    signer: str | None = None
    issuer: str | None = None
    signed_at: datetime | None = None
    level: SignatureLevel | None = None
    stamped_at: datetime | None = None
    stamped_by: str | None = None
    revocation: Revocation | None = None
    covers_whole_file: bool = False
    changed_after: bool = False
    problem: str | None = None


def _der_length(content: bytes) -> int:
    """The length in bytes of the DER value at the start (X.690, 8.1.3), 0 when there is none."""
    if len(content) < 2 or content[0] != 0x30:
        return 0
    size = content[1] & 0x7F
    if content[1] < 0x80:
        return 2 + content[1]
    return 2 + size + int.from_bytes(content[2 : 2 + size], "big")


def _one_way_only(gap: bytes) -> bool:
    """Whether the hex text holds one DER value and zeros, written in one case: room for nothing else."""
    try:
        content = binascii.unhexlify(gap[1:-1])
    except ValueError:
        return False
    length = _der_length(content)
    in_one_case = gap in {gap.upper(), gap.lower()}
    return in_one_case and 0 < length <= len(content) and not any(content[length:])


def _covers_all(pdf: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Whether every byte is signed but the signature's own hex text, which must hold nothing else.

    Stricter than a PDF reader: bytes could otherwise change unseen in the padding.
    """
    start, before, after, rest = (int(number) for number in signature.byte_range)
    gap = pdf[before:after]
    whole = start == 0 and after + rest == len(pdf) and gap[:1] == b"<" and gap[-1:] == b">"
    return whole and _one_way_only(gap)


class _Found(msgspec.Struct, frozen=True):
    """A signature's status, its stamp's time as the token says it, and whether revocation data covers both."""

    status: PdfSignatureStatus
    token_time: datetime | None
    vouched_for: bool

    @property
    def stamp_good(self) -> bool:
        """Whether a trusted authority vouches for the time."""
        stamp = self.status.timestamp_validity
        return stamp is not None and stamp.intact and stamp.valid and stamp.trusted

    @property
    def revocation(self) -> Revocation:
        """See `SignatureReport`."""
        stamp = self.status.timestamp_validity
        if self.status.revoked or (stamp is not None and stamp.revoked):
            return "revoked"
        return "good" if self.vouched_for else "missing"

    @property
    def level(self) -> SignatureLevel:
        """See `SignatureReport`."""
        if not self.stamp_good:
            return "PAdES-B-B"
        return "PAdES-B-LT" if self.revocation == "good" else "PAdES-B-T"


def _context(
    reader: PdfFileReader, signature: EmbeddedPdfSignature, trust_roots: bytes, **settings: Any
) -> ValidationContext:
    roots: list[x509.Certificate] = (
        list(load_certs_from_pemder_data(trust_roots)) if trust_roots.strip() else []
    )
    told = settings | {
        "trust_roots": roots,
        "other_certs": signature.other_embedded_certs,
        "allow_fetching": False,
        "retroactive_revinfo": True,  # an answer given after the signature says at least as much of it
    }
    if "/DSS" in reader.root:
        return DocumentSecurityStore.read_dss(reader).as_validation_context(told)
    return ValidationContext(**told, ocsps=[], crls=[])


def _validated(reader: PdfFileReader, signature: EmbeddedPdfSignature, trust_roots: bytes) -> _Found:
    """First with revocation data required of every certificate, then, where that fails, without."""
    token = next(iter(extract_tst_data_iter(signature.signer_info, signed=False)), None)
    token_time = token["encap_content_info"]["content"].parsed["gen_time"].native if token else None
    # Judged at the time of signing, never at the machine's own: a stack may live in another year.
    moment = token_time or signature.self_reported_timestamp
    for mode in ("require", "soft-fail"):
        context = _context(reader, signature, trust_roots, moment=moment, revocation_mode=mode)
        status = asyncio.run(async_validate_pdf_signature(signature, context))
        found = _Found(status, token_time, mode == "require")
        sound = status.intact and status.valid
        if not sound or (status.trusted and (token is None or found.stamp_good)):
            break
    return found


def _problem(found: _Found, *, changed: bool, covers: bool) -> str | None:
    status = found.status
    facts = {
        "changed_after": changed,
        "altered": not (status.intact and status.valid and covers),
        "revoked": found.revocation == "revoked",
        "untrusted_time_stamp": found.token_time is not None and not found.stamp_good,
        "untrusted": not status.trusted,
        "unacceptable": not status.bottom_line,
    }
    return next((name for name, met in facts.items() if met), None)


def _report(
    pdf: bytes, reader: PdfFileReader, signature: EmbeddedPdfSignature, trust_roots: bytes
) -> SignatureReport:
    found = _validated(reader, signature, trust_roots)
    status, stamp = found.status, found.status.timestamp_validity
    covers = _covers_all(pdf, signature)
    changed = int(signature.byte_range[2]) + int(signature.byte_range[3]) < len(pdf)
    certificate = signature.signer_cert
    return SignatureReport(
        intact=status.intact and status.valid,
        trusted=status.trusted,
        signer=certificate.subject.native.get("common_name"),
        issuer=certificate.issuer.native.get("common_name"),
        signed_at=signature.self_reported_timestamp,
        level=found.level,
        stamped_at=found.token_time,
        stamped_by=stamp.signing_cert.subject.native.get("common_name") if stamp else None,
        revocation=found.revocation,
        covers_whole_file=covers,
        changed_after=changed,
        problem=_problem(found, changed=changed, covers=covers),
    )


def _examined(pdf: bytes, trust_roots: bytes) -> SignatureReport:
    reader = PdfFileReader(BytesIO(pdf))
    if reader.encrypted:
        return SignatureReport(problem="encrypted")
    found = list(reader.embedded_signatures)
    if not found:
        return SignatureReport(problem="not_signed")
    if len(found) > 1:
        return SignatureReport(problem="several_signatures", changed_after=True)
    return _report(pdf, reader, found[0], trust_roots)


def examine(pdf: bytes, trust_roots: bytes) -> SignatureReport:
    """The report on any bytes; `trust_roots` is PEM, one or more certificates. Never raises on the file.

    A permit carries exactly one signature, over the whole file; anything more is reported as a problem.
    """
    if len(pdf) > _LARGEST:
        return SignatureReport(problem="too_large")
    try:
        return _examined(pdf, trust_roots)
    except Exception:  # a hostile file reaches every corner of a parser; what it broke there is no news
        return SignatureReport(problem="unreadable")

"""What a file's own signature is worth: the first layer of the public check.

Whatever bytes come in, a report comes out. Only a file that is covered by its signature to the last byte
passes: an annotation added later would leave other readers saying "valid".
"""

import asyncio
import binascii
import logging
from datetime import datetime
from io import BytesIO

import msgspec
from pyhanko.keys.pemder import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

# The library logs the subject of a strange certificate, which can hold a person's ID number.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)

_LARGEST = 10 * 1024 * 1024


class SignatureReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was found. `signed_at` is the signer's own claim: at level B-B nobody else vouches for it.

    `intact`: the signed bytes are the signer's. `trusted`: the certificate leads to a trusted root at
    `signed_at`. `changed_after`: something was added or rewritten since. `problem` is None when all is well,
    else one of too_large, unreadable, encrypted, not_signed, several_signatures, altered, changed_after,
    untrusted, unacceptable.
    """

    intact: bool = False
    trusted: bool = False
    signer: str | None = None
    issuer: str | None = None
    signed_at: datetime | None = None
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


def _validated(signature: EmbeddedPdfSignature, trust_roots: bytes) -> PdfSignatureStatus:
    roots = list(load_certs_from_pemder_data(trust_roots)) if trust_roots.strip() else []
    # Judged at the claimed time, without the network: a stack may live in another year.
    context = ValidationContext(
        trust_roots=roots,
        other_certs=signature.other_embedded_certs,
        moment=signature.self_reported_timestamp,
        allow_fetching=False,
    )
    return asyncio.run(async_validate_pdf_signature(signature, context))


def _problem(status: PdfSignatureStatus, *, changed: bool, covers: bool) -> str | None:
    facts = {
        "changed_after": changed,
        "altered": not (status.intact and status.valid and covers),
        "untrusted": not status.trusted,
        "unacceptable": not status.bottom_line,
    }
    return next((name for name, met in facts.items() if met), None)


def _report(pdf: bytes, signature: EmbeddedPdfSignature, trust_roots: bytes) -> SignatureReport:
    status = _validated(signature, trust_roots)
    covers = _covers_all(pdf, signature)
    changed = int(signature.byte_range[2]) + int(signature.byte_range[3]) < len(pdf)
    certificate = signature.signer_cert
    return SignatureReport(
        intact=status.intact and status.valid,
        trusted=status.trusted,
        signer=certificate.subject.native.get("common_name"),
        issuer=certificate.issuer.native.get("common_name"),
        signed_at=signature.self_reported_timestamp,
        covers_whole_file=covers,
        changed_after=changed,
        problem=_problem(status, changed=changed, covers=covers),
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
    return _report(pdf, found[0], trust_roots)


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

"""The file that came back: ours, with one good signature over all of it, and nothing else that counts."""

import asyncio
from io import BytesIO

import msgspec
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from chalicelib.permits.errors import SignedFileError
from chalicelib.permits.port import SignatureLevel
from chalicelib.permits.verification import SignatureReport, examine


class Returned(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in a file that passed."""

    report: SignatureReport
    level: SignatureLevel


def examined(sent: bytes, returned: bytes, trust_roots: bytes) -> Returned:
    """What is in the file, when it is the one that was sent with one signature by whom `trust_roots` (PEM) vouch.

    Bytes that follow the signed ones may only be what proves it for later years (PAdES B-LT: certificates,
    revocation, time stamps). Raises SignedFileError.
    """
    if not returned.startswith(sent) or len(returned) == len(sent):
        raise SignedFileError(why="not_our_file")
    try:
        reader = PdfFileReader(BytesIO(returned))
        signature = _only_signature(reader)
        end = int(signature.byte_range[2]) + int(signature.byte_range[3])
        added = _harmless_after(signature) if end < len(returned) else True
        level = _level(reader, signature)
    except SignedFileError:
        raise
    except Exception:  # a hostile file reaches every corner of a parser
        raise SignedFileError(why="unreadable") from None
    if end <= len(sent):
        raise SignedFileError(why="not_our_file")
    # The signed bytes are a whole file: as strict with it as with one of our own.
    report = examine(returned[:end], trust_roots)
    if report.problem:
        raise SignedFileError(why=report.problem)
    if not added or not returned.rstrip(b"\r\n").endswith(b"%%EOF"):
        raise SignedFileError(why="changed_after")
    return Returned(report=report, level=level)


def _only_signature(reader: PdfFileReader) -> EmbeddedPdfSignature:
    found: list[EmbeddedPdfSignature] = list(reader.embedded_regular_signatures)
    if len(found) != 1:
        raise SignedFileError(why="several_signatures" if found else "not_signed")
    if found[0].sig_object.get("/SubFilter") != "/ETSI.CAdES.detached":
        raise SignedFileError(why="not_pades")
    return found[0]


def _harmless_after(signature: EmbeddedPdfSignature) -> bool:
    """Whether what was added after the signature changes nothing that can be seen or filled in."""
    moment = signature.self_reported_timestamp
    context = ValidationContext(trust_roots=[], moment=moment, allow_fetching=False)
    status = asyncio.run(async_validate_pdf_signature(signature, context))
    level = status.modification_level
    return level is not None and level <= ModificationLevel.LTA_UPDATES


def _level(reader: PdfFileReader, signature: EmbeddedPdfSignature) -> SignatureLevel:
    stamped = any(
        attribute["type"].native == "signature_time_stamp_token"
        for attribute in signature.signer_info["unsigned_attrs"]
    )
    if not stamped:
        return "PAdES-B-B"
    if "/DSS" not in reader.root or not {"/CRLs", "/OCSPs"} & set(reader.root["/DSS"]):
        return "PAdES-B-T"
    return "PAdES-B-LTA" if reader.embedded_timestamp_signatures else "PAdES-B-LT"

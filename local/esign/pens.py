"""Signing as a provider does (PAdES B-LT: time stamp, certificates and revocation inside), and as none should."""

from collections.abc import Callable
from io import BytesIO
from typing import Literal

from pyhanko.keys.pemder import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from local.esign.pki import Pki

Level = Literal["B-B", "B-T", "B-LT"]


class Pen:
    """One person's certificate, with everything that proves it."""

    def __init__(self, pki: Pki, name: str) -> None:
        (self._root,) = load_certs_from_pemder_data(pki.root_der)
        roots = SimpleCertificateStore.from_certs([self._root])  # type: ignore[no-untyped-call]
        signer, stamper = pki.signer(name), pki.time_stamper()
        (own,), (stamps,) = (
            load_certs_from_pemder_data(signer.certificate),
            load_certs_from_pemder_data(stamper.certificate),
        )
        self._signer = SimpleSigner(own, load_private_key_from_pemder_data(signer.key, None), roots)
        self._stamper = DummyTimeStamper(stamps, load_private_key_from_pemder_data(stamper.key, None), roots)
        self._revoked = pki.revoked()

    def sign(self, pdf: bytes, level: Level = "B-LT", *, pades: bool = True, field: str = "Tanda1") -> bytes:
        """The file with one signature more, appended to its bytes."""
        proof = ValidationContext(trust_roots=[self._root], crls=[self._revoked], allow_fetching=False)
        metadata = PdfSignatureMetadata(
            field_name=field,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES if pades else SigSeedSubFilter.ADOBE_PKCS7_DETACHED,
            embed_validation_info=level == "B-LT",
            validation_context=proof if level == "B-LT" else None,
        )
        stamper = None if level == "B-B" else self._stamper
        signed: BytesIO = PdfSigner(metadata, self._signer, timestamper=stamper).sign_pdf(
            IncrementalPdfFileWriter(BytesIO(pdf))
        )
        return signed.getvalue()


def annotated(pdf: bytes) -> bytes:
    """The file with a note laid over its first page."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    page: generic.DictionaryObject = writer.root["/Pages"]["/Kids"][0]
    note = generic.DictionaryObject(  # type: ignore[no-untyped-call]
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (50, 50, 300, 90))),
            pdf_name("/Contents"): generic.TextStringObject("Nomor lain"),
        }
    )
    page[pdf_name("/Annots")] = generic.ArrayObject([writer.add_object(note)])
    writer.update_container(page)
    written = BytesIO()
    writer.write(written)  # type: ignore[no-untyped-call]
    return written.getvalue()


Turn = Callable[[bytes], bytes]
"""From the file that was sent to the one that comes back."""


def spoilt(pen: Pen, stranger: Pen) -> dict[str, Turn]:
    """Files that must not be taken, by name."""
    return {
        "unsigned": lambda pdf: pdf,
        "another_file": lambda pdf: pen.sign(pdf.replace(b"/Title", b"/Titel", 1)),
        "signed_twice": lambda pdf: pen.sign(pen.sign(pdf), field="Tanda2"),
        "annotated_after": lambda pdf: annotated(pen.sign(pdf)),
        "by_a_stranger": stranger.sign,
        "not_pades": lambda pdf: pen.sign(pdf, "B-T", pades=False),
        "one_bit_altered": lambda pdf: _flipped(pen.sign(pdf), len(pdf) + 200),
        "cut_short": lambda pdf: pen.sign(pdf)[: len(pdf) + 3000],
        "something_after": lambda pdf: pen.sign(pdf) + b"\n% lampiran\n",
    }


def _flipped(pdf: bytes, place: int) -> bytes:
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]

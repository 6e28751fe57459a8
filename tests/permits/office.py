"""A made-up office: one permit, one official, one key, and readers of what came out."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from typing import Any

import msgspec
import pypdfium2
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from chalicelib.permits.layout import render
from chalicelib.permits.passphrase import hash_passphrase
from chalicelib.permits.signing import SealSigner, SignedPermit
from chalicelib.permits.types import PermitContent, PermitRecord, SigningOfficial
from chalicelib.permits.wording import WIB
from local.authority import Authority, create_authority, open_authority

PASSPHRASE = "melati putih 17"  # noqa: S105 - of a made-up official
SIGNED_AT = datetime(2026, 11, 24, 10, 30, 15, tzinfo=WIB)
OFFICIAL = SigningOfficial(
    title="Kepala Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu Kabupaten Pasuruan",
    name="Bambang Hartono Contoh, S.Sos., M.Si.",
    rank="Pembina Utama Muda",
    official_id="19700101 199001 1 001",
)
PERMIT = PermitContent(
    permit_number="NIK/0012/424.086/2026",
    group_name="Sanggar Tari Melati Bromo",
    art_genre="Tari",
    leader_name="Ratna Wulandari Contoh",
    address="Dusun Krajan RT 02 RW 05",
    village="Podokoyo",
    sub_district="Tosari",
    founded_year=2011,
    member_count=24,
    valid_from=date(2026, 11, 24),
    valid_until=date(2028, 11, 23),
    place="Pasuruan",
    issued_on=date(2026, 11, 24),
    signer=OFFICIAL,
    legal_bases=(
        "Peraturan Contoh Nomor 1 Tahun 2020 tentang Kesenian",
        "Peraturan Contoh Nomor 2 Tahun 2021",
    ),
    check_url="https://siapmaslahat.pasuruankab.go.id/v/7K3MQ9ZT4B",
    signature_note="Dokumen contoh ini disegel dengan sertifikat uji coba.",
    log_note="Buku log: 12 entri, akar 5f2c.",
)
RECORD = PermitRecord(
    permit_number="NIK/0012/424.086/2026",
    check_code="7K3MQ9ZT4B",
    case_id="case-1",
    group_name="Sanggar Tari Melati Bromo",
    art_genre="Tari",
    sub_district="Tosari",
    leader_short="Ratna W. C.",
    issued_on=date(2026, 11, 24),
    valid_until=date(2028, 11, 23),
    signer_title=OFFICIAL.title,
    signer_name=OFFICIAL.name,
    signed_sha256="0" * 64,
    object_key="permits/contoh.pdf",
    version_id="v1",
)


def permit(**changes: Any) -> PermitContent:
    """The permit with some of its fields changed."""
    return msgspec.structs.replace(PERMIT, **changes)


@cache
def private_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def spki(key: rsa.RSAPrivateKey) -> bytes:
    return key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def sign_bytes(data: bytes) -> bytes:
    return private_key().sign(data, padding.PKCS1v15(), hashes.SHA256())


@cache
def authority() -> Authority:
    """Certifies the official's key, and answers nobody: permits signed under it are of level B-B."""
    return create_authority(spki(private_key()), OFFICIAL.name, "Kepala Dinas", now=lambda: SIGNED_AT)


@cache
def passphrase_record() -> str:
    return hash_passphrase(PASSPHRASE, os.urandom(16))


def seal(**changes: Any) -> SealSigner:
    """The official's signer, with some of its settings changed."""
    settings: dict[str, Any] = {
        "sign_bytes": sign_bytes,
        "chain_pem": authority().chain,
        "passphrase_record": passphrase_record(),
    }
    return SealSigner(**(settings | changes))


@cache
def signed_permit() -> SignedPermit:
    return seal().sign(render(PERMIT), SIGNED_AT, PASSPHRASE)


@contextmanager
def stamping_authority(
    now: Callable[[], datetime] = lambda: SIGNED_AT, **changes: Any
) -> Iterator[Authority]:
    """One that stamps and answers on this machine while open."""
    with open_authority(spki(private_key()), OFFICIAL.name, "Kepala Dinas", now=now, **changes) as opened:
        yield opened


def stamping_seal(opened: Authority, **changes: Any) -> SealSigner:
    """The official's signer under that authority: level B-LT."""
    return seal(**({"chain_pem": opened.chain, "time_stamp_url": opened.time_stamp_url} | changes))


def squeezed(text: str) -> str:
    """Without blanks, and with pdfium's mark for a hyphen at a line's end turned back."""
    return "".join(text.replace("\x02", "-").replace("\ufffe", "-").split())


def text_of(pdf: bytes) -> str:
    """All text of all pages, squeezed, so that line breaks do not matter."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return squeezed("".join(pages))

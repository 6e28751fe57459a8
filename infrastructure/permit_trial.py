"""Signs a permit and examines it, altered too, with what the packages hold: the packager runs this file.

It runs in the packager's isolated interpreter, so that nothing that was left out of the layer is missed on AWS first.
"""

from datetime import UTC, date, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from chalicelib.permits.layout import render
from chalicelib.permits.passphrase import hash_passphrase
from chalicelib.permits.signing import SealSigner
from chalicelib.permits.types import PermitContent, SigningOfficial
from chalicelib.permits.verification import examine

_AT = datetime(2026, 11, 24, 3, 30, tzinfo=UTC)
_CONTENT = PermitContent(
    permit_number="NIK/0000/424.086/2026",
    group_name="Sanggar Contoh",
    art_genre="Tari",
    leader_name="Contoh",
    address="Dusun Contoh",
    village="Contoh",
    sub_district="Tosari",
    founded_year=None,
    member_count=1,
    valid_from=date(2026, 11, 24),
    valid_until=date(2028, 11, 23),
    place="Pasuruan",
    issued_on=date(2026, 11, 24),
    signer=SigningOfficial(title="Kepala", name="Contoh", rank="Contoh", official_id="0"),
    legal_bases=("Contoh",),
    check_url="https://contoh.id/v/0000000000",
    signature_note="Contoh",
)


def main() -> None:
    """Raises when anything is missing, or when an altered file passes."""
    key = rsa.generate_private_key(65537, 2048)
    signer = SealSigner(
        sign_bytes=lambda data: key.sign(data, padding.PKCS1v15(), hashes.SHA256()),
        chain_pem=_certificate(key),
        passphrase_record=hash_passphrase("contoh", bytes(16)),
    )
    signed = signer.sign(render(_CONTENT), _AT, "contoh").pdf  # examines what it made
    told = [examine(file, _certificate(key)).problem for file in (signed + b"\n", signed[:-9], signed[:9000])]
    if None in told or "changed_after" not in told:
        raise SystemExit(f"altered permits were told to be {told}")


def _certificate(key: rsa.RSAPrivateKey) -> bytes:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Contoh")])
    usage = x509.KeyUsage(True, True, False, False, False, True, False, False, False)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(_AT - timedelta(days=1))
        .not_valid_after(_AT + timedelta(days=1))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM)


if __name__ == "__main__":
    main()

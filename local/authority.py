"""A certificate authority for one machine and for tests: NOT CERTIFIED, and its names say so.

Pure functions: what they return is stored by the caller. Dates are wide because a local stack runs with a
simulated clock; no certificate of an Indonesian provider would be like that.
"""

from datetime import UTC, datetime
from typing import cast

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

ROOT_NAME = "Sanggar CA Uji Coba (tidak tersertifikasi / not certified)"
_FROM = datetime(2000, 1, 1, tzinfo=UTC)
_UNTIL = datetime(2100, 12, 31, 23, 59, 59, tzinfo=UTC)
_OFFICE = "Pemerintah Kabupaten Pasuruan (uji coba)"


class Authority(msgspec.Struct, frozen=True):
    """The root: its private key (PKCS#8, PEM, unencrypted) and its self-signed certificate (PEM)."""

    private_key: bytes
    certificate: bytes


def _name(common_name: str, title: str | None = None) -> x509.Name:
    given = [
        (NameOID.COUNTRY_NAME, "ID"),
        (NameOID.ORGANIZATION_NAME, _OFFICE),
        (NameOID.TITLE, title),
        (NameOID.COMMON_NAME, common_name),
    ]
    # X.520 allows 64 characters of each; a longer one would be refused by strict readers.
    return x509.Name([x509.NameAttribute(oid, text[:64]) for oid, text in given if text])


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _begin(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey, *, root: bool
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
        .add_extension(x509.BasicConstraints(ca=root, path_length=0 if root else None), critical=True)
        .add_extension(_usage(signs_certificates=root), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def create_authority(name: str = ROOT_NAME) -> Authority:
    """A new root with a P-256 key, valid from 2000 to 2100; it may certify signers only, no further CA."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _name(name)
    certificate = _begin(subject, subject, key.public_key(), root=True).sign(key, hashes.SHA256())
    kept = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return Authority(kept, certificate.public_bytes(serialization.Encoding.PEM))


def certify(authority: Authority, public_key: bytes, official_name: str, official_title: str) -> bytes:
    """The chain (PEM, the official's certificate first, then the root) for a key known by its public half.

    `public_key` is DER SubjectPublicKeyInfo, as KMS GetPublicKey returns it. Raises ValueError when it is
    neither an RSA nor an elliptic-curve key.
    """
    key = serialization.load_der_public_key(public_key)
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise ValueError("only RSA and elliptic-curve keys are certified here")
    root = x509.load_pem_x509_certificate(authority.certificate)
    root_key = serialization.load_pem_private_key(authority.private_key, password=None)
    issued = _begin(_name(official_name, official_title), root.subject, key, root=False).add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(
            root.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        ),
        critical=False,
    )
    certificate = issued.sign(cast(ec.EllipticCurvePrivateKey, root_key), hashes.SHA256())
    return certificate.public_bytes(serialization.Encoding.PEM) + authority.certificate

"""Certificates of one machine: a root, a signer, a time stamper, a web server, and what was revoked (nothing)."""

import ipaddress
from datetime import UTC, datetime

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

ROOT_NAME = "Sanggar CA Uji Coba untuk layanan TTE (tidak tersertifikasi)"
# Wide, because a local stack runs with a simulated clock.
_FROM, _UNTIL = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 12, 31, tzinfo=UTC)
_DER, _PEM = serialization.Encoding.DER, serialization.Encoding.PEM


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate and its private key (PKCS#8), both as DER."""

    certificate: bytes
    key: bytes

    @property
    def pem(self) -> bytes:
        """Certificate and key as PEM."""
        key = serialization.load_der_private_key(self.key, None)
        plain = key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        return x509.load_der_x509_certificate(self.certificate).public_bytes(_PEM) + plain


class Pki:
    """A root of its own, made at once; everything else when it is asked for."""

    def __init__(self, root_name: str = ROOT_NAME) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _name(root_name)
        made = _begin(self._name, self._name, self._key.public_key())
        made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        self._root = made.add_extension(_usage(ca=True), critical=True).sign(self._key, hashes.SHA256())

    @property
    def root_pem(self) -> bytes:
        """The root, as PEM."""
        return self._root.public_bytes(_PEM)

    @property
    def root_der(self) -> bytes:
        """The root, as DER."""
        return self._root.public_bytes(_DER)

    def signer(self, name: str) -> Held:
        """A person who may sign; RSA, as BSrE's are."""
        key = rsa.generate_private_key(65537, 2048)
        return self._certified(name, key, _usage(ca=False))

    def time_stamper(self) -> Held:
        """Who vouches for a time."""
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        key = rsa.generate_private_key(65537, 2048)
        return self._certified("Penanda waktu uji coba", key, _usage(ca=False), (purpose, True))

    def web_server(self, address: str) -> Held:
        """The service itself, at an IP address."""
        place = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
        key = rsa.generate_private_key(65537, 2048)
        return self._certified("Layanan TTE uji coba", key, _usage(ca=False), (place, False))

    def revoked(self) -> bytes:
        """The list of what was revoked, which is empty, as DER."""
        builder = x509.CertificateRevocationListBuilder().issuer_name(self._name)
        builder = builder.last_update(_FROM).next_update(_UNTIL)
        builder = builder.add_extension(x509.CRLNumber(1), critical=False)
        return builder.sign(self._key, hashes.SHA256()).public_bytes(_DER)

    def _certified(
        self,
        name: str,
        key: rsa.RSAPrivateKey,
        usage: x509.KeyUsage,
        *more: tuple[x509.ExtensionType, bool],
    ) -> Held:
        made = _begin(_name(name), self._name, key.public_key()).add_extension(usage, critical=True)
        made = made.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        identifier = x509.SubjectKeyIdentifier.from_public_key(self._key.public_key())
        issuer = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier)
        made = made.add_extension(issuer, critical=False)
        for extension, critical in more:
            made = made.add_extension(extension, critical=critical)
        return Held(
            certificate=made.sign(self._key, hashes.SHA256()).public_bytes(_DER),
            key=key.private_bytes(_DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
        )


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name[:64]),
        ]
    )


def _begin(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*, ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=not ca,
        key_cert_sign=ca,
        crl_sign=ca,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )

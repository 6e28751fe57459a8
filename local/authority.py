"""A public key infrastructure for one machine and for tests: NOT CERTIFIED, and its names say so.

One root certifies a key known by its public half, a time-stamp authority and an OCSP responder (certomancer).
Dates are wide because a local stack runs with a simulated clock; no certificate of an Indonesian provider would
be like that. Stamps end with 2049: certomancer writes their time as a UTCTime.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from asn1crypto import pem
from certomancer.integrations.animator import Animator, AnimatorArchStore
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, PKIArchitecture
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request

ROOT_NAME = "Sanggar CA Uji Coba (tidak tersertifikasi / not certified)"
STAMPER_NAME = "Sanggar Stempel Waktu Uji Coba (tidak tersertifikasi)"
HOST = "127.0.0.1"
_VALIDITY = {"valid-from": "2000-01-01T00:00:00+0000", "valid-to": "2100-12-31T23:59:59+0000"}
_ARCH = "uji-coba"
_PARTS = ("root", "stamper", "responder")
_STAMP_USE = {"id": "extended_key_usage", "critical": True, "value": ["time_stamping"]}

Now = Callable[[], datetime]


class Authority:
    """The infrastructure around one key. `now` is the clock by which it stamps and answers."""

    def __init__(self, architecture: PKIArchitecture, address: str, now: Now) -> None:
        self._architecture = architecture
        self.time_stamp_url = f"{address}/{_ARCH}/tsa/stamper"
        self.application = _Services(architecture, now)

    @property
    def certificate(self) -> bytes:
        """The root (PEM)."""
        return self._pem("root")

    @property
    def chain(self) -> bytes:
        """The certified key's certificate first, then the root (PEM)."""
        return self._pem("signer") + self._pem("root")

    def _pem(self, label: str) -> bytes:
        armoured: bytes = pem.armor("CERTIFICATE", self._architecture.get_cert(CertLabel(label)).dump())
        return armoured


class _Services(Animator):
    """certomancer's own web services, by a clock of ours."""

    def __init__(self, architecture: PKIArchitecture, now: Now) -> None:
        store = AnimatorArchStore({ArchLabel(_ARCH): architecture})
        super().__init__(store, with_web_ui=False, allow_time_override=False)
        self._now = now

    def at_time(self, request: Request) -> datetime:  # noqa: ARG002 - certomancer's own signature
        """The moment of a stamp or an answer, in whole seconds as in the certificates."""
        return self._now().replace(microsecond=0)


def create_authority(
    public_key: bytes,
    name: str,
    title: str,
    *,
    now: Now,
    address: str = "",
    revoked_since: datetime | None = None,
) -> Authority:
    """A new infrastructure for a key that KMS GetPublicKey tells (DER SubjectPublicKeyInfo).

    With an `address` (http://host:port) certificates name the OCSP responder and the list of revoked
    certificates there; `revoked_since` puts the key's certificate onto that list. Raises ValueError for a key
    that is neither RSA nor on an elliptic curve.
    """
    key = serialization.load_der_public_key(public_key)
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise ValueError("only RSA and elliptic-curve keys are certified here")
    with TemporaryDirectory() as folder:
        keys = _written(Path(folder), public_key)
        plan = _plan(keys, {"common-name": name[:64], "title": title[:64]}, address, revoked_since)
        architecture = CertomancerConfig(plan, key_search_dir=folder).get_pki_arch(ArchLabel(_ARCH))
    return Authority(architecture, address, now)


@contextmanager
def open_authority(
    public_key: bytes, name: str, title: str, *, now: Now, revoked_since: datetime | None = None
) -> Iterator[Authority]:
    """An infrastructure that answers on a free port of this machine while open; see `create_authority`."""
    server = make_server(HOST, 0, _nothing_yet, threaded=True, request_handler=_Quiet)
    address = f"http://{HOST}:{server.server_port}"
    authority = create_authority(
        public_key, name, title, now=now, address=address, revoked_since=revoked_since
    )
    server.app = authority.application  # its certificates name the port, which is known only now
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Says nothing: four questions a permit would hide what matters."""


def _nothing_yet(_environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    start_response("503 Service Unavailable", [])
    return []


def _written(folder: Path, public_key: bytes) -> dict[str, dict[str, Any]]:
    """certomancer reads keys from files: they are read at once, and the files are gone after that."""
    (folder / "signer.der").write_bytes(public_key)
    for part in _PARTS:
        key = ec.generate_private_key(ec.SECP256R1())
        (folder / f"{part}.der").write_bytes(
            key.private_bytes(
                serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
    return {"signer": {"path": "signer.der", "public-only": True}} | {
        part: {"path": f"{part}.der"} for part in _PARTS
    }


def _plan(
    keys: Mapping[str, Any], signer: Mapping[str, str], address: str, revoked_since: datetime | None
) -> dict[str, Any]:
    """The infrastructure as certomancer's configuration."""
    asked_at = {"crl-repo": "revoked", "ocsp-service": "responder"} if address else {}
    revocation = {"revocation": {"revoked-since": revoked_since.isoformat()}} if revoked_since else {}
    issued = {"issuer": "root", "validity": _VALIDITY}
    return {
        "external-url-prefix": address,
        "keysets": {_ARCH: {"keys": dict(keys)}},
        "pki-architectures": {
            _ARCH: {
                "entity-defaults": {
                    "country-name": "ID",
                    "organization-name": "Pemerintah Kabupaten Pasuruan (uji coba)",
                },
                "entities": {
                    "root": {"common-name": ROOT_NAME},
                    "signer": dict(signer),
                    "stamper": {"common-name": STAMPER_NAME},
                    "responder": {"common-name": "Sanggar OCSP Uji Coba (tidak tersertifikasi)"},
                },
                "certs": {
                    "root": issued
                    | {"profiles": [{"id": "simple-ca", "params": asked_at | {"max-path-len": 0}}]},
                    "signer": issued | revocation | {"profiles": ["digsig-commitment"]},
                    "stamper": issued | {"profiles": ["digsig-commitment"], "extensions": [_STAMP_USE]},
                    "responder": issued | {"profiles": ["ocsp-responder"]},
                },
                "services": _services(),
            }
        },
    }


def _services() -> dict[str, Any]:
    # A day of grace: the clock of a hastened stack leaps minutes between an answer and the signature.
    return {
        "ocsp": {
            "responder": {"for-issuer": "root", "responder-cert": "responder", "validity-period": {"days": 1}}
        },
        "crl-repo": {"revoked": {"for-issuer": "root", "simulated-update-schedule": "P7D"}},
        "time-stamping": {"stamper": {"signing-cert": "stamper"}},
    }

"""One service for all tests of the client: it really answers over TLS and really signs."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

import pytest

from chalicelib.bsre.signer import BsreSigner, client_of, kept_access
from chalicelib.permits.layout import render
from chalicelib.permits.port import SignedPermit
from chalicelib.sealed import Sealed
from local.esign.person import Person
from local.esign.service import EsignService
from tests.permits.office import PERMIT

FORMS = pytest.mark.parametrize("form", ["v1", "v2"])
AT = datetime(2026, 11, 24, 3, 30, tzinfo=UTC)

HEAD = Person(
    national_id="3514990101700001",
    email="kepala@kantor.contoh.id",
    passphrase="melati & jalan=17 ünïk",  # noqa: S106 - of a made-up official
    name="Bambang Hartono Contoh",
)


@pytest.fixture(scope="session")
def _service() -> Iterator[EsignService]:
    service = EsignService([HEAD])
    with service.running():
        yield service


@pytest.fixture
def service(_service: EsignService) -> EsignService:
    """The service in a good mood."""
    _service.well()
    return _service


def signer_at(
    service: EsignService, form: str, *, signer_id: str = HEAD.national_id, seconds: float = 8, url: str = ""
) -> BsreSigner:
    """The head's way to sign there, by that form of the interface."""
    kept = kept_access(service.secret())
    return BsreSigner(
        client=client_of(form, url or service.url, kept),
        signer_id=Sealed(signer_id.encode()),
        trust_roots=kept.trust_roots.encode(),
        seconds=seconds,
    )


@cache
def unsigned() -> bytes:
    """The permit as it is laid out."""
    return render(PERMIT)


def sign(signer: BsreSigner, passphrase: str = HEAD.passphrase) -> SignedPermit:
    """That permit signed."""
    return signer.sign(unsigned(), AT, passphrase)

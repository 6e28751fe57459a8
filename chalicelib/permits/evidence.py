"""What others vouch for in a signature: the time it was made, and that its certificates were good at that time.

The addresses come from the certificates themselves (RFC 5280, 4.2.1.13 and 4.2.2.1); a certificate that names
both is asked for by OCSP. Whatever was answered is believed by nobody here: pyHanko checks it before it signs.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from asn1crypto import cms, core, crl, ocsp, tsp, x509
from pyhanko.sign.timestamps.api import TimeStamper

from chalicelib.permits.asking import Asker
from chalicelib.permits.errors import SigningServiceError

Answer: TypeAlias = ocsp.OCSPResponse | crl.CertificateList


class _StampAnswer(core.Sequence):  # type: ignore[misc]
    """RFC 3161, 2.4.2: a refusal brings no token, which asn1crypto's own type demands."""

    _fields = [("status", tsp.PKIStatusInfo), ("token", cms.ContentInfo, {"optional": True})]  # noqa: RUF012


class Stamper(TimeStamper):
    """pyHanko's client of a time-stamp authority (RFC 3161) with our way of asking."""

    def __init__(self, url: str, asker: Asker) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._url = url
        self._asker = asker

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """The token for a digest, once it is one for this digest and this question.

        Raises SigningServiceError. (pyHanko's own check of the nonce breaks on a wrong one.)
        """
        questions: Any = self  # the library's methods carry no types
        nonce, request = questions.request_cms(message_digest, md_algorithm)
        answer = self._asker.ask("time_stamp", self._url, request.dump())
        try:
            told = _StampAnswer.load(answer, strict=True)
            if told["status"]["status"].native not in {"granted", "granted_with_mods"}:
                raise SigningServiceError(why="time_stamp_refused")
            token = told["token"]
            info = token["content"]["encap_content_info"]["content"].parsed
            stamped = (info["nonce"].native, info["message_imprint"]["hashed_message"].native)
        except (ValueError, TypeError, KeyError):
            raise SigningServiceError(why="time_stamp_answer_invalid") from None
        if stamped != (nonce, message_digest):
            raise SigningServiceError(why="time_stamp_of_something_else")
        return token


def names_revocation(certificate: x509.Certificate) -> bool:
    """Whether a certificate says where its revocation is told."""
    return bool(certificate.ocsp_urls or _crl_urls(certificate))


def certificates_of(token: cms.ContentInfo) -> list[x509.Certificate]:
    """Those that a time stamp brings with it."""
    return [one.chosen for one in token["content"]["certificates"] if one.name == "certificate"]


def revocation_data(certificates: Iterable[x509.Certificate], asker: Asker) -> list[Answer]:
    """What the services say of all certificates but the roots; each list of revoked ones is fetched once.

    Raises SigningServiceError; its `why` is "issuer_missing" when a certificate's issuer is not among them.
    """
    known = {one.issuer_serial: one for one in certificates}
    issued = [one for one in known.values() if not one.self_issued]
    responses: list[Answer] = [
        _status(one, _issuer(one, list(known.values())), asker) for one in issued if one.ocsp_urls
    ]
    lists = dict.fromkeys(url for one in issued if not one.ocsp_urls for url in _crl_urls(one)[:1])
    return responses + [_list(url, asker) for url in lists]


def _crl_urls(certificate: x509.Certificate) -> list[str]:
    return [point.url for point in certificate.crl_distribution_points if point.url]


def _issuer(certificate: x509.Certificate, known: Sequence[x509.Certificate]) -> x509.Certificate:
    for one in known:
        if one.subject == certificate.issuer and one.ca:
            return one
    raise SigningServiceError(why="issuer_missing")


def _status(certificate: x509.Certificate, issuer: x509.Certificate, asker: Asker) -> ocsp.OCSPResponse:
    asked_for = {
        "hash_algorithm": {
            "algorithm": "sha1"
        },  # names the issuer, protects nothing; every responder knows it
        "issuer_name_hash": issuer.subject.sha1,
        "issuer_key_hash": issuer.public_key.sha1,
        "serial_number": certificate.serial_number,
    }
    request = ocsp.OCSPRequest({"tbs_request": {"request_list": [{"req_cert": asked_for}]}})
    try:
        told = ocsp.OCSPResponse.load(
            asker.ask("ocsp", certificate.ocsp_urls[0], request.dump()), strict=True
        )
        if told["response_status"].native != "successful":
            raise SigningServiceError(why="ocsp_refused")
    except ValueError:
        raise SigningServiceError(why="ocsp_answer_invalid") from None
    return told


def _list(url: str, asker: Asker) -> crl.CertificateList:
    try:
        told = crl.CertificateList.load(asker.ask("crl", url), strict=True)
        told["tbs_cert_list"]["this_update"].native  # noqa: B018 - asn1crypto reads late: what is no list says so here
    except ValueError:
        raise SigningServiceError(why="crl_answer_invalid") from None
    return told

"""What the service says, as our own named errors. Its texts are never kept: they can name the signer.

Codes and shapes are those that public clients of the interface expect: 2031 a wrong passphrase, 2011 and 1110 a
signer it does not know, 1111 one that it does. An older form puts the code into the text.
"""

import binascii
import re
from base64 import b64decode
from typing import Any

import msgspec

from chalicelib.bsre.line import Answer
from chalicelib.errors import Fault
from chalicelib.permits import errors

NOT_ACTIVE: dict[str, type[errors.SignerNotActiveError]] = {
    "EXPIRED": errors.SignerExpiredError,
    "RENEW": errors.SignerRenewingError,
    "WAITING_FOR_VERIFICATION": errors.SignerWaitingError,
    "NEW": errors.SignerNewError,
    "NO_CERTIFICATE": errors.SignerWithoutCertificateError,
    "NOT_REGISTERED": errors.SignerNotRegisteredError,
    "SUSPEND": errors.SignerSuspendedError,
    "REVOKE": errors.SignerRevokedError,
}
"""Every status of a signer but ISSUE, which is the one that can sign."""
_NUMBERS = {1110: "NOT_REGISTERED", 2011: "NOT_REGISTERED", 2031: "PASSPHRASE"}
_SAID = (
    ("PASSPHRASE", re.compile(r"passphrase.*(salah|wrong|invalid|incorrect|tidak (sesuai|cocok))")),
    ("NOT_REGISTERED", re.compile(r"(user|pengguna|nik|email).*(tidak|belum|not) (terdaftar|registered)")),
)
_NUMBER_IN_TEXT = re.compile(r"(?<!\d)([12]\d{3})(?!\d)")
_UNKNOWN_OUTCOME = frozenset({500, 502, 504})
"""A gateway's answers: what stands behind it may have signed all the same."""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """An answer in JSON: `meaning` is a key of `NOT_ACTIVE`, ISSUE, PASSPHRASE or "", `number` the service's code."""

    meaning: str = ""
    number: int = 0
    files: tuple[bytes, ...] = ()
    document: str = ""


def read(answer: Answer) -> Said | None:
    """What an answer in JSON says; None when it is no JSON object. Never raises."""
    try:
        told = msgspec.json.decode(answer.body)
    except (msgspec.DecodeError, RecursionError):
        return None
    if not isinstance(told, dict):
        return None
    number = next((n for n in (_number(told.get(key)) for key in ("status_code", "code")) if n), 0)
    document = told.get("id_dokumen")
    known = isinstance(document, str) and re.fullmatch(r"[A-Za-z0-9._-]{1,100}", document)
    return Said(
        meaning=_meaning(told, number),
        number=number,
        files=_files(told),
        document=str(document) if known else answer.document,
    )


def signed_file(answer: Answer) -> bytes:
    """The PDF in an answer to a request to sign.

    A status of 200 proves nothing: it can carry an error in JSON. Raises PassphraseError, SignerNotActiveError,
    SigningServiceError and SigningOutcomeUnknownError.
    """
    if answer.status == 200 and answer.body.startswith(b"%PDF"):
        return answer.body
    said = read(answer)
    if answer.status == 200 and said and len(said.files) == 1 and said.files[0].startswith(b"%PDF"):
        return said.files[0]
    document = said.document if said else answer.document
    fault = refusal(answer, said)
    if fault is None or (answer.status == 200 and said and said.files):
        raise errors.SigningOutcomeUnknownError(why="no_file", status=answer.status, document=document)
    raise fault


def standing(answer: Answer) -> None:
    """Nothing, when the status of a signer is ISSUE or a word that we do not know: signing itself then decides.

    Raises SignerNotActiveError and SigningServiceError.
    """
    said = read(answer)
    if said and said.meaning in NOT_ACTIVE:
        raise NOT_ACTIVE[said.meaning]
    if answer.status != 200:
        raise _by_status(answer.status) or errors.SigningServiceError(why=f"status_{answer.status}")
    if said is None:
        raise errors.SigningServiceError(why="no_json")


def refusal(answer: Answer, said: Said | None) -> Fault | None:
    """Why the service signed nothing; None when it is not sure that it did not."""
    if said and said.meaning == "PASSPHRASE":
        return errors.PassphraseError()
    if said and said.meaning in NOT_ACTIVE:
        return NOT_ACTIVE[said.meaning]()
    by_status = _by_status(answer.status)
    if by_status or said is None:
        return by_status
    told_an_error = said.number not in (0, 200) or answer.status >= 400
    if answer.status in _UNKNOWN_OUTCOME or not told_an_error:
        return None
    return errors.SigningRefusedError(number=said.number or answer.status)


def _by_status(status: int) -> errors.SigningServiceError | None:
    if status in (401, 403):
        return errors.SigningAccountError()
    if 300 <= status < 400:
        return errors.SigningServiceError(why="redirected")
    if status in (404, 405, 429, 503):
        return errors.SigningServiceError(why=f"status_{status}")
    return None


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return 0
    text = str(value)
    return int(text) if re.fullmatch(r"\d{1,6}", text) else 0


def _meaning(told: dict[str, Any], number: int) -> str:
    """By the code first, then by the name of a status, then by the text; in the text a code counts before words."""
    if number == 1111:
        return _named(told) or "ISSUE"
    if number in _NUMBERS:
        return _NUMBERS[number]
    return _named(told) or _in_text(told)


def _named(told: dict[str, Any]) -> str:
    data = told.get("data")
    places = [told, data] if isinstance(data, dict) else [told]
    for place in places:
        for key in ("status", "user_status", "message"):
            value = place.get(key)
            if isinstance(value, str) and (value in NOT_ACTIVE or value == "ISSUE"):
                return value
    return ""


def _in_text(told: dict[str, Any]) -> str:
    texts = [told[key] for key in ("error", "message", "msg") if isinstance(told.get(key), str)]
    for text in texts:
        for found in _NUMBER_IN_TEXT.findall(text[:2000]):
            if int(found) in _NUMBERS:
                return _NUMBERS[int(found)]
    for text in texts:
        for meaning, pattern in _SAID:
            if pattern.search(text[:2000].lower()):
                return meaning
    return ""


def _files(told: dict[str, Any]) -> tuple[bytes, ...]:
    one, several = told.get("base64_signed_file"), told.get("file")
    given = [one] if one else several if isinstance(several, list) else []
    return tuple(_decoded(text) for text in given if isinstance(text, str))


def _decoded(text: str) -> bytes:
    try:
        return b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""

"""The two forms of the interface: version 1 (multipart, by ID number) and version 2 (JSON, also by mail address)."""

import re
from base64 import b64encode
from typing import Protocol
from urllib.parse import quote

import msgspec
from urllib3 import encode_multipart_formdata

from chalicelib.bsre import wire
from chalicelib.bsre.line import Answer, Budget, Line, LostError
from chalicelib.permits.errors import (
    SignerIdMissingError,
    SigningOutcomeUnknownError,
    SigningServiceError,
)
from chalicelib.permits.wording import phrases
from chalicelib.sealed import Sealed

_STATUS_SECONDS = 5.0
_FETCH_SECONDS = 4.0
"""What is put aside to fetch a file whose answer was lost."""
_NATIONAL_ID = re.compile(r"\d{16}", re.ASCII)
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")


class Client(Protocol):
    """One form of the interface. `signer_id` is the national ID number or mail address that BSrE knows."""

    def standing(self, signer_id: Sealed, budget: Budget) -> None:
        """Nothing, when the signer can sign. Raises SignerNotActiveError and SigningServiceError."""
        ...

    def sign(self, pdf: bytes, signer_id: Sealed, passphrase: str, budget: Budget) -> bytes:
        """The signed file, unexamined. Raises what `wire.signed_file` raises."""
        ...


class V1:
    """`/api/sign/pdf` and its like."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def standing(self, signer_id: Sealed, budget: Budget) -> None:
        """See `Client`. The ID number stands in the address: the interface wants it so."""
        path = f"/api/user/status/{quote(_national_id(signer_id), safe='')}"
        wire.standing(_asked_status(self._line, "GET", path, budget))

    def sign(self, pdf: bytes, signer_id: Sealed, passphrase: str, budget: Budget) -> bytes:
        """See `Client`. A file whose answer was lost is fetched, when its id was heard: that signs nothing again."""
        words = phrases("signing")
        body, content_type = encode_multipart_formdata(
            {
                "file": ("permit.pdf", pdf, "application/pdf"),
                "nik": _national_id(signer_id),
                "passphrase": passphrase,
                "tampilan": "invisible",
                "reason": words["reason"],
                "location": words["location"],
            }
        )
        seconds = budget.left(keep=_FETCH_SECONDS)
        try:
            return wire.signed_file(self._line.ask("POST", "/api/sign/pdf", seconds, body, content_type))
        except LostError as lost:
            unknown = SigningOutcomeUnknownError(why=lost.why, document=lost.document)
        except SigningOutcomeUnknownError as error:
            unknown = error
        return self._fetched(unknown, budget)

    def _fetched(self, unknown: SigningOutcomeUnknownError, budget: Budget) -> bytes:
        document = str(unknown.facts.get("document", ""))
        if not document:
            raise unknown
        try:
            answer = self._line.ask("GET", f"/api/sign/download/{document}", budget.left())
        except (LostError, SigningServiceError):
            raise unknown from None
        if answer.status != 200 or not answer.body.startswith(b"%PDF"):
            raise unknown
        return answer.body


class V2:
    """`/api/v2/sign/pdf` and its like."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def standing(self, signer_id: Sealed, budget: Budget) -> None:
        """See `Client`."""
        body = msgspec.json.encode(_who(signer_id))
        wire.standing(_asked_status(self._line, "POST", "/api/v2/user/check/status", budget, body))

    def sign(self, pdf: bytes, signer_id: Sealed, passphrase: str, budget: Budget) -> bytes:
        """See `Client`. This form tells no id by which a lost file could be fetched."""
        words = phrases("signing")
        look = {"tampilan": "INVISIBLE", "reason": words["reason"], "location": words["location"]}
        body = msgspec.json.encode(
            {
                **_who(signer_id),
                "passphrase": passphrase,
                "signatureProperties": [look],
                "file": [b64encode(pdf).decode()],
            }
        )
        try:
            answer = self._line.ask("POST", "/api/v2/sign/pdf", budget.left(), body, "application/json")
        except LostError as lost:
            raise SigningOutcomeUnknownError(why=lost.why, document=lost.document) from None
        return wire.signed_file(answer)


def _asked_status(line: Line, method: str, path: str, budget: Budget, body: bytes | None = None) -> Answer:
    """Asking changes nothing, so a lost answer is only a service that is down."""
    seconds = budget.left(most=_STATUS_SECONDS)
    try:
        return line.ask(
            "POST" if method == "POST" else "GET", path, seconds, body, "application/json" if body else ""
        )
    except LostError as lost:
        raise SigningServiceError(why=lost.why) from None


def _national_id(signer_id: Sealed) -> str:
    told = signer_id.reveal().decode()
    if not _NATIONAL_ID.fullmatch(told):
        raise SignerIdMissingError
    return told


def _who(signer_id: Sealed) -> dict[str, str]:
    told = signer_id.reveal().decode()
    if _NATIONAL_ID.fullmatch(told):
        return {"nik": told}
    if _ADDRESS.fullmatch(told):
        return {"email": told}
    raise SignerIdMissingError

"""Errors as problem documents (RFC 9457): one table from a code to a status and a sentence."""

from datetime import datetime
from typing import Any

import msgspec

from chalicelib.errors import Fault, InvalidInputError
from chalicelib.texts import told_fault
from chalicelib.worktime.calendar import office_zone

MEDIA_TYPE = "application/problem+json"


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A problem document. `detail` is Indonesian; `instance` numbers an incident of ours; `facts` by code."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    detail_en: str
    facts: dict[str, Any]
    instance: str | None = None


class MethodNotAllowedError(Fault):
    """The address exists, but not for this method."""

    code = "method_not_allowed"


class MediaTypeError(Fault):
    """The body is not JSON."""

    code = "unsupported_media_type"


class SessionMissingError(Fault):
    """The request carries no session."""

    code = "session_missing"


class SessionExpiredError(Fault):
    """The session was good until `expired_at`."""

    code = "session_expired"


class SessionInvalidError(Fault):
    """The session is not one of ours, or its account is gone."""

    code = "session_invalid"


class ServerFaultError(Fault):
    """Something of ours failed."""

    code = "server_fault"


class RelayedError(Fault):
    """A fault that another of our functions met, with the code it had there."""

    def __init__(self, relayed: str, facts: dict[str, Any]) -> None:
        super().__init__(**facts)
        self.relayed = relayed


def code_of(fault: Fault) -> str:
    """The code of the fault, wherever it was met."""
    return fault.relayed if isinstance(fault, RelayedError) else fault.code


def problem(fault: Fault, instance: str | None = None) -> Problem:
    """The document for a fault. What is told as a fault of ours keeps its facts to itself."""
    told = told_fault(code_of(fault))
    ours = told.text.status == 500
    return Problem(
        type=f"urn:sanggar:problem:{told.code}",
        title=told.text.title,
        status=told.text.status,
        code=told.code,
        detail=told.text.id,
        detail_en=told.text.en,
        facts={} if ours else {name: _shown(name, value) for name, value in fault.facts.items()},
        instance=instance,
    )


def misfit(error: msgspec.DecodeError, root: str) -> InvalidInputError:
    """The fault of what could not be decoded: where, as a JSON path below `root`, and what was expected there.

    Never the value: a message of the library that quotes it is dropped.
    """
    said, _, path = str(error).partition(" - at `")
    where = root + path.rstrip("`").removeprefix("$") if path else root
    expected = {"expected": said} if said.startswith("Expected") else {}
    return InvalidInputError(where=where, **expected)


def _shown(name: str, value: Any) -> Any:
    """Facts as JSON values; moments (`…_at`) in office time."""
    told = msgspec.to_builtins(value)
    if not name.endswith("_at") or not isinstance(told, str):
        return told
    return datetime.fromisoformat(told).astimezone(office_zone()).isoformat(timespec="seconds")

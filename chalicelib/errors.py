"""One tree of errors: each is a named fact whose attributes carry what the reader needs.

`chalicelib/texts/faults.toml` turns a code into an HTTP status and a sentence; no error knows either.
"""

from typing import Any, ClassVar


class Fault(Exception):  # noqa: N818 - the whole tree is named after it
    """Something that a person or a caller did, or met, that the service names instead of failing.

    `facts` are the attributes that the problem document shows; they never hold personal data.
    """

    code: ClassVar[str] = "fault"

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.code, facts)
        self.facts = facts

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.code}({shown})"


class NotFoundError(Fault):
    """There is no such thing, or it belongs to somebody else: the answer is the same."""

    code = "not_found"


class InvalidInputError(Fault):
    """The request does not have the form that the API describes. `where` names the field."""

    code = "invalid_input"


class StateConflictError(Fault):
    """The case is not in a state that allows this. `status` and `step` say where it stands."""

    code = "state_conflict"


class StaleVersionError(Fault):
    """Somebody else changed the case between the read and the write: read again."""

    code = "stale_version"


class RequestKeyReusedError(Fault):
    """The same request key came with another body."""

    code = "request_key_reused"


class NotAllowedError(Fault):
    """Signed in, but not for this."""

    code = "not_allowed"


class TooManyError(Fault):
    """A limit against floods was reached. `limit` and `retry_at` say which and until when."""

    code = "too_many"


class ProcedureError(Fault):
    """A procedure file contradicts itself or the SOP. `problems` lists every contradiction."""

    code = "procedure_invalid"

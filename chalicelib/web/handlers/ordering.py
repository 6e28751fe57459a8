"""What the API cannot do itself is ordered from the one function that lays pages out and signs."""

from typing import Any

from chalicelib.aws.services import FunctionFailedError
from chalicelib.errors import Fault
from chalicelib.steps.errors import SigningUnavailableError
from chalicelib.web.calls import Call
from chalicelib.web.problems import RelayedError


def ordered(
    call: Call, action: str, failing: type[Fault] = SigningUnavailableError, function: str = "", **order: Any
) -> Any:
    """What that function answers, or another `function`; its faults are raised here under their own codes.

    Raises `failing` when it gives no answer.
    """
    event = {"action": action, "token": call.link, **order}
    try:
        told = call.desk.functions.now(function or call.desk.settings.sign_function, event)
    except FunctionFailedError as error:
        raise failing(why=error.kind) from error
    if "fault" in told:
        raise RelayedError(told["fault"]["code"], told["fault"]["facts"])
    return told["answer"]

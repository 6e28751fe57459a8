"""Which of the functions is at work, as the call stack tells: nothing has to be replaced to know it."""

import sys
from typing import Any

from chalicelib.web import door
from local.aws import FUNCTIONS

API = "api_handler"


def function_at_work() -> str | None:
    """The function that this thread is inside of; None for the one-machine stack itself and for tests."""
    import app

    frame: Any = sys._getframe()
    while frame is not None:
        code = frame.f_code
        if code.co_filename == app.__file__ and code.co_name in FUNCTIONS:
            return str(code.co_name)
        if code.co_filename == door.__file__:
            return API
        frame = frame.f_back
    return None

"""Listening to AWS calls at botocore's own events, and knowing which of the functions makes them."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import boto3
from botocore.handlers import BUILTIN_HANDLERS

from chalicelib.aws.session import client
from chalicelib.web import door
from local.aws import FUNCTIONS

API = "api_handler"


@contextmanager
def listening(**handlers: Callable[..., None]) -> Iterator[None]:
    """While open, botocore's events go to these handlers: `before_call` is the event `before-call`.

    Clients keep the handlers that they were made with, so those made before are forgotten, and these afterwards.
    """
    added: list[Any] = [(event.replace("_", "-"), handler) for event, handler in handlers.items()]
    BUILTIN_HANDLERS.extend(added)
    _forget_clients()
    try:
        yield
    finally:
        for handler in added:
            BUILTIN_HANDLERS.remove(handler)
        _forget_clients()


def _forget_clients() -> None:
    client.cache_clear()
    boto3.DEFAULT_SESSION = None


def function_at_work() -> str | None:
    """The function that this thread is inside of, as the call stack tells: nothing has to be replaced for it.

    None for the one-machine stack itself and for tests.
    """
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

"""Death between any two AWS calls: botocore's own events say where a process can die."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import ClientError, ReadTimeoutError

from local.listening import listening

KINDS = ("killed before", "killed after", "answer lost", "refused once")


class KilledError(BaseException):
    """The process is dead: nothing of it runs on, no handler of exceptions either."""


class Killer:
    """Strikes once, at the n-th AWS call of the work that is watched, in one of the ways of `KINDS`.

    `struck` says at which call it did; `mails` counts what SES took.
    """

    def __init__(self) -> None:
        self.mails: list[str] = []
        self.struck = ""
        self._kind = ""
        self._at = 0
        self._seen = 0

    def aim(self, kind: str, at: int) -> None:
        """Strikes at the `at`-th call from now, counted from 1. At 0 it never does."""
        self._kind, self._at, self._seen, self.struck = kind, at, 0, ""

    def before(self, model: Any, **_: Any) -> None:
        """Before a call is sent."""
        self._seen += 1
        if self._seen != self._at:
            return
        if self._kind == "killed before":
            self.struck = model.name
            raise KilledError
        if self._kind == "refused once":
            self.struck = model.name
            told = {"Error": {"Code": "ProvisionedThroughputExceededException", "Message": "slow down"}}
            raise ClientError(told, model.name)  # type: ignore[arg-type]

    def after(self, model: Any, **_: Any) -> None:
        """When AWS has done what was asked, and before the process hears of it."""
        if self._seen != self._at or self.struck:
            return
        if self._kind == "killed after":
            self.struck = model.name
            raise KilledError
        if self._kind == "answer lost":
            self.struck = model.name
            raise ReadTimeoutError(endpoint_url="aws")


@contextmanager
def watched(killer: Killer) -> Iterator[None]:
    """Every client made from here on asks the killer; clients made before are forgotten."""
    with listening(before_call=killer.before, after_call=killer.after):
        yield

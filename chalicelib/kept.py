"""A value that is read seldom and used often."""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """A value that is read when it is first needed, and again when it is older than that many seconds."""

    def __init__(
        self, read: Callable[[], Value], seconds: float, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._read, self._seconds, self._now = read, seconds, now
        self._held: tuple[float, Value] | None = None

    def __call__(self) -> Value:
        """The value."""
        held = self._held
        if held is None or self._now() - held[0] >= self._seconds:
            held = self._held = (self._now(), self._read())
        return held[1]

    def forget(self) -> None:
        """Lets the next call read it again."""
        self._held = None

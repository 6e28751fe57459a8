"""A secret that does not show itself: not in a log, a traceback or a debugger's list of values."""

from typing import NoReturn


class Sealed:
    """Holds secret bytes; `reveal()` is the one way to them, so that every use can be found by name."""

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def reveal(self) -> bytes:
        """The secret itself."""
        return self._secret

    def __repr__(self) -> str:
        return "Sealed(…)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a sealed secret is not written anywhere")

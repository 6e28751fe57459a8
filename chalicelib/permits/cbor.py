"""CBOR as the seal of a QR code needs it: written in the one deterministic way (RFC 8949, section 4.2.1).

Six kinds of values in few lines, instead of a library with a compiled part that reads much more than is ever
written here: nothing in the service reads CBOR, the check page does. A test compares it with a library.
"""

from collections.abc import Mapping, Sequence

Value = int | str | bytes | Sequence["Value"] | Mapping[int, "Value"]
_LARGEST = 1 << 64
_WIDTHS = ((24, 0), (1 << 8, 1), (1 << 16, 2), (1 << 32, 4), (_LARGEST, 8))
_EXTRA = {1: 24, 2: 25, 4: 26, 8: 27}


def _head(major: int, argument: int) -> bytes:
    """The head of an item in its shortest form. Raises ValueError for more than 64 bits."""
    for limit, width in _WIDTHS:
        if argument < limit:
            first = major << 5 | (_EXTRA[width] if width else argument)
            return bytes([first]) + (argument.to_bytes(width, "big") if width else b"")
    raise ValueError("an integer of more than 64 bits")


def encoded(value: Value) -> bytes:
    """The value as CBOR: shortest heads, definite lengths, the keys of a map in the order of their bytes.

    Raises ValueError for an integer of more than 64 bits, TypeError for any other kind of value.
    """
    if isinstance(value, bool):
        raise TypeError("bool")
    if isinstance(value, int):
        return _head(0, value) if value >= 0 else _head(1, -1 - value)
    if isinstance(value, bytes):
        return _head(2, len(value)) + value
    if isinstance(value, str):
        text = value.encode()
        return _head(3, len(text)) + text
    return _collected(value)


def _collected(value: Sequence[Value] | Mapping[int, Value]) -> bytes:
    if isinstance(value, Mapping):
        pairs = sorted((encoded(key), encoded(told)) for key, told in value.items())
        return _head(5, len(pairs)) + b"".join(key + told for key, told in pairs)
    if isinstance(value, Sequence):
        return _head(4, len(value)) + b"".join(encoded(item) for item in value)
    raise TypeError(type(value).__name__)


def tagged(tag: int, value: Value) -> bytes:
    """The value under a CBOR tag."""
    return _head(6, tag) + encoded(value)

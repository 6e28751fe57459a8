"""The header of a WebP file: how large the picture is and whether it moves, before any decoder sees the file.

RIFF container and chunks as in RFC 9649, sections 2.4 to 2.7.
"""

import msgspec

from chalicelib.documents.errors import DamagedError

_ANIMATION = 0x02
_LOSSLESS = 0x2F
_START_CODE = b"\x9d\x01\x2a"


class Header(msgspec.Struct, frozen=True):
    """Pixels of the canvas, and whether the file says that it is animated."""

    width: int
    height: int
    moving: bool


def header_of(data: bytes) -> Header:
    """What the first chunk says. Raises DamagedError where it is none that a WebP may begin with."""
    if len(data) < 30:
        raise DamagedError
    kind = data[12:16]
    if kind == b"VP8X":
        return Header(1 + _number(data[24:27]), 1 + _number(data[27:30]), bool(data[20] & _ANIMATION))
    if kind == b"VP8L" and data[20] == _LOSSLESS:
        bits = _number(data[21:25])
        return Header(1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF), moving=False)
    if kind == b"VP8 " and data[23:26] == _START_CODE:
        return Header(_number(data[26:28]) & 0x3FFF, _number(data[28:30]) & 0x3FFF, moving=False)
    raise DamagedError


def _number(digits: bytes) -> int:
    return int.from_bytes(digits, "little")

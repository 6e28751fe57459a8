"""Tiles and entry bundles of C2SP tlog-tiles: which file holds what, and how it is read.

A tile holds up to 256 neighbouring hashes of every eighth height, a bundle the entries under a tile of level 0.
Both are written once: a partial one lies under a name of its own, that tells its width.
"""

from collections.abc import Callable, Sequence

import msgspec

from chalicelib.permits.log.hashing import folded, peaks, perfect_root

HEIGHT = 8
WIDTH = 1 << HEIGHT
HASH_BYTES = 32
LONGEST_ENTRY = 0xFFFF
"""Bytes: the length before each entry of a bundle has two."""

ReadFile = Callable[[str], bytes]
"""The bytes of a file of the log by its path, like `tile/0/000.p/7`."""


class Tile(msgspec.Struct, frozen=True, order=True):
    """A tile: its level, its place within the level, and how many hashes it holds (1 to 256)."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """`tile/<L>/<N>[.p/<W>]`."""
        return f"tile/{self.level}/{_numbered(self.index, self.width)}"

    @property
    def bundle_path(self) -> str:
        """`tile/entries/<N>[.p/<W>]`: the entries under a tile of level 0."""
        return f"tile/entries/{_numbered(self.index, self.width)}"


def tiles_of(size: int, level: int, since: int = 0) -> list[Tile]:
    """The tiles of one level of a tree of that size that one of size `since` has not."""
    hashes, before = size >> HEIGHT * level, since >> HEIGHT * level
    if hashes == before:
        return []
    full, rest = divmod(hashes, WIDTH)
    partial = [Tile(level, full, rest)] if rest else []
    return [*(Tile(level, index) for index in range(before // WIDTH, full)), *partial]


def levels(size: int) -> int:
    """How many levels of tiles a tree of that size has."""
    return -(-max(size.bit_length(), 1) // HEIGHT) if size else 0


def split_tile(data: bytes, width: int) -> list[bytes]:
    """The hashes of a tile. Raises ValueError for another number of bytes."""
    if len(data) != width * HASH_BYTES:
        raise ValueError("the tile does not have the width that its name tells")
    return [data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES)]


def bundle(entries: Sequence[bytes]) -> bytes:
    """Entries as a bundle: each with its length before it (two bytes, big end first).

    Raises ValueError for an entry that is too long.
    """
    if any(len(entry) > LONGEST_ENTRY for entry in entries):
        raise ValueError("an entry is too long for a bundle")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def split_bundle(data: bytes, width: int) -> list[bytes]:
    """The entries of a bundle. Raises ValueError when it does not hold exactly that many."""
    entries, at = [], 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 2], "big")
        entries.append(data[at + 2 : at + 2 + length])
        at += 2 + length
    if at != len(data) or len(entries) != width:
        raise ValueError("the bundle does not hold the entries that its name tells")
    return entries


class TiledTree:
    """A tree of `size` entries, read from its tiles; each tile is read once."""

    def __init__(self, size: int, read: ReadFile) -> None:
        self.size = size
        self._read = read
        self._held: dict[Tile, list[bytes]] = {}

    def node(self, first: int, height: int) -> bytes:
        """The hash over the 2**height entries from `first`, a perfect subtree inside the tree.

        Raises ValueError for a tile of another width, and what the reading raises.
        """
        level = min(height // HEIGHT, levels(self.size) - 1)
        begin, count = first >> HEIGHT * level, 1 << height - HEIGHT * level
        index, at = divmod(begin, WIDTH)
        return perfect_root(self.hashes(level, index)[at : at + count])

    def hashes(self, level: int, index: int) -> list[bytes]:
        """All hashes of one tile, as wide as the tree makes it."""
        width = min(WIDTH, (self.size >> HEIGHT * level) - index * WIDTH)
        tile = Tile(level, index, width)
        if tile not in self._held:
            self._held[tile] = split_tile(self._read(tile.path), width)
        return self._held[tile]

    def range_root(self, first: int, end: int) -> bytes:
        """The RFC 6962 hash over the entries from `first` up to `end`, where a subtree can begin there."""
        return folded([self.node(first + start, height) for start, height in peaks(end - first)])


def _numbered(index: int, width: int) -> str:
    parts = [f"{index % 1000:03d}"]
    while index := index // 1000:
        parts.insert(0, f"x{index % 1000:03d}")
    return "/".join(parts) + (f".p/{width}" if width < WIDTH else "")

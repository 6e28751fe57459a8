"""How the log grows: the frontier as its register knows it, and the files that follow from it."""

from collections.abc import Sequence

import msgspec

from chalicelib.permits.log.hashing import Frontier, frontier, leaf_hash, peaks, perfect_root
from chalicelib.permits.log.tiles import (
    HEIGHT,
    WIDTH,
    ReadFile,
    Tile,
    TiledTree,
    bundle,
    levels,
    split_bundle,
    tiles_of,
)


class Appended(msgspec.Struct, frozen=True, kw_only=True):
    """Entries that follow a head: they get the indexes from `before.size` on."""

    before: Frontier
    after: Frontier
    entries: tuple[bytes, ...]


class Growth(msgspec.Struct, frozen=True, kw_only=True):
    """The files that a log needs to show its new entries, path to bytes, and what it then looks like."""

    files: dict[str, bytes]
    frontier: Frontier


def appended(before: Frontier, entries: Sequence[bytes]) -> Appended:
    """The entries in their order behind the head."""
    after = before
    for entry in entries:
        after = after.with_leaf(leaf_hash(entry))
    return Appended(before=before, after=after, entries=tuple(entries))


def shown_frontier(size: int, read: ReadFile) -> Frontier:
    """The frontier of the tree of that size, from its tiles. Raises ValueError for a tile of another width."""
    tree = TiledTree(size, read)
    return frontier(size, [tree.node(first, height) for first, height in peaks(size)])


def growth(size: int, read: ReadFile, entries: Sequence[bytes]) -> Growth:
    """What must be written when `entries` follow the `size` ones that the files show already.

    Reads the right edge alone: a tile a level and one bundle. The same arguments give the same files.
    """
    made = appended(shown_frontier(size, read), entries).after
    tree, files = TiledTree(size, read), _bundles(size, read, entries)
    hashes = [leaf_hash(entry) for entry in entries]
    for level in range(levels(made.size)):
        count = size >> HEIGHT * level
        begun, rest = divmod(count, WIDTH)
        row = [*(tree.hashes(level, begun) if rest else []), *hashes]
        hashes = [perfect_root(row[at : at + WIDTH]) for at in range(0, len(row) - WIDTH + 1, WIDTH)]
        for tile in tiles_of(made.size, level, size):
            files[tile.path] = b"".join(_part(row, tile, begun))
    return Growth(files=files, frontier=made)


def _bundles(size: int, read: ReadFile, entries: Sequence[bytes]) -> dict[str, bytes]:
    begun, rest = divmod(size, WIDTH)
    row = [*(split_bundle(read(Tile(0, begun, rest).bundle_path), rest) if rest else []), *entries]
    return {
        tile.bundle_path: bundle(_part(row, tile, begun)) for tile in tiles_of(size + len(entries), 0, size)
    }


def _part(row: Sequence[bytes], tile: Tile, begun: int) -> Sequence[bytes]:
    at = (tile.index - begun) * WIDTH
    return row[at : at + tile.width]

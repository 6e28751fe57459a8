"""The tree of the log (RFC 6962), and what became of its entries. Nothing but the standard library is needed."""

import hashlib
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

WIDTH = 256
"""Hashes in a full tile (C2SP tlog-tiles)."""


class Finding(NamedTuple):
    """One thing that is wrong: its name in `words.toml`, and what the sentence says."""

    name: str
    facts: dict[str, Any]


def found(name: str, **facts: Any) -> Finding:
    """Something wrong."""
    return Finding(name, facts)


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry as it stands in the log."""
    return hashlib.sha256(b"\x00" + entry).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes (RFC 6962, section 2.1)."""
    stack: list[tuple[int, bytes]] = []
    for one in hashes:
        width, node = 1, one
        while stack and stack[-1][0] == width:
            width, node = 2 * width, hashlib.sha256(b"\x01" + stack.pop()[1] + node).digest()
        stack.append((width, node))
    root = stack.pop()[1] if stack else hashlib.sha256(b"").digest()
    while stack:
        root = hashlib.sha256(b"\x01" + stack.pop()[1] + root).digest()
    return root


def path_of(kind: str, index: int, width: int) -> str:
    """Where a tile or a bundle lies: `tile/<level or entries>/<N>[.p/<W>]`."""
    parts = [f"{index % 1000:03d}"]
    while index := index // 1000:
        parts.insert(0, f"x{index % 1000:03d}")
    return f"tile/{kind}/{'/'.join(parts)}" + (f".p/{width}" if width < WIDTH else "")


def widths(count: int) -> Iterator[tuple[int, int]]:
    """Every tile over so many hashes: its index and width."""
    for first in range(0, count, WIDTH):
        yield first // WIDTH, min(WIDTH, count - first)


def changes(old: Sequence[bytes], new: Sequence[bytes], *, grown: bool = False) -> list[Finding]:
    """What became of each leaf hash: altered, removed, inserted, moved. Numbers count from 1.

    With `grown`, entries that came after the last old one are nothing wrong.
    """
    was, now = set(old), set(new)
    gone: dict[bytes, int] = {}
    come: dict[bytes, int] = {}
    altered: list[Finding] = []
    for kind, a, a_end, b, b_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        lost = sum(one not in now for one in old[a:a_end])
        last = b + lost if grown and a_end == len(old) else b_end
        gone |= {old[at]: at for at in range(a, a_end)}
        come |= {new[at]: at for at in range(b, b_end) if at < last or new[at] in was}
        for at, other in zip(range(a, a_end), range(b, b_end), strict=False):
            if old[at] not in now and new[other] not in was:
                altered.append(found("ENTRY_ALTERED", number=at + 1))
                del gone[old[at]], come[new[other]]
    return [*altered, *_moves(gone, come)]


def _moves(gone: dict[bytes, int], come: dict[bytes, int]) -> list[Finding]:
    moved = [found("ENTRY_MOVED", number=at + 1, to=come[one] + 1) for one, at in gone.items() if one in come]
    removed = [found("ENTRY_REMOVED", number=at + 1) for one, at in gone.items() if one not in come]
    inserted = [found("ENTRY_INSERTED", number=at + 1) for one, at in come.items() if one not in gone]
    return [*removed, *inserted, *moved]

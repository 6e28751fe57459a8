"""The Merkle tree of RFC 6962, section 2.1, with SHA-256; and its frontier, which is all that an append needs.

Every hash is 32 bytes. Leaf and node hashes begin with different bytes, so that no leaf can pose as a node.
"""

import hashlib
from collections.abc import Sequence
from itertools import pairwise

import msgspec

EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of a log without entries."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry as it stands in the log."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def perfect_root(hashes: Sequence[bytes]) -> bytes:
    """The hash over 1, 2, 4, 8 … neighbours of one height. Raises ValueError for another number of them."""
    if not hashes or len(hashes) & (len(hashes) - 1):
        raise ValueError("a perfect subtree has a power of two leaves")
    level = list(hashes)
    while len(level) > 1:
        level = [node_hash(left, right) for left, right in zip(level[::2], level[1::2], strict=True)]
    return level[0]


def peaks(size: int) -> list[tuple[int, int]]:
    """The perfect subtrees that a tree of that size is made of, from the left: first leaf and height of each."""
    found, first = [], 0
    for height in range(size.bit_length() - 1, -1, -1):
        if size >> height & 1:
            found.append((first, height))
            first += 1 << height
    return found


def folded(hashes: Sequence[bytes]) -> bytes:
    """The root over the hashes of the perfect subtrees, from the left."""
    if not hashes:
        return EMPTY_ROOT
    root = hashes[-1]
    for left in reversed(hashes[:-1]):
        root = node_hash(left, root)
    return root


class Frontier(msgspec.Struct, frozen=True, kw_only=True):
    """A tree as far as appending needs it: its size and the hashes (hex) of its perfect subtrees, from the left.

    At most one hash a binary digit of the size: 17 for 70,000 entries.
    """

    size: int = 0
    hashes: tuple[str, ...] = ()

    def with_leaf(self, hashed: bytes) -> "Frontier":
        """The tree with one leaf more, given by its hash."""
        stack, size = [bytes.fromhex(one) for one in self.hashes], self.size
        right = hashed
        while size & 1:
            right, size = node_hash(stack.pop(), right), size >> 1
        return frontier(self.size + 1, [*stack, right])

    @property
    def root(self) -> bytes:
        """The root of the tree."""
        return folded([bytes.fromhex(one) for one in self.hashes])


def frontier(size: int, hashes: Sequence[bytes]) -> Frontier:
    """The frontier of a tree of that size. Raises ValueError when so many subtrees make no such size."""
    if size < 0 or len(hashes) != size.bit_count():
        raise ValueError("the hashes do not make a tree of that size")
    return Frontier(size=size, hashes=tuple(one.hex() for one in hashes))


def tree_root(leaf_hashes: Sequence[bytes]) -> bytes:
    """The root over all leaf hashes."""
    starts = [first for first, _ in peaks(len(leaf_hashes))]
    return folded([perfect_root(leaf_hashes[a:b]) for a, b in pairwise([*starts, len(leaf_hashes)])])

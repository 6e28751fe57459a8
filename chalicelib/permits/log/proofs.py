"""Proofs of RFC 6962, section 2.1: that an entry is in the tree, and that a tree only grew.

Made from tiles; checked with nothing but the hashes in them.
"""

from collections.abc import Sequence

from chalicelib.permits.log.hashing import EMPTY_ROOT, node_hash
from chalicelib.permits.log.tiles import TiledTree


def inclusion_proof(tree: TiledTree, index: int) -> list[bytes]:
    """The audit path of an entry, from the leaf up. Raises IndexError when the tree has no such entry."""
    if not 0 <= index < tree.size:
        raise IndexError(index)
    return _path(tree, index, 0, tree.size)


def consistency_proof(tree: TiledTree, before: int) -> list[bytes]:
    """The proof that the tree still begins with its first `before` entries. Raises IndexError for more than it has."""
    if not 0 <= before <= tree.size:
        raise IndexError(before)
    return _subproof(tree, before, 0, tree.size, whole=True) if 0 < before < tree.size else []


def root_by_inclusion(hashed: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """The root that the proof leads to from a leaf hash (RFC 9162, section 2.1.3.2).

    None when it is no proof for that place and size.
    """
    if not 0 <= index < size:
        return None
    at, last, root = index, size - 1, hashed
    for sibling in proof:
        if not last:
            return None
        if at & 1 or at == last:
            root = node_hash(sibling, root)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            root = node_hash(root, sibling)
        at, last = at >> 1, last >> 1
    return root if not last else None


def includes(root: bytes, size: int, index: int, hashed: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the tree with that root and size has the leaf hash at that index."""
    return root_by_inclusion(hashed, index, size, proof) == root


def grew(before: tuple[int, bytes], after: tuple[int, bytes], proof: Sequence[bytes]) -> bool:
    """Whether the tree of `after` (size and root) begins with that of `before` (RFC 9162, section 2.1.4.2)."""
    (size, root), (size_after, root_after) = before, after
    if size == 0:
        return root == EMPTY_ROOT and not proof
    if size >= size_after:
        return before == after and not proof
    path = list(proof) if size & (size - 1) else [root, *proof]
    return bool(path) and _both_roots(path, size - 1, size_after - 1) == (root, root_after)


def _both_roots(path: Sequence[bytes], at: int, last: int) -> tuple[bytes, bytes] | None:
    """The old and the new root that a consistency proof leads to; None when it has the wrong length."""
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = path[0]
    for one in path[1:]:
        if not last:
            return None
        if at & 1 or at == last:
            old, new = node_hash(one, old), node_hash(one, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, one)
        at, last = at >> 1, last >> 1
    return (old, new) if not last else None


def _split(first: int, end: int) -> int:
    """Where RFC 6962 cuts a range in two: the largest power of two smaller than its length."""
    return first + (1 << (end - first - 1).bit_length() - 1)


def _path(tree: TiledTree, index: int, first: int, end: int) -> list[bytes]:
    if end - first == 1:
        return []
    middle = _split(first, end)
    if index < middle:
        return [*_path(tree, index, first, middle), tree.range_root(middle, end)]
    return [*_path(tree, index, middle, end), tree.range_root(first, middle)]


def _subproof(tree: TiledTree, before: int, first: int, end: int, *, whole: bool) -> list[bytes]:
    """`before` counts from the log's beginning; `whole` while the old tree's own root is the answer."""
    if before == end:
        return [] if whole else [tree.range_root(first, end)]
    middle = _split(first, end)
    if before <= middle:
        return [*_subproof(tree, before, first, middle, whole=whole), tree.range_root(middle, end)]
    return [*_subproof(tree, before, middle, end, whole=False), tree.range_root(first, middle)]

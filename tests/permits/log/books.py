"""Logs for tests: their entries, their files, and the tree said as RFC 6962 says it."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from chalicelib.permits.log.growing import growth
from chalicelib.permits.log.leaf import Leaf
from chalicelib.permits.log.tiles import TiledTree

BEGINNING = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def mth(entries: Sequence[bytes]) -> bytes:
    """The Merkle Tree Hash, word for word as section 2.1 of RFC 6962 defines it."""
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    k = 1
    while k * 2 < len(entries):
        k *= 2
    return hashlib.sha256(b"\x01" + mth(entries[:k]) + mth(entries[k:])).digest()


def rfc_consistency_proof(before: int, entries: Sequence[bytes], whole: bool = True) -> list[bytes]:
    """SUBPROOF of RFC 6962, section 2.1.2, word for word."""
    if before == len(entries):
        return [] if whole else [mth(entries)]
    k = 1
    while k * 2 < len(entries):
        k *= 2
    if before <= k:
        return [*rfc_consistency_proof(before, entries[:k], whole), mth(entries[k:])]
    return [*rfc_consistency_proof(before - k, entries[k:], False), mth(entries[:k])]


def entries_of(count: int) -> list[bytes]:
    """So many small entries, all different."""
    return [f"entry {number}".encode() for number in range(count)]


def permit_entries(count: int) -> list[bytes]:
    """So many issues of permits, an hour apart."""
    return [issue(number).entry for number in range(1, count + 1)]


def issue(serial: int, kind: str = "issued") -> Leaf:
    """The leaf of a permit with that serial; the file is that of `file_of`."""
    return Leaf(
        kind=kind,
        number=f"430/{serial:04d}/424.086/2026",
        file=hashlib.sha256(file_of(serial)).hexdigest(),
        record=hashlib.sha256(f"record {serial}".encode()).hexdigest(),
        at=BEGINNING + timedelta(hours=serial),
    )


def file_of(serial: int) -> bytes:
    """What stands for the signed file of that permit."""
    return f"%PDF permit {serial}".encode()


def grown(*parts: Sequence[bytes]) -> dict[str, bytes]:
    """The files of a log that got these parts one after another."""
    files: dict[str, bytes] = {}
    size = 0
    for part in parts:
        files |= growth(size, files.__getitem__, part).files
        size += len(part)
    return files


def tree_of(entries: Sequence[bytes]) -> TiledTree:
    """The tree of a log with these entries, over its tiles."""
    return TiledTree(len(entries), grown(entries).__getitem__)

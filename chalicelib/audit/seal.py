"""The daily seal: one signed digest over the heads of all chains.

A chain alone cannot show that somebody with every right on the database rewrote it whole. The seal is signed
by a key that nobody can export and kept where nothing can be overwritten: a rewrite no longer fits it.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime

import msgspec

from chalicelib.audit.chain import Break, Entry, Head


class Seal(msgspec.Struct, frozen=True, kw_only=True):
    """The state of the whole trail at one moment. `digest`: SHA-256 in hex over the sorted heads."""

    sealed_at: datetime
    heads: dict[str, Head]
    digest: str
    signature: str = ""


def seal(heads: Mapping[str, Head], sealed_at: datetime) -> Seal:
    """An unsigned seal over these heads."""
    return Seal(sealed_at=sealed_at, heads=dict(heads), digest=_digest(heads, sealed_at))


def signed_bytes(sealed: Seal) -> bytes:
    """What the key signs: the digest, with the purpose before it so that it can mean nothing else."""
    return f"sanggar audit seal: {sealed.digest}".encode()


def digest_holds(sealed: Seal) -> bool:
    """Whether the heads in the seal are those that were digested."""
    return sealed.digest == _digest(sealed.heads, sealed.sealed_at)


def breaks_since(sealed: Seal, chains: Mapping[str, list[Entry]]) -> list[Break]:
    """Chains that no longer contain what they contained when they were sealed."""
    found = []
    for case_id, head in sorted(sealed.heads.items()):
        entries = chains.get(case_id, [])
        if not any(entry.seq == head.seq and entry.hash == head.hash for entry in entries):
            problem = f"what was sealed on {sealed.sealed_at.date().isoformat()} is no longer there"
            found.append(Break(case_id=case_id, seq=head.seq, problem=problem))
    return found


def _digest(heads: Mapping[str, Head], sealed_at: datetime) -> str:
    canonical = msgspec.json.encode({"at": sealed_at, "heads": heads}, order="sorted")
    return hashlib.sha256(canonical).hexdigest()

"""The hash chain of one case: each entry carries the hash of the one before it.

An entry holds facts about the procedure and hashes of what was decided on, never personal data: erasing a
person's documents leaves the chain whole (UU 27/2022).
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

BEGINNING = "0" * 64
"""What the first entry of a chain names as the hash before it."""


class Actor(msgspec.Struct, frozen=True):
    """Who acted: an officer's or account's id (never a name) and the role acted in."""

    id: str
    role: str


class Head(msgspec.Struct, frozen=True):
    """Where a chain stands: the sequence number and hash of its newest entry."""

    seq: int = 0
    hash: str = BEGINNING


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One audit entry. `seq` counts from 1; `previous` and `hash` are SHA-256 in hex."""

    case_id: str
    seq: int
    at: datetime
    actor: Actor
    action: str
    facts: dict[str, Any]
    previous: str
    hash: str


class Break(msgspec.Struct, frozen=True, kw_only=True):
    """Where a chain is not what it was: the entry, and what is wrong with it."""

    case_id: str
    seq: int
    problem: str


def append(
    case_id: str, head: Head, *, at: datetime, actor: Actor, action: str, facts: dict[str, Any]
) -> Entry:
    """The entry that follows `head`. Facts are JSON values; times in them are ISO 8601 texts."""
    entry = Entry(
        case_id=case_id,
        seq=head.seq + 1,
        at=at,
        actor=actor,
        action=action,
        facts=facts,
        previous=head.hash,
        hash="",
    )
    return msgspec.structs.replace(entry, hash=hash_of(entry))


def head_after(entry: Entry) -> Head:
    """The head of a chain whose newest entry this is."""
    return Head(seq=entry.seq, hash=entry.hash)


def hash_of(entry: Entry) -> str:
    """SHA-256 over the entry's canonical JSON: sorted keys, no spaces, UTF-8, and an empty text for its own hash.

    Anybody can compute it from an exported entry, without this program.
    """
    canonical = msgspec.json.encode(msgspec.structs.replace(entry, hash=""), order="sorted")
    return hashlib.sha256(canonical).hexdigest()


def breaks(case_id: str, entries: Iterable[Entry], head: Head) -> list[Break]:
    """Every place where the chain is broken; empty when it is whole and ends at `head`.

    Finds altered, removed, repeated, moved and foreign entries, and a tail cut off before the head.
    """
    found: list[Break] = []
    before = Head()
    for entry in entries:
        problem = _problem(case_id, entry, before)
        if problem:
            found.append(Break(case_id=case_id, seq=entry.seq, problem=problem))
        before = head_after(entry)
    if before != head:
        problem = "the chain ends elsewhere than the case says"
        found.append(Break(case_id=case_id, seq=before.seq, problem=problem))
    return found


def _problem(case_id: str, entry: Entry, before: Head) -> str | None:
    if entry.case_id != case_id:
        return "the entry belongs to another case"
    if entry.seq != before.seq + 1:
        return f"entry {before.seq + 1} is missing or moved"
    if entry.previous != before.hash:
        return "the entry before it was altered or removed"
    if entry.hash != hash_of(entry):
        return "the entry was altered"
    return None

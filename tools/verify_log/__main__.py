#!/usr/bin/env python3
"""Memeriksa buku log register izin dari luar / checks the log of the permit register from outside.

    python verify_log LOG --key KEY [--permit FILE.pdf] [--before "SIZE ROOT" | --before FILE] [--old DIR] [--save DIR]

This folder alone is needed, with Python 3.11 or later and `cryptography`. LOG is the address of the log
(https://…/log) or a folder with a copy of it. It reads every entry, rebuilds the root (RFC 6962), and compares it with
the signed checkpoint (C2SP tlog-tiles, tlog-checkpoint, signed-note). Nothing that the office says is believed but
what KEY signed; KEY must come on paper, or by another way than the log.
`--before` takes a checkpoint that you hold: the signed text in a file, or size and root as printed on a permit.
`--old` takes a folder that `--save` made earlier; then each changed entry is named.
Exit status: 0 nothing wrong, 1 something is wrong, 2 nothing could be checked.
"""

import argparse
import hashlib
import json
import sys
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from log_notes import Checkpoint, Key, UnusableError, held, parse_note, read_key, signature_problem
from log_tree import WIDTH, Finding, changes, found, leaf_hash, path_of, root_of, widths

ENTERS = ("issued", "renewed")
"""Kinds of entries of which a permit has one."""
LARGEST_FILE = 32 * 1024 * 1024
Read = Callable[[str], bytes]


def reader(source: str, save: Path | None = None) -> Read:
    """Reads a file of the log from its address or folder, and keeps a copy if that is wanted."""

    def read(path: str) -> bytes:
        if source.startswith(("http://", "https://")):
            with urlopen(f"{source.rstrip('/')}/{path}", timeout=30) as answer:  # noqa: S310 - the scheme is checked
                data: bytes = answer.read(LARGEST_FILE)
        else:
            data = (Path(source) / path).read_bytes()
        if save:
            (save / path).parent.mkdir(parents=True, exist_ok=True)
            (save / path).write_bytes(data)
        return data

    return read


def fetched(read: Read, kind: str, index: int, width: int, wrong: list[Finding]) -> bytes | None:
    """A tile or bundle; the full one serves for a partial one that was tidied away."""
    for wide in dict.fromkeys((width, WIDTH)):
        try:
            data = read(path_of(kind, index, wide))
        except (OSError, URLError):
            continue
        return data if kind == "entries" else data[: width * 32]
    wrong.append(found("FILE_MISSING", path=path_of(kind, index, width)))
    return None


def read_entries(read: Read, size: int, wrong: list[Finding]) -> list[bytes]:
    """Every entry that the bundles hold, also when they hold another number than they should."""
    entries: list[bytes] = []
    for index, width in widths(size):
        data, at, some = fetched(read, "entries", index, width, wrong) or b"", 0, []
        while at + 2 <= len(data):
            length = int.from_bytes(data[at : at + 2], "big")
            some.append(data[at + 2 : at + 2 + length])
            at += 2 + length
        if at != len(data) or len(some) not in (width, WIDTH):
            path = path_of("entries", index, width)
            wrong.append(found("BUNDLE_COUNT", path=path, found=len(some), wanted=width))
        entries += some[:width] if len(some) == WIDTH else some
    return entries


def check_tiles(read: Read, size: int, hashes: list[bytes], wrong: list[Finding]) -> list[bytes]:
    """Compares all tiles with the entries; answers the leaf hashes as the tiles say them."""
    told: list[bytes] = []
    level, row, count = 0, hashes, size
    while count:
        for index, width in widths(count):
            data = fetched(read, str(level), index, width, wrong) or b""
            if data != b"".join(row[index * WIDTH : index * WIDTH + width]):
                wrong.append(found("TILE_WRONG", path=path_of(str(level), index, width)))
            if level == 0:
                told += [data[at : at + 32] for at in range(0, len(data), 32)]
        row = [root_of(row[at : at + WIDTH]) for at in range(0, len(row) - WIDTH + 1, WIDTH)]
        level, count = level + 1, count // WIDTH
    return told


def check_before(
    held_ones: Sequence[Checkpoint], size: int, hashes: Sequence[bytes]
) -> tuple[list[Finding], list[int]]:
    """Whether the log goes on from each checkpoint that is held; the sizes from which it does."""
    wrong, good = [], [0]
    for one in sorted(held_ones):
        if one.size > size:
            wrong.append(found("LOG_SHORTENED", before=one.size, size=size))
        elif root_of(hashes[: one.size]) != one.root:
            wrong.append(found("HISTORY_REWRITTEN", first=max(good) + 1, before=one.size))
        else:
            good.append(one.size)
    return wrong, good[1:]


def said_by(entries: Sequence[bytes], wrong: list[Finding]) -> list[dict[str, Any]]:
    """What each entry says; an empty dict for one that says nothing."""
    told: list[dict[str, Any]] = []
    issued: dict[str, int] = {}
    for number, entry in enumerate(entries, 1):
        try:
            said = json.loads(entry)
            if not isinstance(said, dict) or not {"kind", "at"} <= set(said):
                raise ValueError
        except ValueError:
            said = {}
            wrong.append(found("ENTRY_MALFORMED", number=number))
        told.append(said)
        if said.get("kind") in ENTERS:
            first = issued.setdefault(str(said.get("number")), number)
            if first != number:
                wrong.append(found("PERMIT_TWICE", permit=said["number"], number=first, to=number))
    return told


def main(arguments: Sequence[str] | None = None) -> int:
    """Checks what the arguments name and prints the outcome; answers the exit status."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("log")
    options.add_argument("--key", required=True)
    for name in ("--permit", "--sha256", "--before"):
        options.add_argument(name, action="append", default=[])
    options.add_argument("--old")
    options.add_argument("--save", type=Path)
    options.add_argument("--lang", choices=("id", "en"), default="id")
    given = options.parse_args(arguments)
    words = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))

    def say(name: str, **facts: Any) -> None:
        print(words[name][given.lang].format(**facts))

    try:
        wrong = checked(given, say)
    except UnusableError as error:
        say("nothing")
        print(error)
        return 2
    for one in dict.fromkeys((name, tuple(facts.items())) for name, facts in wrong):
        print(f"{words['bad'][given.lang]} [{one[0]}] ", end="")
        say(one[0], **dict(one[1]))
    return 1 if wrong else 0


def checked(given: argparse.Namespace, say: Callable[..., None]) -> list[Finding]:
    """Everything that is wrong. Says what is good on the way. Raises UnusableError."""
    key = read_key(given.key)
    read = reader(given.log, given.save)
    try:
        head = parse_note(note := read("checkpoint"), key.name)
    except (OSError, URLError) as error:
        raise UnusableError(f"{given.log}: {error}") from error
    if head is None:
        return [found("CHECKPOINT_MALFORMED", where=given.log)]
    wrong: list[Finding] = []
    if problem := signature_problem(note, key):
        wrong.append(found(problem, where=given.log))
    entries = read_entries(read, head.size, wrong)
    hashes = [leaf_hash(entry) for entry in entries]
    told = check_tiles(read, head.size, hashes, wrong)
    if len(hashes) != head.size or root_of(hashes) != head.root:
        wrong.append(found("ROOT_WRONG"))
        if root_of(told) == head.root:
            wrong += changes(told, hashes)
    held_ones = [held(one, key) for one in given.before] + old_copy(given.old, hashes, key, wrong)
    wrong += [
        found(p, where=one.size) for one in held_ones if one.note and (p := signature_problem(one.note, key))
    ]
    late, good = check_before(held_ones, head.size, hashes)
    wrong += late
    said = said_by(entries, wrong)
    wrong += check_permits(given, said, say)
    if not wrong:
        say("ok", size=head.size, root=head.root.hex())
    for size in good:
        say("grew", before=size)
    return wrong


def old_copy(folder: str | None, hashes: list[bytes], key: Key, wrong: list[Finding]) -> list[Checkpoint]:
    """The checkpoint of an older copy; what changed since in the entries that it has is named."""
    if not folder:
        return []
    read = reader(folder)
    try:
        head = parse_note(read("checkpoint"), key.name)
    except OSError as error:
        raise UnusableError(f"--old {folder}: {error}") from error
    if head is None:
        raise UnusableError(f"--old {folder}")
    old = [leaf_hash(entry) for entry in read_entries(read, head.size, wrong)]
    if root_of(hashes[: head.size]) != head.root:
        wrong += changes(old, hashes, grown=True)
    return [head]


def check_permits(
    given: argparse.Namespace, said: list[dict[str, Any]], say: Callable[..., None]
) -> list[Finding]:
    """Says what the log tells of each permit that was asked for, by the hash of its file."""
    wrong = []
    asked = {name: hashlib.sha256(Path(name).read_bytes()).hexdigest() for name in given.permit}
    for name, sha256 in {**asked, **{one: one.lower() for one in given.sha256}}.items():
        numbers = {str(one["number"]) for one in said if one.get("file") == sha256}
        if not numbers:
            wrong.append(found("PERMIT_NOT_IN_LOG", permit=name))
        for at, one in enumerate(said, 1):
            if str(one.get("number")) in numbers:
                say("entry", number=at, kind=one["kind"], permit=one["number"], at=one["at"])
    return wrong


if __name__ == "__main__":
    sys.exit(main())

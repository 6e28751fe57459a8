"""Logs on disk for the checker, and everything that somebody could do to them."""

import contextlib
import io
import runpy
from collections.abc import Callable, Sequence
from pathlib import Path

from chalicelib.permits.log.checkpoint import Checkpoint, signed, verifier_key
from chalicelib.permits.log.hashing import leaf_hash, tree_root
from chalicelib.permits.log.tiles import WIDTH, Tile, bundle
from infrastructure.template import ROOT
from tests.permits.log.books import grown, issue
from tests.permits.log.test_checkpoint import Signer

TOOL = ROOT / "tools" / "verify_log"
ORIGIN = "izin.contoh.id/log"
SIGNER = Signer()
KEY = verifier_key(ORIGIN, SIGNER.public)
main: Callable[[Sequence[str]], int] = runpy.run_path(str(TOOL))["main"]

FOREIGN = issue(9_001).entry
"""An entry that was never entered."""
EDITS: dict[str, Callable[[list[bytes], int], list[bytes]]] = {
    "altered": lambda entries, at: [*entries[:at], FOREIGN, *entries[at + 1 :]],
    "removed": lambda entries, at: [*entries[:at], *entries[at + 1 :]],
    "inserted": lambda entries, at: [*entries[:at], FOREIGN, *entries[at:]],
    "reordered": lambda entries, at: [*entries[:at], *reversed(entries[at : at + 2]), *entries[at + 2 :]],
}


def written(folder: Path, entries: Sequence[bytes], signer: Signer = SIGNER) -> Path:
    """A whole log with a checkpoint that the key signed."""
    for path, data in grown(entries).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    (folder / "checkpoint").write_bytes(checkpoint_of(entries, signer))
    return folder


def checkpoint_of(entries: Sequence[bytes], signer: Signer = SIGNER) -> bytes:
    """The signed checkpoint over these entries."""
    root = tree_root([leaf_hash(one) for one in entries])
    return signed(Checkpoint(origin=ORIGIN, size=len(entries), root=root), signer.public, signer.sign)


def paper(entries: Sequence[bytes]) -> str:
    """The checkpoint over these entries as it is printed on a permit."""
    digits = tree_root([leaf_hash(one) for one in entries]).hex()
    return f"{len(entries)} entri, akar " + " ".join(digits[at : at + 8] for at in range(0, 64, 8))


def with_bundles(folder: Path, size: int, entries: Sequence[bytes]) -> None:
    """Other entries under the names of the files for that size: an editor's work who has no key."""
    for first in range(0, size, WIDTH):
        width = min(WIDTH, size - first)
        last = first + WIDTH >= size
        part = entries[first:] if last else entries[first : first + WIDTH]
        (folder / Tile(0, first // WIDTH, width).bundle_path).write_bytes(bundle(part))


def checked(folder: Path, *options: str, key: str = KEY) -> tuple[int, str]:
    """The exit status and what the checker says, in English."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        status = main([str(folder), "--key", key, "--lang", "en", *options])
    return status, out.getvalue()

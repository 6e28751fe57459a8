"""The register's log as use cases: what was entered becomes static files and a signed checkpoint.

An entry is made with the change that it tells of (`steps/desk.commit`). Its files follow: they are made from the
entries alone, so that whoever finds them lacking can make them, as often as needed, with the same bytes.
"""

from functools import cache
from typing import NamedTuple

from chalicelib.errors import NotFoundError, StaleVersionError
from chalicelib.permits.log.checkpoint import Checkpoint, parsed, signed
from chalicelib.permits.log.growing import Growth, appended, growth, shown_frontier
from chalicelib.permits.log.hashing import EMPTY_ROOT
from chalicelib.permits.log.leaf import Leaf
from chalicelib.steps.desk import TRIES, Desk

FOLDER = "log/"
"""Where the log lies in its bucket, and below the site's address."""
CHECKPOINT = f"{FOLDER}checkpoint"
FOR_EVER = "public, max-age=31536000, immutable"
NOT_KEPT = "no-cache"


class LogBrokenError(Exception):
    """What was entered and what was shown no longer fit: nothing is signed until somebody has looked.

    `why`: "shorter" (entries are gone), "shown" (the files do not lead to the checkpoint's root), "entered" (the
    entries do not lead to the head's root), "root" (the checkpoint of this size has another root).
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Shown(NamedTuple):
    """The newest checkpoint, and what S3 calls the file that it stands in ("" when there is none)."""

    checkpoint: Checkpoint
    etag: str


def shown(desk: Desk) -> Shown:
    """The newest checkpoint that everybody can see; one of no entries before the first."""
    try:
        note, etag = desk.files.stored(desk.settings.log_bucket, CHECKPOINT)
    except NotFoundError:
        return Shown(Checkpoint(origin=_origin(desk), size=0, root=EMPTY_ROOT), "")
    return Shown(parsed(note), etag)


def checkpoint_key(size: int) -> str:
    """Where the checkpoint of that size is kept when newer ones have come."""
    return f"{FOLDER}checkpoints/{size}"


def append(desk: Desk, leaf: Leaf) -> None:
    """Enters what tells of no record, like a change of the log's key. Raises LeafError, StaleVersionError."""
    for _ in range(TRIES):
        try:
            desk.log.append(appended(desk.log.head(), [leaf.entry]))
        except StaleVersionError:
            continue
        desk.functions.later(desk.settings.log_function, {})
        return
    raise StaleVersionError(what="log")


def catch_up(desk: Desk) -> int:
    """Has the log shown if it is not; answers how many entries nobody can see yet."""
    seen = shown(desk).checkpoint
    head = desk.log.head()
    if (seen.size, seen.root) != (head.size, head.root):
        desk.functions.later(desk.settings.log_function, {})
    return head.size - seen.size


def publish(desk: Desk) -> int:
    """Shows everything that was entered; answers the size that everybody can see then. Safe to repeat.

    Files first, the checkpoint that promises them last. Raises LogBrokenError instead of signing what does not
    follow from the checkpoint before.
    """
    seen, etag = shown(desk)  # read before the head, which is then never behind it
    head = desk.log.head()
    if head.size < seen.size:
        raise LogBrokenError("shorter")
    if head.size == seen.size:
        if head.root != seen.root:
            raise LogBrokenError("root")
        return seen.size
    made = _growth(desk, seen, head.size)
    if made.frontier != head:
        raise LogBrokenError("entered")
    for path, data in made.files.items():
        _show(desk, f"{FOLDER}{path}", data, "application/octet-stream", FOR_EVER)
    _sign(desk, Checkpoint(origin=seen.origin, size=head.size, root=head.root), etag)
    return head.size


def _growth(desk: Desk, seen: Checkpoint, size: int) -> Growth:
    @cache
    def read(path: str) -> bytes:
        return desk.files.read(desk.settings.log_bucket, f"{FOLDER}{path}")

    if shown_frontier(seen.size, read).root != seen.root:
        raise LogBrokenError("shown")
    return growth(seen.size, read, desk.log.entries(seen.size, size))


def _sign(desk: Desk, checkpoint: Checkpoint, etag: str) -> None:
    key = desk.settings.log_key_id
    note = signed(checkpoint, desk.keys.public_key(key), lambda text: desk.keys.sign_ecdsa(key, text))
    _show(desk, checkpoint_key(checkpoint.size), note, "text/plain; charset=utf-8", FOR_EVER)
    # A slower one never puts an older checkpoint over a newer: then somebody else has shown at least as much.
    _show(desk, CHECKPOINT, note, "text/plain; charset=utf-8", NOT_KEPT, etag)


def _show(desk: Desk, key: str, data: bytes, kind: str, cache: str, instead_of: str | None = None) -> None:
    desk.files.show(desk.settings.log_bucket, key, data, kind, cache, instead_of)


def _origin(desk: Desk) -> str:
    """The log's name while it has no entries; from then on the one in its checkpoints, wherever the site moves."""
    return f"{desk.settings.site_url.partition('://')[2]}/log"

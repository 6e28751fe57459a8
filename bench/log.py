"""The register's log at several sizes: what one more entry and one proof cost, in requests and bytes."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import boto3
import msgspec

from chalicelib.permits.log.checkpoint import Checkpoint, signed
from chalicelib.permits.log.growing import Growth, appended, growth
from chalicelib.permits.log.leaf import Leaf
from chalicelib.permits.log.proofs import consistency_proof, inclusion_proof
from chalicelib.permits.log.tiles import TiledTree
from chalicelib.steps.desk import Desk
from chalicelib.steps.permit_log import CHECKPOINT, FOLDER, publish
from chalicelib.worktime.now import system_clock
from local.aws import open_aws
from local.listening import listening
from local.template import REGION

SIZES = (10, 1_000, 70_000)
LARGEST_PROOF = 1536


def log_rows() -> list[tuple[str, str]]:
    """A row for each size of the log."""
    return [row for size in SIZES for row in _rows(size)]


def entry(number: int) -> bytes:
    """An entry as long as a real one."""
    hashed = sha256(str(number).encode()).hexdigest()
    at = datetime(2026, 11, 24, tzinfo=UTC)
    return Leaf(kind="issued", number=f"430/{number:05d}/2026", file=hashed, record=hashed, at=at).entry


def _rows(size: int) -> list[tuple[str, str]]:
    made = growth(0, dict[str, bytes]().__getitem__, [entry(number) for number in range(size)])
    proofs, read = _proofs(size, made.files)
    asked: Counter[str] = Counter()
    with _counted(asked), open_aws(system_clock(), functions={}) as desk:
        _begin(desk, made)
        asked.clear()
        desk.log.append(appended(desk.log.head(), [entry(size)]))
        entered = dict(asked)
        asked.clear()
        publish(desk)
        shown = dict(asked)
    name = f"register's log, {size:,} entries"
    return [
        (f"{name}: entering one more", _said(entered)),
        (f"{name}: showing it", _said(shown)),
        (f"{name}: proofs, the largest", f"{proofs} (goal under {LARGEST_PROOF:,} bytes)"),
        (f"{name}: read for an inclusion proof from outside", read),
    ]


def _proofs(size: int, files: Mapping[str, bytes]) -> tuple[str, str]:
    asked: list[str] = []

    def read(path: str) -> bytes:
        asked.append(path)
        return files[path]

    inclusion_proof(TiledTree(size, read), size // 3)
    tree, step = TiledTree(size, files.__getitem__), max(1, size // 200)
    included = max(len(inclusion_proof(tree, at)) for at in range(0, size, step))
    grew = max(len(consistency_proof(tree, at)) for at in range(0, size, step))
    said = f"inclusion {32 * included:,} bytes, growth {32 * grew:,} bytes"
    return said, f"{len(asked)} tiles, {sum(len(files[path]) for path in asked):,} bytes"


def _begin(desk: Desk, made: Growth) -> None:
    """The log as it stands after so many entries: its head in the register, its files and checkpoint in S3."""
    settings, head = desk.settings, made.frontier
    for path, data in made.files.items():
        desk.files.write(settings.log_bucket, f"{FOLDER}{path}", data, "application/octet-stream")
    note = signed(
        Checkpoint(origin="contoh.id/log", size=head.size, root=head.root),
        desk.keys.public_key(settings.log_key_id),
        lambda text: desk.keys.sign_ecdsa(settings.log_key_id, text),
    )
    desk.files.write(settings.log_bucket, CHECKPOINT, note, "text/plain")
    table = boto3.resource("dynamodb", region_name=REGION).Table(settings.register_table)
    table.put_item(Item={"pk": "log#head", "body": msgspec.json.encode(head).decode()})


@contextmanager
def _counted(asked: Counter[str]) -> Iterator[None]:
    """Counts requests by name, and the bytes that they carry to S3 and DynamoDB and bring from S3."""

    def before(model: Any, params: dict[str, Any], **_: Any) -> None:
        asked[model.name] += 1
        body = params.get("body") or b""
        asked["bytes sent"] += len(body if isinstance(body, bytes | str) else body.getbuffer())

    def after(model: Any, parsed: dict[str, Any], **_: Any) -> None:
        if model.name == "GetObject":
            asked["bytes read from S3"] += int(parsed.get("ContentLength", 0))

    with listening(before_call=before, after_call=after):
        yield


def _said(asked: Mapping[str, int]) -> str:
    calls = {name: times for name, times in asked.items() if not name.startswith("bytes")}
    told = ", ".join(f"{times} {name}" for name, times in sorted(calls.items()))
    moved = ", ".join(
        f"{times:,} {name}" for name, times in sorted(asked.items()) if name.startswith("bytes")
    )
    return f"{sum(calls.values())} requests ({told}); {moved}"

"""make bench: the figures of docs/benchmarks.md, measured side by side in one run."""

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.aws_calls import Calls, counted

SLOW = ("pdfplumber", "pypdfium2", "onnxruntime", "numpy", "PIL", "typst", "pyhanko", "cryptography")


def main() -> None:
    """Measures everything and prints one table."""
    rows = [("machine", f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}")]
    rows += import_rows()
    rows += demo_rows()
    width = max(len(name) for name, _ in rows)
    for name, figure in rows:
        print(f"| {name.ljust(width)} | {figure} |")


def import_rows(times: int = 7) -> list[tuple[str, str]]:
    """Import time of `app.py` in fresh processes, beside the bare interpreter; and what it must not import."""
    bare = [_seconds("pass") for _ in range(times)]
    ours = [_seconds("import app") for _ in range(times)]
    seconds = statistics.median(ours) - statistics.median(bare)
    script = f"import app, sys; print([n for n in {SLOW!r} if n in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    return [
        ("import of app.py, fresh process", f"{seconds:.2f} s (goal under 0.6 s)"),
        ("slow libraries it imports", loaded.strip()),
    ]


def demo_rows() -> list[tuple[str, str]]:
    """One application from start to permit: wall time, AWS calls, capacity."""
    from local.bundle import own_bundle
    from local.demo import run

    with TemporaryDirectory() as folder, counted() as calls:
        out = Path(folder) / "out"
        started = time.monotonic()
        run(own_bundle(Path(folder)), out)
        wall = time.monotonic() - started
        result = json.loads((out / "result.json").read_text(encoding="utf-8"))
    return [
        ("demo, start to permit", f"{wall:.1f} s (goal under 20 s), outcome {result['outcome']}"),
        *_call_rows(calls),
    ]


def _call_rows(calls: Calls) -> list[tuple[str, str]]:
    services = sorted({name.partition(".")[0] for name in calls.by_operation} - {"cloudformation"})
    rows = [(f"AWS calls of one application: {service}", str(calls.of(service))) for service in services]
    capacity = f"{calls.write_units} write units, {calls.read_units} read units"
    return [*rows, ("DynamoDB capacity of one application, with set-up", capacity)]


def _seconds(code: str) -> float:
    started = time.monotonic()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.monotonic() - started


if __name__ == "__main__":
    main()

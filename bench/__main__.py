"""make bench: the figures of docs/benchmarks.md, measured side by side in one run."""

import logging
import os
import platform

from bench.deciding import deciding_rows
from bench.imports import import_rows
from bench.journey import journey_rows
from bench.log import log_rows
from bench.packages import package_rows
from bench.permits import permit_rows
from bench.requests import request_rows
from bench.waiting import waiting_rows


def main() -> None:
    """Measures everything and prints one table."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    load = os.getloadavg()[0]
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    rows = [("machine", f"{machine}, load {load:.1f} before the run")]
    measures = (
        import_rows,
        request_rows,
        deciding_rows,
        waiting_rows,
        log_rows,
        journey_rows,
        permit_rows,
        package_rows,
    )
    for measure in measures:
        rows += measure()
    width = max(len(name) for name, _ in rows)
    for name, figure in rows:
        print(f"| {name.ljust(width)} | {figure} |")


if __name__ == "__main__":
    main()

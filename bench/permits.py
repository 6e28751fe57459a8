"""python -m bench.permits: processor time of one permit, by part; the authorities answer from another process.

Time on the wall would measure the network of the day; what a Lambda function pays for is the processor.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import segno

from chalicelib.permits.layout import render
from chalicelib.permits.passphrase import passphrase_matches
from chalicelib.permits.verification import examine
from tests.permits.office import (
    OFFICIAL,
    PASSPHRASE,
    PERMIT,
    SIGNED_AT,
    passphrase_record,
    private_key,
    seal,
    spki,
)

_TIMES = 30
_SERVER = """
import sys, threading
from datetime import datetime
from local.authority import open_authority
at = datetime.fromisoformat(sys.argv[1])
with open_authority(bytes.fromhex(sys.argv[2]), sys.argv[3], "Kepala", now=lambda: at) as opened:
    print(opened.time_stamp_url, opened.chain.hex(), flush=True)
    sys.stdin.read()
"""


@contextmanager
def _authority() -> Iterator[dict[str, Any]]:
    """The settings of a signer whose authorities are another process."""
    asked = [SIGNED_AT.isoformat(), spki(private_key()).hex(), OFFICIAL.name]
    command = [sys.executable, "-c", _SERVER, *asked]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        if server.stdin is None or server.stdout is None:
            raise RuntimeError("the authority's process has no pipes")
        url, chain = server.stdout.readline().split()
        yield {"time_stamp_url": url, "chain_pem": bytes.fromhex(chain)}
        server.stdin.close()


def _cost(work: Callable[[], object]) -> float:
    """Milliseconds of the processor, the median; the first time, which imports and caches, is not counted."""
    work()
    spent = []
    for _ in range(_TIMES):
        before = time.process_time()
        work()
        spent.append(1000 * (time.process_time() - before))
    return statistics.median(spent)


def permit_rows() -> list[tuple[str, str]]:
    """What each part costs, and all of it together."""
    page = render(PERMIT)
    with _authority() as stamping:
        b_lt, b_b = seal(**stamping), seal()
        signed = b_lt.sign(page, SIGNED_AT, PASSPHRASE)
        costs = {
            "permit: layout with its QR code": _cost(lambda: render(PERMIT)),
            "of it: QR code": _cost(lambda: segno.make(PERMIT.check_url, error="m").svg_inline(border=4)),
            "permit: passphrase (scrypt, slow on purpose)": _cost(
                lambda: passphrase_matches(PASSPHRASE, passphrase_record())
            ),
            "permit: signature B-B, checked": _cost(lambda: b_b.sign(page, SIGNED_AT, PASSPHRASE)),
            "permit: signature B-LT, checked": _cost(lambda: b_lt.sign(page, SIGNED_AT, PASSPHRASE)),
            "permit: check of a B-LT file": _cost(lambda: examine(signed.pdf, stamping["chain_pem"])),
        }
    scrypt = costs["permit: passphrase (scrypt, slow on purpose)"]
    for name in ("permit: signature B-B, checked", "permit: signature B-LT, checked"):
        costs[name] -= scrypt
    together = costs["permit: layout with its QR code"] + costs["permit: signature B-LT, checked"]
    rows = [(name, f"{cost:.1f} ms") for name, cost in costs.items()]
    rows.append(("permit: layout and signature B-LT together", f"{together:.1f} ms"))
    return [*rows, ("permit: size, laid out and B-LT", f"{len(page):,} and {len(signed.pdf):,} bytes")]


if __name__ == "__main__":
    print(f"load {os.getloadavg()[0]:.1f}")
    for told, figure in permit_rows():
        print(f"| {told} | {figure} |")

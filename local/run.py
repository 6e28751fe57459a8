"""Starts the stack and keeps it until it is interrupted. PORT, TIME_SCALE, CLOCK_START, SIGNER come from outside."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from chalicelib.worktime.calendar import office_zone
from chalicelib.worktime.now import system_clock
from local.clock import set_clock
from local.people import office, passphrase_of
from local.reach import ENVIRONMENT
from local.stack import PortTakenError, Stack, open_stack

FOLDER = ENVIRONMENT.parent


def main() -> int:
    """Runs until Ctrl-C or a termination signal; 1 when the port is taken."""
    logging.basicConfig(level=logging.WARNING)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line a request would carry the addresses away
    port = int(os.environ.get("PORT", "8000"))
    start = os.environ.get("CLOCK_START")
    starts_at = datetime.fromisoformat(start).replace(tzinfo=office_zone()) if start else None
    bsre = os.environ.get("SIGNER", "seal") == "bsre"
    clock = set_clock(starts_at, float(os.environ.get("TIME_SCALE", "1")))
    stopped = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stopped.set())
    try:
        with open_stack(port=port, folder=FOLDER, clock=clock, bsre=bsre) as stack, remembered(stack):
            greet(stack)
            stopped.wait()
    except PortTakenError:
        print(
            f"Port {port} is taken by another program. Take another one: PORT={port + 1} make run",
            file=sys.stderr,
        )
        return 1
    return 0


@contextmanager
def remembered(stack: Stack) -> Iterator[None]:
    """While open, a file says where the stack answers, for `make audit` and `make verify-audit`."""
    lines = [f"{name}={value}" for name, value in stack.environment.items()]
    lines.append(f"AWS_ENDPOINT_URL={stack.aws_url}")
    clock = stack.desk.clock
    lines += [f"CLOCK_SHOWED={clock.now().isoformat()}", f"AT={system_clock().now().isoformat()}"]
    lines.append(f"TIME_SCALE={clock.scale}")
    ENVIRONMENT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    try:
        yield
    finally:
        ENVIRONMENT.unlink(missing_ok=True)


def greet(stack: Stack) -> None:
    """Says where everything is."""
    officers = "\n".join(f"    {entry['title'][:40]:40} {entry['email']}" for entry in office()["officers"])
    print(
        f"""
  Sanggar is running. Stop it with Ctrl-C.

  Pages            {stack.url}/
  Mail             {stack.url}/_outbox        (codes and links arrive here)
  Auditors         {stack.url}/audit/         as {office()["auditors"][0]["email"]}
  API              {stack.url}/api/openapi.json
  AWS, by moto     {stack.aws_url}

  Officers (their links come by mail):
{officers}
  Passphrase of the head, for signing: {passphrase_of("head")}
""",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())

"""Starts the stack and keeps it until it is interrupted. PORT, TIME_SCALE and CLOCK_START come from outside."""

import logging
import os
import signal
import threading
from datetime import datetime
from pathlib import Path

from chalicelib.worktime.calendar import office_zone
from local.clock import set_clock
from local.people import office, passphrase_of
from local.stack import Stack, open_stack

FOLDER = Path(".local")


def main() -> None:
    """Runs until Ctrl-C or a termination signal."""
    logging.basicConfig(level=logging.WARNING)
    start = os.environ.get("CLOCK_START")
    starts_at = datetime.fromisoformat(start).replace(tzinfo=office_zone()) if start else None
    clock = set_clock(starts_at, float(os.environ.get("TIME_SCALE", "1")))
    stopped = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stopped.set())
    with open_stack(port=int(os.environ.get("PORT", "8000")), folder=FOLDER, clock=clock) as stack:
        remember(stack)
        greet(stack)
        stopped.wait()


def remember(stack: Stack) -> None:
    """Writes where the stack answers, for `make audit` and `make verify-audit`."""
    lines = [f"{name}={value}" for name, value in stack.environment.items()]
    lines.append(f"AWS_ENDPOINT_URL={stack.aws_url}")
    (FOLDER / "environment").write_text("\n".join(lines) + "\n", encoding="utf-8")


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
    main()

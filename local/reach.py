"""The way to a running service: the stack of this machine, or AWS where the environment names a stage of it."""

import os
import socket
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from chalicelib.office import wire
from chalicelib.settings import read_settings
from chalicelib.steps.desk import Desk
from chalicelib.worktime.now import Clock, system_clock
from local.clock import set_clock

ENVIRONMENT = Path(".local/environment")
NOTHING_RUNS = "No stack is running here: start it with `make run`."


def stack_desk() -> Desk | None:
    """A desk on the stack that runs on this machine; None when none does."""
    settings = _settings()
    if not _answers(settings.get("AWS_ENDPOINT_URL", "")):
        return None
    os.environ.update(settings)
    os.environ.setdefault("AWS_ACCESS_KEY_ID", "local")
    os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "local")
    return wire(read_settings(), _clock(settings))


def stage_desk(environment: Mapping[str, str] = os.environ) -> Desk | None:
    """A desk on AWS, with this shell's credentials, where its environment holds a function's settings; else None."""
    if "SANGGAR_STAGE" not in environment:
        return None
    return wire(read_settings(environment), system_clock())


def _settings() -> dict[str, str]:
    """What the running stack wrote down; nothing when there is none."""
    if not ENVIRONMENT.is_file():
        return {}
    lines = ENVIRONMENT.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def _answers(address: str) -> bool:
    """Whether somebody listens there: a stack that was killed leaves its file behind."""
    place = urlsplit(address)
    try:
        socket.create_connection((place.hostname or "", place.port or 0), timeout=2).close()
    except OSError:
        return False
    return True


def _clock(settings: Mapping[str, str]) -> Clock:
    """The clock of the stack, which may have begun on another day and run faster."""
    scale = float(settings["TIME_SCALE"])
    since = system_clock().now() - datetime.fromisoformat(settings["AT"])
    return set_clock(datetime.fromisoformat(settings["CLOCK_SHOWED"]) + since * scale, scale)

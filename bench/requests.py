"""What a request costs beyond Chalice itself: the same answer from a bare route, side by side."""

import statistics
import time
from typing import Any

from chalice.app import Chalice
from chalice.test import Client

from chalicelib.worktime.now import system_clock
from local.aws import open_aws

TIMES = 200


def request_rows() -> list[tuple[str, str]]:
    """Warm handler time of an answer that needs no AWS."""
    import app

    with open_aws(system_clock()):
        ours = Client(app.app)
        bare = Client(_bare(ours.http.get("/api/procedure").json_body))
        pairs = [(_seconds(ours, "/api/procedure"), _seconds(bare, "/")) for _ in range(TIMES)]
    mine, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
    figure = f"{mine * 1000:.1f} ms, {mine / theirs:.1f} of a bare Chalice route (goal at most 3.5)"
    return [("GET /api/procedure, warm handler", figure)]


def _bare(answer: Any) -> Chalice:
    bare = Chalice("bare")
    bare.route("/")(lambda: answer)
    return bare


def _seconds(client: Client, path: str) -> float:
    started = time.perf_counter()
    answer = client.http.get(path)
    seconds = time.perf_counter() - started
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answers {answer.status_code}")
    return seconds

"""What our code adds to an officer's decision: the API's time beside that of its own AWS calls, in one run."""

import statistics
import threading
import time
from typing import Any

from chalice.test import Client

from local.aws import function_name, open_aws
from local.clock import Hands
from local.listening import listening
from tests.web.office import APPROVE, Office

TIMES = 12
_IDLE = {"stepfunctions": {"execute_state_machine": False}, "lambda": {"use_docker": False}}
_OPENED_AT = "2026-11-24T09:00:00+07:00"


class Spent(threading.local):
    """Seconds inside AWS calls of this thread, from handing the request over until its answer is parsed."""

    seconds: float = 0.0
    since: float = 0.0
    calls: int = 0


def deciding_rows() -> list[tuple[str, str]]:
    """Opening the review page and deciding, each as a ratio to its own AWS calls against moto."""
    import app

    spent, hands = Spent(), Hands.at(_OPENED_AT)

    def before(**_: Any) -> None:
        spent.since = time.perf_counter()

    def after(**_: Any) -> None:
        spent.seconds += time.perf_counter() - spent.since
        spent.calls += 1

    functions: Any = {
        function_name("deliver"): lambda *_: None,
        function_name("sign_permit"): app.sign_permit,
        function_name("publish_log"): app.publish_log,
    }
    with (
        listening(before_call=before, after_call=after),
        open_aws(hands.clock, functions=functions, config=_IDLE) as desk,  # type: ignore[arg-type]
    ):
        measured = _measured(Office(desk, hands, Client(app.app)), spent)
    return [(f"{name}, API against its bare AWS calls", _told(ones)) for name, ones in measured.items()]


def _measured(office: Office, spent: Spent) -> dict[str, list[tuple[float, float, int]]]:
    looks, decisions = [], []
    for _ in range(TIMES):
        case = office.open(office.applicant().sent(), "completeness_check")
        headers = {"X_Sanggar_Link": office.link(case)}
        proof = office.proof(case)
        looks.append(_timed(office, spent, ("GET", "/api/review", None), headers))
        request = ("POST", "/api/review/decision", {**APPROVE, **proof})
        decisions.append(_timed(office, spent, request, headers))
    return {"opening the review page": looks, "a decision": decisions}


def _timed(
    office: Office, spent: Spent, request: tuple[str, str, Any], headers: dict[str, str]
) -> tuple[float, float, int]:
    spent.seconds, spent.calls = 0.0, 0
    started = time.perf_counter()
    answer = office.call(*request, **headers)
    seconds = time.perf_counter() - started
    if answer.status != 200:
        raise RuntimeError(f"{request[1]} answers {answer.status}")
    return seconds, spent.seconds, spent.calls


def _told(ones: list[tuple[float, float, int]]) -> str:
    ratio = statistics.median(whole / bare for whole, bare, _ in ones)
    whole, bare = (statistics.median(one[part] for one in ones) for part in (0, 1))
    calls = max(one[2] for one in ones)
    return f"{whole * 1000:.1f} ms with {calls} calls of {bare * 1000:.1f} ms, {ratio:.2f} (goal under 1.5)"

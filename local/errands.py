"""What AWS does between the functions: the queue brings uploads, the schedules come round."""

import json
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any

from chalicelib.aws.session import client
from chalicelib.worktime.now import Clock
from local.aws import STAGE
from local.resources import Schedule, schedules, sources
from local.template import REGION

LOG = logging.getLogger(__name__)
PAUSE = 0.05
READERS = 2
"""How many messages of a queue are worked on at once."""


class Errands:
    """Threads that carry messages to their functions and call the scheduled ones while the stack runs."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._stopped = threading.Event()
        self._due: dict[str, datetime] = {}

    @contextmanager
    def running(self) -> Iterator[None]:
        """Carries while open."""
        works: list[Callable[[], None]] = []
        for queue, function in sources(STAGE).items():
            url = _client("sqs").get_queue_url(QueueName=queue)["QueueUrl"]
            works += [partial(self._carry, url, function)] * READERS
        for schedule in schedules(STAGE):
            self._due[schedule.function] = schedule.next_after(self._clock.now())
            works.append(partial(self._come_round, schedule))
        threads = [threading.Thread(target=self._repeat, args=(work,), daemon=True) for work in works]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stopped.set()
            for thread in threads:
                thread.join(timeout=30)

    def _repeat(self, work: Callable[[], None]) -> None:
        while not self._stopped.wait(PAUSE):
            try:
                work()
            except Exception:
                LOG.exception("an errand failed and is tried again")
                self._stopped.wait(1)

    def _carry(self, queue_url: str, function: str) -> None:
        sqs = _client("sqs")
        found = sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=1).get("Messages", [])
        for message in found:
            event = {"Records": [{"messageId": message["MessageId"], "body": message["Body"]}]}
            if not _call(function, event).get("batchItemFailures"):
                sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])

    def _come_round(self, schedule: Schedule) -> None:
        now = self._clock.now()
        if now >= self._due[schedule.function]:
            self._due[schedule.function] = schedule.next_after(now)
            _call(schedule.function, {})


def _client(service: str) -> Any:
    return client(service, REGION)


def _call(function: str, event: dict[str, Any]) -> dict[str, Any]:
    answer = _client("lambda").invoke(FunctionName=function, Payload=json.dumps(event).encode())
    result = json.loads(answer["Payload"].read() or b"{}")
    if answer.get("FunctionError"):
        raise RuntimeError(f"{function}: {result.get('errorType')}")
    return result if isinstance(result, dict) else {}

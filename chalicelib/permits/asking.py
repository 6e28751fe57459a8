"""Questions to time-stamp authorities and revocation services: bounded in time and size, and never a redirect."""

import queue
import threading
import time
from typing import Literal

import urllib3

from chalicelib.permits.errors import SigningServiceError

Service = Literal["time_stamp", "ocsp", "crl"]

_LARGEST = 512 * 1024
"""Bytes of an answer: it goes into the permit, which people carry on phones."""

_TYPES: dict[Service, tuple[str, str]] = {
    "time_stamp": ("application/timestamp-query", "application/timestamp-reply"),  # RFC 3161, 3.4
    "ocsp": ("application/ocsp-request", "application/ocsp-response"),  # RFC 6960, A.1
    "crl": ("", "application/pkix-crl"),  # RFC 2585, 4.2
}


class Asker:
    """Asks with one budget of `seconds` for everything, counted from its making."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds
        self._pool = urllib3.PoolManager(retries=False)

    def ask(self, service: Service, url: str, body: bytes | None = None) -> bytes:
        """The answer: to a GET without a `body`, to a POST with one.

        Raises SigningServiceError, whose `why` is the service with "_timeout", "_unreachable",
        "_answer_invalid" or "_answer_too_large" after it.
        """
        box: queue.SimpleQueue[bytes | Exception] = queue.SimpleQueue()

        def work() -> None:
            try:
                box.put(self._answer(service, url, body))
            except (SigningServiceError, urllib3.exceptions.HTTPError) as error:
                box.put(error)

        # A thread of its own: neither a slow name service nor an answer that drips in can hold the caller.
        threading.Thread(target=work, daemon=True).start()
        try:
            told = box.get(timeout=max(0.0, self._until - time.monotonic()))
        except queue.Empty:
            raise SigningServiceError(why=f"{service}_timeout") from None
        refused = isinstance(told, urllib3.exceptions.NewConnectionError)  # a kind of timeout to urllib3
        if isinstance(told, urllib3.exceptions.TimeoutError) and not refused:
            raise SigningServiceError(why=f"{service}_timeout") from told
        if isinstance(told, urllib3.exceptions.HTTPError):
            raise SigningServiceError(why=f"{service}_unreachable") from told
        if isinstance(told, Exception):
            raise told
        return told

    def _answer(self, service: Service, url: str, body: bytes | None) -> bytes:
        sent, expected = _TYPES[service]
        headers = {"Accept": expected} | ({"Content-Type": sent} if body is not None else {})
        answer = self._pool.request(
            "GET" if body is None else "POST",
            url,
            body=body,
            headers=headers,
            redirect=False,
            timeout=max(0.01, self._until - time.monotonic()),
            preload_content=False,
            decode_content=False,
        )
        try:
            content: bytes = answer.read(_LARGEST + 1)
        finally:
            answer.release_conn()
        if answer.status != 200:
            raise SigningServiceError(why=f"{service}_answer_invalid")
        if len(content) > _LARGEST:
            raise SigningServiceError(why=f"{service}_answer_too_large")
        return content

"""One HTTPS exchange with the service: bounded in time and size, never redirected, never repeated, never logged.

Made on the standard library's client, for the others write addresses into logs, and version 1 of the interface
has a person's ID number in one of them.
"""

import http.client
import re
import socket
import ssl
import threading
import time
from base64 import b64encode
from collections.abc import Mapping
from contextlib import suppress
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from chalicelib.permits.errors import SigningServiceError
from chalicelib.sealed import Sealed

LARGEST = 14 * 1024 * 1024
"""Bytes of one answer: a file of 10 MiB in base 64, and what is around it."""
_DOCUMENT = re.compile(r"[A-Za-z0-9._-]{1,100}")


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """Where the service is, and the office's own account there; `service_ca` is PEM, "" for the public ones."""

    url: str
    username: str
    password: Sealed
    service_ca: str = ""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One whole answer. `document` is the service's id of the file, "" without one."""

    status: int
    body: bytes
    document: str = ""


class LostError(Exception):
    """The request was on its way and no whole answer came. `document` as in `Answer`, when it was heard."""

    def __init__(self, why: str, document: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.document = document


class Budget:
    """Seconds that count down from now, for several exchanges together."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    def left(self, *, keep: float = 0, most: float = 3600) -> float:
        """The seconds that are left, `keep` of them put aside, and no more than `most`; never negative."""
        return min(most, max(0.0, self._ends - time.monotonic() - keep))


class Line:
    """Exchanges under one account."""

    def __init__(self, account: Account) -> None:
        """Raises SigningServiceError for an address that is not https, or certificates that are none."""
        parts = urlsplit(account.url)
        if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment or parts.username:
            raise SigningServiceError(why="not_set_up")
        try:
            self._context = ssl.create_default_context(cadata=account.service_ca or None)
        except (ssl.SSLError, ValueError):
            raise SigningServiceError(why="not_set_up") from None
        self._host, self._port = parts.hostname, parts.port or 443
        self._path = parts.path.rstrip("/")
        self._account = account

    def ask(
        self,
        method: Literal["GET", "POST"],
        path: str,
        seconds: float,
        body: bytes | None = None,
        content_type: str = "",
    ) -> Answer:
        """The whole answer to one request.

        Raises SigningServiceError when the service was not reached, which is sure to have changed nothing, and
        LostError when it was and no whole answer came within `seconds`.
        """
        if seconds <= 0:
            raise SigningServiceError(why="no_time_left")
        connection = http.client.HTTPSConnection(self._host, self._port, context=self._context)
        with _Watch(seconds) as watch:
            connection.sock = self._reached(watch, seconds)
            connection.putrequest(method, self._path + path, skip_accept_encoding=True)
            for name, value in self._headers(body, content_type).items():
                connection.putheader(name, value)
            return _exchanged(connection, watch, body)

    def _reached(self, watch: "_Watch", seconds: float) -> ssl.SSLSocket:
        try:
            plain = socket.create_connection((self._host, self._port), seconds)
            watch.line = line = self._context.wrap_socket(
                plain, server_hostname=self._host, do_handshake_on_connect=False
            )
            line.do_handshake()
        except ssl.SSLCertVerificationError:
            raise SigningServiceError(why="untrusted_service") from None
        except (OSError, ValueError) as error:
            timeout = watch.over or isinstance(error, TimeoutError)
            raise SigningServiceError(why="timeout" if timeout else type(error).__name__) from None
        return line

    def _headers(self, body: bytes | None, content_type: str) -> Mapping[str, str]:
        pair = f"{self._account.username}:".encode() + self._account.password.reveal()
        content = {} if body is None else {"Content-Type": content_type, "Content-Length": str(len(body))}
        return {
            "Authorization": f"Basic {b64encode(pair).decode()}",
            "Accept-Encoding": "identity",  # nothing to unpack, so nothing that grows
            "Connection": "close",
            **content,
        }


class _Watch:
    """Cuts the line when the time is over: a socket's own time limit starts anew with every byte that trickles."""

    def __init__(self, seconds: float) -> None:
        self.over = False
        self.line: ssl.SSLSocket | None = None
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> "_Watch":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        if self.line is not None:
            self.line.close()

    def _cut(self) -> None:
        self.over = True
        if self.line is not None:
            with suppress(OSError):
                socket.socket.shutdown(self.line, socket.SHUT_RDWR)  # below TLS: its own farewell would wait


def _exchanged(connection: http.client.HTTPSConnection, watch: _Watch, body: bytes | None) -> Answer:
    document = ""
    try:
        connection.endheaders(body)
        with connection.getresponse() as response:
            document = _document(response.headers)
            content = response.read(LARGEST + 1)
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise LostError("timeout" if watch.over else type(error).__name__, document) from None
    if watch.over:  # an answer without a length ends where the line was cut
        raise LostError("timeout", document)
    if len(content) > LARGEST:
        raise LostError("too_large", document)
    if response.length:
        raise LostError("cut_off", document)
    return Answer(status=response.status, body=content, document=document)


def _document(headers: http.client.HTTPMessage) -> str:
    told = headers.get("id_dokumen") or headers.get("id-dokumen") or ""
    return told if _DOCUMENT.fullmatch(told) else ""

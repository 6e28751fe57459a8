"""Time-stamp and revocation services that fail, or cheat: named, bounded in time, and nothing is signed."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pytest
from asn1crypto import tsp
from werkzeug.serving import make_server

from chalicelib.permits.errors import SigningServiceError
from chalicelib.permits.layout import render
from local.authority import HOST, Authority, create_authority
from tests.permits.office import (
    PASSPHRASE,
    PERMIT,
    SIGNED_AT,
    private_key,
    sign_bytes,
    spki,
    stamping_authority,
    stamping_seal,
)

Answering = Callable[[socket.socket], None]


@pytest.fixture(scope="module")
def opened() -> Iterator[Authority]:
    with stamping_authority() as answering:
        yield answering


def _silent(connection: socket.socket) -> None:
    time.sleep(3)


def _dripping(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for _ in range(60):
        connection.sendall(b"X-Pelan: ya\r\n")
        time.sleep(0.05)


def _saying(status: str, body: bytes) -> Answering:
    def answer(connection: socket.socket) -> None:
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        connection.sendall(head.encode() + body)

    return answer


def _read_request(connection: socket.socket) -> None:
    """All of it: what is left unread breaks the answer."""
    with connection.makefile("rb") as stream:
        lines = list(iter(stream.readline, b"\r\n"))
        lengths = [int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length")]
        stream.read(sum(lengths))


@contextmanager
def _service(answering: Answering) -> Iterator[str]:
    """A service of ours that behaves badly."""
    with socket.create_server((HOST, 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    try:
                        _read_request(connection)
                        answering(connection)
                    except OSError:
                        pass

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://{HOST}:{listening.getsockname()[1]}/"
        listening.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    ("answering", "why"),
    [
        (_silent, "time_stamp_timeout"),
        (_dripping, "time_stamp_timeout"),
        (_saying("500 Rusak", b""), "time_stamp_answer_invalid"),
        (_saying("302 Pindah", b""), "time_stamp_answer_invalid"),
        (_saying("200 OK", b"<html>"), "time_stamp_answer_invalid"),
        (_saying("200 OK", b""), "time_stamp_answer_invalid"),
        (_saying("200 OK", b"\x30\x05\x30\x03\x02\x01\x02"), "time_stamp_refused"),  # status: rejection
        (_saying("200 OK", bytes(600_000)), "time_stamp_answer_too_large"),
    ],
    ids=["silent", "dripping", "broken", "moved", "a page", "nothing", "refusing", "endless"],
)
def test_a_time_stamp_authority_that_fails_is_named_and_bounded_in_time(
    opened: Authority, answering: Answering, why: str
) -> None:
    started = time.monotonic()
    with _service(answering) as url, pytest.raises(SigningServiceError) as caught:
        stamping_seal(opened, time_stamp_url=url, patience=0.5).sign(render(PERMIT), SIGNED_AT, PASSPHRASE)
    assert caught.value.facts == {"why": why}
    assert time.monotonic() - started < 2.5


def test_nobody_at_the_address_is_named(opened: Authority) -> None:
    with pytest.raises(SigningServiceError) as caught:
        stamping_seal(opened, time_stamp_url="http://127.0.0.1:9/").sign(
            render(PERMIT), SIGNED_AT, PASSPHRASE
        )
    assert caught.value.facts == {"why": "time_stamp_unreachable"}


@pytest.mark.parametrize(
    ("answering", "why"),
    [
        (_silent, "ocsp_timeout"),
        (_saying("200 OK", b"<html>"), "ocsp_answer_invalid"),
        (_saying("200 OK", b"\x30\x03\x0a\x01\x06"), "ocsp_refused"),  # status: unauthorized
    ],
    ids=["silent", "a page", "refusing"],
)
def test_a_revocation_service_that_fails_is_named_before_the_key_is_asked(
    opened: Authority, answering: Answering, why: str
) -> None:
    asked: list[bytes] = []

    def noted(data: bytes) -> bytes:
        asked.append(data)
        return sign_bytes(data)

    with _service(answering) as url:
        elsewhere = create_authority(
            spki(private_key()), "Contoh", "Kepala", now=lambda: SIGNED_AT, address=url.rstrip("/")
        )
        chain = elsewhere.chain + opened.certificate
        signer = stamping_seal(opened, chain_pem=chain, patience=1.0, sign_bytes=noted)
        with pytest.raises(SigningServiceError) as caught:
            signer.sign(render(PERMIT), SIGNED_AT, PASSPHRASE)
    assert caught.value.facts == {"why": why}
    assert asked == []


@contextmanager
def _between(authority: Authority, change: Callable[[bytes], bytes]) -> Iterator[str]:
    """Somebody who changes our questions on the way to the time-stamp authority; its address."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        asked = change(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        path = authority.time_stamp_url.split("/", 3)[3]
        sent = {"PATH_INFO": f"/{path}", "wsgi.input": BytesIO(asked), "CONTENT_LENGTH": str(len(asked))}
        return authority.application(environ | sent, start_response)

    server = make_server(HOST, 0, application, threaded=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"http://{HOST}:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def test_a_stamp_on_something_else_never_leaves_the_house(opened: Authority) -> None:
    def other(asked: bytes) -> bytes:
        request = tsp.TimeStampReq.load(asked)
        request["message_imprint"]["hashed_message"] = bytes(32)
        return bytes(request.dump(force=True))

    with _between(opened, other) as url, pytest.raises(SigningServiceError) as caught:
        stamping_seal(opened, time_stamp_url=url).sign(render(PERMIT), SIGNED_AT, PASSPHRASE)
    assert caught.value.facts == {"why": "time_stamp_of_something_else"}


def test_an_old_stamp_is_not_taken_for_a_new_one(opened: Authority) -> None:
    first: list[bytes] = []

    def replayed(asked: bytes) -> bytes:
        first.append(asked)
        return first[0]

    with _between(opened, replayed) as url, pytest.raises(SigningServiceError) as caught:
        stamping_seal(opened, time_stamp_url=url).sign(render(PERMIT), SIGNED_AT, PASSPHRASE)
    assert caught.value.facts == {"why": "time_stamp_of_something_else"}

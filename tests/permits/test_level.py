"""Level B-LT: the time and the certificates are vouched for inside the file, and nothing waits without an end."""

import hashlib
import random
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from asn1crypto import tsp
from werkzeug.serving import make_server

from chalicelib.permits.errors import SignerNotActiveError, SigningServiceError
from chalicelib.permits.layout import render
from chalicelib.permits.port import SignedPermit
from chalicelib.permits.verification import examine
from local.authority import HOST, STAMPER_NAME, Authority, create_authority
from tests.permits.office import (
    PASSPHRASE,
    PERMIT,
    SIGNED_AT,
    authority,
    private_key,
    seal,
    sign_bytes,
    spki,
    stamping_authority,
    stamping_seal,
    text_of,
)

Answering = Callable[[socket.socket], None]


@pytest.fixture(scope="module")
def opened() -> Iterator[Authority]:
    with stamping_authority() as answering:
        yield answering


@pytest.fixture(scope="module")
def stamped(opened: Authority) -> SignedPermit:
    return stamping_seal(opened).sign(render(PERMIT), SIGNED_AT, PASSPHRASE)


def test_a_stamped_permit_proves_its_time_and_its_certificates_from_the_file_alone(
    opened: Authority, stamped: SignedPermit
) -> None:
    report = examine(stamped.pdf, opened.certificate)
    assert (report.problem, report.level, report.revocation) == (None, "PAdES-B-LT", "good")
    assert (report.stamped_at, report.stamped_by) == (SIGNED_AT, STAMPER_NAME)
    assert report.covers_whole_file
    assert stamped.level == "PAdES-B-LT"


def test_the_stamped_file_is_one_revision_without_a_certification(stamped: SignedPermit) -> None:
    assert stamped.pdf.startswith(render(PERMIT))
    assert stamped.pdf.count(b"%%EOF") == 2  # the layout and the signature, with what vouches for it
    assert b"/DSS" in stamped.pdf
    assert b"/DocMDP" not in stamped.pdf
    assert b"/SubFilter /ETSI.CAdES.detached" in stamped.pdf


def test_the_same_permit_stamped_twice_is_the_same_page_and_names_the_same_time(
    opened: Authority, stamped: SignedPermit
) -> None:
    again = stamping_seal(opened).sign(render(PERMIT), SIGNED_AT, PASSPHRASE)
    assert again.pdf.startswith(render(PERMIT))
    assert text_of(again.pdf) == text_of(stamped.pdf)
    dates = [re.findall(rb"/M \((.*?)\)", pdf) for pdf in (again.pdf, stamped.pdf)]
    assert dates[0] == dates[1]


@pytest.mark.parametrize("year", [2001, 2020, 2049])
def test_stamps_and_answers_fit_a_clock_of_another_year(year: int) -> None:
    moment = SIGNED_AT.replace(year=year)
    with stamping_authority(now=lambda: moment) as then:
        pdf = stamping_seal(then).sign(render(PERMIT), moment, PASSPHRASE).pdf
    report = examine(pdf, then.certificate)
    assert (report.problem, report.level, report.stamped_at) == (None, "PAdES-B-LT", moment)


def test_a_hastened_clock_that_leaps_between_question_and_signature_is_no_obstacle() -> None:
    shown = SIGNED_AT

    def hastened() -> datetime:
        nonlocal shown
        shown += timedelta(minutes=30)
        return shown

    with stamping_authority(now=hastened) as quick:
        pdf = stamping_seal(quick).sign(render(PERMIT), SIGNED_AT, PASSPHRASE).pdf
    report = examine(pdf, quick.certificate)
    assert (report.problem, report.level, report.signed_at) == (None, "PAdES-B-LT", SIGNED_AT)
    assert report.stamped_at is not None
    assert report.stamped_at > SIGNED_AT


def test_without_a_time_stamp_authority_the_level_is_b_b_and_revocation_data_is_missing(
    opened: Authority,
) -> None:
    signed = seal(chain_pem=opened.chain).sign(render(PERMIT), SIGNED_AT, PASSPHRASE)
    report = examine(signed.pdf, opened.certificate)
    assert (signed.level, report.level, report.revocation) == ("PAdES-B-B", "PAdES-B-B", "missing")
    assert (report.problem, report.stamped_at, report.stamped_by) == (None, None, None)


def test_certificates_that_name_no_revocation_service_give_b_t_and_say_what_is_missing(
    unnamed: Authority, opened: Authority
) -> None:
    signed = seal(chain_pem=unnamed.chain + opened.certificate, time_stamp_url=opened.time_stamp_url).sign(
        render(PERMIT), SIGNED_AT, PASSPHRASE
    )
    report = examine(signed.pdf, unnamed.certificate + opened.certificate)
    assert (signed.level, report.level, report.revocation) == ("PAdES-B-T", "PAdES-B-T", "missing")
    assert (report.problem, report.stamped_by) == (None, STAMPER_NAME)


@pytest.fixture
def unnamed() -> Authority:
    return authority()


def test_a_stamp_of_an_authority_that_is_not_trusted_is_a_problem(
    unnamed: Authority, opened: Authority
) -> None:
    signer = seal(chain_pem=unnamed.chain + opened.certificate, time_stamp_url=opened.time_stamp_url)
    pdf = signer.sign(render(PERMIT), SIGNED_AT, PASSPHRASE).pdf
    report = examine(pdf, unnamed.certificate)
    assert (report.problem, report.level) == ("untrusted_time_stamp", "PAdES-B-B")


def test_the_note_in_the_footer_says_the_level(opened: Authority) -> None:
    assert "PAdES-B-LT, dengan stempel waktu" in stamping_seal(opened).note
    assert "PAdES-B-B, tanpa stempel waktu" in seal().note


def test_a_revoked_certificate_signs_nothing() -> None:
    asked: list[bytes] = []

    def noted(data: bytes) -> bytes:
        asked.append(data)
        return sign_bytes(data)

    with (
        stamping_authority(revoked_since=SIGNED_AT - timedelta(days=1)) as strict,
        pytest.raises(SignerNotActiveError) as caught,
    ):
        stamping_seal(strict, sign_bytes=noted).sign(render(PERMIT), SIGNED_AT, PASSPHRASE)
    assert caught.value.facts == {"why": "certificate_revoked"}
    assert asked == []


def test_what_is_revoked_later_was_good_when_it_signed() -> None:
    with stamping_authority(revoked_since=SIGNED_AT + timedelta(days=1)) as strict:
        pdf = stamping_seal(strict).sign(render(PERMIT), SIGNED_AT, PASSPHRASE).pdf
    assert examine(pdf, strict.certificate).revocation == "good"


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


def test_a_thousand_flipped_bits_are_all_found_by_the_check_and_the_recorded_hash(
    opened: Authority, stamped: SignedPermit
) -> None:
    pdf, chance = stamped.pdf, random.Random(20261129)  # noqa: S311 - a repeatable choice of places, no secret
    start = pdf.index(b"/Contents <") + len(b"/Contents <")
    end = pdf.index(b">", start)
    places = [(chance.randrange(len(pdf)), chance.randrange(8)) for _ in range(1000)]
    by_signature = by_hash = 0
    missed = []
    for position, bit in places:
        flipped = pdf[:position] + bytes([pdf[position] ^ 1 << bit]) + pdf[position + 1 :]
        found = examine(flipped, opened.certificate)
        by_signature += found.problem is not None
        by_hash += hashlib.sha256(flipped).hexdigest() != stamped.sha256
        if found.problem is None:
            missed.append(position)
    assert by_hash == 1000
    # What no signature covers is its own unsigned part: the stamp, which a bit can spoil unseen nowhere else.
    assert [position for position in missed if not start <= position < end] == []
    assert by_signature >= 990

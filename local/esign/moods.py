"""How the service can go wrong: each is one answer to a request to sign, by name."""

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """One answer. `content` may be slow; `length` is what the header claims, None for the truth."""

    status: int = 200
    kind: str = "application/json"
    content: bytes | Callable[[], Iterable[bytes]] = b""
    headers: Mapping[str, str] = {}
    length: int | None = None


def said(code: int, /, **facts: object) -> Reply:
    """An answer in JSON, under that HTTP status."""
    return Reply(status=code, content=json.dumps(facts).encode())


def _endless() -> Iterator[bytes]:
    yield b"%PDF"
    for _ in range(20):
        yield bytes(1024 * 1024)


REFUSALS: dict[str, Reply] = {
    "wrong_passphrase": said(400, error="Passphrase anda salah", status_code=2031),
    "wrong_passphrase_as_message": said(400, message="Passphrase anda salah", status_code=2031),
    "wrong_passphrase_in_text_alone": said(400, error="Proses signing gagal : Passphrase anda salah 2031"),
    "wrong_passphrase_at_200": said(200, error="Passphrase anda salah", status_code=2031),
    "not_registered": said(400, error="User tidak terdaftar", status_code=2011),
    "not_registered_in_the_older_shape": said(
        400, error="Proses signing gagal : User tidak terdaftar 2011", status_code=400
    ),
    "not_registered_at_200": said(200, message="User tidak terdaftar", status_code=2011),
    "certificate_expired": said(400, message="EXPIRED", status_code=1006),
    "number_without_a_name": said(400, error="Galat", status_code=2021),
    "number_without_a_name_at_200": said(200, error="Galat", status_code=2021),
    "account_refused": said(401, error="Unauthorized"),
    "account_without_right": Reply(status=403, kind="text/html", content=b"<h1>Forbidden</h1>"),
    "moved": Reply(status=302, headers={"Location": "https://127.0.0.1:9/api/sign/pdf"}),
    "no_such_place": Reply(status=404, kind="text/html", content=b"<h1>Not Found</h1>"),
    "too_busy": Reply(status=503, kind="text/html", content=b"busy"),
}
"""Nothing was signed, and the answer says so."""
GARBLED: dict[str, Reply] = {
    "bad_gateway": Reply(status=502, kind="text/html", content=b"<h1>Bad Gateway</h1>"),
    "gateway_timeout": Reply(status=504, kind="text/html", content=b"timeout"),
    "broken_inside": said(500, error="Internal Server Error"),
    "empty": Reply(content=b""),
    "html_at_200": Reply(kind="text/html", content=b"<html>Selamat datang</html>"),
    "json_without_file": said(200, time=12, message="sukses"),
    "json_deep": Reply(content=b'{"file":' + b"[" * 100_000),
    "json_list": Reply(content=b"[1]"),
    "no_base64": said(200, base64_signed_file="%%%", file=["%%%"]),
    "two_files": said(200, file=["JVBERg==", "JVBERg=="]),
    "endless": Reply(kind="application/pdf", content=_endless),
    "shorter_than_promised": Reply(kind="application/pdf", content=b"%PDF-1.7", length=5000),
}
"""Whether anything was signed, nobody can tell from these."""


def trickling(stopped: threading.Event) -> Reply:
    """A byte at a time, each before any socket gives up."""

    def drops() -> Iterator[bytes]:
        yield b"%PDF"
        while not stopped.wait(0.1):
            yield b" "

    return Reply(kind="application/pdf", content=drops)

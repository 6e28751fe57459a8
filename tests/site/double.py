"""A stand-in for the service: an HTTP server with a built site and the office behind it."""

import json
import re
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.site.office import Office, Refusal, Request

PICTURE = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='800' height='500'><rect width='800' height='500' fill='#cde'/>"
    "<text x='60' y='120' font-size='48'>KTP CONTOH</text></svg>"
)
TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


class Double(ThreadingHTTPServer):
    """The HTTP server; `office` may be replaced between tests."""

    daemon_threads = True

    def __init__(self, public: Path) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.public = public
        self.office = Office()
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    """Pages from the folder, answers from the office."""

    server: Double

    def do_GET(self) -> None:
        """A page, a picture or an answer."""
        self._serve()

    do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 - the names that http.server asks for

    def log_message(self, *_: Any) -> None:
        """Tests read `office.requests`; nothing is printed."""

    def _serve(self) -> None:
        if self.path == "/bucket":
            self._bucket()
            return
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path.startswith("/api/"):
            self._api(raw)
        elif self.path.split("?")[0] == "/preview.svg":
            self._send(200, "image/svg+xml", PICTURE.encode())
        else:
            self._file(self.path.split("?")[0])

    def _bucket(self) -> None:
        """Takes a file as S3 does, unless something else is to happen to the next one."""
        office, size = self.server.office, int(self.headers["Content-Length"])
        fate = office.fates.pop(0) if office.fates else ""
        if fate == "cut":
            self.rfile.read(size // 2)
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        raw = self.rfile.read(size)
        office.requests.append(Request("POST", "/bucket", {}, raw.decode("latin-1")))
        if fate == "expired":
            self._send(403, "application/xml", b"<Error><Code>AccessDenied</Code></Error>")
            return
        if fate == "held":
            office.released.wait(10)
        found = re.search(rb"quarantine/(\w+)", raw)
        office.pending = found[1].decode() if found else ""
        self._send(204, "text/plain", b"")

    def _api(self, raw: bytes) -> None:
        office = self.server.office
        request = Request(self.command, self.path, dict(self.headers), json.loads(raw) if raw else None)
        office.requests.append(request)
        try:
            status, body = office.answer(request)
        except Refusal as refusal:
            status, body = refusal.status, refusal.body
        if self.path in office.lost:
            office.lost.remove(self.path)
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        self._send(status, "application/json", json.dumps(body).encode())

    def _file(self, path: str) -> None:
        file = self.server.public / (path.lstrip("/") + ("index.html" if path.endswith("/") else ""))
        if file.is_file():
            self._send(200, TYPES.get(file.suffix, "application/octet-stream"), file.read_bytes())
        else:
            self._send(404, TYPES[".html"], (self.server.public / "404.html").read_bytes())

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if self.path.startswith("/api/"):
            self.send_header("Cache-Control", "no-store")  # as the service sends it with every answer
        self.end_headers()
        self.wfile.write(body)

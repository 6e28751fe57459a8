"""One web address for pages and API, as CloudFront gives it on AWS."""

import gzip
import mimetypes
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from chalice.config import Config
from chalice.local import LocalChalice, LocalGateway, LocalGatewayException
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from chalicelib.office import OFFICE
from chalicelib.steps.qr_sealing import KEYS_PATH
from local.files_gate import PREFIX, FilesGate
from local.mailbox import Mailbox
from local.public_log import PREFIX as LOG
from local.public_log import answer_from_log

LARGEST_REQUEST = 12 * 1024 * 1024
WORTH_COMPRESSING = 1000
"""Bytes; CloudFront leaves smaller answers as they are."""
MADE = ("/api/", "/v/", "/en/v/", "/l/", "/en/l/", "/u/", "/en/u/")
MADE_WHOLE = ("/v", "/en/v", "/l", "/en/l", "/u", "/en/u")
"""What the handlers answer; everything else is a file."""
TEXTS = ("text/", "application/json", "application/problem+json", "image/svg+xml")


class Web:
    """A WSGI application: the handlers' addresses to them, files to the gate, the rest from `site/public`."""

    def __init__(self, app: Any, pages: Path, gate: FilesGate, mailbox: Mailbox) -> None:
        # Chalice keeps the request on the application; its local class keeps one a thread.
        app.__class__ = LocalChalice
        self._gateway = LocalGateway(app, Config())
        self._pages = pages.resolve()
        self._gate = gate
        self._mailbox = mailbox

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        request = Request(environ)
        request.max_content_length = LARGEST_REQUEST
        try:
            answer = self._answer(request)
        except Exception as error:
            answer = self._failed(request, error)
        return compressed(answer, request)(environ, start_response)

    def _answer(self, request: Request) -> Response:
        path = request.path
        if path.startswith(MADE) or path in MADE_WHOLE:
            return self._api(request)
        if path.startswith(f"{PREFIX}/"):
            return self._gate.answer(request)
        if path.startswith("/_outbox"):
            return self._letters(path)
        return self._published(path) or self._page(path)

    def _published(self, path: str) -> Response | None:
        """What lies beside the pages in public buckets; None for everything else."""
        if path.startswith(f"{LOG}/"):
            return answer_from_log(path)
        return self._published_keys() if path == f"/{KEYS_PATH}" else None

    def _letters(self, path: str) -> Response:
        if path == "/_outbox":
            return Response(self._mailbox.page(), content_type="text/html; charset=utf-8")
        return self._letter(path.removeprefix("/_outbox/"))

    def _api(self, request: Request) -> Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        path = request.full_path.rstrip("?")
        try:
            answer = self._gateway.handle_request(request.method, path, headers, request.get_data())
        except LocalGatewayException as unknown:
            # An address that no route knows: a program gets the gateway's answer, a person a page.
            if not request.path.startswith("/api/"):
                return self._missing(request.path)
            return Response(unknown.body, unknown.CODE, content_type="application/json")
        body = answer["body"]
        return Response(body, answer["statusCode"], dict(answer["headers"]))

    def _published_keys(self) -> Response:
        """What the site's bucket has beside the pages."""
        desk = OFFICE.desk()
        keys = desk.files.read(desk.settings.site_bucket, KEYS_PATH)
        return Response(keys, content_type="application/json", headers=PAGE_HEADERS)

    def _letter(self, name: str) -> Response:
        for path in self._mailbox.collect():
            if path.name == name:
                return Response(path.read_bytes(), content_type="message/rfc822")
        return Response("not found", 404)

    def _page(self, path: str) -> Response:
        target = (self._pages / path.lstrip("/")).resolve()
        if target.is_dir():
            target = target / "index.html"
        if not target.is_relative_to(self._pages) or not target.is_file():
            return self._missing(path)
        kind = mimetypes.guess_type(target.name)[0] or "application/octet-stream"
        text = "; charset=utf-8" if kind.startswith("text/") else ""
        return Response(target.read_bytes(), 200, PAGE_HEADERS, content_type=f"{kind}{text}")

    def _missing(self, path: str) -> Response:
        """A link of ours that is cut or mangled has its own page: what was meant is known."""
        ours = path.removeprefix("/en").startswith(("/l/", "/u/"))
        return self._told(path, "tautan/index.html" if ours else "404.html", 404)

    def _failed(self, request: Request, error: Exception) -> Response:
        """What the gateway and CloudFront say when no handler could."""
        status = 500
        if isinstance(error, HTTPException) and error.code:
            status = error.code
        else:
            traceback.print_exception(error)
        if request.path.startswith(f"{PREFIX}/"):
            return Response("EntityTooLarge", 400)
        if request.path.startswith("/api/"):
            return Response('{"message": "Internal server error"}', status, content_type="application/json")
        return self._told(request.path, "500.html", status)

    def _told(self, path: str, name: str, status: int) -> Response:
        page = self._pages / ("en" if path.startswith("/en/") else "") / name
        body = page.read_bytes() if page.is_file() else str(status).encode()
        return Response(body, status, content_type="text/html; charset=utf-8")


def compressed(answer: Response, request: Request) -> Response:
    """A text as gzip for those who take it, as CloudFront sends it; anything else as it is."""
    if not (answer.content_type or "").startswith(TEXTS):
        return answer
    answer.vary.add("Accept-Encoding")
    body = answer.get_data()
    if request.accept_encodings.quality("gzip") and len(body) >= WORTH_COMPRESSING:
        answer.set_data(gzip.compress(body, 6, mtime=0))
        answer.headers["Content-Encoding"] = "gzip"
    return answer


PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}

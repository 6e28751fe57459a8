"""A stand-in for the service: it serves a built site and answers as the API's contract says.

Tests set `office.app`, `office.review`, `office.fault` and read `office.requests`.
"""

import json
import re
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

from tests.site import answers
from tests.site.answers import Json

PICTURE = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='800' height='500'><rect width='800' height='500' fill='#cde'/>"
    "<text x='60' y='120' font-size='48'>KTP CONTOH</text></svg>"
)
TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
CODE = "123456"


class Request(NamedTuple):
    """One request as it came: `body` is the JSON, or the raw text of an upload."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any


class Refusal(Exception):  # noqa: N818 - it is an answer
    """A problem document with its status."""

    def __init__(self, status: int, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.status = status
        self.body = {"code": code, "detail": f"Kalimat {code}.", "detail_en": f"Sentence {code}.", "facts": facts}


class Office:
    """The state of the double; a fresh one for each test."""

    def __init__(self) -> None:
        self.app = answers.application("draft")
        self.review = answers.review()
        self.fault: dict[str, Refusal] = {}
        self.requests: list[Request] = []
        self.findings: list[Json] = []
        self.pending: str = ""
        self.waits = 0

    def sent(self, method: str, path: str) -> list[Request]:
        """The requests of this kind, in order."""
        return [one for one in self.requests if one.method == method and one.path.split("?")[0] == path]

    def answer(self, request: Request) -> tuple[int, Any]:
        """Status and JSON of an API request."""
        path = request.path.split("?")[0]
        if path in self.fault:
            raise self.fault[path]
        for method, pattern, act in ROUTES:
            if method == request.method and (found := re.fullmatch(pattern, path)):
                return act(self, request, *found.groups())
        raise Refusal(404, "not_found")


def _sign_in(_office: Office, _request: Request) -> tuple[int, Any]:
    return 202, {"sent_to": "s***@contoh.id", "resend_after_seconds": 60}


def _verify(_office: Office, request: Request) -> tuple[int, Any]:
    if request.body["code"] != CODE:
        raise Refusal(401, "sign_in_failed")
    account = {"id": "a1", "name": "Siti Rahayu", "email": "siti@contoh.id", "phone": "081234567890"}
    return 200, {
        "session": "S",
        "expires_at": "2099-01-01T00:00:00+07:00",
        "role": request.body["role"],
        "account": account,
    }


def _list(office: Office, _request: Request) -> tuple[int, Any]:
    app = office.app
    line = {key: app[key] for key in ("case_id", "number", "status", "application_type", "deadline")}
    line |= {"group_name": app["form"].get("group_name"), "updated_at": "2026-11-24T14:05:00+07:00"}
    return 200, {"applications": [line]}


def _create(office: Office, request: Request) -> tuple[int, Any]:
    office.app = answers.application("draft", application_type=request.body["application_type"])
    return 201, office.app


def _get(office: Office, _request: Request) -> tuple[int, Any]:
    if office.pending:
        office.waits += 1
        if office.waits > 1:
            slot, office.pending, office.waits = office.pending, "", 0
            office.app["documents"][slot] = answers.document(slot)
            office.app["findings"] = [one for one in office.findings if one["slot"] in office.app["documents"]]
    return 200, office.app


def _form(office: Office, request: Request) -> tuple[int, Any]:
    office.app["form"] = request.body
    return 200, office.app


def _offer(office: Office, request: Request) -> tuple[int, Any]:
    slot = request.body["slot"]
    office.app["documents"][slot] = answers.document(slot, "awaiting")
    fields = {"key": f"quarantine/{slot}", "policy": "p"}
    return 201, {"upload_id": f"u-{slot}", "url": "/bucket", "fields": fields, "expires_at": ""}


def _remove(office: Office, _request: Request, slot: str) -> tuple[int, Any]:
    office.app["documents"].pop(slot)
    return 200, office.app


def _submit(office: Office, request: Request) -> tuple[int, Any]:
    lacking = [slot for slot in answers.SLOTS[:3] if slot not in office.app["documents"]]
    if lacking and not request.body.get("send_anyway"):
        raise Refusal(422, "documents_missing", slots=lacking)
    office.app = answers.application("in_progress", form=office.app["form"])
    return 200, office.app


def _withdraw(office: Office, _request: Request) -> tuple[int, Any]:
    office.app = answers.application("withdrawn")
    return 200, office.app


def _permit(_office: Office, _request: Request) -> tuple[int, Any]:
    return 200, {"url": "/preview.svg", "permit_number": "430/0001/424.086/2026", "sha256": "0" * 64}


def _tracking(_office: Office, _request: Request, *_code: str) -> tuple[int, Any]:
    return 200, {
        "number": "NKS-2026-00123",
        "status": "in_progress",
        "steps": answers.steps(2, late=True),
        "deadline": "2026-11-26T10:30:00+07:00",
        "permit_number": None,
        "correction_until": None,
    }


def _decide(office: Office, request: Request) -> tuple[int, Any]:
    if office.review["proof"] == "code" and request.body.get("code") != CODE:
        raise Refusal(403, "proof_failed")
    decided = {"decision": request.body["decision"], "decided_at": "2026-11-25T09:00:00+07:00"}
    return 200, decided | {"next_step": "recommendation_review"}


def _audit_list(_office: Office, request: Request) -> tuple[int, Any]:
    second = "cursor=" in request.path
    cases = [answers.audit_case(number) for number in ((3,) if second else (1, 2))]
    return 200, {"cases": cases, "cursor": None if second else "next"}


def _audit_case(_office: Office, _request: Request, _case_id: str) -> tuple[int, Any]:
    return 200, {
        "case": answers.audit_case(1),
        "timeline": answers.timeline(),
        "chain": {"whole": True, "problems": []},
    }


Act = Callable[..., tuple[int, Any]]
CASE = "/api/applications/c1"
ROUTES: list[tuple[str, str, Act]] = [
    ("GET", "/api/procedure", lambda _office, _request: (200, answers.procedure())),
    ("POST", "/api/sign-in", _sign_in),
    ("POST", "/api/sign-in/verify", _verify),
    ("GET", "/api/applications", _list),
    ("POST", "/api/applications", _create),
    ("GET", CASE, _get),
    ("PUT", f"{CASE}/form", _form),
    ("POST", f"{CASE}/uploads", _offer),
    ("DELETE", f"{CASE}/documents/(.+)", _remove),
    ("POST", f"{CASE}/submission", _submit),
    ("POST", f"{CASE}/correction", _submit),
    ("POST", f"{CASE}/withdrawal", _withdraw),
    ("GET", f"{CASE}/permit", _permit),
    ("POST", "/api/tracking", _tracking),
    ("GET", "/api/tracking/(.+)", _tracking),
    ("GET", "/api/review", lambda office, _request: (200, office.review)),
    ("POST", "/api/review/code", lambda *_: (202, {"sent_to": "d***@contoh.id", "valid_minutes": 10})),
    ("POST", "/api/review/link", lambda *_: (202, {"sent_to": "d***@contoh.id"})),
    ("POST", "/api/review/decision", _decide),
    ("GET", "/api/audit/cases", _audit_list),
    ("GET", "/api/audit/cases/([^/]+)", _audit_case),
    ("GET", "/api/audit/export", lambda *_: (200, {"cases": []})),
]


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
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path.startswith("/api/"):
            self._api(raw)
        elif self.path == "/bucket":
            self.server.office.requests.append(Request("POST", "/bucket", {}, raw.decode(errors="replace")))
            found = re.search(rb"quarantine/(\w+)", raw)
            self.server.office.pending = found[1].decode() if found else ""
            self._send(204, "text/plain", b"")
        elif self.path == "/preview.svg":
            self._send(200, "image/svg+xml", PICTURE.encode())
        else:
            self._file(self.path.split("?")[0])

    def _api(self, raw: bytes) -> None:
        office = self.server.office
        request = Request(self.command, self.path, dict(self.headers), json.loads(raw) if raw else None)
        office.requests.append(request)
        try:
            status, body = office.answer(request)
        except Refusal as refusal:
            status, body = refusal.status, refusal.body
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
        self.end_headers()
        self.wfile.write(body)

"""The state behind the double, and what it answers to each request of the API's contract.

Tests set `app`, `review` and `fault`, and read `requests`.
"""

import hashlib
import json
import re
import threading
from collections.abc import Callable
from typing import Any, NamedTuple

from tests.site import answers, office_answers, voices
from tests.site.answers import Json

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
        self.body = {
            "code": code,
            "detail": f"Kalimat {code}.",
            "detail_en": f"Sentence {code}.",
            "facts": facts,
        }


class Office:
    """The state of the double; a fresh one for each test."""

    def __init__(self) -> None:
        self.app = answers.application("draft")
        self.review = office_answers.review()
        self.inbox = office_answers.inbox()
        self.fault: dict[str, Refusal] = {}
        self.requests: list[Request] = []
        self.findings: list[Json] = []
        self.pending: str = ""
        self.waits = 0
        self.fates: list[str] = []
        """What happens to the next files: `cut` in the middle, `expired`, `held` until `released`; else taken."""
        self.reached: Json = {"key": "leader", "number": 3, "count": 5}
        self.to_correct = 2
        self.photo: Json | None = None
        """What has become of the photo of a complaint, and what becomes of the next one that comes."""
        self.photo_fate: Json = {"state": "kept", "fault": None}
        self.report_fate = office_answers.report_made("uploaded")
        """What becomes of the next report that an officer uploads."""
        self.released = threading.Event()
        self.lost: set[str] = set()
        """Addresses whose next answer is lost on its way, though all was done."""
        self.given: dict[str, tuple[int, Any]] = {}
        """The answers to sendings by their request key: the same key gets the same answer."""

    def sent(self, method: str, path: str) -> list[Request]:
        """The requests of this kind, in order."""
        return [one for one in self.requests if one.method == method and one.path.split("?")[0] == path]

    def answer(self, request: Request) -> tuple[int, Any]:
        """Status and JSON of an API request."""
        path = request.path.split("?")[0]
        if path in self.fault:
            raise self.fault[path]
        for method, pattern, act in voices.ROUTES + ROUTES:
            if method == request.method and (found := re.fullmatch(pattern, path)):
                return act(self, request, *found.groups())
        raise Refusal(404, "not_found")


def _sign_in(_office: Office, _request: Request) -> tuple[int, Any]:
    return 202, {"sent_to": "s***@contoh.id", "resend_after_seconds": 60}


def _verify(_office: Office, request: Request) -> tuple[int, Any]:
    if request.body["code"] != CODE:
        raise Refusal(401, "sign_in_failed")
    return 200, answers.session("S") | {"role": request.body["role"]}


def _prolong(_office: Office, _request: Request) -> tuple[int, Any]:
    return 200, answers.session("S2")


def _list(office: Office, _request: Request) -> tuple[int, Any]:
    app = office.app
    line = {key: app[key] for key in ("case_id", "number", "status", "application_type", "deadline")}
    line |= {"group_name": app["form"].get("group_name"), "updated_at": "2026-11-24T14:05:00+07:00"}
    line |= {"reached": office.reached if app["status"] == "draft" else None}
    line |= {"to_correct": office.to_correct if app["status"] == "returned" else None}
    return 200, {"applications": [line]}


def _create(office: Office, request: Request) -> tuple[int, Any]:
    office.app = answers.application("draft", form=dict(request.body), **request.body)
    return 201, _shown(office)[1]


def form_name(form: Json) -> str:
    """What the service calls a form as it stands."""
    return hashlib.sha256(json.dumps(form, sort_keys=True).encode()).hexdigest()


def _shown(office: Office) -> tuple[int, Any]:
    return 200, office.app | {"form_sha256": form_name(office.app["form"])}


def save_elsewhere(office: Office, **form: str) -> None:
    """Another device saves the form."""
    office.app["form"] = office.app["form"] | form
    office.app["version"] += 1
    office.app["updated_at"] = "2026-11-24T10:15:00+07:00"


def _get(office: Office, _request: Request) -> tuple[int, Any]:
    if office.pending:
        office.waits += 1
        if office.waits > 1:
            slot, office.pending, office.waits = office.pending, "", 0
            office.app["documents"][slot] = answers.document(slot)
            office.app["findings"] = [
                one for one in office.findings if one["slot"] in office.app["documents"]
            ]
            office.app["version"] += 1
    return _shown(office)


def _form(office: Office, request: Request) -> tuple[int, Any]:
    if request.headers["If-Match"] != f'"{form_name(office.app["form"])}"':
        raise Refusal(409, "stale_version")
    office.app["form"] = request.body
    office.app["application_type"] = request.body["application_type"]
    office.app["version"] += 1
    return _shown(office)


def _offer(office: Office, request: Request) -> tuple[int, Any]:
    slot = request.body["slot"]
    office.app["documents"][slot] = answers.document(slot, "awaiting")
    signature = f"signature-{len(office.sent('POST', request.path))}"
    fields = {"key": f"quarantine/{slot}", "policy": signature}
    return 201, {"upload_id": f"u-{slot}", "url": "/bucket", "fields": fields, "expires_at": ""}


def _remove(office: Office, _request: Request, slot: str) -> tuple[int, Any]:
    office.app["documents"].pop(slot)
    return _shown(office)


def _move(office: Office, request: Request, slot: str) -> tuple[int, Any]:
    papers, home = office.app["documents"], request.body["to"]
    moved = {home: papers.pop(slot)} | ({slot: papers[home]} if home in papers else {})
    office.app["documents"] = papers | moved
    office.app["findings"] = []
    return _shown(office)


def _submit(office: Office, request: Request) -> tuple[int, Any]:
    key = request.headers["Idempotency-Key"]
    if key not in office.given:
        office.given[key] = _submitted(office, request)
    return office.given[key]


def _submitted(office: Office, request: Request) -> tuple[int, Any]:
    if office.app["status"] not in ("draft", "returned"):
        raise Refusal(409, "state_conflict")
    lacking = [slot for slot in answers.SLOTS[:3] if slot not in office.app["documents"]]
    if lacking and not request.body.get("send_anyway"):
        raise Refusal(422, "documents_missing", slots=lacking)
    office.app = answers.application(
        "in_progress", form=office.app["form"], version=office.app["version"] + 1
    )
    return _shown(office)


def _withdraw(office: Office, _request: Request) -> tuple[int, Any]:
    office.app = answers.application("withdrawn", version=office.app["version"] + 1)
    return _shown(office)


def _permit(_office: Office, _request: Request) -> tuple[int, Any]:
    return 200, {"url": "/preview.svg", "permit_number": "430/0001/424.086/2026", "sha256": "0" * 64}


def _decide(office: Office, request: Request) -> tuple[int, Any]:
    if office.review["proof"] == "code" and request.body.get("code") != CODE:
        raise Refusal(403, "proof_failed")
    decided = {"decision": request.body["decision"], "decided_at": "2026-11-25T09:00:00+07:00"}
    return 200, decided | {"next_step": "recommendation_review"}


def _make_report(office: Office, request: Request) -> tuple[int, Any]:
    sha256 = hashlib.sha256(json.dumps(request.body).encode()).hexdigest()
    made = office_answers.report_made(sha256=sha256)
    office.review["report"] = office.review["report"] | {"now": made, "said": request.body}
    return 200, office.review["report"]


def _offer_report(office: Office, _request: Request) -> tuple[int, Any]:
    awaiting = office_answers.report_made("uploaded") | {"state": "awaiting", "whole": False, "url": None}
    office.review["report"] = office.review["report"] | {"now": awaiting}
    return 201, {"url": "/bucket", "fields": {"key": "quarantine/report"}, "expires_at": ""}


def _report(office: Office, _request: Request) -> tuple[int, Any]:
    """What is on its way is there at the second look."""
    shown = office.review["report"]
    if shown["now"] and shown["now"]["state"] == "awaiting":
        office.review["report"] = shown | {"now": office.report_fate}
    return 200, shown


def _foresee(office: Office, request: Request) -> tuple[int, Any]:
    """The mail as the service would write it, in words that no script has."""
    if office.review["step"]["key"] in ("recommendation_review", "signing"):
        return 200, {"subject": None, "text": None}
    given = request.body["reasons"]
    sentences = [one["id"] for one in office.review["reasons"] if any(one["code"] in key for key in given)]
    lines = ["Yang perlu diperbaiki:", *sentences, request.body["message"]]
    return 200, {"subject": "Permohonan NKS-2026-00123 perlu diperbaiki", "text": "\n".join(lines)}


def _audit_list(_office: Office, request: Request) -> tuple[int, Any]:
    second = "cursor=" in request.path
    cases = [office_answers.audit_case(number) for number in ((3,) if second else (1, 2))]
    return 200, {"cases": cases, "cursor": None if second else "next"}


def _audit_case(_office: Office, _request: Request, _case_id: str) -> tuple[int, Any]:
    return 200, {
        "case": office_answers.audit_case(1),
        "timeline": office_answers.timeline(),
        "chain": {"whole": True, "problems": []},
    }


Act = Callable[..., tuple[int, Any]]
CASE = "/api/applications/c1"
ROUTES: list[tuple[str, str, Act]] = [
    ("GET", "/api/procedure", lambda _office, _request: (200, answers.procedure())),
    ("POST", "/api/sign-in", _sign_in),
    ("POST", "/api/sign-in/verify", _verify),
    ("POST", "/api/session", _prolong),
    ("GET", "/api/applications", _list),
    ("POST", "/api/applications", _create),
    ("GET", CASE, _get),
    ("PUT", f"{CASE}/form", _form),
    ("POST", f"{CASE}/uploads", _offer),
    ("DELETE", f"{CASE}/documents/(.+)", _remove),
    ("POST", f"{CASE}/documents/([a-z_]+)/move", _move),
    ("POST", f"{CASE}/submission", _submit),
    ("POST", f"{CASE}/correction", _submit),
    ("POST", f"{CASE}/withdrawal", _withdraw),
    ("GET", f"{CASE}/permit", _permit),
    ("GET", "/api/inbox", lambda office, _request: (200, office.inbox)),
    ("POST", "/api/inbox/link", lambda *_: (202, {"sent_to": "d***@contoh.id"})),
    ("GET", "/api/revocations", lambda *_: (200, office_answers.proposing())),
    ("GET", "/api/revocations/decision", lambda *_: (200, office_answers.proposal())),
    ("GET", "/api/review", lambda office, _request: (200, office.review)),
    ("GET", "/api/review/report", _report),
    ("POST", "/api/review/report", _make_report),
    ("POST", "/api/review/report/upload", _offer_report),
    ("POST", "/api/review/code", lambda *_: (202, {"sent_to": "d***@contoh.id", "valid_minutes": 10})),
    ("POST", "/api/review/link", lambda *_: (202, {"sent_to": "d***@contoh.id"})),
    ("POST", "/api/review/preview", _foresee),
    ("POST", "/api/review/decision", _decide),
    ("GET", "/api/audit/cases", _audit_list),
    ("GET", "/api/audit/cases/([^/]+)", _audit_case),
    ("GET", "/api/audit/export", lambda *_: (200, {"cases": []})),
]

"""What the double answers about complaints and ratings."""

from collections.abc import Callable
from typing import Any

Answer = tuple[int, Any]
RECEIVED, DUE = "2026-11-24T09:00:00+07:00", "2026-12-01T09:00:00+07:00"
WHO = {"id": "Customer Service", "en": "Customer Service"}
KIND = {"id": "Permohonan terlambat", "en": "An application is late"}
HOSTILE = "<img src=x onerror=alert(1)> Baris satu.\nBaris dua."


def _taken(_office: Any, request: Any) -> Answer:
    mail = "s***@contoh.id" if "@" in request.body["contact"] else None
    return 201, {"number": "ADU-2026-00007", "who": WHO, "deadline": DUE, "mail_to": mail}


def _photo_offered(office: Any, _request: Any) -> Answer:
    office.photo = office.photo_fate
    return 201, {"url": "/bucket", "fields": {"key": "complaint-1/u1/photo"}, "expires_at": ""}


def _followed(office: Any, _request: Any) -> Answer:
    told = {"number": "ADU-2026-00007", "kind": KIND, "who": WHO, "received_at": RECEIVED, "deadline": DUE}
    told |= {"state": "answered", "answered_at": "2026-11-25T10:00:00+07:00", "answer": HOSTILE}
    return 200, told | {"photo": office.photo}


def _opened(office: Any, _request: Any) -> Answer:
    told = {"number": "ADU-2026-00007", "kind": KIND, "role": WHO, "received_at": RECEIVED, "deadline": DUE}
    said = {"text": HOSTILE, "application_number": "NKS-2026-00123", "contact": "siti@contoh.id"}
    return 200, told | said | {"mailed": True, "photo": office.photo}


def _answered(_office: Any, _request: Any) -> Answer:
    return 200, {"number": "ADU-2026-00007", "answered_at": "2026-11-25T10:00:00+07:00", "mailed": True}


ROUTES: list[tuple[str, str, Callable[..., Answer]]] = [
    ("POST", "/api/complaints", _taken),
    ("POST", "/api/complaints/photos", _photo_offered),
    ("POST", "/api/complaints/tracking", _followed),
    ("GET", "/api/complaints/answering", _opened),
    ("POST", "/api/complaints/answering", _answered),
    (
        "POST",
        "/api/complaints/answering/code",
        lambda *_: (202, {"sent_to": "l***@kantor.contoh.id", "valid_minutes": 10}),
    ),
    (
        "GET",
        "/api/(?:tracking|applications)/[^/]+/rating",
        lambda *_: (200, {"can_rate": True, "rated": False}),
    ),
    (
        "POST",
        "/api/(?:tracking|applications)/[^/]+/rating",
        lambda *_: (200, {"can_rate": False, "rated": True}),
    ),
]

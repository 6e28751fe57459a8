"""What the double answers: the shapes of the API's contract with made-up people."""

from typing import Any

Json = dict[str, Any]
MASKED = "3514…0001"
GENRES = [{"slug": "tari", "id": "Tari", "en": "Dance"}, {"slug": "reog", "id": "Reog", "en": "Reog"}]
QR = (
    "data:image/svg+xml;charset=utf-8,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 9 9%22%3E"
    "%3Cpath d=%22M1 1h3v3h-3zM5 1h3v3h-3zM1 5h3v3h-3zM6 6h1v1h-1z%22/%3E%3C/svg%3E"
)
SLOTS = ("ktp", "village_letter", "board_roster", "old_certificate")
NAMES = {
    "ktp": {"id": "KTP Ketua", "en": "ID card of the leader"},
    "village_letter": {"id": "Surat Keterangan dari Kepala Desa/Lurah", "en": "Letter of the village head"},
    "board_roster": {"id": "Susunan Pengurus", "en": "List of the board"},
    "old_certificate": {"id": "Nomor Induk Kesenian lama", "en": "Previous Nomor Induk Kesenian"},
}
HINT = {"id": "Foto seluruhnya, terang dan tidak silau.", "en": "Photograph all of it in good light."}
STEPS = (
    ("application", "Pengajuan", "Application", "Pemohon", 0, 30),
    ("completeness_check", "Pemeriksaan kelengkapan", "Completeness check", "Customer Service", 1, 0),
    ("verification", "Verifikasi", "Verification", "Sub Koordinator PTSP II", 1, 0),
    (
        "recommendation_review",
        "Verifikasi rekomendasi teknis",
        "Recommendation review",
        "Koordinator PTSP II",
        1,
        0,
    ),
    ("signing", "Penandatanganan", "Signing", "Kepala DPMPTSP", 0, 30),
    ("issuance", "Penerbitan", "Issuance", "Sistem layanan", 0, 30),
)
FORM = {
    "application_type": "new",
    "group_name": "Sanggar Contoh Budaya",
    "art_genre": "tari",
    "group_address": "Dusun Krajan RT 01 RW 02",
    "village": "Petungasri",
    "sub_district": "Pandaan",
    "founded_year": 1998,
    "member_count": 23,
    "leader_name": "Siti Rahayu",
    "national_id": "3514110000000001",
    "phone": "081234567890",
}
READ = {
    "ktp": {"full_name": "SITI RAHAYU", "national_id": MASKED},
    "village_letter": {
        "leader_name": "Siti Rahayu",
        "leader_national_id": MASKED,
        "group_name": "Sanggar Contoh",
    },
    "board_roster": {"leader_name": "Siti Rahayu", "group_name": "Sanggar Contoh Budaya"},
    "old_certificate": {"certificate_number": "430/0007/424.086/2024"},
}
MISMATCH: Json = {
    "code": "group_mismatch",
    "slot": "village_letter",
    "severity": "warn",
    "expected": "Sanggar Contoh Budaya",
    "found": "Sanggar Contoh",
    "box": None,
    "against": "form",
    "field": "group_name",
    "belongs_to": None,
    "sentence": {
        "id": 'Nama kelompok di surat "Sanggar Contoh" berbeda dari isian "Sanggar Contoh Budaya".',
        "en": "The group's name in the letter differs from the form.",
    },
}

MISPLACED = MISMATCH | {
    "code": "wrong_document",
    "slot": "ktp",
    "expected": "ktp",
    "found": "board_roster",
    "field": None,
    "belongs_to": "board_roster",
    "sentence": {
        "id": "Ini sepertinya Susunan Pengurus, bukan KTP Ketua.",
        "en": "This looks like List of the board, not ID card of the leader.",
    },
}


def session(token: str) -> Json:
    """POST /api/sign-in/verify and /api/session."""
    account = {"id": "a1", "name": "Siti Rahayu", "email": "siti@contoh.id", "phone": "081234567890"}
    return {
        "session": token,
        "expires_at": "2020-01-01T00:00:00+07:00",
        "lasts_seconds": 28800,
        "role": "applicant",
        "account": account,
    }


def procedure() -> Json:
    """GET /api/procedure."""
    documents = [
        {
            "slot": slot,
            "name": NAMES[slot],
            "hint": HINT,
            "needed_for": ["renewal"] if slot == "old_certificate" else ["new", "renewal"],
        }
        for slot in SLOTS
    ]
    return {
        "documents": documents,
        "art_genres": GENRES,
        "sub_districts": ["Bangil", "Pandaan"],
        "working_day": False,
        "office_open": False,
        "next_opening": "2026-11-30T07:30:00+07:00",
    }


def steps(reached: int, *, late: bool = False) -> list[Json]:
    """Six STEPs, of which `reached` are done and the next one runs."""
    return [
        {
            "key": key,
            "number": number,
            "name": {"id": name, "en": english},
            "who": who,
            "standard": {"days": days, "minutes": minutes},
            "state": "done" if number <= reached else _running(late) if number == reached + 1 else "waiting",
            "finished_at": "2026-11-24T14:05:00+07:00",
            "deadline": "2026-11-25T14:05:00+07:00",
            "attempt": 1,
        }
        for number, (key, name, english, who, days, minutes) in enumerate(STEPS, 1)
    ]


def _running(late: bool) -> str:
    return "overdue" if late else "running"


def document(slot: str, state: str = "inspected", **more: Any) -> Json:
    """A document of an APPLICATION."""
    return {
        "state": state,
        "upload_id": f"u-{slot}",
        "kind": slot,
        "content_type": "image/jpeg",
        "size": 172000,
        "uploaded_at": "2026-11-24T10:00:00+07:00",
        "fault": None,
        "quality": [],
        "read": dict(READ[slot]) if state == "inspected" else {},
        "pages": 1,
    } | more


def application(status: str, **more: Any) -> Json:
    """An APPLICATION as its applicant sees it."""
    draft = status == "draft"
    can = dict.fromkeys(("edit", "submit", "correct", "withdraw"), False)
    open_now = {
        "draft": {"edit": True, "submit": True},
        "returned": {"edit": True, "correct": True, "withdraw": True},
        "in_progress": {"withdraw": True},
    }
    return {
        "case_id": "c1",
        "version": 1,
        "updated_at": "2026-11-24T10:00:00+07:00",
        "number": None if draft else "NKS-2026-00123",
        "status": status,
        "application_type": "new",
        "form": {"application_type": "new"} if draft else dict(FORM),
        "documents": {} if draft else {slot: document(slot) for slot in SLOTS[:3]},
        "findings": [],
        "missing_form": [],
        "tracking_code": "k7Qp2mTrackingCode",
        "steps": steps(6 if status == "issued" else 0 if draft else 1),
        "deadline": "2026-11-26T10:30:00+07:00" if status == "in_progress" else None,
        "correction": None,
        "permit": None,
        "can": can | open_now.get(status, {}),
    } | more


def returned() -> Json:
    """An application that was sent back for the village letter's group name."""
    reason = {
        "code": "group_mismatch",
        "slot": "village_letter",
        "field": None,
        "late": False,
        "sentence": {
            "id": "Nama kelompok pada Surat Keterangan berbeda dari isian.",
            "en": "The group's name on the letter differs from the form.",
        },
    }
    correction = {
        "step": "verification",
        "message": "Minta kepala desa menulis nama lengkap kelompok.",
        "reasons": [reason],
        "until": "2026-12-08T16:00:00+07:00",
        "open_slots": ["village_letter"],
        "open_fields": ["group_name"],
        "apology": None,
    }
    return application("returned", correction=correction, findings=[MISMATCH])


def issued() -> Json:
    """An application whose permit is out."""
    permit = {
        "permit_number": "430/0001/424.086/2026",
        "check_code": "AB12CD34",
        "check_url": "https://izin.contoh.id/v/AB12CD34",
        "check_qr": QR,
        "size": 183_400,
        "issued_on": "2026-11-26",
        "valid_until": "2028-11-25",
        "renewal_from": "2028-09-26",
        "status": "valid",
        "status_reason": None,
    }
    return application("issued", permit=permit)

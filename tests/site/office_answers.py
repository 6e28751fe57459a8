"""What the double answers to officers and auditors."""

from tests.site.answers import FORM, MASKED, MISMATCH, NAMES, SLOTS, STEPS, Json, document

PLACES = {
    "group_name": {"page": 0, "x": 0.25, "y": 0.5, "w": 0.25, "h": 0.04},
    "leader_name": {"page": 0, "x": 0.25, "y": 0.9, "w": 0.2, "h": 0.04},
}
"""Where values stand on the pictures of the village letter."""


def review(step: str = "verification", proof: str = "code") -> Json:
    """GET /api/review."""
    number = next(at for at, row in enumerate(STEPS, 1) if row[0] == step)
    reasons = [
        {
            "code": "group_mismatch",
            "slot": slot,
            "field": None,
            "late": False,
            "decision": "return",
            "id": f"Nama kelompok pada {NAMES[slot]['id']} berbeda dari isian.",
            "en": "The group's name differs.",
        }
        for slot in ("board_roster", "village_letter")
    ]
    reasons.append(
        {
            "code": "form_incorrect",
            "slot": None,
            "field": "village",
            "late": True,
            "decision": "return",
            "id": "Isian “Desa/kelurahan” tidak benar. Perbaiki isian ini.",
            "en": "The answer “Village” is not correct. Please correct it.",
        }
    )
    refusal = {
        "code": "outside_regency",
        "slot": None,
        "field": None,
        "late": False,
        "decision": "refuse",
        "id": "Kelompok ini di luar kabupaten.",
        "en": "Outside the regency.",
    }
    picture = "/preview.svg"
    documents = {
        slot: document(slot) | {"previews": [picture], "original_url": "/preview.svg", "boxes": {}}
        for slot in SLOTS[:3]
    }
    documents["village_letter"]["boxes"] = PLACES
    earlier = {
        "step": "completeness_check",
        "attempt": 1,
        "officer": "Budi Contoh",
        "role": "customer_service",
        "decision": "approve",
        "reasons": [],
        "message": "",
        "open_marks": [],
        "at": "2026-11-24T14:05:00+07:00",
    }
    case = {
        "case_id": "c1",
        "number": "NKS-2026-00123",
        "status": "in_progress",
        "application_type": "new",
        "form": FORM | {"national_id": MASKED},
        "documents": documents,
        "findings": [MISMATCH | {"box": PLACES["group_name"]}],
        "decisions": [earlier],
    }
    return {
        "case": case,
        "step": {
            "key": step,
            "number": number,
            "name": STEPS[number - 1][1],
            "attempt": 1,
            "deadline": "2026-11-25T14:05:00+07:00",
            "minutes_left": 320,
            "level": 0,
            "recounted": [],
        },
        "officer": {"id": "o1", "name": "Dewi Contoh", "role_name": STEPS[number - 1][3]},
        "allowed": ["approve", "return", "refuse"],
        "requires": {"approve": []},
        "report": report_asked() if step == "verification" else None,
        "proof": proof,
        "proofs": dict.fromkeys(["approve", "return", "refuse"], proof),
        "signer": {"state": "ready", "told": None, "lost_at": None} if step == "signing" else None,
        "reasons": [*reasons, refusal],
        "changes": None,
        "link_expires_at": "2026-11-25T16:00:00+07:00",
        "inbox_token": "i" * 40,
        "draft_permit_url": "/preview.svg" if step == "signing" else None,
    }


def report_asked() -> Json:
    """GET /api/review/report, before there is one."""
    return {
        "name": {"id": "Berita Acara/Rekomendasi Teknis", "en": "Site report / technical recommendation"},
        "items": [*SLOTS[:3], "field:group_name", "field:village"],
        "place": "Pasuruan",
        "first_day": "2026-11-24",
        "today": "2026-11-25",
        "said": None,
        "now": None,
    }


def report_made(source: str = "composed", sha256: str = "ab" * 32) -> Json:
    """A report that is there."""
    return {
        "source": source,
        "state": "made",
        "fault": None,
        "at": "2026-11-25T09:00:00+07:00",
        "sha256": sha256,
        "size": 30000,
        "whole": True,
        "url": "/preview.svg",
        "previews": ["/preview.svg"] if source == "uploaded" else [],
    }


def inbox(step: str = "signing", proof: str = "passphrase") -> Json:
    """GET /api/inbox: one that is late, one that is not."""
    name = next(row[1] for row in STEPS if row[0] == step)
    lines = [
        {
            "case_id": f"c{at}",
            "number": f"NKS-2026-0012{at}",
            "step": step,
            "step_name": name,
            "application_type": "new",
            "group_name": group,
            "submitted_at": "2026-11-24T10:00:00+07:00",
            "opened_at": "2026-11-24T14:05:00+07:00",
            "deadline": "2026-11-25T14:05:00+07:00",
            "minutes_left": minutes,
            "time_left": {"id": told, "en": told_en},
            "proof": proof,
            "token": f"token-{at}",
        }
        for at, (group, minutes, told, told_en) in enumerate(
            [
                ("Ludruk Lama", -20, "Lewat waktu 20 menit", "Overdue by 20 minutes"),
                ("Hadrah Baru", 25, "Sisa 25 menit", "25 minutes left"),
            ],
            1,
        )
    ]
    return {
        "officer": {"id": "o1", "name": "Dewi Contoh", "role_name": "Kepala DPMPTSP"},
        "waiting": lines,
        "complaints": [
            {
                "complaint_id": "complaint-1",
                "number": "ADU-2026-00007",
                "received_at": "2026-11-24T10:00:00+07:00",
                "deadline": "2026-12-01T10:00:00+07:00",
                "minutes_left": 900,
                "time_left": {"id": "Sisa 15 jam", "en": "15 hours left"},
                "token": "token-9",
            }
        ],
        "revocations": [
            {
                "case_id": "case-9",
                "permit_number": "430/0009/424.086/2026",
                "group_name": "Reog Lama",
                "proposed_at": "2026-11-23T10:00:00+07:00",
                "token": "token-8",
            }
        ],
        "proposing_token": "token-7",
        "link_expires_at": "2026-12-01T10:00:00+07:00",
    }


def proposing() -> Json:
    """What the page for proposing a revocation opens with."""
    return {
        "officer": {"id": "o2", "name": "Bima Contoh", "role_name": "Koordinator PTSP II", "standing": None},
        "reasons": [
            {"code": "untrue", "name": {"id": "Data ternyata tidak benar", "en": "Data are untrue"}},
            {"code": "group_ended", "name": {"id": "Kelompok seni sudah bubar", "en": "The group is gone"}},
        ],
        "deciding_role": {"id": "Kepala DPMPTSP", "en": "Head of DPMPTSP"},
        "link_expires_at": "2026-12-01T10:00:00+07:00",
    }


def proposal() -> Json:
    """A proposed revocation before who decides."""
    return {
        "officer": {"id": "o1", "name": "Dewi Contoh", "role_name": "Kepala DPMPTSP", "standing": None},
        "permit_number": "430/0009/424.086/2026",
        "check_code": "7K3M9Q2XPA",
        "status": "valid",
        "group_name": "Reog Lama",
        "leader": "Sari C.",
        "issued_on": "2026-11-02",
        "valid_until": "2028-11-01",
        "reason": {"id": "Kelompok seni sudah bubar", "en": "The group is gone"},
        "words": "Ketua menyampaikan sendiri bahwa kelompok bubar. <b>Tidak ada</b> yang melanjutkan.",
        "proposed_by": "Bima Contoh",
        "proposed_role": {"id": "Koordinator PTSP II", "en": "Coordinator PTSP II"},
        "proof": "passphrase",
        "proposed_at": "2026-11-23T10:00:00+07:00",
        "link_expires_at": "2026-12-01T10:00:00+07:00",
    }


def changes() -> Json:
    """What has changed since the same step last decided: an answer, and a document."""
    return {
        "since": "2026-11-23T10:00:00+07:00",
        "fields": [{"field": "village", "before": "Petungsari", "now": "Petungasri"}],
        "documents": [{"slot": "ktp", "before": ["/preview.svg"], "gone": False}],
    }


def audit_case(number: int) -> Json:
    """One line of the auditor's list."""
    return {
        "case_id": f"c{number}",
        "number": f"NKS-2026-{number:05d}",
        "status": "in_progress",
        "step": "verification",
        "officer": "o1",
        "submitted_at": "2026-11-24T10:00:00+07:00",
        "deadline": "2026-11-25T14:05:00+07:00",
        "overdue": number == 1,
        "updated_at": "2026-11-24T14:05:00+07:00",
        "found_late": 1 if number == 1 else 0,
    }


def timeline() -> list[Json]:
    """Two entries of an audit trail."""
    return [
        {
            "seq": seq,
            "at": "2026-11-24T10:00:00+07:00",
            "actor": {"id": "a1", "role": "applicant"},
            "action": action,
            "facts": {"step": "application"},
            "hash": "9f" * 32,
        }
        for seq, action in enumerate(("application.created", "application.submitted"), 1)
    ]

"""The main job, driven through HTTP and mail on a stack of its own, with the real functions."""

import json
from pathlib import Path

import msgspec

from chalicelib.permits.verification import examine
from local.bundle import own_bundle
from local.demo import run


def test_a_complete_application_becomes_a_signed_permit_that_an_auditor_can_follow(tmp_path: Path) -> None:
    assert run(own_bundle(tmp_path, quick=True), tmp_path / "out") == 0
    result = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))
    assert result["outcome"] == "issued"
    assert result["verdict"] == "complete"
    assert result["audit_ok"]
    assert [step["name"] for step in result["steps"]] == [
        "application",
        "completeness_check",
        "verification",
        "recommendation_review",
        "signing",
        "issuance",
    ]
    report = examine((tmp_path / "out" / "permit.pdf").read_bytes(), b"")
    assert report.intact
    mails = b"".join(path.read_bytes() for path in (tmp_path / "out" / "outbox").glob("*.eml"))
    assert result["permit_number"].encode() in mails


def test_an_application_without_its_roster_is_returned_with_that_reason(tmp_path: Path) -> None:
    bundle = own_bundle(tmp_path, quick=True)
    without = {slot: file for slot, file in bundle.uploads.items() if slot != "board_roster"}
    assert run(msgspec.structs.replace(bundle, uploads=without), tmp_path / "out") == 0
    result = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))
    assert result["outcome"] == "returned"
    assert "missing_document:board_roster" in result["findings"]

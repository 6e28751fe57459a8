"""The main job, driven through HTTP and mail on a stack of its own, with the real functions."""

import json
import subprocess
from io import BytesIO
from pathlib import Path

import msgspec
from pyhanko.keys.pemder import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from chalicelib.permits.verification import examine
from local.bundle import own_bundle
from local.demo import run
from tests.permits.conformance import faults


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
    _accepted_by_every_checker(tmp_path / "out" / "permit.pdf", tmp_path / "out" / "authority.pem")
    mails = b"".join(path.read_bytes() for path in (tmp_path / "out" / "outbox").glob("*.eml"))
    assert result["permit_number"].encode() in mails


def _accepted_by_every_checker(permit: Path, authority: Path) -> None:
    """Ours, poppler's, qpdf's, veraPDF's and pyHanko's own."""
    report = examine(permit.read_bytes(), authority.read_bytes())
    assert (report.problem, report.level, report.revocation) == (None, "PAdES-B-LT", "good")
    told = {
        program: subprocess.run([program, *options, permit], capture_output=True, text=True, check=False)  # noqa: S603
        for program, options in {"pdfsig": (), "qpdf": ("--check",)}.items()
    }
    assert "Signature is Valid" in told["pdfsig"].stdout
    assert "Total document signed" in told["pdfsig"].stdout
    assert "ETSI.CAdES.detached" in told["pdfsig"].stdout
    assert told["qpdf"].returncode == 0, told["qpdf"].stdout
    assert faults([permit]) == {"permit.pdf 2a": [], "permit.pdf ua1": []}
    signature = PdfFileReader(BytesIO(permit.read_bytes())).embedded_signatures[0]
    roots = list(load_certs_from_pemder_data(authority.read_bytes()))[-1:]
    moment = report.stamped_at
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=roots, moment=moment))
    assert status.bottom_line


def test_an_application_without_its_roster_is_returned_with_that_reason(tmp_path: Path) -> None:
    bundle = own_bundle(tmp_path, quick=True)
    without = {slot: file for slot, file in bundle.uploads.items() if slot != "board_roster"}
    assert run(msgspec.structs.replace(bundle, uploads=without), tmp_path / "out") == 0
    result = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))
    assert result["outcome"] == "returned"
    assert "missing_document:board_roster" in result["findings"]

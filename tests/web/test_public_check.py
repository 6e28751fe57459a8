"""The public check for programs: by code or number, the fewest facts, and no way to walk along the numbers."""

import json
import shutil
import subprocess
from pathlib import Path

import boto3
import pypdfium2

from chalicelib.aws import permit_register
from chalicelib.permits.facts import facts_on_record, fingerprint
from chalicelib.permits.qr_seal import public_jwk
from chalicelib.steps.checking import NUMBERS_ASKED
from chalicelib.steps.qr_sealing import KEYS_PATH, publish_key
from local.template import REGION
from tests.permits.seals import claims_in
from tests.web.office import Office


def _issued(office: Office) -> tuple[str, str]:
    case = office.issue(office.applicant().sent())
    assert case.permit is not None
    return case.permit.check_code, case.permit.permit_number


def test_a_permit_is_answered_alike_by_code_and_by_number(office: Office) -> None:
    code, number = _issued(office)
    by_code = office.ask("GET", f"/api/permits/{code}").json
    assert by_code["status"] == "valid"
    for path in (f"/api/permits?number={number}", f"/api/permits/{number.replace('/', '-')}"):
        assert office.ask("GET", path).json == by_code


def test_the_answer_holds_what_the_paper_shows_to_everybody_and_no_more(office: Office) -> None:
    code, _ = _issued(office)
    told = office.ask("GET", f"/api/permits/{code}").json
    record = permit_register.by_check_code(code)
    assert record is not None
    assert set(told) == {
        *("status", "since", "reason", "checked_at", "sentence", "permit_number", "check_code", "group_name"),
        *("art_genre", "leader", "sub_district", "issued_on", "valid_until", "signer", "office"),
        *("record_hash", "file_sha256"),
    }
    assert told["leader"] == record.leader_short
    assert told["record_hash"] == fingerprint(facts_on_record(record)).hex()
    assert told["file_sha256"] == record.signed_sha256
    assert record.case_id not in json.dumps(told)


def test_a_number_that_was_never_issued_tells_nothing_else(office: Office) -> None:
    told = office.ask("GET", "/api/permits/430-9999-424.086-2026").json
    assert told["status"] == "unknown"
    assert [name for name, value in told.items() if value] == ["status", "checked_at", "sentence"]


def test_nobody_walks_along_the_numbers(office: Office) -> None:
    code, number = _issued(office)
    office.hands.move(minutes=16)  # what was asked before is forgotten
    for serial in range(NUMBERS_ASKED):
        assert office.ask("GET", f"/api/permits?number=430/{serial:04d}/424.086/2031").status == 200
    for path in (f"/api/permits?number={number}", f"/api/permits/{number.replace('/', '-')}"):
        refused = office.ask("GET", path)
        assert (refused.status, refused.json["code"]) == (429, "too_many")
    assert office.ask("GET", f"/api/permits/{code}").status == 200
    office.hands.move(minutes=16)
    assert office.ask("GET", f"/api/permits?number={number}").status == 200


def test_the_seal_on_the_file_holds_the_registers_own_fingerprint(office: Office, tmp_path: Path) -> None:
    """What is printed at signing and what is registered at issue are the same facts."""
    code, _ = _issued(office)
    record = permit_register.by_check_code(code)
    assert record is not None
    pdf = office.desk.files.read(office.desk.settings.permits_bucket, record.object_key, record.version_id)
    claims = claims_in(_scanned(pdf, tmp_path))
    assert claims[7] == code.encode()
    assert claims[-65537] == [
        record.group_name,
        record.art_genre,
        record.leader_short,
        fingerprint(facts_on_record(record)),
    ]


def _scanned(pdf: bytes, folder: Path) -> str:
    """What a scanner reads on a print at 150 dpi."""
    assert shutil.which("zbarimg"), "zbarimg is needed for this (Debian: zbar-tools)"
    document, picture = pypdfium2.PdfDocument(pdf), folder / "page.png"
    document[0].render(scale=150 / 72).to_pil().save(picture)
    document.close()
    command = ["zbarimg", "-q", "--raw", str(picture)]
    read = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return read.stdout.strip()


def test_the_key_that_seals_is_published_and_an_older_one_stays(office: Office) -> None:
    settings, files = office.desk.settings, office.desk.files
    before = json.loads(files.read(settings.site_bucket, KEYS_PATH))["keys"]
    assert [key["kid"] for key in before] == [
        public_jwk(office.desk.keys.public_key(settings.qr_key_id))["kid"]
    ]
    kms = boto3.client("kms", region_name=REGION)
    old = kms.describe_key(KeyId=settings.qr_key_id)["KeyMetadata"]["KeyId"]
    fresh = kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]
    after = publish_key(office.desk, fresh)["keys"]  # before it seals
    assert after[1:] == before
    kms.update_alias(AliasName=settings.qr_key_id, TargetKeyId=fresh)
    try:
        assert publish_key(office.desk)["keys"] == after
    finally:
        kms.update_alias(AliasName=settings.qr_key_id, TargetKeyId=old)

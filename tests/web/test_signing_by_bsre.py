"""SOP step 5 where officials sign through BSrE: whatever the service does, nothing is lost and nothing doubled."""

import dataclasses
from collections.abc import Iterator

import msgspec
import pytest

from chalicelib.aws import permit_register
from chalicelib.office import OFFICE
from chalicelib.permits.verification import examine
from chalicelib.staffing.errors import StaffingError
from chalicelib.steps import administration, issuing
from local.esign.service import EsignService
from tests.permits.office import text_of
from tests.web.office import Office
from tests.web.signings import SIGN, at_signing, next_number, review, said, sign, still_waits
from tests.web.staff import ORDER, standing_in


@pytest.fixture
def office(bsre_office: Office) -> Office:
    return bsre_office


@pytest.fixture
def service(bsre_service: EsignService) -> EsignService:
    return bsre_service


@pytest.fixture
def hurried(office: Office) -> Iterator[Office]:
    """The office with less patience."""
    desk = office.desk
    settings = msgspec.structs.replace(desk.settings, bsre_seconds=3)
    OFFICE.open_with(dataclasses.replace(desk, settings=settings))
    yield office
    OFFICE.open_with(desk)


def test_an_approval_is_the_heads_own_signature_and_everybody_can_read_whose_certificate_it_was(
    office: Office, service: EsignService
) -> None:
    case = at_signing(office)
    shown = review(office, case).json
    assert shown["signer"] == {"state": "ready", "told": None, "lost_at": None}
    assert shown["proofs"] == {"approve": "passphrase", "return": "code", "refuse": "code"}
    told = sign(office, case)
    assert told.status == 200
    issuing.issue_permit(office.desk, case.case_id)
    permit = office.case(case.case_id).permit
    assert permit is not None
    record = permit_register.by_check_code(permit.check_code)
    assert record is not None
    assert (record.signed_with, record.signature_level) == ("trial", "PAdES-B-LT")
    pdf = office.desk.files.read(office.desk.settings.permits_bucket, permit.object_key)
    assert "layananujicoba" in text_of(pdf)
    assert "BSrE" not in text_of(pdf)
    page = office.ask("GET", f"/v/{permit.check_code}").text
    assert "layanan uji coba" in page
    assert "tersertifikasi BSrE" not in page
    assert said(office, case) == ["signing.asked"]
    assert service.made == 1


def test_a_wrong_passphrase_signs_nothing_and_can_be_typed_again_at_once(
    office: Office, service: EsignService
) -> None:
    case = at_signing(office)
    number = next_number(office, case)
    assert sign(office, case, passphrase="bukan ini").code == "passphrase_wrong"  # noqa: S106
    still_waits(office, case)
    assert service.made == 0
    assert sign(office, case).status == 200
    permit = office.case(case.case_id).permit
    assert permit is not None
    assert f"/{number:04d}/" in permit.permit_number
    assert said(office, case) == ["signing.asked", "signing.failed", "signing.asked"]


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("EXPIRED", "signer_expired"),
        ("RENEW", "signer_renewing"),
        ("WAITING_FOR_VERIFICATION", "signer_waiting"),
        ("NEW", "signer_new"),
        ("NO_CERTIFICATE", "signer_without_certificate"),
        ("NOT_REGISTERED", "signer_not_registered"),
        ("SUSPEND", "signer_suspended"),
        ("REVOKE", "signer_revoked"),
    ],
)
def test_a_signer_who_cannot_sign_is_told_why_before_anything_is_typed(
    office: Office, service: EsignService, status: str, code: str
) -> None:
    case = at_signing(office)
    service.status = status
    shown = review(office, case).json["signer"]
    assert shown["state"] == "refused"
    refused = sign(office, case)
    assert refused.code == code
    assert shown["told"] == {"id": refused.json["detail"], "en": refused.json["detail_en"]}
    assert "POST /api/v2/sign/pdf" not in service.heard
    still_waits(office, case)
    assert said(office, case) == []


def test_a_service_that_does_not_answer_keeps_nobody_from_reviewing(
    hurried: Office, service: EsignService
) -> None:
    case = at_signing(hurried)
    service.status_silent = True
    assert review(hurried, case).json["signer"]["state"] == "unreachable"
    assert sign(hurried, case).code == "signing_unavailable"
    still_waits(hurried, case)


@pytest.mark.parametrize("mood", ["silent", "trickling"])
def test_an_answer_that_never_comes_is_not_waited_for(
    hurried: Office, service: EsignService, mood: str
) -> None:
    case = at_signing(hurried)
    service.mood = mood
    told = sign(hurried, case)
    assert (told.status, told.code) == (504, "signing_outcome_unknown")
    still_waits(hurried, case)
    assert said(hurried, case) == ["signing.asked", "signing.lost"]


@pytest.mark.parametrize("mood", ["lost", "bad_gateway"])
def test_a_lost_answer_leaves_the_case_open_and_the_officer_decides_to_sign_again(
    office: Office, service: EsignService, mood: str
) -> None:
    case = at_signing(office)
    number = next_number(office, case)
    service.mood = mood
    told = sign(office, case)
    assert (told.status, told.code) == (504, "signing_outcome_unknown")
    still_waits(office, case)
    made_before = service.made
    assert review(office, case).json["signer"]["lost_at"]
    service.mood = "well"
    assert sign(office, case).status == 200
    assert service.made == made_before + 1
    permit = office.case(case.case_id).permit
    assert permit is not None
    assert f"/{number:04d}/" in permit.permit_number
    assert said(office, case) == ["signing.asked", "signing.lost", "signing.asked"]
    assert next_number(office, case) == number + 1


@pytest.mark.parametrize("mood", ["another_file", "annotated_after", "by_a_stranger"])
def test_a_file_that_fails_our_check_is_never_published(
    office: Office, service: EsignService, mood: str
) -> None:
    case = at_signing(office)
    service.mood = mood
    assert sign(office, case).code == "signed_file_refused"
    still_waits(office, case)
    assert said(office, case) == ["signing.asked", "signing.failed"]


@pytest.mark.parametrize(
    ("mood", "code"),
    [
        ("account_refused", "signing_account_refused"),
        ("number_without_a_name", "signing_refused"),
        ("too_busy", "signing_unavailable"),
        ("certificate_expired", "signer_expired"),
    ],
)
def test_every_refusal_says_which_it_is_and_loses_nothing(
    office: Office, service: EsignService, mood: str, code: str
) -> None:
    case = at_signing(office)
    service.mood = mood
    assert sign(office, case).code == code
    still_waits(office, case)
    service.mood = "well"
    assert sign(office, case).status == 200


def test_what_is_no_signature_is_proved_by_a_mailed_code(office: Office, service: EsignService) -> None:
    case = at_signing(office)
    back = {"decision": "return", "reasons": ["draft_incorrect"]}
    assert sign(office, case, **back).code == "proof_failed"  # type: ignore[arg-type]
    told = office.ask(
        "POST", "/api/review/decision", {**back, **office.mailed(case)}, X_Sanggar_Link=office.link(case)
    )
    assert told.status == 200
    assert service.heard == []


def test_who_stands_in_for_the_signer_needs_a_signer_id_of_their_own(office: Office) -> None:
    desk = office.desk
    with pytest.raises(StaffingError, match="signer id"), standing_in(desk, "cs-2", "kepala-1"):
        pass
    administration.set_signer_id(desk, "cs-2", "wening.larasati@kantor.contoh.id", ORDER)
    with standing_in(desk, "cs-2", "kepala-1"):
        assert desk.people.officer("cs-2").signer_id


def test_the_signed_file_as_it_lies_in_the_register_verifies(office: Office, service: EsignService) -> None:
    case = at_signing(office)
    key = "kunci-permintaan-satu"
    body, link = SIGN, office.link(case)
    first = office.ask("POST", "/api/review/decision", body, X_Sanggar_Link=link, Idempotency_Key=key)
    again = office.ask("POST", "/api/review/decision", body, X_Sanggar_Link=link, Idempotency_Key=key)
    assert first.status == again.status == 200
    assert first.json == again.json
    assert service.made == 1
    permit = office.case(case.case_id).permit
    assert permit is not None
    pdf = office.desk.files.read(office.desk.settings.permits_bucket, permit.object_key)
    end = pdf.rindex(b"%%EOF", 0, pdf.rindex(b"%%EOF")) + 6
    assert examine(pdf[:end], service.pki.root_pem).problem is None

"""SOP step 5 where officials sign through BSrE: whatever the service does, nothing is lost and nothing doubled."""

import threading
from collections.abc import Callable, Iterator

import pytest
from chalice.test import Client

import app
from chalicelib.aws import permit_register
from chalicelib.cases.case import Case
from chalicelib.cases.deciding import tell_again
from chalicelib.cases.signing_tries import ANSWERED_WITHIN, ask_signing
from chalicelib.permits.verification import examine
from chalicelib.staffing.errors import StaffingError
from chalicelib.steps import administration, issuing
from chalicelib.steps.desk import change_case
from local.aws import fill_bsre_access, function_name, open_aws
from local.clock import Hands
from local.esign.service import EsignService
from local.people import passphrase_of, signing_person
from tests.permits.office import text_of
from tests.web.conftest import BEGINNING, IDLE
from tests.web.office import Office, Told
from tests.web.staff import ORDER, standing_in

SIGN = {"decision": "approve", "passphrase": passphrase_of("head")}


@pytest.fixture(scope="module")
def service() -> Iterator[EsignService]:
    service = EsignService([signing_person()])
    with service.running():
        yield service


@pytest.fixture(scope="module")
def _bsre_office(service: EsignService) -> Iterator[Office]:
    hands = Hands.at(BEGINNING)
    functions = {
        function_name("deliver"): lambda *_: None,
        function_name("sign_permit"): app.sign_permit,
    }
    settings = {
        "SANGGAR_SIGNER": "bsre",
        "SANGGAR_BSRE_URL": service.url,
        "SANGGAR_BSRE_SECONDS": "9",
    }
    with open_aws(hands.clock, settings=settings, functions=functions, config=IDLE) as desk:  # type: ignore[arg-type]
        fill_bsre_access(desk, service.secret())
        yield Office(desk, hands, Client(app.app))


@pytest.fixture
def office(_bsre_office: Office, service: EsignService) -> Office:
    service.well()
    return _bsre_office


def at_signing(office: Office) -> Case:
    """A new case that lies before the head."""
    return office.open(office.applicant().sent(), "signing")


def review(office: Office, case: Case) -> Told:
    return office.ask("GET", "/api/review", X_Sanggar_Link=office.link(case))


def sign(office: Office, case: Case, **other: str) -> Told:
    body = {**SIGN, **other}
    return office.ask("POST", "/api/review/decision", body, X_Sanggar_Link=office.link(case))


def said(office: Office, case: Case) -> list[str]:
    """What the trail says of signing, in order."""
    names = [entry.action for entry in office.desk.cases.entries(case.case_id)]
    return [name for name in names if name.startswith("signing.")]


def still_waits(office: Office, case: Case) -> None:
    """Nothing was decided, numbered or published."""
    now = office.case(case.case_id)
    assert now.permit is None
    assert now.current is not None
    assert (now.current.key, now.current.attempt) == ("signing", 1)


def next_number(office: Office, case: Case) -> int:
    return office.desk.cases.next_serial(f"permit-{case.procedure.id}-{office.desk.clock.now().year}").value


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
    assert (record.signed_with, record.level) == ("trial", "PAdES-B-LT")
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
    office: Office, service: EsignService
) -> None:
    case = at_signing(office)
    service.status_silent = True
    assert review(office, case).json["signer"]["state"] == "unreachable"
    assert sign(office, case).code == "signing_unavailable"
    still_waits(office, case)
    service.well()
    assert sign(office, case).status == 200


@pytest.mark.parametrize("mood", ["silent", "lost", "bad_gateway"])
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


def test_no_second_signature_is_asked_for_while_the_first_may_still_come(
    office: Office, service: EsignService
) -> None:
    case = at_signing(office)
    service.mood, service.late_seconds = "late", 1.0
    told: list[Told] = []
    first = threading.Thread(target=lambda: told.append(sign(office, case)))
    first.start()
    wait_for(lambda: "POST /api/v2/sign/pdf" in service.heard)
    second = sign(office, case)
    first.join()
    assert second.code == "signing_in_progress"
    assert told[0].status == 200
    assert service.made == 1


def test_a_case_that_changes_while_its_permit_is_signed_gets_the_file_that_was_signed(
    office: Office, service: EsignService
) -> None:
    case = at_signing(office)
    service.mood, service.late_seconds = "late", 1.0
    told: list[Told] = []
    first = threading.Thread(target=lambda: told.append(sign(office, case)))
    first.start()
    wait_for(lambda: "POST /api/v2/sign/pdf" in service.heard)
    change_case(office.desk, case.case_id, tell_again)
    first.join()
    assert told[0].status == 200
    assert service.made == 1


def test_a_try_that_died_blocks_nobody_for_longer_than_an_answer_could_take(
    office: Office, service: EsignService
) -> None:
    case = at_signing(office)
    change_case(office.desk, case.case_id, ask_signing)
    assert sign(office, case).code == "signing_in_progress"
    office.hands.move(seconds=ANSWERED_WITHIN.total_seconds())
    assert review(office, case).json["signer"]["lost_at"]
    assert sign(office, case).status == 200
    assert service.made == 1


def test_a_file_whose_number_went_to_another_permit_meanwhile_is_thrown_away(
    office: Office, service: EsignService
) -> None:
    slow, quick = at_signing(office), at_signing(office)
    number = next_number(office, slow)
    service.mood, service.late_seconds = "late", 1.0
    told: list[Told] = []
    first = threading.Thread(target=lambda: told.append(sign(office, slow)))
    first.start()
    wait_for(lambda: "POST /api/v2/sign/pdf" in service.heard)
    service.mood = "well"
    assert sign(office, quick).status == 200
    first.join()
    assert told[0].code == "signing_overtaken"
    still_waits(office, slow)
    assert sign(office, slow).status == 200
    permits = [office.case(one.case_id).permit for one in (quick, slow)]
    assert [f"/{number + n:04d}/" in one.permit_number for n, one in enumerate(permits) if one] == [
        True,
        True,
    ]


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


def wait_for(happened: Callable[[], bool]) -> None:
    """Until it has happened; fails after ten seconds."""
    pause = threading.Event()
    for _ in range(200):
        if happened():
            return
        pause.wait(0.05)
    raise AssertionError("it did not happen")

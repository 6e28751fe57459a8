"""An application over HTTP, from the first code to the public check."""

from datetime import date

from chalicelib.documents.types import Box
from tests.web.office import APPROVE, NATIONAL_ID, OFFICERS, Office, with_document


def test_an_application_is_approved_step_by_step_and_can_be_checked_by_anyone(office: Office) -> None:
    person = office.applicant()
    case_id = person.sent()
    for step in OFFICERS:
        office.open(case_id, step)
    shown = person.ask("GET", f"/{case_id}").json
    assert [step["state"] for step in shown["steps"]] == ["done"] * 4 + ["running", "waiting"]
    case = office.issue(case_id)
    shown = person.ask("GET", f"/{case_id}").json
    assert shown["status"] == "issued"
    assert {step["state"] for step in shown["steps"]} == {"done"}
    permit = shown["permit"]
    assert person.ask("GET", f"/{case_id}/permit").json["permit_number"] == permit["permit_number"]
    checked = office.ask("GET", f"/api/permits?number={permit['permit_number']}").json
    assert checked == office.ask("GET", f"/api/permits/{permit['check_code']}").json
    assert (checked["status"], checked["group_name"], checked["art_genre"]) == (
        "valid",
        "Sanggar Uji Coba",
        "Ludruk",
    )
    page = office.ask("GET", f"/v/{permit['check_code']}")
    assert permit["permit_number"] in page.text
    assert case.permit
    assert case.permit.check_code == permit["check_code"]
    file = office.desk.files.read(office.desk.settings.permits_bucket, case.permit.object_key)
    assert permit["size"] == len(file) > 10_000
    opens, until = (date.fromisoformat(permit[key]) for key in ("renewal_from", "valid_until"))
    assert (until - opens).days == 60


def test_the_answer_to_a_decision_names_the_next_step_and_the_number(office: Office) -> None:
    case_id = office.applicant().sent()
    office.open(case_id, "completeness_check")
    told = office.decide(case_id, {"decision": "approve"}).json
    assert (told["decision"], told["next_step"], told["permit_number"]) == ("approve", "verification", None)
    assert told["decided_at"].endswith("+07:00")
    office.open(case_id, "signing")
    told = office.decide(case_id, APPROVE).json
    assert told["next_step"] == "issuance"
    assert told["permit_number"].endswith("/424.086/2026")


def test_a_return_tells_the_applicant_why_and_the_correction_goes_on(office: Office) -> None:
    person = office.applicant()
    case_id = person.sent()
    office.open(case_id, "completeness_check")
    ruling = {"decision": "return", "reasons": ["missing_document:ktp"], "message": "Mohon dilengkapi."}
    assert office.decide(case_id, ruling).json["next_step"] is None
    shown = person.ask("GET", f"/{case_id}").json
    assert shown["status"] == "returned"
    assert shown["deadline"] is None
    assert shown["correction"]["message"] == "Mohon dilengkapi."
    assert shown["correction"]["reasons"][0]["sentence"]["id"].startswith("KTP Ketua belum diunggah")
    assert shown["can"] == {"edit": True, "submit": False, "correct": True, "withdraw": True}
    body = {"message": "Sudah saya lengkapi.", "send_anyway": True}
    assert person.ask("POST", f"/{case_id}/correction", body).json["status"] == "in_progress"
    case = office.open(case_id, "completeness_check")
    review = office.ask("GET", "/api/review", X_Sanggar_Link=office.link(case)).json
    assert [past["message"] for past in review["case"]["decisions"]] == [
        "Mohon dilengkapi.",
        "Sudah saya lengkapi.",
    ]


def test_the_signer_can_return_and_refuse_with_the_passphrase(office: Office) -> None:
    case_id = office.applicant().sent()
    office.open(case_id, "signing")
    wrong = {"decision": "return", "reasons": ["draft_incorrect"], "passphrase": "bukan ini"}
    link = office.link(office.case(case_id))
    assert office.ask("POST", "/api/review/decision", wrong, X_Sanggar_Link=link).code == "passphrase_wrong"
    told = office.decide(case_id, {"decision": "return", "reasons": ["draft_incorrect"]})
    assert told.json["next_step"] == "recommendation_review"
    assert office.case(case_id).decisions[-1].verdict == "return"


def test_after_a_return_between_officers_the_tracker_shows_the_step_open_again(office: Office) -> None:
    person = office.applicant()
    case_id = person.sent()
    office.open(case_id, "recommendation_review")
    assert (
        office.decide(case_id, {"decision": "return", "reasons": ["recommendation_incomplete"]}).status == 200
    )
    states = [step["state"] for step in person.ask("GET", f"/{case_id}").json["steps"]]
    assert states == ["done", "done", "waiting", "waiting", "waiting", "waiting"]


def test_a_step_past_its_deadline_is_overdue_in_the_tracker(office: Office) -> None:
    person = office.applicant()
    case_id = person.sent()
    office.open(case_id, "completeness_check")
    tracking_code = office.case(case_id).tracking_code
    office.hands.move(days=3)
    tracked = office.ask("GET", f"/api/tracking/{tracking_code}").json
    assert tracked["steps"][1]["state"] == "overdue"
    assert "form" not in tracked


def test_the_promised_end_is_that_of_the_whole_procedure(office: Office) -> None:
    person = office.applicant()
    case_id = person.sent()
    office.open(case_id, "completeness_check")
    shown = person.ask("GET", f"/{case_id}").json
    # Tuesday 09.00 + 3 working days = Friday, and an hour of signing and issuing.
    assert shown["deadline"].startswith("2026-11-27T1")
    assert shown["steps"][1]["deadline"] == "2026-11-25T09:00:00+07:00"
    assert person.ask("GET").json["applications"][0]["deadline"] == shown["deadline"]


def test_tracking_by_number_needs_the_end_of_the_phone_number(office: Office) -> None:
    case_id = office.applicant().sent()
    number = office.case(case_id).number
    assert (
        office.ask("POST", "/api/tracking", {"number": number, "phone_last4": "1234"}).json["number"]
        == number
    )
    assert office.ask("POST", "/api/tracking", {"number": number, "phone_last4": "1235"}).code == "not_found"
    assert office.ask("GET", f"/api/tracking/{number}").code == "not_found"


def test_the_whole_id_number_is_shown_to_its_own_applicant_alone(office: Office) -> None:
    person = office.applicant()
    case_id = person.draft(national_id="3514014101900002")
    fields = {"national_id": NATIONAL_ID, "full_name": "SARI CONTOH", "address": f"No. {NATIONAL_ID} RT 1"}
    with_document(office.desk, case_id, "ktp", fields)
    shown = person.ask("GET", f"/{case_id}").json
    assert shown["form"]["national_id"] == "3514014101900002"
    assert shown["documents"]["ktp"]["read"]["national_id"] == "3514…0001"
    assert NATIONAL_ID not in str(shown)
    mismatch = next(one for one in shown["findings"] if one["code"] == "nik_mismatch")
    assert (mismatch["expected"], mismatch["found"]) == ("3514…0002", "3514…0001")
    body = {"declared_true": True, "send_anyway": True}
    assert person.ask("POST", f"/{case_id}/submission", body).status == 200
    case = office.open(case_id, "completeness_check")
    review = office.ask("GET", "/api/review", X_Sanggar_Link=office.link(case))
    auditor = office.auditor()
    timeline = office.ask("GET", f"/api/audit/cases/{case_id}", **auditor)
    assert review.status == timeline.status == 200
    for told in (review, timeline):
        assert NATIONAL_ID not in told.text
        assert "3514014101900002" not in told.text
    for secret in ("Sari", "0812", person.email, "task_token"):
        assert secret not in timeline.text
    assert review.json["case"]["documents"]["ktp"]["previews"][0].startswith("http")


def test_an_officer_is_told_where_each_value_stands(office: Office) -> None:
    person = office.applicant()
    case_id = person.draft()
    box = Box(page=0, x=0.1, y=0.2, w=0.3, h=0.04)
    with_document(
        office.desk, case_id, "ktp", {"full_name": "SARI CONTOH", "gender": "P"}, boxes={"full_name": box}
    )
    body = {"declared_true": True, "send_anyway": True}
    assert person.ask("POST", f"/{case_id}/submission", body).status == 200
    case = office.open(case_id, "completeness_check")
    shown = office.ask("GET", "/api/review", X_Sanggar_Link=office.link(case)).json["case"]["documents"][
        "ktp"
    ]
    assert shown["boxes"] == {"full_name": {"page": 0, "x": 0.1, "y": 0.2, "w": 0.3, "h": 0.04}}


def test_a_review_offers_what_the_step_allows(office: Office) -> None:
    case_id = office.applicant().sent()
    case = office.open(case_id, "verification")
    told = office.ask("GET", "/api/review", X_Sanggar_Link=office.link(case)).json
    assert told["allowed"] == ["approve", "return", "refuse"]
    assert told["requires"] == {"approve": []}
    assert told["proof"] == "code"
    assert told["draft_permit_url"] is None
    assert told["step"]["minutes_left"] > 0
    assert {"missing_document", "outside_regency"} <= {one["code"] for one in told["reasons"]}
    case = office.open(case_id, "signing")
    told = office.ask("GET", "/api/review", X_Sanggar_Link=office.link(case)).json
    assert told["proof"] == "passphrase"
    assert "drafts/" in told["draft_permit_url"]


def test_a_files_fingerprint_tells_the_issued_file_from_an_altered_one(office: Office) -> None:
    case = office.issue(office.applicant().sent())
    assert case.permit
    page = f"/v/{case.permit.check_code}?sha256="
    assert "persis seperti yang kami terbitkan" in office.ask("GET", page + case.permit.sha256).text
    assert "isinya berubah" in office.ask("GET", page + "0" * 64).text
    assert office.ask("GET", page + "<b>").status == 400
    assert (
        office.ask("GET", f"/en/v?number={case.permit.permit_number}&sha256={'0' * 64}").text.count("✕") == 2
    )


def test_one_field_takes_a_number_or_a_code_without_script(office: Office) -> None:
    case = office.issue(office.applicant().sent())
    assert case.permit
    for typed in (case.permit.permit_number, case.permit.check_code, case.permit.check_code.lower()):
        assert case.permit.permit_number in office.ask("GET", f"/v?number={typed}").text


def test_everybody_is_told_whether_the_office_works_today_and_is_open_now(office: Office) -> None:
    told = []
    for hours in (0, 12, 4 * 24):  # Tuesday at nine in the morning and at night, Saturday
        office.hands.move(seconds=hours * 3600)
        shown = office.ask("GET", "/api/procedure").json
        told.append((shown["working_day"], shown["office_open"]))
        office.hands.move(seconds=-hours * 3600)
    assert told == [(True, True), (True, False), (False, False)]

"""The Berita Acara of SOP step 3: decided on, seen afterwards, never swapped, and never somebody else's."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
import pytest

from chalicelib.cases.case import Case, ProcedureRef
from chalicelib.cases.change import SYSTEM, change
from chalicelib.cases.reporting import MOST_TRIES
from chalicelib.steps.desk import change_case
from chalicelib.steps.kept_reports import bucket_of
from tests.permits.office import squeezed, text_of
from tests.web.office import NATIONAL_ID, Office, report_of
from tests.web.reporting import asked, at_step_3, bytes_of, decide, kept, look


@pytest.fixture
def case(office: Office) -> Case:
    """A case before the officer of step 3."""
    return at_step_3(office)


def test_step_3_makes_a_report_and_the_decision_keeps_which(office: Office, case: Case) -> None:
    told = office.report(case, recommendation="Layak.\nAktif berlatih.", note="Catatan kecil.")
    assert told.status == 200, told.text
    shown = told.json["now"]
    assert (shown["source"], shown["state"], shown["whole"], shown["fault"]) == (
        "composed",
        "made",
        True,
        None,
    )
    report = kept(office, case)
    text = text_of(bytes_of(office, report))
    sub = office.desk.people.officer("sub-1")
    for words in (
        "BERITA ACARA PEMERIKSAAN",
        "DINAS PENANAMAN MODAL",
        case.number,
        "Sanggar Uji Coba",
        "KTP Ketua",
        "Surat Keterangan dari Kepala Desa/Lurah",
        "Jenis kesenian",
        "Ludruk",
        "Layak.",
        "Aktif berlatih.",
        "Catatan kecil.",
        "Pasuruan, 24 November 2026",
        sub.name,
        sub.title,
        sub.official_id,
    ):
        assert squeezed(words) in text, words
    assert NATIONAL_ID not in text
    assert decide(office, case, {"decision": "approve", "report": shown["sha256"]}).status == 200
    after = office.case(case.case_id)
    assert after.report is None
    decided = after.decisions[-1]
    assert decided.report == report
    assert decided.technical_recommendation == "Layak.\nAktif berlatih."
    assert hashlib.sha256(bytes_of(office, report)).hexdigest() == report.sha256 == shown["sha256"]
    assert report.version_id
    entry = office.desk.cases.entries(case.case_id)[-1]
    assert entry.action == "step.approve"
    assert entry.facts["report"] == report.facts


def test_without_a_report_an_approval_is_refused_and_a_return_is_not(office: Office, case: Case) -> None:
    told = decide(office, case, {"decision": "approve", "technical_recommendation": "Layak."})
    assert (told.status, told.code) == (422, "report_missing")
    assert "Berita Acara" in told.json["detail"]
    assert decide(office, case, {"decision": "approve", "report": "0" * 64}).code == "report_missing"
    assert look(office, case)["report"]["now"] is None
    assert decide(office, case, {"decision": "return", "reasons": ["missing_document:ktp"]}).status == 200


def test_a_case_of_the_first_version_goes_on_with_words_alone(office: Office, case: Case) -> None:
    old = ProcedureRef(id=case.procedure.id, version=1)
    change_case(
        office.desk,
        case.case_id,
        lambda now, at: change(now, at=at, actor=SYSTEM, action="test.older", facts={}, procedure=old),
    )
    shown = look(office, case)
    assert (shown["report"], shown["requires"]) == (None, {"approve": ["technical_recommendation"]})
    assert decide(office, case, {"decision": "approve"}).code == "recommendation_missing"
    link = {"X_Sanggar_Link": office.link(office.case(case.case_id))}
    assert office.ask("GET", "/api/review/report", **link).code == "not_allowed"
    told = decide(office, case, {"decision": "approve", "technical_recommendation": "Layak."})
    assert told.status == 200


def test_the_same_answers_twice_are_one_file_and_one_report(office: Office, case: Case) -> None:
    first = office.report(case).json["now"]
    entries = len(office.desk.cases.entries(case.case_id))
    office.hands.move(minutes=3)
    assert office.report(case).json["now"]["sha256"] == first["sha256"]
    assert len(office.desk.cases.entries(case.case_id)) == entries
    folder = f"reports/{case.case_id}/"
    assert len(office.desk.files.keys(office.desk.settings.permits_bucket, folder)) == 1


def test_a_file_that_a_crash_left_behind_is_found_again(office: Office, case: Case) -> None:
    office.report(case)
    report = kept(office, case)
    bucket = office.desk.settings.permits_bucket
    again = office.desk.files.write_once(bucket, report.object_key, b"something else", "application/pdf")
    assert again == report.version_id
    assert hashlib.sha256(office.desk.files.read(bucket, report.object_key)).hexdigest() == report.sha256


def test_who_saw_another_report_decides_nothing(office: Office, case: Case) -> None:
    seen = office.report(case).json["now"]["sha256"]
    newer = office.report(case, recommendation="Lain.").json["now"]["sha256"]
    told = decide(office, case, {"decision": "approve", "report": seen})
    assert (told.status, told.code) == (409, "report_changed")
    assert decide(office, case, {"decision": "approve", "report": newer}).status == 200


def test_two_decisions_at_once_are_one(office: Office, case: Case) -> None:
    sha = office.report(case).json["now"]["sha256"]
    body = {"decision": "approve", "report": sha, **office.proof(case)}
    link = office.link(case)

    def press(_: int) -> int:
        return office.ask("POST", "/api/review/decision", body, X_Sanggar_Link=link).status

    with ThreadPoolExecutor(3) as pool:
        statuses = sorted(pool.map(press, range(3)))
    assert statuses.count(200) == 1, statuses
    assert len([d for d in office.case(case.case_id).decisions if d.step == "verification"]) == 1


def test_the_later_steps_see_it_and_its_bytes_are_checked(office: Office, case: Case) -> None:
    office.decide(case.case_id, {"decision": "approve"})
    for step in ("recommendation_review", "signing"):
        office.open(case.case_id, step)
        shown = look(office, case)
        seen = next(d for d in shown["case"]["decisions"] if d["step"] == "verification")["report"]
        assert (seen["whole"], shown["report"]) == (True, None)
        assert "versionId=" in seen["url"]
    auditor = office.auditor()
    told = office.ask("GET", f"/api/audit/cases/{case.case_id}", **auditor).json
    record = told["reports"][0]
    assert (record["step"], record["whole"], record["officer"]) == ("verification", True, "sub-1")
    assert record["sha256"] == seen["sha256"]


def test_a_file_that_is_not_the_one_on_record_gets_no_address(office: Office, case: Case) -> None:
    office.decide(case.case_id, {"decision": "approve"})
    office.open(case.case_id, "recommendation_review")
    report = office.case(case.case_id).decisions[-1].report
    assert report is not None
    forged = office.desk.files.write(
        bucket_of(office.desk, report), report.object_key, b"%PDF-forged", "application/pdf"
    )
    shown = look(office, case)["case"]["decisions"][-1]["report"]
    assert shown["whole"]  # another version under the same name changes nothing: the decision names its own

    def swap(now: Case, at: Any) -> Any:
        last = now.decisions[-1]
        other = msgspec.structs.replace(report, version_id=forged)
        decisions = (*now.decisions[:-1], msgspec.structs.replace(last, report=other))
        return change(now, at=at, actor=SYSTEM, action="test.swapped", facts={}, decisions=decisions)

    change_case(office.desk, case.case_id, swap)
    shown = look(office, case)["case"]["decisions"][-1]["report"]
    assert (shown["whole"], shown["url"], shown["previews"]) == (False, None, [])
    told = office.ask("GET", f"/api/audit/cases/{case.case_id}", **office.auditor()).json
    assert told["reports"][0]["whole"] is False


def test_the_applicant_gets_nothing_of_it(office: Office) -> None:
    person = office.applicant()
    case_id = person.sent()
    case = office.open(case_id, "verification")
    sha = office.report(case, recommendation="Hanya untuk petugas.").json["now"]["sha256"]
    assert decide(office, case, {"decision": "approve", "report": sha}).status == 200
    shown = person.ask("GET", f"/{case_id}").text
    assert "Hanya untuk petugas" not in shown
    assert sha not in shown
    assert "reports/" not in shown


def test_a_returned_report_s_words_wait_for_the_next_one(office: Office, case: Case) -> None:
    office.decide(case.case_id, {"decision": "approve", "technical_recommendation": "Versi pertama."})
    office.open(case.case_id, "recommendation_review")
    office.decide(case.case_id, {"decision": "return", "reasons": ["recommendation_incomplete"]})
    case = office.open(case.case_id, "verification")
    report = look(office, case)["report"]
    assert (report["now"], report["said"]["recommendation"]) == (None, "Versi pertama.")
    assert decide(office, case, {"decision": "approve"}).code == "report_missing"


def test_id_numbers_in_the_officer_s_words_are_masked_on_paper(office: Office, case: Case) -> None:
    office.report(case, recommendation=f"NIK {NATIONAL_ID} cocok.", note="3514 0141 0190 0001")
    text = text_of(bytes_of(office, kept(office, case)))
    assert NATIONAL_ID not in text
    assert "3514…0001" in text


def test_a_forwarded_link_opens_nothing_once_the_step_lies_elsewhere(office: Office, case: Case) -> None:
    link = office.link(case)
    said = report_of(asked(office, case))
    for other in ({"subject": "koor-1"}, {"role": "coordinator"}, {"case": "case-" + "0" * 32}):
        forged = office.link(case, **other)
        told = office.ask("POST", "/api/review/report", said, X_Sanggar_Link=forged)
        assert told.code in ("link_moved", "link_misused")
    assert office.ask("POST", "/api/review/report", said).code == "link_missing"
    office.decide(case.case_id, {"decision": "approve"})
    for body, path in ((said, ""), ({"content_type": "application/pdf", "size": 5}, "/upload")):
        assert office.ask("POST", f"/api/review/report{path}", body, X_Sanggar_Link=link).code == "link_spent"


def test_nobody_fills_the_bucket_with_reports(office: Office, case: Case) -> None:
    for number in range(MOST_TRIES):
        assert office.report(case, note=f"Nomor {number}.").status == 200
    assert office.report(case, note="Satu lagi.").code == "too_many"

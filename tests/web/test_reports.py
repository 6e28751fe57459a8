"""The Berita Acara / Rekomendasi Teknis of SOP step 3: made or brought, decided on, seen afterwards, never swapped."""

import hashlib
import io
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
import pytest

from chalicelib.cases import applying
from chalicelib.cases.case import Case, ProcedureRef
from chalicelib.cases.change import SYSTEM, change
from chalicelib.cases.report import Report
from chalicelib.cases.reporting import MOST_TRIES
from chalicelib.steps.desk import change_case
from chalicelib.steps.kept_reports import bucket_of
from chalicelib.tasks import inspecting
from tests.documents.hostile import huge_png, locked, with_words
from tests.infrastructure.calls import policy_of
from tests.permits.office import squeezed, text_of
from tests.site.photos import page
from tests.web.office import NATIONAL_ID, Office, Told, report_of, with_document


@pytest.fixture
def case(office: Office) -> Case:
    """A case with two documents before the officer of step 3."""
    case_id = office.applicant().draft()
    with_document(office.desk, case_id, "ktp", {"full_name": "Sari Contoh"})
    with_document(office.desk, case_id, "village_letter", {}, upload_id="upload-2", sha256="11" * 32)
    return office.open(_sent(office, case_id), "verification")


def _sent(office: Office, case_id: str) -> str:
    def rule(case: Case, at: Any) -> Any:
        return applying.submit(
            case,
            office.desk.procedure_of(case),
            number=f"NKS-2026-{case_id[-5:]}",
            finding_codes=(),
            send_anyway=True,
            at=at,
        )

    change_case(office.desk, case_id, rule)
    return case_id


def look(office: Office, case: Case) -> Any:
    """What the officer of the open step sees."""
    return office.ask("GET", "/api/review", X_Sanggar_Link=office.link(office.case(case.case_id))).json


def asked(office: Office, case: Case) -> Any:
    """What the report page part is told."""
    return office.ask("GET", "/api/review/report", X_Sanggar_Link=office.link(case)).json


def bytes_of(office: Office, report: Report) -> bytes:
    """The stored file."""
    return office.desk.files.read(bucket_of(office.desk, report), report.object_key, report.version_id)


def kept(office: Office, case: Case) -> Report:
    """The report of the case as it is kept."""
    report = office.case(case.case_id).report
    assert report is not None
    return report


def decide(office: Office, case: Case, ruling: Mapping[str, Any]) -> Told:
    """That ruling to the letter."""
    link, proof = office.link(case), office.proof(case)
    return office.ask("POST", "/api/review/decision", {**ruling, **proof}, X_Sanggar_Link=link)


def bring(office: Office, case: Case, data: bytes, kind: str = "application/pdf") -> Any:
    """The officer's own file, as the queue brings it; answers what the page is told of it."""
    offer = {"content_type": kind, "size": len(data)}
    told = office.ask("POST", "/api/review/report/upload", offer, X_Sanggar_Link=office.link(case))
    assert told.status == 201, told.text
    key = told.json["fields"]["key"]
    office.desk.files.write(office.desk.settings.quarantine_bucket, key, data, kind)
    event = {
        "Records": [{"messageId": "m", "body": json.dumps({"Records": [{"s3": {"object": {"key": key}}}]})}]
    }
    for _ in range(2):  # the queue may bring a message twice
        assert inspecting.inspect(event, office.desk) == {"batchItemFailures": []}
    return asked(office, case)["now"]


def own_pdf() -> bytes:
    """A scanned report, as an office's machine writes it."""
    out = io.BytesIO()
    page(1000, 1400).save(out, "PDF")
    return out.getvalue()


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


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"recommendation": "ꦲꦤ layak"}, "report_unprintable"),
        ({"recommendation": "مرحبا"}, "report_unprintable"),
        ({"recommendation": "abc\u202edef"}, "invalid_input"),
        ({"recommendation": " "}, "invalid_input"),
        ({"recommendation": "x" * 2001}, "invalid_input"),
        ({"place": ""}, "invalid_input"),
        ({"place": "Pasu\nruan"}, "invalid_input"),
        ({"held_on": "2026-11-23"}, "invalid_input"),
        ({"held_on": "2026-11-25"}, "invalid_input"),
        ({"held_on": "kemarin"}, "invalid_input"),
        ({"items": []}, "invalid_input"),
        ({"result": "not_recommended"}, "invalid_input"),
        ({"extra": "x"}, "invalid_input"),
    ],
)
def test_what_a_report_cannot_say_is_refused(
    office: Office, case: Case, told: dict[str, Any], code: str
) -> None:
    assert office.report(case, **told).code == code
    assert office.case(case.case_id).report is None


def test_items_are_judged_once_and_explained(office: Office, case: Case) -> None:
    fit = [{"about": about, "outcome": "fits"} for about in ("ktp", "village_letter")]
    unfit = {"about": "field:village", "outcome": "unfit"}

    def told(*items: Mapping[str, Any], result: str = "with_notes") -> Told:
        return office.report(case, items=[*fit, *items], result=result)

    assert told(fit[0]).code == "invalid_input"
    assert told({"about": "passport", "outcome": "fits"}).code == "invalid_input"
    assert told({"about": "field:phone", "outcome": "fits"}).code == "invalid_input"
    assert told(unfit).code == "report_unexplained"
    assert told({**unfit, "note": "x" * 301}).code == "invalid_input"
    assert told({**unfit, "note": "Dusun lain."}, result="recommended").code == "invalid_input"
    assert told({**unfit, "note": "x" * 300}).status == 200
    assert "x" * 300 in text_of(bytes_of(office, kept(office, case)))


def test_markup_in_the_words_is_printed_as_it_was_typed(office: Office, case: Case) -> None:
    words = '#set page(width: 1cm) "kutip" *tebal* $x$ <b>&amp;</b> \\ // {day}'
    assert office.report(case, recommendation=words, note=words, place="#pagebreak() {day}").status == 200
    text = text_of(bytes_of(office, kept(office, case)))
    assert text.count(squeezed(words)) == 2
    assert squeezed("#pagebreak() {day}, 24 November 2026") in text


def test_an_uploaded_report_is_kept_as_it_came_and_shown_in_pictures(office: Office, case: Case) -> None:
    data = own_pdf()
    shown = bring(office, case, data)
    assert (shown["source"], shown["state"], shown["whole"]) == ("uploaded", "made", True)
    assert shown["sha256"] == hashlib.sha256(data).hexdigest()
    assert len(shown["previews"]) == 1
    assert "attachment" in shown["url"]
    assert bytes_of(office, kept(office, case)) == data
    assert decide(office, case, {"decision": "approve", "report": shown["sha256"]}).status == 200
    decided = office.case(case.case_id).decisions[-1].report
    assert decided is not None
    assert (decided.sha256, decided.source) == (shown["sha256"], "uploaded")


@pytest.mark.parametrize(
    ("data", "kind", "code"),
    [
        (b"Ini hanya teks.", "application/pdf", "wrong_type"),
        (locked(with_words()), "application/pdf", "locked"),
        (huge_png(), "image/png", "too_large"),
        (b"%PDF-1.7 broken", "application/pdf", "damaged"),
    ],
)
def test_a_file_that_is_no_report_is_refused_in_words(
    office: Office, case: Case, data: bytes, kind: str, code: str
) -> None:
    shown = bring(office, case, data, kind)
    assert shown["state"] == "refused"
    assert kept(office, case).fault == code
    assert shown["fault"]["id"]
    assert (shown["url"], shown["whole"]) == (None, False)
    assert decide(office, case, {"decision": "approve", "report": "0" * 64}).code == "report_missing"


@pytest.mark.parametrize(
    ("kind", "size"), [("text/html", 5), ("image/webp", 5), ("application/pdf", 0), ("image/png", 10_485_761)]
)
def test_only_a_small_pdf_or_picture_gets_a_place(office: Office, case: Case, kind: str, size: int) -> None:
    body = {"content_type": kind, "size": size}
    told = office.ask("POST", "/api/review/report/upload", body, X_Sanggar_Link=office.link(case))
    assert told.code == "invalid_input"


def test_the_place_takes_exactly_that_file(office: Office, case: Case) -> None:
    body = {"content_type": "image/jpeg", "size": 5}
    told = office.ask("POST", "/api/review/report/upload", body, X_Sanggar_Link=office.link(case))
    conditions = policy_of(told.json["fields"])["conditions"]
    report = kept(office, case)
    assert {"key": f"reports/{case.case_id}/{report.upload_id}"} in conditions
    assert ["content-length-range", 1, 10 * 1024 * 1024] in conditions
    assert {"Content-Type": "image/jpeg"} in conditions


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

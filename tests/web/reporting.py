"""A case before the officer of step 3, and what is asked of its report."""

from collections.abc import Mapping
from typing import Any

from chalicelib.cases import applying
from chalicelib.cases.case import Case
from chalicelib.cases.report import Report
from chalicelib.steps.desk import change_case
from chalicelib.steps.kept_reports import bucket_of
from tests.web.office import Office, Told, with_document


def at_step_3(office: Office) -> Case:
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

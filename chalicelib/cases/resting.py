"""An approval that rests on a report: whether there is one, and whether it is the one that its officer has seen."""

from chalicelib.cases.case import Case
from chalicelib.cases.errors import ReportChangedError, ReportMissingError
from chalicelib.cases.report import Report


def ready_report(case: Case) -> Report | None:
    """The report of the open step, made by the officer before whom it lies; None while there is none."""
    current, report = case.current, case.report
    if current is None or report is None or report.state != "made":
        return None
    if not report.belongs_to(current.key, current.attempt):
        return None
    same = (report.officer_id, report.acting_for) == (current.officer_id, current.acting_for)
    return report if same else None


def check_report(case: Case, seen: str) -> None:
    """Raises ReportMissingError, or ReportChangedError when the one that was seen (SHA-256, hex) is not there now."""
    report = ready_report(case)
    if report is None or not seen:
        raise ReportMissingError
    if report.sha256 != seen:
        raise ReportChangedError

"""An application as its own applicant sees it, and as whoever follows it does."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from chalicelib.aws.case_lists import CaseSummary
from chalicelib.cases.applying import can_withdraw, editable, form_sha256, open_fields
from chalicelib.cases.case import Case
from chalicelib.cases.filling import PARTS, documents_to_correct, part_reached
from chalicelib.cases.form import missing
from chalicelib.cases.uploading import open_slots
from chalicelib.cases.validity import last_day, renewal_from
from chalicelib.documents.types import Finding
from chalicelib.permits.types import PermitRecord, status_on
from chalicelib.procedures.parts import Words
from chalicelib.procedures.procedure import Procedure
from chalicelib.texts import late_words
from chalicelib.web.answers.application import (
    ApplicationLine,
    ApplicationShown,
    Can,
    CorrectionShown,
    PartShown,
    PermitShown,
    TrackingShown,
)
from chalicelib.web.views.findings import findings_shown
from chalicelib.web.views.parts import assisted_shown, documents_shown, in_office, reasons_shown
from chalicelib.web.views.progress import promised_end, steps_shown
from chalicelib.worktime.calendar import OfficeCalendar


class Around(msgspec.Struct, frozen=True, kw_only=True):
    """What a view of a case needs beside it. `site_url` has no slash at its end; `record` is the register's."""

    procedure: Procedure
    calendar: OfficeCalendar
    now: datetime
    site_url: str
    record: PermitRecord | None = None


def application_shown(case: Case, around: Around, findings: Iterable[Finding]) -> ApplicationShown:
    """APPLICATION."""
    procedure = around.procedure
    return ApplicationShown(
        case_id=case.case_id,
        number=case.number or None,
        status=case.status,
        application_type=case.form.application_type,
        form=case.form,
        form_sha256=form_sha256(case.form),
        version=case.version,
        updated_at=in_office(case.updated_at),
        documents=documents_shown(case.documents.values()),
        findings=findings_shown(findings, procedure, "applicant"),
        missing_form=missing(case.form),
        tracking_code=case.tracking_code,
        steps=steps_shown(case, procedure, around.now),
        deadline=promised_end(case, procedure, around.calendar),
        correction=_correction_shown(case, procedure),
        permit=_permit_shown(case, around),
        assisted=assisted_shown(case),
        can=Can(
            edit=editable(case),
            submit=case.status == "draft",
            correct=case.status == "returned",
            withdraw=can_withdraw(case, procedure),
        ),
    )


def tracking_shown(case: Case, around: Around) -> TrackingShown:
    """TRACKING: no names, no form, no documents."""
    issued = case.permit if case.status == "issued" else None
    return TrackingShown(
        number=case.number or None,
        status=case.status,
        steps=steps_shown(case, around.procedure, around.now),
        deadline=promised_end(case, around.procedure, around.calendar),
        permit_number=issued.permit_number if issued else None,
        correction_until=in_office(case.correction.until) if case.correction else None,
        assisted=case.assistance is not None,
    )


def open_line(line: CaseSummary, case: Case, around: Around) -> ApplicationLine:
    """A line of a case that has not ended. The case is newer than the index from which its line comes."""
    procedure = around.procedure
    return msgspec.structs.replace(
        line_shown(line),
        number=case.number or None,
        status=case.status,
        step=case.current.key if case.current else None,
        group_name=case.form.group_name,
        deadline=promised_end(case, procedure, around.calendar),
        reached=_reached(case, procedure) if case.status == "draft" else None,
        to_correct=documents_to_correct(case) if case.correction else None,
        updated_at=in_office(case.updated_at),
    )


def _reached(case: Case, procedure: Procedure) -> PartShown:
    part = part_reached(case, procedure)
    return PartShown(key=part, number=PARTS.index(part) + 1, count=len(PARTS))


def line_shown(line: CaseSummary) -> ApplicationLine:
    """One line of an applicant's own list, as the index knows it."""
    return ApplicationLine(
        case_id=line.case_id,
        number=line.number or None,
        status=line.status,
        step=line.step or None,
        application_type=line.application_type,
        group_name=line.group_name,
        created_at=in_office(line.created_at),
        submitted_at=in_office(line.submitted_at) if line.submitted_at else None,
        deadline=None,
        reached=None,
        to_correct=None,
        updated_at=in_office(line.updated_at),
    )


def _correction_shown(case: Case, procedure: Procedure) -> CorrectionShown | None:
    correction = case.correction
    if correction is None:
        return None
    returned = case.decision_on(correction.step, case.attempts[correction.step])
    late = returned.late if returned else ()
    return CorrectionShown(
        step=correction.step,
        message=correction.message,
        reasons=reasons_shown(correction.reasons, procedure, late),
        until=in_office(correction.until),
        open_slots=open_slots(case, procedure),
        open_fields=tuple(sorted(open_fields(case, procedure))),
        apology=Words(**late_words()) if late else None,
    )


def _permit_shown(case: Case, around: Around) -> PermitShown | None:
    permit = case.permit
    if permit is None or case.status != "issued":
        return None
    issued_on = permit.signed_at.date()
    until = last_day(permit, around.procedure.validity_years)
    check_url = f"{around.site_url}/v/{permit.check_code}"
    return PermitShown(
        permit_number=permit.permit_number,
        check_code=permit.check_code,
        check_url=check_url,
        check_qr=_qr(check_url),
        size=permit.size or None,
        issued_on=issued_on,
        valid_until=until,
        renewal_from=renewal_from(until, around.procedure.renewal_opens_days),
        status=status_on(around.record, around.now.date()) if around.record else "valid",
        status_reason=around.record.status_reason if around.record else None,
    )


def _qr(url: str) -> str:
    import segno

    code = segno.make(url, micro=False, error="m", boost_error=False)
    return str(code.svg_data_uri(border=2, omitsize=True))

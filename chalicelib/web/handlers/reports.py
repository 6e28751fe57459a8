"""The Berita Acara / Rekomendasi Teknis of SOP step 3 over HTTP: made, brought, looked at. Nothing is decided here."""

from datetime import timedelta

import msgspec

from chalicelib.aws.files import UPLOAD_SECONDS
from chalicelib.cases.case import Case
from chalicelib.cases.form import masked_text
from chalicelib.cases.report import Report, ReportForm
from chalicelib.cases.reporting import items_of, report_at
from chalicelib.cases.resting import ready_report
from chalicelib.errors import NotAllowedError
from chalicelib.procedures.parts import Words
from chalicelib.procedures.procedure import Procedure
from chalicelib.steps import report_upload, review
from chalicelib.steps.errors import ReportUnavailableError
from chalicelib.steps.kept_reports import bucket_of, still_whole
from chalicelib.steps.review import Review
from chalicelib.texts import told_fault
from chalicelib.web.answers.review import ItemShown, ReportAsked, ReportPlace, ReportShown, ReportWords
from chalicelib.web.calls import Call
from chalicelib.web.handlers.ordering import ordered
from chalicelib.web.views.parts import in_office

PLACE = "Pasuruan"
"""Where an examination is held unless the officer says otherwise: at the office."""
_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


def one(call: Call) -> ReportAsked:
    """The report as it stands. Looking changes nothing."""
    opened = review.open_link(call.desk, call.link)
    asked = report_asked(call, opened, call.desk.procedure_of(opened.case))
    if asked is None:
        raise NotAllowedError(step=opened.current.key, problem="this step asks for no report")
    return asked


def make(call: Call) -> ReportAsked:
    """The report, laid out by the one function that has the layout engine."""
    ordered(call, "report", ReportUnavailableError, report=msgspec.to_builtins(call.body))
    return one(call)


def offer(call: Call) -> ReportPlace:
    """A place for the officer's own file. Asking again gives another place: this request has no lasting answer."""
    post = report_upload.offer_report(call.desk, call.link, call.body.content_type, call.body.size)
    until = call.desk.clock.now() + timedelta(seconds=UPLOAD_SECONDS)
    return ReportPlace(url=post["url"], fields=post["fields"], expires_at=in_office(until))


def report_asked(call: Call, opened: Review, procedure: Procedure) -> ReportAsked | None:
    """What the open step asks for; None where it is approved without a report."""
    step, case = procedure.step(opened.current.key), opened.case
    if not step.report_on_approve:
        return None
    now = in_office(call.desk.clock.now()).date()
    report = report_at(case, opened.current)
    standing = report if report and (report.state != "made" or ready_report(case)) else None
    return ReportAsked(
        name=procedure.record(step.report_on_approve).name,
        items=items_of(case),
        place=PLACE,
        first_day=in_office(case.submitted_at or case.created_at).date(),
        today=now,
        said=_said(case, report, step.key),
        now=report_served(call, standing) if standing else None,
    )


def report_served(call: Call, report: Report) -> ReportShown:
    """A report with addresses of its file, which are given only for the very bytes on record."""
    whole = report.state == "made" and still_whole(call.desk, report)
    told = told_fault(report.fault).text if report.fault else None
    return ReportShown(
        source=report.source,
        state=report.state,
        fault=Words(id=told.id, en=told.en) if told else None,
        at=in_office(report.at),
        sha256=report.sha256,
        size=report.size,
        whole=whole,
        url=_address(call, report) if whole else None,
        previews=_pictures(call, report) if whole else (),
    )


def _address(call: Call, report: Report) -> str:
    """Our own file opens in the browser, somebody else's is saved: nothing in it may run here."""
    name = f"rekomendasi-teknis.{_ENDINGS.get(report.content_type, 'bin')}"
    bucket, inline = bucket_of(call.desk, report), report.source == "composed"
    return call.desk.files.download_url(
        bucket, report.object_key, report.version_id, name=name, inline=inline
    )


def _pictures(call: Call, report: Report) -> tuple[str, ...]:
    bucket, files = bucket_of(call.desk, report), call.desk.files
    return tuple(
        files.download_url(bucket, key, "", name="halaman.jpg", inline=True) for key in report.previews
    )


def _said(case: Case, report: Report | None, step: str) -> ReportWords | None:
    """The last words for a report of this step: of this attempt, or of one that was sent back."""
    earlier = (past.report for past in reversed(case.decisions) if past.step == step)
    form = next((one.form for one in (report, *earlier) if one and one.form), None)
    return _words(form) if form else None


def _words(form: ReportForm) -> ReportWords:
    return ReportWords(
        items=tuple(
            ItemShown(about=item.about, outcome=item.outcome, note=masked_text(item.note))
            for item in form.items
        ),
        result=form.result,
        recommendation=masked_text(form.recommendation),
        note=masked_text(form.note),
        place=masked_text(form.place),
        held_on=form.held_on,
    )

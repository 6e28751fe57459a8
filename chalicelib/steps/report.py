"""The Berita Acara / Rekomendasi Teknis of SOP step 3, laid out from the officer's answers and kept with the case."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from chalicelib.cases import reporting
from chalicelib.cases.case import Case
from chalicelib.cases.change import Change
from chalicelib.cases.form import ApplicationForm, masked, masked_text
from chalicelib.cases.reasons import FIELD
from chalicelib.cases.report import Item, Report, ReportForm
from chalicelib.documents.files.gate import PDF
from chalicelib.permits.report import ReportContent, ReportLine, ReportOfficer, render_report
from chalicelib.procedures.procedure import Procedure
from chalicelib.steps.desk import Desk, change_case
from chalicelib.steps.review import Review, open_link, still_open
from chalicelib.steps.standing_words import acting_words, title_acted


def make_report(desk: Desk, token: str, told: ReportForm) -> Report:
    """The report of the step that the link is for. The same answers, sent again, are the same file and report.

    Raises the link errors, what `reporting.begin` and `reporting.check_form` raise, and ReportUnprintableError.
    Nothing is decided: that is what the second proof is for.
    """
    review = open_link(desk, token)
    procedure = desk.procedure_of(review.case)
    reporting.check_form(review.case, told, desk.clock.now())
    reporting.begin(review.case, procedure, review.officer.id)
    pdf = render_report(report_content(desk, review, told))
    sha256 = hashlib.sha256(pdf).hexdigest()
    current = review.current
    key = f"reports/{review.case.case_id}/{current.key}-{current.attempt}/{sha256}.pdf"
    version_id = desk.files.write_once(desk.settings.permits_bucket, key, pdf, PDF)

    def rule(case: Case, at: datetime) -> Change | None:
        current, tries = reporting.begin(still_open(case, review), procedure, review.officer.id)
        report = Report(
            step=current.key,
            attempt=current.attempt,
            officer_id=review.officer.id,
            acting_for=current.acting_for,
            source="composed",
            state="made",
            tries=tries,
            at=at,
            content_type=PDF,
            object_key=key,
            version_id=version_id,
            sha256=sha256,
            size=len(pdf),
            form=told,
        )
        return reporting.lay_down(case, report, at)

    kept = change_case(desk, review.case.case_id, rule).report
    assert kept is not None  # noqa: S101 - the rule has just laid it down, or found it there
    return kept


def report_content(desk: Desk, review: Review, told: ReportForm) -> ReportContent:
    """Everything printed on the report. No ID number is: those in the texts are masked as on every screen."""
    case, procedure = review.case, desk.procedure_of(review.case)
    form = masked(case.form)
    documents = (item for item in told.items if not item.about.startswith(FIELD))
    answers = (item for item in told.items if item.about.startswith(FIELD))
    return ReportContent(
        case_number=case.number,
        group_name=form.group_name,
        application_type=form.application_type,
        art_genre=procedure.genre(form.art_genre).name.id,
        leader_name=form.leader_name,
        address=", ".join(filter(None, [form.group_address, form.village, form.sub_district])),
        documents=tuple(
            _line(item, procedure.document(item.about).name.id)
            for item in _ordered(documents, [one.slot for one in procedure.documents])
        ),
        answers=tuple(
            _answer(item, form, procedure)
            for item in _ordered(answers, [f"{FIELD}{one.key}" for one in procedure.fields])
        ),
        result=told.result,
        recommendation=masked_text(told.recommendation),
        note=masked_text(told.note),
        place=masked_text(told.place),
        held_on=told.held_on,
        officers=(_officer(desk, review, procedure),),
    )


def _ordered(items: Iterable[Item], places: list[str]) -> list[Item]:
    return sorted(items, key=lambda item: places.index(item.about))


def _line(item: Item, what: str, value: str = "") -> ReportLine:
    return ReportLine(what=what, value=value, outcome=item.outcome, note=masked_text(item.note))


def _answer(item: Item, form: ApplicationForm, procedure: Procedure) -> ReportLine:
    name = item.about.removeprefix(FIELD)
    value = getattr(form, name)
    shown = procedure.genre(value).name.id if name == "art_genre" else str(value)
    return _line(item, procedure.field(name).name.id, shown)


def _officer(desk: Desk, review: Review, procedure: Procedure) -> ReportOfficer:
    """A stand-in signs with their own name and NIP, under "Plh." and the title of who is stood in for."""
    officer, current = review.officer, review.current
    role = procedure.role(current.role).name.id
    other = (desk.people.officer(current.acting_for).title or role) if current.acting_for else ""
    standing = acting_words(desk, current, procedure)
    return ReportOfficer(
        title=title_acted(officer.title or role, other, current.acting_as),
        name=officer.name,
        rank=officer.rank,
        official_id=officer.official_id,
        standing=standing.id if standing else "",
    )

"""What everybody may ask: the procedure, the public check of a permit, where an application stands."""

from typing import Any

from chalicelib.cases.form import masked_text
from chalicelib.documents.words.vocabulary import places
from chalicelib.permits.check_page import CheckPlaces, check_answer, check_html, style_source
from chalicelib.permits.types import PermitRecord
from chalicelib.permits.wording import Language
from chalicelib.procedures.procedure import load
from chalicelib.steps import tracking
from chalicelib.steps.checking import numbered, registered
from chalicelib.web.answers.application import TrackingShown
from chalicelib.web.answers.service import PermitChecked, ProcedureShown
from chalicelib.web.calls import Call
from chalicelib.web.door import File
from chalicelib.web.handlers.around import around
from chalicelib.web.openapi import document
from chalicelib.web.pages.frames import check_script
from chalicelib.web.routes import HTML
from chalicelib.web.views.application import tracking_shown
from chalicelib.web.views.service import permit_checked, procedure_shown


def openapi(_call: Call) -> dict[str, Any]:
    """The description of this API."""
    return document()


def procedure(call: Call) -> ProcedureShown:
    """The procedure in its newest version, and whether the office is open."""
    now = call.desk.clock.now()
    return procedure_shown(load(), places().districts, call.desk.calendar(now.date()), now)


def track(call: Call) -> TrackingShown:
    """Where an application stands, by its private link."""
    case = tracking.tracked(call.desk, call.path["tracking_code"])
    return tracking_shown(case, around(call.desk, case))


def track_by_phone(call: Call) -> TrackingShown:
    """Where an application stands, by its number and the end of its phone number."""
    case = tracking.tracked_by_phone(call.desk, call.body.number, call.body.phone_last4)
    return tracking_shown(case, around(call.desk, case))


def check(call: Call) -> PermitChecked:
    """The public check by the code beside the QR, or by the number, as JSON."""
    return _checked(call, registered(call.desk, call.path["check_code"], call.caller))


def check_number(call: Call) -> PermitChecked:
    """The public check by number, as JSON."""
    return _checked(call, numbered(call.desk, call.query.number, call.caller))


def check_page(call: Call) -> File:
    """The public check as a page."""
    return _page(call, "id")


def check_page_en(call: Call) -> File:
    """The same page in English."""
    return _page(call, "en")


def _checked(call: Call, record: PermitRecord | None) -> PermitChecked:
    return permit_checked(check_answer(record, call.desk.clock.now()), record)


def _page(call: Call, language: Language) -> File:
    typed = call.path.get("check_code") or call.query.kode or call.query.number
    record = registered(call.desk, typed, call.caller)
    # What was typed is said again on the page: somebody's ID number is not, whoever typed it.
    answer = check_answer(record, call.desk.clock.now(), masked_text(typed), call.query.sha256)
    file = "/en/periksa/#file" if language == "en" else "/periksa/#file"
    places = CheckPlaces(site=call.desk.settings.site_url, upload=file, script=check_script(language))
    policy = (
        f"default-src 'none'; script-src 'self'; connect-src 'self'; style-src {style_source()}; "
        "form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )
    return File(
        text=check_html(answer, language, places),
        content_type=HTML,
        headers={"Content-Security-Policy": policy, "X-Robots-Tag": "noindex"},
    )

"""Where an application stands, as pages: without an account, and without a script."""

import hashlib
import re
from datetime import datetime
from urllib.parse import urlsplit

from chalicelib.cases.case import Case
from chalicelib.errors import NotFoundError, TooManyError
from chalicelib.permits.wording import Language
from chalicelib.steps import tracking
from chalicelib.web.calls import Call
from chalicelib.web.door import File
from chalicelib.web.handlers.around import around
from chalicelib.web.pages.calendar_file import calendar_file
from chalicelib.web.pages.forms import form_page, gone_page, refused_form
from chalicelib.web.pages.frames import frames, policy, root
from chalicelib.web.pages.tracker import tracked_page
from chalicelib.web.routes import CALENDAR, HTML
from chalicelib.web.views.application import Around
from chalicelib.web.views.progress import promised_end
from chalicelib.worktime.words import moment_words

_KEPT = "private, no-cache"
"""A browser may keep the page to show it again, but asks first; nobody in between keeps it."""


def form(call: Call) -> File:
    """The form by number and phone, for whoever comes to the address that it is sent to."""
    return _page(form_page(_language(call)), 200)


def look(call: Call) -> File:
    """The tracker by its private link."""
    language = _language(call)
    try:
        case = tracking.tracked(call.desk, call.path["tracking_code"])
    except NotFoundError:
        return _page(gone_page(language), 404)
    return _page(tracked_page(case, _around(call, case), language), 200, {"Cache-Control": _KEPT})


def find(call: Call) -> File:
    """From number and phone to the private link; the form again when they do not fit together."""
    language, words = _language(call), frames(_language(call)).words
    number, last_four = call.form.number.strip(), call.form.phone_last4.strip()
    lacking = [("number", words["tracking.need_number"])] if not number else []
    lacking += [] if re.fullmatch("[0-9]{4}", last_four) else [("phone_last4", words["tracking.need_phone"])]
    if lacking:
        return _page(refused_form(language, lacking, _shown(number)), 400)
    try:
        case = tracking.tracked_by_phone(call.desk, number, last_four)
    except NotFoundError:
        told = words["tracking.not_found"]
        return _page(refused_form(language, [("number", told)], _shown(number)), 404)
    except TooManyError as error:
        again = moment_words(datetime.fromisoformat(error.facts["retry_at"]), language)
        told = words["tracking.too_many"].format(at=again)
        return _page(refused_form(language, [("number", told)], _shown(number)), 429)
    return _page("", 303, {"Location": f"{root(language)}l/{case.tracking_code}"})


def calendar(call: Call) -> File:
    """The deadline that runs now, for a calendar. Raises NotFoundError while none runs."""
    language = _language(call)
    case = tracking.tracked(call.desk, call.path["tracking_code"])
    beside = _around(call, case)
    due = promised_end(case, beside.procedure, beside.calendar)
    at = due or (case.correction.until if case.correction else None)
    if at is None:
        raise NotFoundError(what="deadline")
    key = "tracker.event" if due else "tracker.event_correct"
    site = call.desk.settings.site_url
    text = calendar_file(
        uid=f"{hashlib.sha256(case.tracking_code.encode()).hexdigest()[:32]}@{urlsplit(site).hostname}",
        at=at,
        made_at=beside.now,
        title=frames(language).words[key].format(number=case.number),
        url=f"{site}{root(language)}l/{case.tracking_code}",
        version=case.version,
    )
    named = {"Content-Disposition": f'attachment; filename="{case.number or "nks"}.ics"'}
    return File(text=text, content_type=CALENDAR, headers=named | {"X-Robots-Tag": "noindex"})


# Each page has an address of its own in English; which one was asked for, its route says.
form_en, look_en, find_en, calendar_en = form, look, find, calendar


def _language(call: Call) -> Language:
    return call.route.language


def _around(call: Call, case: Case) -> Around:
    """An application that has ended is counted in the calendar of its time."""
    return around(call.desk, case, case.updated_at if case.ended else None)


def _shown(number: str) -> str:
    """What was typed is written back only when it can be an application's number, and nobody's own."""
    return number if re.fullmatch(r"[A-Za-z]{2,6}-[0-9]{4}-[0-9]{1,8}", number) else ""


def _page(text: str, status: int, headers: dict[str, str] | None = None) -> File:
    closed = {"Content-Security-Policy": policy(text)} if text else {}
    return File(
        text=text,
        content_type=HTML,
        status=status,
        headers={**closed, "X-Robots-Tag": "noindex, nofollow", **(headers or {})},
    )

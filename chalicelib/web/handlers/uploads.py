"""Uploading without script: pages by the applicant's own link, and the form that asks for it."""

import re
from collections.abc import Callable
from datetime import datetime

from chalicelib.cases.case import Case, Document
from chalicelib.cases.uploading import sent_again
from chalicelib.errors import Fault, NotFoundError, TooManyError
from chalicelib.links.errors import (
    LinkAlteredError,
    LinkExpiredError,
    LinkMissingError,
    LinkMisusedError,
    LinkSpentError,
)
from chalicelib.permits.wording import Language
from chalicelib.steps import upload_links
from chalicelib.steps.application import findings_of
from chalicelib.steps.upload_links import Opened
from chalicelib.web.bodies import EMAIL_PATTERN
from chalicelib.web.calls import Call
from chalicelib.web.door import File
from chalicelib.web.handlers.around import around
from chalicelib.web.pages.frames import frames, policy, root
from chalicelib.web.pages.upload_asking import asked_page, asking_page, closed_page, link_page
from chalicelib.web.pages.uploads import Uploads, document_page, documents_page, waits
from chalicelib.web.problems import problem
from chalicelib.web.routes import HTML
from chalicelib.web.views.findings import findings_shown
from chalicelib.worktime.words import moment_words

LONGEST_ADDRESS = 254
RELOAD_AFTER = 3
"""Seconds. As a header: in the page it would be an element that tools for accessibility rightly mistrust."""
_LINK_ERRORS = (LinkMissingError, LinkAlteredError, LinkExpiredError, LinkSpentError, LinkMisusedError)


def form(call: Call) -> File:
    """The form that asks for a link."""
    return _page(asking_page(call.route.language), 200)


def ask(call: Call) -> File:
    """Links by mail, to whom they belong; the answer is the same for every address."""
    language, words = call.route.language, frames(call.route.language).words
    email = call.form.email.strip()
    if len(email) > LONGEST_ADDRESS or not re.fullmatch(EMAIL_PATTERN, email):
        return _page(asking_page(language, words["upload_form.need_email"]), 400)
    try:
        upload_links.ask_for_links(call.desk, email)
    except TooManyError as error:
        again = moment_words(datetime.fromisoformat(error.facts["retry_at"]), language)
        return _page(asking_page(language, words["upload_form.too_many"].format(at=again)), 429)
    return _page(asked_page(language), 200)


def look(call: Call) -> File:
    """All documents that the link opens. Looking changes nothing."""

    def shown() -> File:
        return _page(documents_page(_uploads(call, _opened(call))), 200)

    return _or_why(call, shown)


def one(call: Call) -> File:
    """One document: the form for its file, or what came of it."""

    def shown() -> File:
        opened, slot = _opened(call), call.path["slot"]
        if slot not in opened.slots:
            return _page(closed_page(call.route.language, _path(call)), 404)
        document = opened.case.documents.get(slot)
        arrived = document is not None and _arrived(call, opened.case, document)
        open_place = document is not None and document.state == "awaiting" and not arrived
        form = upload_links.form_for(call.desk, opened.case, slot, _back(call)) if open_place else None
        again = {"Refresh": str(RELOAD_AFTER)} if waits(document, arrived=arrived) else {}
        return _page(document_page(_uploads(call, opened), slot, arrived=arrived, form=form), 200, again)

    return _or_why(call, shown)


def begin(call: Call) -> File:
    """A place for one document; its form is on the page that follows."""

    def begun() -> File:
        try:
            upload_links.offer_place(call.desk, call.path["upload_link"], call.path["slot"])
        except NotFoundError:
            return _page(closed_page(call.route.language, _path(call)), 404)
        return _page("", 303, {"Location": f"{_path(call)}/{call.path['slot']}"})

    return _or_why(call, begun)


# Each page has an address of its own in English; which one was asked for, its route says.
form_en, ask_en, look_en, one_en, begin_en = form, ask, look, one, begin


def _or_why(call: Call, answer: Callable[[], File]) -> File:
    """The answer, or the page that says why the link does not open."""
    try:
        return answer()
    except _LINK_ERRORS as error:
        return _refused(call.route.language, error)


def _refused(language: Language, error: Fault) -> File:
    return _page(link_page(language, error.code), problem(error).status)


def _arrived(call: Call, case: Case, document: Document) -> bool:
    """Whether S3 has a file for that place that has not been read yet: the first, or another one by the same form."""
    if call.query.key != document.quarantine_key:
        return False
    etag = call.query.etag.strip('"')
    return document.state == "awaiting" or (bool(etag) and sent_again(case, document, etag))


def _opened(call: Call) -> Opened:
    return upload_links.open_link(call.desk, call.path["upload_link"])


def _uploads(call: Call, opened: Opened) -> Uploads:
    beside = around(call.desk, opened.case)
    found = [one for one in findings_of(call.desk, opened.case) if one.code != "missing_document"]
    return Uploads(
        opened=opened,
        around=beside,
        findings=findings_shown(found, beside.procedure, "applicant"),
        language=call.route.language,
        path=_path(call),
    )


def _path(call: Call) -> str:
    return f"{root(call.route.language)}u/{call.path['upload_link']}"


def _back(call: Call) -> str:
    return f"{call.desk.settings.site_url}{_path(call)}/{call.path['slot']}"


def _page(text: str, status: int, headers: dict[str, str] | None = None) -> File:
    closed = {"Content-Security-Policy": policy(text)} if text else {}
    return File(
        text=text,
        content_type=HTML,
        status=status,
        headers={**closed, "X-Robots-Tag": "noindex, nofollow", **(headers or {})},
    )

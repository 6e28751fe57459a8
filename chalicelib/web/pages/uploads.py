"""Uploading one document a page, for browsers without script: a plain form that leads straight to S3."""

from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import urlsplit

import msgspec

from chalicelib.aws.files import UPLOAD_SECONDS
from chalicelib.cases.case import Case, Document
from chalicelib.permits.wording import Language
from chalicelib.steps.upload_links import Opened
from chalicelib.web.answers.parts import FindingShown
from chalicelib.web.pages.frames import filled, frames, root, say
from chalicelib.web.views.application import Around
from chalicelib.web.views.findings import worded
from chalicelib.web.views.parts import documents_shown, reasons_shown
from chalicelib.worktime.words import moment_words

_READ_FIRST = (
    *("full_name", "leader_name", "national_id", "leader_national_id"),
    *("group_name", "letter_date", "certificate_number"),
)
_TYPES = "image/jpeg,image/png,image/webp,application/pdf"


class Uploads(msgspec.Struct, frozen=True, kw_only=True):
    """What a link opens, for one reader: `findings` of the whole case, `path` of the page with all documents."""

    opened: Opened
    around: Around
    findings: tuple[FindingShown, ...]
    language: Language
    path: str

    @property
    def case(self) -> Case:
        """The case."""
        return self.opened.case

    def say(self, key: str, **facts: object) -> str:
        """A sentence of the uploads, as markup."""
        return say(f"upload_form.{key}", self.language, **facts)

    def name(self, slot: str) -> str:
        """The document's name, as text."""
        return self.around.procedure.document(slot).name.in_language(self.language)


def documents_page(at: Uploads) -> str:
    """All documents that are open, each with its state and its button."""
    number = f'<p class="lead">{at.say("of", number=at.case.number)}</p>' if at.case.number else ""
    cards = "".join(_card(at, slot) for slot in at.opened.slots)
    until = moment_words(at.opened.expires_at, at.language)
    main = (
        f'<h1 id="upload-title">{at.say("heading")}</h1>{number}<p>{at.say("intro")}</p>{_correction(at)}'
        f'{cards}<p class="note">{at.say("next")}</p><p class="soft">{at.say("until", at=until)}</p>'
    )
    return _page(at.language, frames(at.language).words["upload_form.heading"], main, at.path)


def document_page(at: Uploads, slot: str, *, arrived: bool, form: Mapping[str, Any] | None) -> str:
    """One document: `form` takes the file; without it, the page says what was read and found in it."""
    name = at.name(slot)
    inner = _file_form(at, name, form) if form else _result(at, slot, arrived=arrived)
    hint = at.around.procedure.document(slot).hint.in_language(at.language)
    main = (
        f'<p><a id="back" href="{at.path}">{at.say("back")}</a></p><h1 id="upload-title">{escape(name)}</h1>'
        f"<p>{escape(hint)}</p>{_reasons(at, slot)}{inner}"
    )
    text = _page(at.language, name, main, at.path, slot)
    return _may_post_to(text, str(form["url"])) if form else text


def waits(document: Document | None, *, arrived: bool) -> bool:
    """Whether the result is still on its way."""
    return document is not None and (document.state == "inspecting" or arrived)


def _card(at: Uploads, slot: str) -> str:
    document = at.case.documents.get(slot)
    known = document is not None and document.state != "awaiting"
    link = (
        f'<p><a href="{at.path}/{slot}">{at.say("result", document=at.name(slot))}</a></p>' if known else ""
    )
    return (
        f'<section class="card" id="{slot}-card" aria-labelledby="{slot}-name">'
        f'<h2 id="{slot}-name">{escape(at.name(slot))}</h2>{_reasons(at, slot)}'
        f"{_state(at, slot, arrived=False)}{link}{_button(at, slot)}</section>"
    )


def _button(at: Uploads, slot: str) -> str:
    document = at.case.documents.get(slot)
    kept = document is not None and document.state in ("inspected", "inspecting")
    label = at.say("replace" if kept else "upload", document=at.name(slot))
    look = ' class="second"' if kept else ""
    return f'<form method="post" action="{at.path}/{slot}"><button id="{slot}-begin"{look}>{label}</button></form>'


def _file_form(at: Uploads, name: str, form: Mapping[str, Any]) -> str:
    """An empty form cannot be caught here: S3 would answer it. So the browser asks for a file, in its own words."""
    hidden = "".join(
        f'<input type="hidden" name="{escape(field)}" value="{escape(value)}">'
        for field, value in form["fields"].items()
    )
    minutes = UPLOAD_SECONDS // 60
    return (
        f'<form id="file-form" method="post" action="{escape(form["url"])}" enctype="multipart/form-data">{hidden}'
        f'<div class="field"><label for="file">{at.say("choose", document=name)}</label>'
        f'<p class="hint" id="file-hint">{at.say("choose_hint")} {at.say("in_time", minutes=minutes)}</p>'
        f'<input id="file" name="file" type="file" accept="{_TYPES}" required aria-describedby="file-hint"></div>'
        f'<button id="send-file">{at.say("send")}</button></form>'
        f'<p class="soft">{at.say("strange")}</p>'
    )


def _result(at: Uploads, slot: str, *, arrived: bool) -> str:
    state = _state(at, slot, arrived=arrived)
    if waits(at.case.documents.get(slot), arrived=arrived):
        again = f'<p><a class="button second" id="again" href="">{at.say("again")}</a></p>'
        return f"{state}<p>{at.say('waiting')}</p>{again}"
    return f"{state}{_read(at, slot)}{_found(at, slot)}{_button(at, slot)}"


def _state(at: Uploads, slot: str, *, arrived: bool) -> str:
    tone, told = _standing(at, slot, arrived=arrived)
    return f'<p class="state {tone}" id="{slot}-state" role="status">{told}</p>'


def _standing(at: Uploads, slot: str, *, arrived: bool) -> tuple[str, str]:
    """Tone and sentence, as `site/scripts/case_standing.js` says them."""
    document = at.case.documents.get(slot)
    if waits(document, arrived=arrived):
        return "", say("upload.checking", at.language)
    if document is None or document.state == "awaiting":
        return "", say("upload.empty", at.language)
    paper = documents_shown([document])[slot]
    if document.state == "refused":
        known = f"fault_file.{paper.fault}"
        key = known if known in frames(at.language).words else "fault_file.other"
        return "bad", say(key, at.language, document=at.name(slot))
    found = [one for one in at.findings if one.slot == slot]
    if any(one.severity == "warn" for one in found):
        return "warn", say("upload.look", at.language)
    if found:
        return "", say("upload.noted", at.language)
    names = {"full_name", "leader_name"} & set(paper.read)
    numbers = {"national_id", "leader_national_id"} & set(paper.read)
    return "ok", say("upload.right" if names and numbers else "upload.fine", at.language)


def _read(at: Uploads, slot: str) -> str:
    document = at.case.documents.get(slot)
    read = documents_shown([document])[slot].read if document else {}
    rows = "".join(
        f"<dt>{say(f'read.{name}', at.language)}</dt><dd>{escape(worded(read[name], at.language))}</dd>"
        for name in _READ_FIRST
        if read.get(name)
    )
    return f'<dl id="{slot}-read">{rows}</dl>' if rows else ""


def _found(at: Uploads, slot: str) -> str:
    """What does not fit; of a file that was refused nothing but its fault is said."""
    document = at.case.documents.get(slot)
    if document is None or document.state == "refused":
        return ""
    hints = documents_shown([document])[slot].quality
    found = sorted((one for one in at.findings if one.slot == slot), key=lambda one: one.severity != "warn")
    lines = [escape(one.sentence.in_language(at.language)) for one in found]
    lines += [say(f"quality.{hint}", at.language) for hint in hints]
    items = "".join(f"<li>{line}</li>" for line in lines)
    return f'<ul id="{slot}-findings">{items}</ul>' if items else ""


def _correction(at: Uploads) -> str:
    """What the officer wrote, and what is asked for beside the documents."""
    correction = at.case.correction
    if correction is None:
        return ""
    said = correction.message.strip()
    words = (
        f'<p class="label">{at.say("officer_words")}</p><blockquote>{escape(said)}</blockquote>'
        if said
        else ""
    )
    return f"<p>{at.say('returned')}</p>{words}{_reasons(at, '')}"


def _reasons(at: Uploads, slot: str) -> str:
    """Why a document was returned; with no slot, what is asked for beside the documents."""
    correction = at.case.correction
    reasons = reasons_shown(correction.reasons, at.around.procedure) if correction else ()
    items = "".join(
        f"<li>{escape(reason.sentence.in_language(at.language))}</li>"
        for reason in reasons
        if (reason.slot or "") == slot
    )
    return f'<div class="note bad"><p>{at.say("todo")}</p><ul>{items}</ul></div>' if items else ""


def _page(language: Language, title: str, main: str, path: str, slot: str = "") -> str:
    """The same page in the other language lies under the same link."""
    other = root("id" if language == "en" else "en")
    there = f"{other}{path.removeprefix(root(language))}{f'/{slot}' if slot else ''}"
    changes = ("<!--upload-->", main), (f'href="{other}u/"', f'href="{escape(there)}"')
    return filled("upload_form", language, title, *changes)


def _may_post_to(text: str, url: str) -> str:
    """The page's own policy, with the one other place that its form leads to."""
    address = urlsplit(url)
    mine = "form-action &#39;self&#39;"
    return text.replace(mine, f"{mine} {address.scheme}://{address.netloc}", 1)

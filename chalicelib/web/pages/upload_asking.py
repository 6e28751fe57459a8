"""The form that asks for a link for uploading, and the pages that say why a link cannot be used."""

from html import escape

from chalicelib.permits.wording import Language
from chalicelib.web.pages.frames import filled, frames, root, say


def asking_page(language: Language, fault: str = "") -> str:
    """The form for a mail address; with what was wrong with it. What was typed is not written back."""
    words = frames(language).words
    summary = (
        f'<div id="problem" class="box" role="alert" tabindex="-1"><h2>{say("fault.heading", language)}</h2>'
        f'<ul><li><a href="#email">{escape(fault)}</a></li></ul></div>'
    )
    told = f'<p class="error" id="email-error">{escape(fault)}</p>'
    marked = 'email-hint email-error" aria-invalid="true' if fault else "email-hint"
    main = (
        f"{summary if fault else ''}<h1>{say('upload_form.ask_title', language)}</h1>"
        f"<p>{say('upload_form.ask_intro', language)}</p>"
        f'<form id="ask-form" method="post" action="{root(language)}u" novalidate>'
        f'<div class="field{" wrong" if fault else ""}">'
        f'<label for="email">{say("upload_form.email", language)}</label>'
        f'<p class="hint" id="email-hint">{say("upload_form.email_hint", language)}</p>{told if fault else ""}'
        f'<input id="email" name="email" type="email" autocomplete="email" aria-describedby="{marked}"></div>'
        f'<button id="ask-link">{say("upload_form.ask", language)}</button></form>'
    )
    prefix = f"{words['fault.prefix']}: " if fault else ""
    return _page(language, f"{prefix}{words['upload_form.ask_title']}", main)


def asked_page(language: Language) -> str:
    """The same answer for every address."""
    main = f'<h1>{say("upload_form.asked_title", language)}</h1><p id="asked">{say("upload_form.asked", language)}</p>'
    return _page(language, frames(language).words["upload_form.asked_title"], main)


def closed_page(language: Language, path: str) -> str:
    """A document that is not to be changed now; `path` leads to those that are."""
    main = (
        f"<h1>{say('upload_form.closed_title', language)}</h1><p>{say('upload_form.closed', language)}</p>"
        f'<p><a class="button" href="{path}">{say("upload_form.back", language)}</a></p>'
    )
    return _page(language, frames(language).words["upload_form.closed_title"], main)


def link_page(language: Language, code: str) -> str:
    """Why the link does not open, and how to get another one."""
    main = (
        f"<h1>{say('upload_form.gone_title', language)}</h1>"
        f'<p id="link-problem" data-code="{code}">{say(f"upload_form.{code}", language)}</p>'
        f'<p><a class="button" href="{root(language)}u">{say("upload_form.new_link", language)}</a></p>'
    )
    return _page(language, frames(language).words["upload_form.gone_title"], main)


def _page(language: Language, title: str, main: str) -> str:
    other = root("id" if language == "en" else "en")
    return filled(
        "upload_form", language, title, ("<!--upload-->", main), (f'href="{other}u/"', f'href="{other}u"')
    )

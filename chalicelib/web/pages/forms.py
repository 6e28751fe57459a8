"""The form for tracking by number with what was wrong, and the page that says why another one cannot be opened."""

from html import escape

from chalicelib.permits.wording import Language
from chalicelib.web.pages.frames import filled, frames, root, say

_BOX = '<div id="problem" class="box" role="alert" tabindex="-1" hidden></div>'


def form_page(language: Language) -> str:
    """The form as it is at first."""
    return frames(language).pages["tracking"]


def refused_form(language: Language, faults: list[tuple[str, str]], number: str = "") -> str:
    """The form with its faults, each the field's id and a sentence, and the number as it was typed.

    The digits of the phone are never written back: what else was typed there is nobody's business.
    """
    lines = "".join(f'<li><a href="#{field}">{escape(told)}</a></li>' for field, told in faults)
    summary = f"<h2>{say('fault.heading', language)}</h2><ul>{lines}</ul>"
    title = f"{frames(language).words['fault.prefix']}: {frames(language).words['tracking.title']}"
    typed = ('name="number" type="text"', f'name="number" type="text" value="{escape(number)}"')
    marks = [mark for field, told in faults for mark in _marks(field, told)]
    return filled("tracking", language, title, (_BOX, _box(summary)), typed, *marks)


def _marks(field: str, told: str) -> list[tuple[str, str]]:
    """The words beside the field, and its name for readers who do not see them."""
    place = f'<p class="error" id="{field}-error" hidden></p>'
    return [
        (place, f'<p class="error" id="{field}-error">{escape(told)}</p>'),
        (f'<input id="{field}"', f'<input aria-invalid="true" id="{field}"'),
        (f'class="field" id="{field}-field"', f'class="field wrong" id="{field}-field"'),
    ]


def _box(content: str) -> str:
    return f'<div id="problem" class="box" role="alert" tabindex="-1">{content}</div>'


def fault_page(language: Language, told: str, instance: str | None) -> str:
    """A page for whoever opened an address that cannot be answered, with a way on."""
    number = f'<p class="soft">{say("fault.incident", language, number=instance)}</p>' if instance else ""
    return _told(language, "tracker.fault_title", f"<p>{escape(told)}</p>{number}")


def gone_page(language: Language) -> str:
    """The page of a tracking link that leads nowhere: the same for a wrong, a cut and an unknown one."""
    return _told(language, "tracker.gone_title", f"<p>{say('tracker.gone', language)}</p>")


def _told(language: Language, heading: str, content: str) -> str:
    words = frames(language).words
    main = (
        f"<h1>{say(heading, language)}</h1>{content}"
        f'<p><a class="button" href="{root(language)}lacak/">{say("tracking.title", language)}</a></p>'
    )
    other = root("id" if language == "en" else "en")
    return filled(
        "tracker", language, words[heading], ("<!--tracker-->", main), (f'"{other}l/"', f'"{other}lacak/"')
    )

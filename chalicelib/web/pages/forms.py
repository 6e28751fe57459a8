"""The form for tracking by number with what was wrong, and the page that says why another one cannot be opened."""

from html import escape

from chalicelib.permits.wording import Language
from chalicelib.procedures.procedure import load
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


def fault_page(language: Language, told: str, address: str) -> str:
    """A page for whoever opened an `address` (a route's path) that cannot be answered, with a way on."""
    return _told(language, "tracker.fault_title", f"<p>{escape(told)}</p>{_way_on(language, address)}")


def incident_page(language: Language, instance: str, address: str) -> str:
    """The page for a fault of ours, with its number: the same address once more, or another way on."""
    phone = load().complaints.phones[0]
    content = (
        f"<p>{say('server_fault.why', language, phone=phone)}</p>"
        f'<p class="soft">{say("fault.incident", language, number=instance)}</p>'
        f'<p><a id="try-again" class="button" href="">{say("fault.retry", language)}</a></p>'
    )
    return _told(language, "server_fault.heading", f"{content}{_way_on(language, address, 'button second')}")


def gone_page(language: Language) -> str:
    """The page of a tracking link that leads nowhere: the same for a wrong, a cut and an unknown one."""
    content = f"<p>{say('tracker.gone', language)}</p>{_way_on(language, '/l')}"
    return _told(language, "tracker.gone_title", content)


def _way_on(language: Language, address: str, look: str = "button") -> str:
    """From uploads to another link for them, from a check of a permit home, from all else to the tracking form."""
    place = address.removeprefix("/en").split("/")[1]
    way, words = {"u": ("u", "upload_form.new_link"), "v": ("", "not_found.home")}.get(
        place, ("lacak/", "tracking.title")
    )
    return f'<p><a class="{look}" href="{root(language)}{way}">{say(words, language)}</a></p>'


def _told(language: Language, heading: str, content: str) -> str:
    words = frames(language).words
    main = f"<h1>{say(heading, language)}</h1>{content}"
    other = root("id" if language == "en" else "en")
    return filled(
        "tracker", language, words[heading], ("<!--tracker-->", main), (f'"{other}l/"', f'"{other}lacak/"')
    )

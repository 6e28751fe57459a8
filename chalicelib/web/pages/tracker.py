"""Where an application stands, as a page for everybody who has its link: no names, no documents, no account."""

import hashlib
from html import escape
from urllib.parse import quote

import msgspec

from chalicelib.cases.case import Case
from chalicelib.permits.wording import Language
from chalicelib.web.answers.application import TrackingShown
from chalicelib.web.pages.frames import filled, frames, root, say
from chalicelib.web.pages.steps_list import late_words, steps_list
from chalicelib.web.views.application import Around, tracking_shown
from chalicelib.web.views.standing import Standing, standing
from chalicelib.worktime.words import date_words, duration_words, moment_words

GUESSED = ("(perkiraan)", "(estimated)")
"""How the calendar marks a holiday that the government has not announced yet."""


class Tracked(msgspec.Struct, frozen=True, kw_only=True):
    """All that the page says: what the API answers, whose turn it is, and where the page lies."""

    case: Case
    around: Around
    shown: TrackingShown
    standing: Standing
    language: Language

    @property
    def path(self) -> str:
        """The page's own path."""
        return f"{root(self.language)}l/{self.case.tracking_code}"

    @property
    def url(self) -> str:
        """The page's own address."""
        return f"{self.around.site_url}{self.path}"

    def say(self, key: str, **facts: object) -> str:
        """A sentence in the page's language, as markup."""
        return say(key, self.language, **facts)


def tracked_page(case: Case, around: Around, language: Language) -> str:
    """The whole page, without anything that changes faster than the application but the moment it is shown."""
    at = Tracked(
        case=case,
        around=around,
        shown=tracking_shown(case, around),
        standing=standing(case, around.procedure, around.calendar, around.now),
        language=language,
    )
    other: Language = "id" if language == "en" else "en"
    there = f"{root(other)}l/"
    return filled(
        "tracker",
        language,
        frames(language).words[f"status.{case.status}"],
        ("<!--tracker-->", _main(at)),
        (f'href="{there}"', f'href="{there}{case.tracking_code}"'),
    )


def _main(at: Tracked) -> str:
    inner = f"{_head(at)}{_steps(at)}{_time(at)}{_links(at)}"
    state = hashlib.sha256(msgspec.json.encode((at.shown, at.standing.turn))).hexdigest()[:16]
    seen = moment_words(at.around.now, at.language)
    return (
        f'<div id="tracker" data-state="{state}">{inner}</div>'
        f'<p class="screen"><a id="track-another" href="{root(at.language)}lacak/">'
        f"{at.say('tracking.another')}</a></p>"
    ).replace("<!--as-of-->", f'<p id="as-of" class="soft">{at.say("tracker.as_of", at=seen)}</p>')


def _head(at: Tracked) -> str:
    number = at.shown.number or ""
    numbered = at.say("tracking.of", number=number) if number else ""
    bold = numbered.replace(escape(number), f'<span class="number">{escape(number)}</span>') if number else ""
    return (
        f'{_code(at)}<p class="paper">{at.say("tracker.proof")}</p>'
        f'<h1 id="tracking-title" tabindex="-1">{at.say(f"status.{at.shown.status}")}</h1>'
        f'<p id="tracking-number" class="lead">{bold}</p>'
        f'<dl id="tracking-facts">{_facts(at)}</dl>{_late(at)}{_turn(at)}{_assisted(at)}<!--as-of-->'
    )


def _facts(at: Tracked) -> str:
    facts = [
        ("sent_at", at.case.submitted_at),
        ("due", at.shown.deadline),
        ("correct_by", at.shown.correction_until),
    ]
    rows = [(key, moment_words(moment, at.language)) for key, moment in facts if moment]
    rows += [("permit", at.shown.permit_number)] if at.shown.permit_number else []
    return "".join(f"<dt>{at.say(f'tracker.{key}')}</dt><dd>{escape(told)}</dd>" for key, told in rows)


def _turn(at: Tracked) -> str:
    turn, who = at.standing.turn, at.standing.who
    if turn == "nobody":
        return ""
    named = {"who": who.in_language(at.language)} if who else {}
    return f'<p id="turn" class="note">{at.say(f"tracker.turn_{turn}", **named)}</p>'


def _assisted(at: Tracked) -> str:
    """That an officer filled it in; who, the page for everybody does not say."""
    return f'<p id="assisted" class="soft">{at.say("tracker.assisted")}</p>' if at.shown.assisted else ""


def _late(at: Tracked) -> str:
    """The apology, and where to complain: the number goes along behind #, which no server writes down."""
    if at.standing.late is None:
        return ""
    to = f"{root(at.language)}pengaduan/#{quote(at.shown.number or '')}"
    return (
        f'<p id="late" class="note bad">{late_words(at.standing.late, at.language)} '
        f'<a href="{to}">{at.say("tracker.complain")}</a>.</p>'
    )


def _steps(at: Tracked) -> str:
    items = steps_list(at.shown.steps, at.around.procedure, at.language)
    return f'<h2>{at.say("tracker.steps")}</h2><ol id="tracking-steps" class="steps">{items}</ol>'


def _time(at: Tracked) -> str:
    if at.case.submitted_at is None:
        return ""
    spent = (("office", at.standing.office_minutes), ("applicant", at.standing.applicant_minutes))
    rows = "".join(
        f"<dt>{at.say(f'tracker.{key}')}</dt>"
        f"<dd>{at.say('tracker.used', duration=duration_words(minutes, at.language))}</dd>"
        for key, minutes in spent
    )
    days = "".join(f"<li>{line}</li>" for line in _closed(at))
    left_out = f'<ul id="closed-days">{days}</ul>' if days else ""
    return (
        f'<h2>{at.say("tracker.time")}</h2><dl id="time-used">{rows}</dl>'
        f'<p class="soft">{at.say("tracker.working")}</p>{left_out}'
    )


def _closed(at: Tracked) -> list[str]:
    lines = []
    for day, closed in at.standing.closed:
        name = closed.name_en if at.language == "en" else closed.name
        guessed = any(mark in name for mark in GUESSED)
        for mark in GUESSED:
            name = name.replace(mark, "").strip()
        key = "tracker.guess" if guessed else "tracker.closed"
        lines.append(at.say(key, day=date_words(day, at.language), name=name))
    return lines


def _links(at: Tracked) -> str:
    if not at.shown.number:
        return ""
    text = frames(at.language).words["tracking.share"].format(number=at.shown.number, link=at.url)
    moment = at.shown.deadline or at.shown.correction_until
    calendar = (
        f'<a id="calendar-link" class="button second" href="{at.path}/kalender.ics">'
        f"{at.say('tracking.calendar')}</a>"
    )
    return (
        f'<section aria-labelledby="links-heading"><h2 id="links-heading" class="screen">'
        f"{at.say('tracker.links')}</h2>"
        f'<p class="screen"><a id="share-link" class="button" rel="noreferrer" '
        f'href="https://wa.me/?text={quote(text, safe="")}">{at.say("tracking.whatsapp")}</a>'
        f'<button type="button" id="share-sheet" class="second" data-text="{escape(text)}" hidden>'
        f"{at.say('tracking.sheet')}</button>"
        f'<button type="button" id="print" class="second" hidden>{at.say("tracking.print")}</button>'
        f"{calendar if moment else ''}</p>"
        f'<p class="screen soft">{at.say("tracking.shared")}</p>'
        f"<p>{at.say('tracker.address')}: "
        f'<a id="address" class="address" href="{at.path}">{escape(at.url)}</a></p></section>'
    )


def _code(at: Tracked) -> str:
    """The page's own address as a QR code; on paper alone, where no link can be followed."""
    if not at.shown.number:
        return ""
    import segno

    code: str = segno.make(at.url, micro=False, error="m", boost_error=False).svg_inline(
        border=2, omitsize=True, svgclass="print-code", lineclass=None
    )
    drawn = code.replace("<svg ", '<svg aria-hidden="true" ', 1)
    return f'<div class="paper code">{drawn}{at.say("tracker.scan")}</div>'

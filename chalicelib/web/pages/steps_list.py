"""The six steps as list items, as `site/scripts/steps.js` makes them: state in words, never by colour alone."""

from collections.abc import Iterable
from html import escape

from chalicelib.permits.wording import Language
from chalicelib.procedures.procedure import Procedure
from chalicelib.web.answers.parts import StepShown
from chalicelib.web.pages.frames import say
from chalicelib.web.views.standing import Late
from chalicelib.worktime.words import duration_words, moment_words


def steps_list(steps: Iterable[StepShown], procedure: Procedure, language: Language) -> str:
    """The items in the SOP's order, with the tracker's words for each step."""
    return "".join(
        _item(step, procedure.step(step.key).done.in_language(language), language) for step in steps
    )


def _item(step: StepShown, name: str, language: Language) -> str:
    current = ' aria-current="step"' if step.state in ("running", "overdue") else ""
    sign = "✓" if step.state == "done" else str(step.number)
    return (
        f'<li class="{step.state}"{current}><i aria-hidden="true">{sign}</i><b>{escape(name)}</b>'
        f"<span>{_state(step, language)}</span><small>{_standard(step, language)}</small></li>"
    )


def _state(step: StepShown, language: Language) -> str:
    if step.state == "done" and step.finished_at:
        return say("steps.done", language, at=moment_words(step.finished_at, language))
    if step.state in ("running", "overdue") and step.deadline:
        return say(f"steps.{step.state}", language, at=moment_words(step.deadline, language))
    return say("steps.now" if step.state in ("running", "overdue") else "steps.waiting", language)


def _standard(step: StepShown, language: Language) -> str:
    if step.standard.days:
        return say("steps.days", language, days=step.standard.days)
    return say("steps.minutes", language, minutes=step.standard.minutes)


def late_words(late: Late, language: Language) -> str:
    """By how much, and that we are sorry."""
    if late.days:
        return say("tracker.late_days", language, days=late.days)
    return say("tracker.late_minutes", language, duration=duration_words(late.minutes, language))

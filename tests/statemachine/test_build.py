"""What is committed is what the procedure says: machine, drawing and page."""

import re
from pathlib import Path
from xml.etree import ElementTree  # our own drawing, made a line earlier

import pytest
from msgspec.structs import replace

from chalicelib.procedures.procedure import Procedure, load
from statemachine.build import PAGE, ROOT, built
from statemachine.definition import definition
from statemachine.drawing import draw
from statemachine.pages import filled
from statemachine.svg import NO

PERMIT = load()
LANGUAGES = ("id", "en")


@pytest.mark.parametrize("path", sorted(built()))
def test_the_committed_file_is_not_stale(path: Path) -> None:
    assert (ROOT / path).read_text(encoding="utf-8") == built()[path], "run: python -m statemachine.build"


def _words(procedure: Procedure, language: str) -> str:
    picture = ElementTree.fromstring(draw(procedure, language))  # noqa: S314
    return " ".join(part.strip() for part in picture.itertext())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_drawing_shows_each_step_with_its_role_time_and_output(language: str) -> None:
    words = _words(PERMIT, language)
    for step in PERMIT.steps:
        assert f"{step.number}. {step.name.in_language(language)}" in words
        assert PERMIT.role(step.role).name.in_language(language) in words
        assert step.output.in_language(language) in words
    assert "3 hari kerja 90 menit" in words if language == "id" else "3 working days 90 minutes" in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_drawing_has_every_return_refusal_and_timeout_of_the_machine(language: str) -> None:
    picture, states = draw(PERMIT, language), definition(PERMIT)["States"]
    choices = [choice for state in states.values() for choice in state.get("Choices", ())]
    backward = [choice for choice in choices if choice.get("StringEquals") in ("return", "refuse")]
    red = re.findall(rf'<path [^>]*stroke="{NO}"[^>]*marker-end', picture)
    deciding = [step for step in PERMIT.steps if step.decisions]
    assert len(red) == len(backward) == 6
    assert picture.count("<circle") == len(deciding) == 4
    assert picture.count("stroke-dasharray") == sum(name.endswith("Corrected?") for name in states)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_drawing_follows_a_change_of_the_procedure(language: str) -> None:
    steps = tuple(
        replace(step, days=2) if step.key == "recommendation_review" else step for step in PERMIT.steps
    )
    changed = replace(PERMIT, steps=steps, correction_days=21)
    words = _words(changed, language)
    assert "21 " in words
    assert "4 hari kerja" in words or "4 working days" in words
    assert definition(changed) == definition(PERMIT)  # the machine knows no durations


def test_a_part_of_the_page_that_nothing_builds_is_an_error() -> None:
    with pytest.raises(KeyError):
        filled("<!-- built: weather -->\n<!-- end -->", PERMIT, definition(PERMIT))


def test_the_page_tells_every_action_of_the_machine() -> None:
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    states = definition(PERMIT)["States"].values()
    payloads = [state["Parameters"]["Payload"] for state in states if state["Type"] == "Task"]
    assert all(f"`{payload['action']}`" in page for payload in payloads if "action" in payload)

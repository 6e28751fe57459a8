"""The page of components shows what the pages are made of, and no stylesheet has a part that nobody uses."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

ROOT = Path(__file__).parents[2]
USERS = [
    *(ROOT / "site" / "templates").glob("*.html"),
    *(ROOT / "chalicelib" / "web" / "pages").glob("*.py"),
]
COMPONENTS = ("base", "steps", "scores", "table")
"""The styles that several pages share: each of their parts is shown."""
CLASSES = '() => [...new Set([...document.querySelectorAll("[class]")].flatMap((one) => [...one.classList]))]'


def classes_of(sheet: Path) -> set[str]:
    """The classes that a stylesheet dresses."""
    rules = re.sub(r"/\*.*?\*/|\{[^{}]*\}", " ", sheet.read_text(), flags=re.DOTALL)
    return set(re.findall(r"\.([a-z][a-z-]*)", rules))


def worn() -> set[str]:
    """The classes in the markup of templates and of the service, and every word in quotes in a script."""
    found = [text for file in USERS for text in re.findall(r'class="([^"]*)"', file.read_text())]
    for script in (ROOT / "site" / "scripts").glob("*.js"):
        found += re.findall(r"[\"'`]([^\"'`\n]*)[\"'`]", script.read_text())
    return {word for text in found for word in re.findall(r"[a-z][a-z-]*", text)}


def test_no_style_is_left_over() -> None:
    sheets = sorted((ROOT / "site" / "styles").glob("*.css"))
    assert {sheet.stem: classes_of(sheet) - worn() for sheet in sheets} == {
        sheet.stem: set() for sheet in sheets
    }


@pytest.mark.browser
@pytest.mark.parametrize("root", ["/", "/en/"])
def test_every_shared_component_is_shown(page: Page, root: str) -> None:
    page.goto(f"{root}komponen/")
    page.click("#show-faults")
    expect(page.locator("#problem")).to_be_focused()
    shown = set(page.evaluate(CLASSES))
    dressed = {name for sheet in COMPONENTS for name in classes_of(ROOT / "site" / "styles" / f"{sheet}.css")}
    assert dressed - shown == set()


@pytest.mark.browser
def test_an_upload_card_is_shown_in_each_of_its_states(page: Page) -> None:
    page.goto("/komponen/")
    states = page.locator(".upload .state").all_text_contents()
    assert len(states) == len(set(states)) == 9
    assert {"Belum ada berkas", "Mengunggah… 40%"} < set(states)
    assert page.locator(".upload .state.ok").count() == 1


@pytest.mark.browser
def test_the_page_of_components_is_kept_out_of_search_engines(page: Page) -> None:
    page.goto("/komponen/")
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex, nofollow"

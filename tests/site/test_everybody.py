"""No page, in no state, shuts anybody out: by eye, by ear, by keyboard, enlarged, in own colours, on paper."""

from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.site.axe import violations
from tests.site.office import Office
from tests.site.states import STATES, State, bring

pytestmark = pytest.mark.browser
ENLARGED: ViewportSize = {"width": 320, "height": 256}
"""What 400 % leaves of a window of 1280 by 1024."""
A4: ViewportSize = {"width": 794, "height": 1123}
SHOWN = "one.checkVisibility({ visibilityProperty: true, opacityProperty: false })"
OVERFLOWS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# A control is to be seen without its colours: by an edge, or as a link in a text.
FLAT = f"""[...document.querySelectorAll("button, .button, .pick, input, select, textarea")]
  .filter((one) => {SHOWN} && !one.matches(".pick input, [type=radio], [type=checkbox], [type=file]"))
  .filter((one) => getComputedStyle(one).borderTopWidth === "0px").map((one) => one.outerHTML)"""
ON_PAPER = f"""[...document.querySelectorAll("header.top, footer.foot, .skip, button, .button")]
  .filter((one) => {SHOWN}).map((one) => one.outerHTML)"""
# Names every control, and from then on what the focus meets and what something else lies over while it has the focus.
CONTROLS = f"""(() => {{
  window.met = new Set();
  window.covered = new Set();
  const nameOf = (one) => one.type === "radio" ? `radio ${{one.name}}` : (one.id || one.outerHTML.slice(0, 80));
  addEventListener("focusin", ({{ target }}) => {{
    met.add(nameOf(target));
    const box = target.getBoundingClientRect();
    const over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    if (over && !target.contains(over) && !over.contains(target)) covered.add(nameOf(target));
  }});
  const all = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']");
  return [...new Set([...all].filter((one) => {SHOWN} && !one.disabled).map(nameOf))];
}})()"""


def named(state: State) -> str:
    """What pytest calls the state."""
    return f"{state.name} {state.path}"


@pytest.mark.parametrize("state", STATES, ids=named)
def test_nothing_in_this_state_stands_in_anybodys_way(page: Page, office: Office, state: State) -> None:
    bring(page, office, state)
    faults: dict[str, Any] = {"axe": violations(page)}
    faults["out of the keyboard's reach"], faults["covered"] = tabbed(page)
    page.set_viewport_size(ENLARGED)
    faults["sideways, enlarged"] = page.evaluate(OVERFLOWS)
    page.emulate_media(forced_colors="active")
    faults["without an edge"] = page.evaluate(FLAT)
    page.emulate_media(forced_colors="none", media="print")
    page.set_viewport_size(A4)
    faults["of no use on paper"] = page.evaluate(ON_PAPER)
    faults["beside the paper"] = page.evaluate(OVERFLOWS)
    assert {name: found for name, found in faults.items() if found} == {}


def tabbed(page: Page) -> tuple[set[str], list[str]]:
    """The controls that the Tab key does not reach once round the page, and those that something lies over then."""
    controls = set(page.evaluate(CONTROLS))
    for _ in range(len(controls) + 12):
        page.keyboard.press("Tab")
    return controls - set(page.evaluate("[...met]")), page.evaluate("[...covered]")

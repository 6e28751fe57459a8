"""What comes after the first paint pushes nothing that can be seen."""

import time

import pytest
from playwright.sync_api import Browser, Route

from tests.site.double import Double
from tests.site.office import Office
from tests.site.states import KEPT, NEEDS

pytestmark = pytest.mark.browser
WATCH = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) shift += one.value;
}).observe({ type: "layout-shift", buffered: true });
"""
MOST = 0.02
PATHS = [
    "/",
    "/periksa/",
    "/penilaian/#k7Qp2m",
    "/permohonan/",
    "/permohonan/isi/#c1",
    f"/menunggu/{NEEDS['inbox']}",
    f"/tinjau/{NEEDS['review']}",
]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_stays_where_it_is_while_its_script_and_its_answers_come(
    browser: Browser, double: Double, office: Office, path: str
) -> None:
    context = browser.new_context(base_url=double.url, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.add_init_script(KEPT + WATCH)

    def late(route: Route) -> None:
        time.sleep(0.5)
        route.continue_()

    page.route("**/skrip/*", late)
    page.route("**/api/**", late)
    page.goto(path)
    page.wait_for_load_state("networkidle")
    shift = page.evaluate("shift")
    context.close()
    assert shift <= MOST

"""Whatever goes wrong with a page is told on a page, in its language, with a way on from there."""

import re

import pytest

from chalicelib.permits.errors import LayoutError
from chalicelib.web.door import refused_page
from chalicelib.web.problems import ServerFaultError
from chalicelib.web.routes import ROUTES, Route
from tests.web.office import Office
from tests.web.plain_uploads import LANGUAGES

PAGES = [route for route in ROUTES if route.is_page]
OURS = "nama tabel"


def ways(text: str) -> list[str]:
    """Where the buttons of a page lead."""
    return re.findall(r'<a[^>]* ?class="button(?: second)?" href="([^"]*)"', text)


@pytest.mark.parametrize("route", PAGES, ids=lambda route: f"{route.method} {route.path}")
@pytest.mark.parametrize("error", [KeyError(OURS), ServerFaultError(), LayoutError(reason=OURS)])
def test_a_fault_of_ours_says_so_with_its_number_and_lets_one_try_again(
    route: Route, error: Exception
) -> None:
    page = refused_page(error, route)
    assert page.status_code == 500
    body = str(page.body)
    english = route.path.startswith("/en/")
    assert ("The service is in trouble" if english else "Layanan sedang bermasalah") in body
    assert ("What you filled in is kept" if english else "Isian Anda tetap tersimpan") in body
    assert "(0343) 4505657" in body
    assert re.search(r"(Nomor gangguan|Incident number): [0-9a-f]{10}<", body)
    again, onward = ways(body)
    assert again == ""
    assert onward.startswith("/en/" if english else "/")
    assert OURS not in body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("address", "onward"),
    [(f"/u/{'x' * 1001}", "/u"), (f"/l/{'x' * 40}", "/lacak/"), (f"/v/{'x' * 41}", "/")],
)
def test_an_address_that_cannot_be_leads_to_where_the_right_one_comes_from(
    office: Office, language: str, address: str, onward: str
) -> None:
    told = office.ask("GET", f"{language}{address}")
    assert told.status == 404
    assert ways(told.text) == [f"{language}{onward}"]

"""The result of a document on a line that answers late: asked for again before the last answer came."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.site import answers
from tests.site.office import Office

pytestmark = pytest.mark.browser
API_CASE = "**/api/applications/c1"


def _chosen(page: Page, office: Office, tmp_path: Path) -> None:
    """A file is chosen, and sent."""
    office.app["form"] = dict(answers.FORM)
    file = tmp_path / "ktp.pdf"
    file.write_bytes(b"%PDF-1.4 made up")
    page.goto("/permohonan/isi/#c1/dokumen")
    expect(page.locator("#ktp-state")).to_have_text("Belum ada berkas")
    page.set_input_files("#ktp-file", str(file))


def test_a_late_answer_does_not_hold_up_the_next(signed_in: Page, office: Office, tmp_path: Path) -> None:
    held: list[Route] = []

    def line(route: Route) -> None:
        if held or not office.pending:
            route.continue_()
        else:
            held.append(route)

    office.waits = 1
    signed_in.route(API_CASE, line)
    _chosen(signed_in, office, tmp_path)
    expect(signed_in.locator("#ktp-state")).to_contain_text("Sudah sesuai", timeout=15_000)
    assert len(held) == 1
    held[0].abort()


def test_a_silent_line_is_asked_two_questions_and_no_more(
    signed_in: Page, office: Office, tmp_path: Path
) -> None:
    held: list[Route] = []

    def line(route: Route) -> None:
        if office.pending:
            held.append(route)
        else:
            route.continue_()

    signed_in.route(API_CASE, line)
    _chosen(signed_in, office, tmp_path)
    signed_in.wait_for_timeout(6000)
    assert len(held) == 2
    expect(signed_in.locator("#ktp-state")).to_contain_text("Memeriksa dokumen")
    for route in held:
        route.abort()

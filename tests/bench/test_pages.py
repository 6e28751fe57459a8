"""The benchmark of the pages says what misses its goal, and never praises what it did not measure."""

import pytest

from bench.lighthouse import Lighthouse, NotMeasuredError
from bench.pages import photo_table, visit_cells
from bench.photo import Asked, PhotoRun, Told
from bench.slow_line import Visit

GOOD = Visit(30 * 1024, 4, 2.5, 5.0, 6.6, 0.02, [])


def test_a_page_at_its_goals_misses_none() -> None:
    assert visit_cells(GOOD) == ("30.0", "4", "2.5 s", "5.0 s", "6.6 s", "0.020", "0", "")


def test_a_page_names_every_goal_that_it_misses() -> None:
    assert visit_cells(Visit(30 * 1024 + 1, 5, 2.6, 5.1, 9.0, 0.03, ["one"]))[-1] == (
        "bytes, requests, first paint, interactive, shift, axe"
    )


@pytest.mark.parametrize(("seconds", "verdict"), [(11.9, "met"), (12.0, "missed")])
def test_the_photo_is_timed_to_the_last_that_was_told(seconds: float, verdict: str) -> None:
    told = [Told("Menyiapkan foto…", 0.0), Told("Sudah sesuai", seconds)]
    said = photo_table(PhotoRun(2.66, told, [Asked("/api/applications", 0.5, 2.5)]))
    assert f"told after {seconds} s (goal under 12 s, {verdict})" in said
    assert [line.split("|")[3].strip() for line in said.splitlines()[4:]] == [
        "Menyiapkan foto…",
        "/api/applications",
        "Sudah sesuai",
    ]


def test_without_node_lighthouse_says_that_it_did_not_measure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NotMeasuredError, match="Node is not installed"):
        Lighthouse(1)

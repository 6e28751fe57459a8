"""No whole ID number where it must not be: logs, mails, addresses, keys, histories, metrics, exports, answers."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.planted import NUMBERS

ALLOWED = {
    "own answers": "what people typed themselves is shown to themselves alone, who are signed in",
    "rows STATE": "the body of the case: what the office decides on",
    "rows REQUEST": "the answer that its own applicant gets once more to the same request key",
}
"""The places where a number may be, and why; beside them the uploaded document and the text read in it."""
SEARCHED = {
    *(
        "lines of the log",
        "mails",
        "keys",
        "addresses",
        "messages",
        "events",
        "history",
        "metrics",
        "exports",
    ),
    *("problems", "other answers", "failures", "permits"),
    *("rows AUDIT", "rows OUTBOX", "rows NAME", "rows COUNTER"),
    *("rows sanggar-local-people", "rows sanggar-local-register"),
}


def _left(folder: Path) -> dict[str, str]:
    """Everything that the walk left anywhere, by place."""
    walk = [sys.executable, "-m", "tests.journeys.planted", str(folder)]
    root = Path(__file__).parents[2]
    run = subprocess.run(walk, cwd=root, capture_output=True, text=True, check=False, timeout=200)  # noqa: S603
    assert run.returncode == 0, run.stderr[-2000:]
    found = {file.stem: file.read_text(encoding="utf-8") for file in folder.iterdir()}
    return found | {"lines of the log": run.stdout + run.stderr}


def numbers_in(text: str) -> set[str]:
    """Which of the planted numbers are in a text, in whatever spelling: figures with up to three signs between."""
    apart = r"(?:[^0-9A-Za-z]|\\u00a0|%20|&nbsp;){0,3}"
    return {name for name, number in NUMBERS.items() if re.search(apart.join(number), text)}


def test_no_whole_id_number_is_anywhere_but_where_it_must_be(tmp_path: Path) -> None:
    """One walk, searched as a whole: with several tests each worker would walk again."""
    left = _left(tmp_path)
    assert left.keys() == SEARCHED | ALLOWED.keys()
    assert all(left.values())
    # A search that finds nothing proves something only where there was something to find.
    assert numbers_in(left["rows STATE"]) == NUMBERS.keys() - {"wrong"}
    assert {"form", "group", "address"} <= numbers_in(left["own answers"])
    assert {place: hits for place in sorted(SEARCHED) if (hits := numbers_in(left[place]))} == {}


@pytest.mark.parametrize(
    "text", ["3514 0141 0190 0001", "35.14.01.410190.0001", "3514-0141-0190-0001", "351401 410190 0001"]
)
def test_the_search_knows_other_spellings(text: str) -> None:
    assert numbers_in(f"NIK: {text}.") == {"form"}

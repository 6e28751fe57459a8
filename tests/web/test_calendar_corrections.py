"""The office corrects its calendar while cases lie open: every open deadline follows, with the reason (sop.md 4)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from chalicelib.kept import Kept
from chalicelib.steps import progress
from chalicelib.steps.desk import Desk
from chalicelib.tasks.deliveries import sweep
from tests.web.office import APPROVE, Office
from tests.web.test_administration import Shell

DECREE = ("--decree", "SE Bupati 7/2026", "--name", "Cuti daerah")


@pytest.fixture
def office(_office: Office) -> Office:
    """Here time runs forward only, as it does for a chain."""
    return _office


@pytest.fixture
def shell(office: Office, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A command line on the office."""
    return Shell(office, capsys)


def _deadline(office: Office, case_id: str) -> datetime:
    current = office.case(case_id).current
    assert current is not None
    return current.deadline


def test_a_day_closed_by_command_moves_every_open_deadline_at_once_and_is_on_record(
    office: Office, shell: Shell
) -> None:
    ids = [
        office.open(office.applicant().sent(), step).case_id
        for step in ("completeness_check", "verification")
    ]
    before = [_deadline(office, one) for one in ids]
    out = shell("calendar", "close", str(before[0].date()), *DECREE)
    assert all(f"counted anew: the open step of {one}" in out for one in ids)
    assert all(_deadline(office, one) > then for one, then in zip(ids, before, strict=True))
    for one in ids:
        last = office.desk.cases.entries(one)[-1]
        assert (last.action, last.facts["why"]) == ("calendar.changed", "uji coba")
    review = office.ask("GET", "/api/review", X_Sanggar_Link=office.link(office.case(ids[0]))).json
    assert [one["why"] for one in review["step"]["recounted"]] == ["uji coba"]
    assert "SE Bupati 7/2026" in shell("calendar", "list")
    assert "calendar.corrected" in shell("log")
    assert office.desk.calendar(before[0].date()).closed[before[0].date()].name == "Cuti daerah"
    shell("calendar", "take-back", str(before[0].date()))
    assert _deadline(office, ids[0]) == before[0]


def _another_function(office: Office) -> Desk:
    """One that keeps today's calendar for good, unless something makes it look again."""
    other = replace(office.desk, revisions=Kept(lambda: office.desk.office.load().calendars, float("inf")))
    other.revisions()
    return other


def test_a_process_that_knows_the_old_calendar_counts_in_the_new_one_once_it_meets_it(
    office: Office, shell: Shell
) -> None:
    case_id = office.open(office.applicant().sent(), "completeness_check").case_id
    day, other = _deadline(office, case_id).date(), _another_function(office)
    shell("calendar", "close", str(day), *DECREE)
    assert len(other.revisions()) < len(office.desk.revisions())
    assert office.decide(case_id, APPROVE).status == 200
    progress.open_step(other, case_id, "verification")
    assert office.case(case_id).calendar == len(other.revisions()) == len(office.desk.revisions())
    shell("calendar", "take-back", str(day))


def test_a_step_that_was_opened_in_the_old_calendar_meanwhile_is_found_by_the_sweep(
    office: Office, shell: Shell
) -> None:
    case_id = office.applicant().sent()
    other = _another_function(office)
    day = (office.desk.clock.now() + timedelta(days=1)).date()
    shell("calendar", "close", str(day), *DECREE)
    progress.open_step(other, case_id, "completeness_check")
    behind = _deadline(office, case_id)
    assert office.case(case_id).calendar < len(office.desk.revisions())
    office.hands.move(seconds=60)
    assert sweep({}, office.desk)["handed_over"] >= 1
    assert _deadline(office, case_id) > behind
    shell("calendar", "take-back", str(day))


def test_a_renewed_look_does_not_count_twice(office: Office, shell: Shell) -> None:
    case_id = office.open(office.applicant().sent(), "completeness_check").case_id
    day = _deadline(office, case_id).date()
    shell("calendar", "close", str(day), *DECREE)
    version = office.case(case_id).version
    office.hands.move(seconds=60)
    sweep({}, office.desk)
    assert office.case(case_id).version == version
    shell("calendar", "take-back", str(day))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("close", "2020-01-01", *DECREE), "is over"),
        (("close", "besok", *DECREE), "a day is"),
        (("close", "2026-12-01", "--decree", "A\nB", "--name", "Libur"), "plain lines"),
        (("open", "2026-12-01", "--decree", "SE 2"), "no national holiday"),
        (("take-back", "2026-12-25"), "said nothing"),
    ],
)
def test_a_wrong_correction_is_refused_with_the_reason_and_changes_nothing(
    office: Office, shell: Shell, words: tuple[str, ...], said: str
) -> None:
    before = office.desk.office.load().version
    assert said in shell.refused("calendar", *words)
    assert office.desk.office.load().version == before

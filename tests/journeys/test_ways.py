"""The ways of a case through the six steps, walked by the real functions: each leaves one story behind."""

from collections.abc import Iterator

import pytest

from chalicelib.cases.case import CORRECTION
from chalicelib.steps import progress
from local.person import text_of
from tests.journeys.agreement import agree
from tests.journeys.office import A_DAY_A_SECOND, A_WEEK_A_SECOND, Town, open_town
from tests.web.office import Applicant


@pytest.fixture(scope="module")
def _town() -> Iterator[Town]:
    with open_town() as town:
        yield town


@pytest.fixture
def town(_town: Town) -> Iterator[Town]:
    """The town on a Tuesday at nine; the clock is put back after each journey."""
    begun = _town.desk.clock.now()
    yield _town
    _town.hands.scale = 1.0
    _town.hands.move(seconds=(begun - _town.desk.clock.now()).total_seconds())


def test_a_deadline_missed_twice_goes_up_the_line_and_the_permit_is_still_issued(town: Town) -> None:
    case_id = town.applicant().sent()
    town.hands.scale = A_DAY_A_SECOND
    first = town.approve_up_to(case_id, "verification")
    assert first.current is not None
    town.hands.move(hours=23, minutes=59)
    assert town.waiting(case_id, "verification").current == first.current
    for level in (1, 2):
        town.hands.move(days=1, minutes=1)
        town.when(case_id, lambda case, n=level: bool(case.current and case.current.level == n), "the level")  # type: ignore[misc]
        told = town.told(case_id, "overdue", 2 * level)
    to = [str(mail["To"]).partition(".")[0] for mail in told]
    assert set(to[:2]) == {"bagas", "ratna"}  # the officer and the superior
    assert set(to[2:]) == {"bagas", "sekar"}  # nobody answered: one further up
    town.hands.scale = 1.0
    town.approve(case_id, "verification", "recommendation_review", "signing")
    entries = agree(town, case_id, "issued")
    levels = [entry.facts["level"] for entry in entries if entry.action == "step.overdue"]
    assert levels == [1, 2]
    assert town.case(case_id).ledgers["verification"].standing().level == 2


def test_an_application_that_nobody_corrects_is_reminded_of_three_times_and_lapses(town: Town) -> None:
    person = town.applicant()
    case_id = person.sent()
    town.waiting(case_id, "completeness_check")
    town.hands.scale = A_WEEK_A_SECOND
    town.give_back(case_id, "completeness_check")
    for days, reminders in ((7, 1), (4, 2), (2, 3)):
        town.hands.move(days=days)
        town.told(case_id, "correction_reminder", reminders)
    town.hands.move(hours=23)
    assert town.case(case_id).status == "returned"
    town.hands.move(hours=1)
    entries = agree(town, case_id, "lapsed")
    assert [entry.action for entry in entries].count("correction.reminded") == 3
    lapsed = next(entry for entry in entries if entry.action == "application.lapsed")
    returned = next(entry for entry in entries if entry.action == "step.return")
    assert (lapsed.at - returned.at).days == 14
    again = Applicant(town, person.email)
    assert again.ask("GET", f"/{case_id}").json["status"] == "lapsed"
    assert again.ask("POST", f"/{case_id}/correction", {"send_anyway": True}).code == "state_conflict"


def test_a_reminded_applicant_corrects_in_time_and_the_clock_goes_on_with_what_was_left(town: Town) -> None:
    person = town.applicant()
    case_id = person.sent()
    town.waiting(case_id, "completeness_check")
    town.hands.move(hours=2)
    town.hands.scale = A_WEEK_A_SECOND
    town.give_back(case_id, "completeness_check")
    town.hands.move(days=7)
    town.told(case_id, "correction_reminder", 1)
    town.hands.scale = 1.0
    town.correct(Applicant(town, person.email), case_id)
    case = town.waiting(case_id, "completeness_check")
    assert case.current is not None
    assert case.current.deadline.isoformat() == "2026-12-02T09:00:00+07:00"
    told = Applicant(town, person.email).ask("POST", f"/{case_id}/withdrawal", {"reason": "Selesai."})
    assert told.status == 200
    agree(town, case_id, "withdrawn")


@pytest.mark.parametrize("step", ["completeness_check", "signing"])
def test_a_withdrawal_in_the_middle_of_a_wait_ends_the_execution_and_stops_the_clock(
    town: Town, step: str
) -> None:
    person = town.applicant()
    case_id = person.sent()
    case = town.approve_up_to(case_id, step)
    link = town.link(case)
    town.hands.move(minutes=20)
    assert person.ask("POST", f"/{case_id}/withdrawal", {"reason": "Pindah."}).status == 200
    agree(town, case_id, "withdrawn")
    assert town.case(case_id).ledgers[step].standing().used == 20
    assert town.ask("GET", "/api/review", X_Sanggar_Link=link).code == "link_spent"


def test_a_withdrawal_while_a_correction_is_asked_for_ends_the_execution(town: Town) -> None:
    person = town.applicant()
    case_id = person.sent()
    town.approve_up_to(case_id, "verification")
    town.give_back(case_id, "verification")
    town.told(case_id, "returned", 1)
    assert person.ask("POST", f"/{case_id}/withdrawal", {"reason": "Batal."}).status == 200
    agree(town, case_id, "withdrawn")


def test_a_late_repetition_of_an_opening_opens_nothing_again(town: Town) -> None:
    """Step Functions repeats a call whose answer it lost, also when an officer has decided meanwhile."""
    person = town.applicant()
    case_id = person.sent()
    town.waiting(case_id, "completeness_check")
    town.give_back(case_id, "completeness_check")
    town.when(case_id, lambda case: bool(case.waiting and case.waiting.step == CORRECTION), "the correction")
    before = town.case(case_id)
    assert progress.open_step(town.desk, case_id, "completeness_check").attempt == 1
    assert town.case(case_id) == before
    assert person.ask("POST", f"/{case_id}/withdrawal", {"reason": "Batal."}).status == 200
    agree(town, case_id, "withdrawn")


@pytest.mark.parametrize("step", ["verification", "signing"])
def test_a_refusal_ends_the_case_and_tells_how_to_object(town: Town, step: str) -> None:
    person = town.applicant()
    case_id = person.sent()
    town.approve_up_to(case_id, step)
    town.give_back(case_id, step, "refuse", "outside_regency")
    agree(town, case_id, "refused")
    (letter,) = town.told(case_id, "refused", 1)
    assert person.email in str(letter["To"])
    assert "keberatan tertulis" in text_of(letter)
    assert person.ask("POST", f"/{case_id}/withdrawal", {}).code == "state_conflict"


def test_a_case_returned_once_from_every_step_still_comes_to_its_permit(town: Town) -> None:
    person = town.applicant()
    case_id = person.sent()
    for step in ("completeness_check", "verification"):
        town.waiting(case_id, step)
        town.give_back(case_id, step)
        town.correct(person, case_id)
        town.approve(case_id, step)
    town.waiting(case_id, "recommendation_review")
    town.give_back(case_id, "recommendation_review")
    town.approve(case_id, "verification", "recommendation_review")
    town.waiting(case_id, "signing")
    town.give_back(case_id, "signing")
    town.approve(case_id, "recommendation_review", "signing")
    agree(town, case_id, "issued")
    officers = {d.step: d.officer_id for d in town.case(case_id).decisions if d.officer_id}
    assert len(set(officers.values())) == 4

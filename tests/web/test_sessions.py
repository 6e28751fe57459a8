"""Staying signed in: on request, a few times, and never for whoever is not."""

from tests.web.office import Applicant, Office, Told


def _prolong(office: Office, session: str) -> Told:
    return office.ask("POST", "/api/session", {}, Authorization=f"Bearer {session}")


def test_a_session_is_prolonged_while_it_is_good_and_nothing_of_it_changes(office: Office) -> None:
    person = office.applicant()
    case_id = person.draft()
    office.hands.move(hours=7, minutes=59)
    told = _prolong(office, person.session)
    assert (told.status, told.json["lasts_seconds"], told.json["account"]["email"]) == (
        200,
        8 * 3600,
        person.email,
    )
    office.hands.move(hours=7)
    assert person.ask("GET", f"/{case_id}").code == "session_expired"
    person.session = told.json["session"]
    assert person.ask("GET", f"/{case_id}").status == 200


def test_nobody_stays_signed_in_for_more_than_a_day_without_a_new_code(office: Office) -> None:
    session = office.applicant().session
    for _ in range(2):
        office.hands.move(hours=7)
        session = _prolong(office, session).json["session"]
    told = _prolong(office, session)
    assert (told.status, told.code) == (403, "session_full")
    office.hands.move(hours=8, seconds=1)
    assert _prolong(office, session).code == "session_expired"


def test_a_session_that_ended_or_belongs_to_an_auditor_is_not_prolonged(office: Office) -> None:
    person: Applicant = office.applicant()
    assert _prolong(office, office.auditor()["Authorization"].removeprefix("Bearer ")).code == "not_allowed"
    assert _prolong(office, person.session + "x").code == "session_invalid"
    office.hands.move(hours=8, seconds=1)
    assert _prolong(office, person.session).code == "session_expired"

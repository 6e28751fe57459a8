"""An officer's inbox: everything that waits, the most urgent first, behind a link that decides nothing."""

from typing import Any

import pytest

from chalicelib.links.signing import Claims, sign, verify
from chalicelib.staffing import absences
from chalicelib.staffing.book import Order
from chalicelib.steps.inbox import INBOX, inbox_link
from chalicelib.steps.sign_in import SESSION
from tests.web.office import Office, Told

OFFICER = "cs-1"


def _link(office: Office, officer: str = OFFICER) -> str:
    at, found = office.desk.clock.now(), office.desk.people.officer(officer)
    return inbox_link(office.desk, found, at=at, name="test").partition("#")[2]


def _open(office: Office, token: str) -> Told:
    return office.ask("GET", "/api/inbox", X_Sanggar_Link=token)


def _lines(office: Office, officer: str = OFFICER) -> list[Any]:
    return list(_open(office, _link(office, officer)).json["waiting"])


def test_what_waits_is_sorted_by_the_time_that_is_left_with_the_overdue_first(office: Office) -> None:
    late = office.applicant().sent(group_name="Ludruk Lama")
    office.open(late, "completeness_check")
    office.hands.move(hours=26)  # two working hours past the day
    later = office.applicant().sent(group_name="Hadrah Baru")
    office.open(later, "completeness_check")
    lines = {line["case_id"]: line for line in _lines(office)}
    order = [line["minutes_left"] for line in _lines(office)]
    assert order == sorted(order)
    assert lines[late]["minutes_left"] == -120
    assert lines[late]["group_name"] == "Ludruk Lama"
    assert lines[later]["minutes_left"] == 450
    assert list(lines).index(late) < list(lines).index(later)


def test_each_line_opens_its_review_and_names_its_minutes_as_the_review_does(office: Office) -> None:
    case_id = office.applicant().sent()
    office.open(case_id, "completeness_check")
    office.hands.move(hours=3)
    line = next(one for one in _lines(office) if one["case_id"] == case_id)
    told = office.ask("GET", "/api/review", X_Sanggar_Link=line["token"])
    assert told.json["case"]["case_id"] == case_id
    assert told.json["step"]["minutes_left"] == line["minutes_left"]


def test_a_decided_step_leaves_the_inbox_and_comes_to_the_next_officers(office: Office) -> None:
    case_id = office.applicant().sent()
    office.open(case_id, "verification")
    assert case_id not in [line["case_id"] for line in _lines(office)]
    assert case_id in [line["case_id"] for line in _lines(office, "sub-1")]


def test_looking_changes_nothing(office: Office) -> None:
    case_id = office.applicant().sent()
    before = office.open(case_id, "completeness_check")
    _lines(office)
    assert office.case(case_id) == before


def test_no_identity_number_and_no_person_is_in_a_line(office: Office) -> None:
    case_id = office.applicant().sent(group_name="Sanggar 3514014101900001")
    office.open(case_id, "completeness_check")
    told = _open(office, _link(office))
    assert "3514014101900001" not in told.text
    assert "leader" not in told.text


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"purpose": SESSION}, "link_misused"),
        ({"purpose": "review"}, "link_misused"),
        ({"subject": "nobody"}, "link_misused"),
        ({"subject": "sub-1"}, "link_misused"),
        ({"role": "head"}, "link_misused"),
        ({"expires": 1}, "link_expired"),
    ],
)
def test_a_link_made_for_something_else_opens_no_inbox(
    office: Office, other: dict[str, Any], code: str
) -> None:
    expires = int(office.desk.clock.now().timestamp()) + 60
    claims = {"purpose": INBOX, "subject": OFFICER, "role": "customer_service", "expires": expires, "key": ""}
    token = sign(Claims(**{**claims, **other}), office.desk.keyring())
    assert _open(office, token).code == code


def test_an_inbox_link_opens_no_review(office: Office) -> None:
    case_id = office.applicant().sent()
    office.open(case_id, "completeness_check")
    assert office.ask("GET", "/api/review", X_Sanggar_Link=_link(office)).code == "link_misused"


def test_an_expired_link_gets_a_fresh_one_to_the_officers_own_mailbox(office: Office) -> None:
    token = _link(office)
    office.hands.move(days=8)
    assert _open(office, token).code == "link_expired"
    told = office.ask("POST", "/api/inbox/link", {}, X_Sanggar_Link=token)
    assert (told.status, told.json) == (202, {"sent_to": "l***@kantor.contoh.id"})
    assert office.ask("POST", "/api/inbox/link", {}, X_Sanggar_Link=f"{token}x").code == "link_altered"
    for _ in range(4):
        office.ask("POST", "/api/inbox/link", {}, X_Sanggar_Link=token)
    assert office.ask("POST", "/api/inbox/link", {}, X_Sanggar_Link=token).code == "too_many"


def test_no_chain_of_pages_outlives_the_mail_at_its_beginning(office: Office) -> None:
    """Otherwise a link that was stolen once would renew itself for ever."""
    case_id = office.applicant().sent()
    office.open(case_id, "completeness_check")
    mailed = token = _link(office)
    for _ in range(5):
        opened = _open(office, token)
        line = next(one for one in opened.json["waiting"] if one["case_id"] == case_id)
        token = office.ask("GET", "/api/review", X_Sanggar_Link=line["token"]).json["inbox_token"]
        office.hands.move(hours=2)
    assert _open(office, token).status == 200
    office.hands.move(hours=2)
    assert _open(office, token).code == "link_expired"
    assert _open(office, mailed).status == 200


def test_revoking_the_mailed_link_revokes_what_it_led_to(office: Office) -> None:
    case_id = office.applicant().sent()
    office.open(case_id, "completeness_check")
    mailed = _link(office)
    line = next(one for one in _open(office, mailed).json["waiting"] if one["case_id"] == case_id)
    name = verify(mailed, INBOX, office.desk.keyring(), office.desk.clock.now()).id
    now, order = office.desk.clock.now(), Order(by="Admin Contoh", why="hilang")
    change = absences.revoke_link(office.desk.office.load(), name, order, now)
    assert change is not None
    office.desk.office.commit(change)
    assert _open(office, mailed).code == "link_revoked"
    assert office.ask("GET", "/api/review", X_Sanggar_Link=line["token"]).code == "link_revoked"

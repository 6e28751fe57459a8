"""What an officer is mailed of all that waits: in the morning, at the foot of every mail, and when a link is old."""

import re
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from chalicelib.tasks import deliveries
from local.person import text_of, wait_for
from tests.crashes.walk import mails
from tests.journeys.office import Town, open_town


@pytest.fixture
def town() -> Iterator[Town]:
    with open_town() as town:
        yield town


def _letters(notice: str, at_least: int = 1) -> list[EmailMessage]:
    def look() -> list[EmailMessage] | None:
        found = [mail for mail in mails() if str(mail["Message-ID"]).startswith(f"<{notice}.")]
        return found if len(found) >= at_least else None

    return wait_for(look, f"{at_least} mails {notice}", patience=20)


def _token(mail: EmailMessage) -> str:
    found = re.search(r"/menunggu/#(\S+)", text_of(mail))
    assert found is not None
    return found.group(1)


def _waiting(town: Town, token: str) -> list[str]:
    told = town.ask("GET", "/api/inbox", X_Sanggar_Link=token)
    return [line["number"] for line in told.json["waiting"]]


def test_in_the_morning_everybody_hears_of_what_waits_for_them_once(town: Town) -> None:
    case_id = town.applicant().sent()
    number = town.waiting(case_id, "completeness_check").number
    town.hands.move(days=1, minutes=5)
    assert deliveries.morning({}, town.desk) == {"officers": 1, "groups": 0, "auditors": 0}
    assert deliveries.morning({}, town.desk) == {"officers": 0, "groups": 0, "auditors": 0}
    mail = _letters("inbox")[0]
    assert "laras" in str(mail["To"])
    assert str(mail["Subject"]) == "1 menunggu Anda, 1 lewat waktu"
    assert f"- {number}: Pemeriksaan kelengkapan, lewat waktu 5 menit" in text_of(mail)
    assert _waiting(town, _token(mail)) == [number]
    town.hands.move(days=1)
    assert deliveries.morning({}, town.desk) == {"officers": 1, "groups": 0, "auditors": 0}
    assert len(_letters("inbox", 2)) == 2


def test_on_a_closed_day_nobody_is_told(town: Town) -> None:
    town.waiting(town.applicant().sent(), "completeness_check")
    town.hands.move(days=4)  # Saturday
    assert deliveries.morning({}, town.desk) == {"officers": 0, "groups": 0, "auditors": 0}


def test_every_mail_to_an_officer_leads_to_all_that_waits(town: Town) -> None:
    first, second = (town.waiting(town.applicant().sent(), "completeness_check") for _ in range(2))
    mail = town.told(second.case_id, "decide", 1)[0]
    assert _waiting(town, _token(mail)) == [first.number, second.number]


def test_an_old_link_is_renewed_by_mail(town: Town) -> None:
    case = town.waiting(town.applicant().sent(), "completeness_check")
    old = _token(town.told(case.case_id, "decide", 1)[0])
    town.hands.move(days=8)
    assert town.ask("GET", "/api/inbox", X_Sanggar_Link=old).code == "link_expired"
    assert town.ask("POST", "/api/inbox/link", {}, X_Sanggar_Link=old).status == 202
    assert _waiting(town, _token(_letters("inbox_link")[0])) == [case.number]

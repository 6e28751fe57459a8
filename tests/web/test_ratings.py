"""The service is rated once a permit, and nobody can find who said what."""

import json
from typing import Any

import boto3
import pytest

from chalicelib.cases.case import Case
from local.template import REGION
from tests.web.office import NATIONAL_ID, Applicant, Office

RATING: dict[str, Any] = {
    "overall": 4,
    "answers": {f"u{n}": 3 for n in range(1, 10)},
    "text": "Cepat sekali.",
}


@pytest.fixture(scope="module")
def issued(_office: Office) -> tuple[Applicant, Case]:
    """An applicant with a permit that nobody rated yet."""
    person = _office.applicant()
    return person, _office.issue(person.sent())


def test_an_issued_permit_is_rated_once_by_whichever_way(
    office: Office, issued: tuple[Applicant, Case]
) -> None:
    person, case = issued
    by_link, own = f"/api/tracking/{case.tracking_code}/rating", f"/{case.case_id}/rating"
    assert office.ask("GET", by_link).json == {"can_rate": True, "rated": False}
    assert office.ask("POST", by_link, RATING).json == {"can_rate": False, "rated": True}
    assert person.ask("GET", own).json == {"can_rate": False, "rated": True}
    assert person.ask("POST", own, {**RATING, "overall": 1}).code == "already_rated"
    assert office.ask("POST", by_link, RATING).code == "already_rated"
    assert office.case(case.case_id) == case, "the case itself does not say that it was rated"


def test_nothing_that_is_kept_leads_from_a_rating_to_its_case(
    office: Office, issued: tuple[Applicant, Case]
) -> None:
    person, case = issued
    office.ask("POST", f"/api/tracking/{case.tracking_code}/rating", RATING)
    table = office.desk.settings.ratings_table
    rows = boto3.client("dynamodb", region_name=REGION).scan(TableName=table)["Items"]
    rating = next(row for row in rows if row["pk"]["S"].startswith("month#"))
    mark = next(row for row in rows if row["pk"]["S"].startswith("rated#"))
    assert set(mark) == {"pk", "sk"}
    assert set(rating) == {"pk", "sk", "body"}
    assert not set(map(str, mark.values())) & set(map(str, rating.values()))
    everything = json.dumps(rows)
    for name in (case.case_id, case.number, case.tracking_code, case.applicant_id, person.email, "Sari"):
        assert name not in everything


def test_an_application_without_a_permit_cannot_be_rated(office: Office) -> None:
    person = office.applicant()
    case_id = person.sent()
    assert person.ask("GET", f"/{case_id}/rating").json == {"can_rate": False, "rated": False}
    assert person.ask("POST", f"/{case_id}/rating", RATING).code == "state_conflict"


@pytest.mark.parametrize(
    "spoilt",
    [{"overall": 0}, {"overall": 5}, {"answers": {"u10": 1}}, {"answers": {"u1": 0}}, {"overall": None}],
)
def test_only_four_words_and_nine_elements_are_taken(
    office: Office, issued: tuple[Applicant, Case], spoilt: Any
) -> None:
    told = office.ask("POST", f"/api/tracking/{issued[1].tracking_code}/rating", {**RATING, **spoilt})
    assert told.code == "invalid_input"


def test_auditors_read_ratings_of_months_that_are_over_and_the_index(office: Office) -> None:
    office.hands.move(days=40)  # January
    for number in range(5):
        case = office.issue(office.applicant().sent(phone=f"08120000000{number}"))
        text = f"NIK {NATIONAL_ID}" if number == 0 else "=1+1"
        told = office.ask("POST", f"/api/tracking/{case.tracking_code}/rating", {**RATING, "text": text})
        assert told.status == 200
    year = "/api/audit/ratings?year=2027"
    now = office.ask("GET", year, **office.auditor())
    assert (now.json["ratings"], now.json["withheld"], now.json["index"]) == ([], 5, None)
    office.hands.move(days=31)
    auditor = office.auditor()
    then = office.ask("GET", year, **auditor).json
    assert [one["month"] for one in then["ratings"]] == ["2027-01"] * 5
    assert (then["index"]["value"], then["index"]["grade"], then["index"]["respondents"]) == ("75.00", "C", 5)
    assert NATIONAL_ID not in json.dumps(then)
    rows = office.ask("GET", f"{year}&format=csv", **auditor).text.splitlines()
    assert rows[0] == "month,procedure,method,overall,u1,u2,u3,u4,u5,u6,u7,u8,u9,text"
    assert len(rows) == 6
    assert all(row.split(",")[-1].lstrip('"').startswith(("'=", "NIK 3514…")) for row in rows[1:])

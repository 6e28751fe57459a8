"""An applicant's own list: what each application waits for, in two reads however many there are."""

from collections import Counter
from typing import Any

from chalicelib.aws import tables
from local.listening import listening
from tests.web.office import Applicant, Office
from tests.web.plain_uploads import returned


def lines(person: Applicant) -> dict[str, dict[str, Any]]:
    """The list by case id."""
    return {line["case_id"]: line for line in person.ask("GET").json["applications"]}


def test_a_draft_says_where_it_goes_on(office: Office) -> None:
    person = office.applicant()
    begun = str(person.ask("POST", "", {"application_type": "new"}).json["case_id"])
    filled = person.draft()
    shown = lines(person)
    assert shown[begun]["reached"] == {"key": "group", "number": 2, "count": 5}
    assert shown[filled]["reached"] == {"key": "documents", "number": 4, "count": 5}
    assert {line["to_correct"] for line in shown.values()} == {None}


def test_a_returned_application_says_how_many_documents_are_to_be_corrected(office: Office) -> None:
    person = office.applicant()
    case_id = returned(office, person)
    line = lines(person)[case_id]
    assert (line["status"], line["to_correct"], line["reached"]) == ("returned", 1, None)


def test_a_running_application_says_when_it_should_be_done_and_an_ended_one_nothing(office: Office) -> None:
    person = office.applicant()
    running, over = person.sent(), person.draft()
    assert person.ask("POST", f"/{over}/withdrawal", {}).status == 200
    shown = lines(person)
    assert shown[running]["deadline"] == person.ask("GET", f"/{running}").json["deadline"]
    for name in ("deadline", "reached", "to_correct"):
        assert shown[over][name] is None


def reads(office: Office, person: Applicant) -> Counter[str]:
    """The calls to AWS that the list costs. The tables are bound anew, for their connections keep what they hear."""
    calls: Counter[str] = Counter()
    named = office.desk.settings
    with listening(before_call=lambda model, **_: calls.update([model.name])):
        tables.bind(
            region=named.region,
            cases=named.cases_table,
            people=named.people_table,
            register=named.register_table,
            ratings=named.ratings_table,
        )
        lines(person)
    return Counter(calls)  # the connections go on telling after this


def test_a_longer_list_costs_no_more_reads(office: Office) -> None:
    person = office.applicant()
    costs = []
    for _ in range(2):
        person.sent()
        person.draft()
        costs.append(reads(office, person))
    assert costs[0] == costs[1]
    assert (costs[1]["Query"], costs[1]["BatchGetItem"]) == (1, 1)


def test_a_list_without_open_applications_reads_none(office: Office) -> None:
    costs = reads(office, office.applicant())
    assert (costs["Query"], costs["BatchGetItem"]) == (1, 0)

"""Where officials sign through BSrE nobody but it knows a passphrase: a mailed code proves the second officer."""

import pytest

from chalicelib.accounts.codes import code_of
from chalicelib.cases.case import Case
from chalicelib.steps import issuing
from local.people import passphrase_of
from tests.web.office import APPROVE, Office
from tests.web.test_revocations import decide, decider, propose, status


@pytest.fixture
def office(bsre_office: Office) -> Office:
    """The office that signs through BSrE."""
    return bsre_office


def _proposed(office: Office) -> Case:
    case = office.open(office.applicant().sent(), "signing")
    told = office.ask(
        "POST",
        "/api/review/decision",
        {**APPROVE, "passphrase": passphrase_of("head")},
        X_Sanggar_Link=office.link(case),
    )
    assert told.status == 200, told.text
    issuing.issue_permit(office.desk, case.case_id)
    case = office.case(case.case_id)
    assert propose(office, case).status == 201
    return case


def _code(office: Office, case: Case) -> str:
    told = office.ask("POST", "/api/revocations/decision/code", {}, **decider(office, case))
    assert told.status == 202
    challenge = office.desk.people.challenge(f"revoke-kepala-1-{case.case_id}-1")
    assert challenge is not None
    return code_of(challenge, office.desk.keyring().newest())


def test_the_mailed_code_revokes_and_the_page_asks_for_it(office: Office) -> None:
    case = _proposed(office)
    assert office.ask("GET", "/api/revocations/decision", **decider(office, case)).json["proof"] == "code"
    code = _code(office, case)
    assert decide(office, case, passphrase="", code=code).status == 200
    assert status(office, case) == "revoked"


@pytest.mark.parametrize("code", ["", "000000", "bukan"])
def test_nothing_else_does_not_even_the_passphrase_of_before(office: Office, code: str) -> None:
    case = _proposed(office)
    assert decide(office, case, passphrase="", code=code).code == "proof_failed"
    assert decide(office, case).code == "proof_failed"
    assert status(office, case) == "valid"

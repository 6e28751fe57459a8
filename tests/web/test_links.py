"""Missing, altered, expired, spent, misused, moved, revoked: seven answers to a link, and never a decision."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.links.signing import Claims, sign
from chalicelib.steps.sign_in import SESSION
from tests.web.office import APPROVE, Office, Told

PAGES = (("GET", ""), ("POST", "/code"), ("POST", "/decision"), ("POST", "/link"))
PRINTABLE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ~!é"


@pytest.fixture(scope="module")
def waiting(_office: Office) -> str:
    """A case that waits for its completeness check."""
    case_id = _office.applicant().sent()
    _office.open(case_id, "completeness_check")
    return case_id


def _everywhere(office: Office, token: str | None) -> list[Told]:
    headers = {} if token is None else {"X_Sanggar_Link": token}
    ruling = {**APPROVE, "code": "123456"}
    return [
        office.ask(
            method, f"/api/review{path}", ruling if path == "/decision" else {} if path else None, **headers
        )
        for method, path in PAGES
    ]


def test_without_a_link_nothing_opens(office: Office) -> None:
    assert {told.code for told in _everywhere(office, None)} == {"link_missing"}
    assert {told.status for told in _everywhere(office, None)} == {401}


def test_a_link_cut_off_or_changed_is_altered(office: Office, waiting: str) -> None:
    token = office.link(office.case(waiting))
    for broken in (token[:-1], token[1:], token.replace(".", ""), f"{token}=", f"{token}.{token}", "x", "."):
        assert {told.code for told in _everywhere(office, broken)} == {"link_altered"}


def test_an_expired_link_opens_nothing_but_a_fresh_one_can_be_asked_for(office: Office, waiting: str) -> None:
    before = office.case(waiting)
    token = office.link(before)
    office.hands.move(days=15)
    looked, asked, decided, fresh = _everywhere(office, token)
    assert {looked.code, asked.code, decided.code} == {"link_expired"}
    assert looked.status == 410
    assert looked.json["facts"]["expired_at"] == "2026-12-08T09:00:00+07:00"
    assert fresh.json == {"sent_to": "l***@kantor.contoh.id"}
    after = office.case(waiting)
    assert after.decisions == before.decisions
    assert after.current == before.current


def test_a_spent_link_cannot_decide_again(office: Office) -> None:
    case_id = office.applicant().sent()
    token = office.link(office.open(case_id, "completeness_check"))
    assert office.decide(case_id, {"decision": "approve"}).status == 200
    before = office.case(case_id)
    answers = _everywhere(office, token)
    assert {told.code for told in answers} == {"link_spent"}
    facts = answers[0].json["facts"]
    assert (facts["decision"], facts["decided_by"]) == ("approve", "Customer Service")
    assert facts["decided_at"] == "2026-11-24T09:00:00+07:00"
    assert office.case(case_id) == before


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"purpose": SESSION}, "link_misused"),
        ({"case": "case-" + "0" * 32}, "link_misused"),
        ({"subject": "sub-1"}, "link_moved"),  # as if sub-1 had stood in for the first desk
        ({"subject": "sub-1", "role": "sub_coordinator"}, "link_misused"),
        ({"subject": "nobody"}, "link_misused"),
        ({"role": "head"}, "link_misused"),
        ({"step": "signing"}, "link_spent"),
        ({"attempt": 2}, "link_spent"),
    ],
    ids=str,
)
def test_a_link_for_something_else_opens_nothing(
    office: Office, waiting: str, other: dict[str, Any], code: str
) -> None:
    before = office.case(waiting)
    token = office.link(before, **other)
    assert {told.code for told in _everywhere(office, token)} == {code}
    assert office.case(waiting) == before


def test_a_session_is_no_link_and_a_link_no_session(office: Office, waiting: str) -> None:
    person = office.applicant()
    assert {told.code for told in _everywhere(office, person.session)} == {"link_misused"}
    token = office.link(office.case(waiting))
    told = office.ask("GET", "/api/applications", Authorization=f"Bearer {token}")
    assert (told.status, told.code) == (401, "session_invalid")


def test_a_session_of_yesterday_is_over(office: Office) -> None:
    person = office.applicant()
    office.hands.move(hours=9)
    told = person.ask("GET")
    assert (told.status, told.code) == (401, "session_expired")


def test_a_session_whose_account_is_gone_is_none(office: Office) -> None:
    expires = int(office.desk.clock.now().timestamp()) + 100
    claims = Claims(purpose=SESSION, subject="gone", role="applicant", expires=expires, key="")
    token = sign(claims, office.desk.keyring())
    assert office.ask("GET", "/api/applications", Authorization=f"Bearer {token}").code == "session_invalid"


@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_one_character_alteration_is_refused_and_decides_nothing(
    office: Office, waiting: str, data: st.DataObject
) -> None:
    before = office.case(waiting)
    token = office.link(before)
    place = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.sampled_from([letter for letter in PRINTABLE if letter != token[place]]))
    how = data.draw(st.sampled_from(["replaced", "inserted", "removed"]))
    middle = {"replaced": letter, "inserted": letter + token[place], "removed": ""}[how]
    altered = token[:place] + middle + token[place + 1 :]
    told = office.ask("GET", "/api/review", X_Sanggar_Link=altered)
    assert told.status in (401, 403)
    ruling = {"decision": "approve", "code": "000000"}
    told = office.ask("POST", "/api/review/decision", ruling, X_Sanggar_Link=altered)
    assert told.status in (401, 403)
    assert told.code in ("link_altered", "link_misused")
    assert office.case(waiting) == before


def test_looking_decides_nothing_and_leaves_the_link_good(office: Office, waiting: str) -> None:
    before = office.case(waiting)
    token = office.link(before)
    for method in ("GET", "HEAD", "GET"):
        for path in ("", "/code", "/decision", "/link"):
            office.ask(method, f"/api/review{path}", X_Sanggar_Link=token)
    assert office.case(waiting) == before
    assert office.ask("GET", "/api/review", X_Sanggar_Link=token).status == 200


def test_a_link_alone_decides_nothing(office: Office, waiting: str) -> None:
    case = office.case(waiting)
    token = office.link(case)
    for proof in ({}, {"code": ""}, {"code": "000000"}):
        told = office.ask(
            "POST", "/api/review/decision", {"decision": "approve", **proof}, X_Sanggar_Link=token
        )
        assert (told.status, told.code) == (403, "proof_failed")
    told = office.ask(
        "POST", "/api/review/decision", {"decision": "approve", "passphrase": "x"}, X_Sanggar_Link=token
    )
    assert (told.status, told.code) == (403, "not_allowed")
    assert office.case(waiting) == case


def test_a_code_proves_only_the_step_it_was_mailed_for(office: Office, waiting: str) -> None:
    other = office.applicant().sent()
    office.open(other, "completeness_check")
    code = office.proof(office.case(other))
    token = office.link(office.case(waiting))
    office.proof(office.case(waiting))
    told = office.ask("POST", "/api/review/decision", {"decision": "approve", **code}, X_Sanggar_Link=token)
    assert told.code == "proof_failed"


def test_a_decision_needs_what_the_procedure_asks(office: Office) -> None:
    case_id = office.applicant().sent()
    case = office.open(case_id, "verification")
    proof, token = office.proof(case), office.link(case)

    def refused(ruling: dict[str, Any]) -> str:
        return office.ask("POST", "/api/review/decision", {**ruling, **proof}, X_Sanggar_Link=token).code

    assert refused({"decision": "approve"}) == "report_missing"
    assert refused({"decision": "return"}) == "reason_missing"
    assert refused({"decision": "return", "reasons": ["draft_incorrect"]}) == "reason_unknown"
    assert refused({"decision": "return", "reasons": ["missing_document:passport"]}) == "reason_unknown"
    assert refused({"decision": "refuse", "reasons": ["missing_document:ktp"]}) == "reason_unknown"
    assert office.case(case_id) == case

"""Every route under hostile values: an answer that the route declares, never a failure of ours, and no change."""

from typing import Any
from urllib.parse import quote, urlencode

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.texts import told_fault
from chalicelib.web.problems import MethodNotAllowedError
from chalicelib.web.routes import FORM, HTML, ROUTES, Route
from tests.web.office import APPROVE, Applicant, Office
from tests.web.test_refusals import body_of

HOSTILE = (
    *(
        "",
        " ",
        "\x00",
        "\n",
        "..",
        "../../etc/passwd",
        "a" * 5_000,
        "😀" * 30,
        "\u202e",
        "ＮＩＫ",
        "%00",
        "%2e%2e",
    ),
    *("-1", "0", "9" * 400, "1e400", "NaN", "true", "null", "[]", "{}", "'; DROP TABLE--", "{{7*7}}", "${x}"),
    *("2026-13-45", "0001-01-01", "9999-12-31", "case-", "2026.e30=", "2026.!", "=cmd|' /C calc'!A0", "é.é"),
)
VALUES: tuple[Any, ...] = (*HOSTILE, None, True, -1, 2**63, 10**400, 1.5, [], {}, [[]] * 50, {"a": {"b": {}}})
Case = tuple[Applicant, str, dict[str, str]]


@pytest.fixture(scope="module")
def case(_office: Office) -> Case:
    """Somebody with an application at its first officer, and the headers with which each caller may come in."""
    person = _office.applicant()
    case_id = person.sent()
    link = _office.link(_office.open(case_id, "completeness_check"))
    callers = {
        "applicant": f"Bearer {person.session}",
        "auditor": _office.auditor()["Authorization"],
        "officer": link,
    }
    return person, case_id, callers


def _headers(route: Route, callers: dict[str, str]) -> dict[str, str]:
    if route.caller == "public":
        return {}
    name = "X_Sanggar_Link" if route.caller == "officer" else "Authorization"
    return {name: callers[route.caller]}


def _path(route: Route, case_id: str, data: st.DataObject) -> str:
    given = {"case_id": case_id, "slot": "ktp", "tracking_code": "0" * 32, "check_code": "0" * 10}
    given["upload_link"] = "e30.e30"
    for name in [name for name in given if f"{{{name}}}" in route.path]:
        if data.draw(st.booleans(), label=f"spoil {name}"):
            given[name] = data.draw(st.sampled_from([one for one in HOSTILE if one]), label=name)
    path = route.path.format(**{name: quote(value, safe="") for name, value in given.items()})
    if route.query is None:
        return path
    names = st.sampled_from([*route.query.__struct_encode_fields__, "unasked"])
    return f"{path}?{urlencode(data.draw(st.dictionaries(names, st.sampled_from(HOSTILE), max_size=3)))}"


def _body(route: Route, data: st.DataObject) -> Any:
    if route.form:
        names = st.sampled_from([*route.form.__struct_encode_fields__, "unasked"])
        given = data.draw(st.dictionaries(names, st.sampled_from(HOSTILE), min_size=1), label="form")
        return urlencode(given, errors="surrogatepass")
    body = body_of(route)
    if body is None:
        return None
    if data.draw(st.integers(0, 9), label="whole body") == 0:
        return data.draw(st.sampled_from([one for one in HOSTILE if one.strip()]), label="body")
    name = data.draw(st.sampled_from([*route.body.__struct_encode_fields__, "unasked"]), label="field")
    return body | {name: data.draw(st.sampled_from(VALUES), label="value")}


@pytest.mark.parametrize("route", ROUTES, ids=lambda r: f"{r.method} {r.path}")
@given(data=st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_hostile_values_get_a_declared_answer(
    office: Office, case: Case, route: Route, data: st.DataObject
) -> None:
    _, case_id, callers = case
    headers = _headers(route, callers)
    if route.keyed:
        headers["Idempotency_Key"] = data.draw(
            st.sampled_from(["", "k" * 20, "k" * 65, "ключ-ключ-ключ-ключ", "a\tb"])
        )
    if route.form:
        headers["Content_Type"] = FORM
    path, body = _path(route, case_id, data), _body(route, data)
    before = office.case(case_id)
    if route.name == "applications.withdraw":
        headers = {}  # a withdrawal needs no valid word: it would end the case that all others are tried on
    told = office.ask(route.method, path, body, **headers)
    assert told.status < 500
    if told.status >= 400 and route.is_page and told.headers["Content-Type"] == HTML:
        assert told.status in {told_fault(code).text.status for code in route.faults}
    elif told.status >= 400:
        assert told.code in (*route.faults, MethodNotAllowedError.code)
    after = office.case(case_id)
    assert (after.form, after.decisions, after.status) == (before.form, before.decisions, before.status)


@pytest.fixture(scope="module")
def ended(_office: Office) -> dict[str, tuple[Applicant, str]]:
    """An application in each of the ends that people bring about, and one that is to be corrected."""
    people = {status: _office.applicant() for status in ("issued", "refused", "returned")}
    ids = {status: person.sent() for status, person in people.items()}
    _office.issue(ids["issued"])
    for status, decision, reason in (
        ("refused", "refuse", "outside_regency"),
        ("returned", "return", "missing_document:ktp"),
    ):
        _office.open(ids[status], "verification")
        told = _office.decide(ids[status], {"decision": decision, "reasons": [reason]})
        assert told.status == 200, told.text
    return {status: (people[status], ids[status]) for status in people}


@pytest.mark.parametrize(
    ("status", "possible"),
    [
        ("issued", {"permit"}),
        ("refused", set()),
        ("returned", {"save_form", "offer_upload", "correct", "withdraw"}),
    ],
)
def test_each_state_allows_its_own_acts_alone(
    office: Office, ended: dict[str, tuple[Applicant, str]], status: str, possible: set[str]
) -> None:
    person, case_id = ended[status]
    acts = [r for r in ROUTES if r.name.startswith("applications.") and "{case_id}/" in r.path]
    for route in acts:
        name = route.name.partition(".")[2]
        if name in possible:
            continue
        before = office.case(case_id)
        path = route.path.removeprefix("/api/applications").format(case_id=case_id, slot="ktp")
        told = person.ask(route.method, path, body_of(route))
        absent = status == "returned" and name in ("remove_document", "move_document")
        assert told.code == ("not_found" if absent else "state_conflict")
        assert office.case(case_id) == before


def test_a_link_is_dead_when_its_officer_has_moved_to_another_role(office: Office) -> None:
    case_id = office.applicant().sent()
    case = office.open(case_id, "completeness_check")
    token, proof = office.link(case), office.proof(case)
    officer = office.desk.people.officer("cs-1")
    office.desk.people.save_officer(msgspec.structs.replace(officer, role="coordinator"))
    try:
        told = office.ask("POST", "/api/review/decision", {**APPROVE, **proof}, X_Sanggar_Link=token)
        looked = office.ask("GET", "/api/review", X_Sanggar_Link=token)
    finally:
        office.desk.people.save_officer(officer)
    assert told.code == looked.code == "link_misused"
    assert office.case(case_id) == case


def test_an_officer_who_is_no_longer_active_decides_nothing(office: Office) -> None:
    case_id = office.applicant().sent()
    case = office.open(case_id, "completeness_check")
    token, proof = office.link(case), office.proof(case)
    officer = office.desk.people.officer("cs-1")
    office.desk.people.save_officer(msgspec.structs.replace(officer, active=False))
    try:
        told = office.ask("POST", "/api/review/decision", {**APPROVE, **proof}, X_Sanggar_Link=token)
    finally:
        office.desk.people.save_officer(officer)
    assert told.code == "link_misused"
    assert office.case(case_id) == case


def test_one_request_key_decides_once_and_another_ruling_under_it_is_refused(office: Office) -> None:
    case_id = office.applicant().sent()
    case = office.open(case_id, "completeness_check")
    link = {"X_Sanggar_Link": office.link(case), "Idempotency_Key": "ruling-key-0123456789"}
    ruling = {"decision": "approve", **office.proof(case)}
    first = office.ask("POST", "/api/review/decision", ruling, **link)
    office.hands.move(days=100)
    again = office.ask("POST", "/api/review/decision", ruling, **link)
    assert (first.status, again.status) == (200, 200)
    assert first.text == again.text
    other = {**ruling, "decision": "return", "reasons": ["missing_document:ktp"]}
    assert office.ask("POST", "/api/review/decision", other, **link).code == "request_key_reused"
    assert len(office.case(case_id).decisions) == 1

"""Whatever is asked wrongly gets a clear problem document, and nothing has changed."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.web.routes import ROUTES, Route
from tests.web.office import FORM, Applicant, Office

NOBODYS = "case-" + "0" * 32
SAFE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _address(route: Route, case_id: str = NOBODYS) -> str:
    given = {"case_id": case_id, "slot": "ktp", "tracking_code": "0" * 32, "check_code": "0" * 10}
    return route.path.format(**given, upload_link="e30.e30")


def body_of(route: Route) -> Any:
    """A body of the right form."""
    bodies: dict[str, Any] = {
        "accounts.ask_for_code": {"email": "a@contoh.id", "role": "applicant"},
        "accounts.verify": {"email": "a@contoh.id", "role": "applicant", "code": "000000"},
        "applications.start": {"application_type": "new"},
        "applications.save_form": FORM,
        "applications.offer_upload": {"slot": "ktp", "content_type": "image/png", "size": 10},
        "applications.move_document": {"to": "board_roster"},
        "papers.reuse": {"case_id": NOBODYS},
        "applications.submit": {"declared_true": True},
        "service.track_by_phone": {"number": "NKS-1", "phone_last4": "0000"},
        "counter.ask_for_link": {"email": "a@kantor.contoh.id"},
        "counter.ask_for_consent": {"email": "a@contoh.id"},
        "counter.begin": {"email": "a@contoh.id", "code": "000000", "application_type": "new"},
        "complaints.complain": {"kind": "late", "text": "Terlambat.", "contact": "siti@contoh.id"},
        "complaints.offer_photo": {
            "number": "ADU-1",
            "contact": "siti@contoh.id",
            "content_type": "image/png",
            "size": 10,
        },
        "complaints.follow": {"number": "ADU-1", "contact": "siti@contoh.id"},
        "complaints.answer": {"answer": "Kami minta maaf.", "code": "000000"},
        "ratings.rate_own": {"overall": 4, "answers": {"u1": 3}, "text": "Cepat."},
        "ratings.rate_tracked": {"overall": 4},
        "reviews.decide": {"decision": "approve", "code": "000000"},
    }
    return bodies.get(route.name, {}) if route.body else None


@pytest.mark.parametrize(
    "route", [route for route in ROUTES if route.caller == "applicant"], ids=lambda r: r.name
)
def test_nobody_works_on_applications_without_a_session(office: Office, route: Route) -> None:
    asked = (route.method, _address(route), body_of(route))
    assert office.ask(*asked).code == "session_missing"
    assert office.ask(*asked, Authorization="Bearer no.thing").code == "session_invalid"
    assert office.ask(*asked, Authorization="Basic eDp5").code == "session_missing"
    assert office.ask(*asked, **office.auditor()).code == "not_allowed"


@pytest.mark.parametrize(
    "route", [route for route in ROUTES if route.caller == "auditor"], ids=lambda r: r.name
)
def test_nobody_but_auditors_sees_the_trail(office: Office, route: Route) -> None:
    person = office.applicant()
    assert office.ask(route.method, _address(route)).code == "session_missing"
    session = {"Authorization": f"Bearer {person.session}"}
    assert office.ask(route.method, _address(route), **session).code == "not_allowed"


@pytest.mark.parametrize(
    "route",
    [route for route in ROUTES if route.caller == "applicant" and "{case_id}" in route.path],
    ids=lambda r: r.name,
)
def test_another_persons_case_looks_like_none(office: Office, route: Route) -> None:
    owner, other = office.applicant(), office.applicant()
    case_id = owner.draft()
    before = office.case(case_id)
    session = {"Authorization": f"Bearer {other.session}"}
    foreign = office.ask(route.method, _address(route, case_id), body_of(route), **session)
    unknown = office.ask(route.method, _address(route), body_of(route), **session)
    misspelt = office.ask(route.method, _address(route, "case-x"), body_of(route), **session)
    assert foreign.code == unknown.code == misspelt.code == "not_found"
    assert foreign.text == unknown.text
    assert office.case(case_id) == before


@pytest.mark.parametrize("route", [route for route in ROUTES if route.body], ids=lambda r: r.name)
def test_a_body_of_the_wrong_form_is_refused_with_its_place(office: Office, route: Route) -> None:
    def refused(body: Any) -> dict[str, Any]:
        told = office.ask(route.method, _address(route), body)
        assert (told.status, told.code) == (400, "invalid_input")
        facts: dict[str, Any] = told.json["facts"]
        return facts

    right = body_of(route)
    assert refused('{"half": ') == {"where": "$"}
    assert refused("[1, 2]")["where"] == "$"
    assert refused({**right, "unasked": 1})["where"] == "$"
    assert refused('{"x": "' + "a" * 65_536 + '"}') == {"where": "$", "allowed": 65_536}
    for name in right:
        assert refused({**right, name: [["wrong"]]})["where"].startswith(f"$.{name}")
        if isinstance(right[name], str):
            assert refused({**right, name: "x" * 9_000})["where"] == f"$.{name}"


def test_what_is_refused_is_not_quoted(office: Office) -> None:
    person = office.applicant()
    case_id = person.draft()
    told = person.ask("PUT", f"/{case_id}/form", {**FORM, "national_id": "35140141019000012222"})
    assert told.code == "invalid_input"
    assert "35140141019000012222" not in told.text


def test_only_json_is_taken(office: Office) -> None:
    told = office.ask("POST", "/api/sign-in", "role=applicant", Content_Type="text/plain")
    assert (told.status, told.code) == (415, "unsupported_media_type")


@pytest.mark.parametrize("route", ROUTES, ids=lambda r: f"{r.method} {r.path}")
def test_another_method_is_refused_and_every_answer_is_closed_to_others(office: Office, route: Route) -> None:
    told = office.ask("PATCH", _address(route))
    assert (told.status, told.code) == (405, "method_not_allowed")
    assert told.headers["Cache-Control"] == "no-store"
    assert told.headers["X-Content-Type-Options"] == "nosniff"
    assert told.headers["Referrer-Policy"] == "no-referrer"
    assert not [name for name in told.headers if name.lower().startswith("access-control")]


def _refusals(person: Applicant, case_id: str) -> dict[str, str]:
    body = {"declared_true": True, "send_anyway": True}
    upload = {"slot": "ktp", "content_type": "image/png", "size": 10}
    asked = {
        "submission": person.ask("POST", f"/{case_id}/submission", body),
        "correction": person.ask("POST", f"/{case_id}/correction", {"send_anyway": True}),
        "form": person.ask("PUT", f"/{case_id}/form", FORM),
        "upload": person.ask("POST", f"/{case_id}/uploads", upload),
        "removal": person.ask("DELETE", f"/{case_id}/documents/ktp"),
        "permit": person.ask("GET", f"/{case_id}/permit"),
    }
    return {name: told.code for name, told in asked.items()}


def test_a_case_in_the_hands_of_the_office_cannot_be_sent_again_or_changed(office: Office) -> None:
    person = office.applicant()
    case_id = person.sent()
    before = office.case(case_id)
    assert set(_refusals(person, case_id).values()) == {"state_conflict"}
    assert office.case(case_id) == before


def test_a_withdrawn_case_is_over(office: Office) -> None:
    person = office.applicant()
    case_id = person.sent()
    told = person.ask("POST", f"/{case_id}/withdrawal", {"reason": "Pindah ke luar daerah."})
    assert told.json["status"] == "withdrawn"
    before = office.case(case_id)
    assert set(_refusals(person, case_id).values()) == {"state_conflict"}
    assert person.ask("POST", f"/{case_id}/withdrawal", {}).code == "state_conflict"
    assert office.case(case_id) == before


def test_what_lacks_is_named_before_anything_is_sent(office: Office) -> None:
    person = office.applicant()
    case_id = str(person.ask("POST", "", {"application_type": "renewal"}).json["case_id"])
    told = person.ask("POST", f"/{case_id}/submission", {"declared_true": True})
    assert (told.status, told.code) == (422, "form_incomplete")
    assert "previous_permit_number" in told.json["facts"]["missing"]
    form = {**FORM, "application_type": "renewal", "previous_permit_number": "430/0001/424.086/2024"}
    assert person.ask("PUT", f"/{case_id}/form", form).status == 200
    told = person.ask("POST", f"/{case_id}/submission", {"declared_true": True})
    assert (told.status, told.code) == (422, "documents_missing")
    assert "old_certificate" in told.json["facts"]["slots"]
    upload = {"slot": "ktp", "content_type": "image/png", "size": 10}
    assert person.ask("POST", f"/{case_id}/uploads", upload).status == 201
    told = person.ask("POST", f"/{case_id}/submission", {"declared_true": True, "send_anyway": True})
    assert (told.code, told.json["facts"]) == ("documents_unfinished", {"slots": ["ktp"]})
    assert person.ask("POST", f"/{case_id}/submission", {"declared_true": False}).code == "invalid_input"
    assert office.case(case_id).status == "draft"


@pytest.mark.parametrize(
    ("upload", "where"),
    [
        ({"slot": "ktp", "content_type": "image/svg+xml", "size": 10}, "content_type"),
        ({"slot": "ktp", "content_type": "image/heic", "size": 10}, "content_type"),
        ({"slot": "ktp", "content_type": "image/png", "size": 0}, "size"),
        ({"slot": "ktp", "content_type": "image/png", "size": 10 * 1024 * 1024 + 1}, "size"),
    ],
)
def test_an_upload_that_is_never_taken_is_not_offered(office: Office, upload: Any, where: str) -> None:
    person = office.applicant()
    case_id = person.draft()
    told = person.ask("POST", f"/{case_id}/uploads", upload)
    assert (told.code, told.json["facts"]["where"]) == ("invalid_input", where)


@pytest.mark.parametrize("kind", ["image/jpeg", "image/png", "image/webp", "application/pdf"])
def test_an_upload_is_offered_for_exactly_the_type_it_was_asked_for(office: Office, kind: str) -> None:
    person = office.applicant()
    upload = {"slot": "ktp", "content_type": kind, "size": 10}
    told = person.ask("POST", f"/{person.draft()}/uploads", upload)
    assert (told.status, told.json["fields"]["Content-Type"]) == (201, kind)


def test_an_unknown_slot_is_not_found(office: Office) -> None:
    person = office.applicant()
    upload = {"slot": "passport", "content_type": "image/png", "size": 10}
    assert person.ask("POST", f"/{person.draft()}/uploads", upload).code == "not_found"


def test_five_wrong_codes_lock_the_door(office: Office) -> None:
    address = {"email": "pintu@pemohon.contoh.id", "role": "applicant"}
    office.ask("POST", "/api/sign-in", address)
    wrong = {**address, "code": "000000"}
    codes = [office.ask("POST", "/api/sign-in/verify", wrong).code for _ in range(6)]
    assert codes == ["sign_in_failed"] * 5 + ["too_many"]


def test_an_address_that_is_not_enrolled_gets_the_same_answer(office: Office) -> None:
    told = office.ask("POST", "/api/sign-in", {"email": "Siapa@contoh.id", "role": "auditor"})
    assert told.json == {"sent_to": "s***@contoh.id", "resend_after_seconds": 60}
    assert office.desk.people.challenge("sign-in-unknown") is None


@pytest.mark.parametrize(
    "email", ["a@contoh.id\n", "a@contoh.id\nBcc: b@contoh.id", "a b@contoh.id", "@contoh.id"]
)
def test_an_address_that_would_break_a_mail_is_refused(office: Office, email: str) -> None:
    told = office.ask("POST", "/api/sign-in", {"email": email, "role": "applicant"})
    assert (told.code, told.json["facts"]["where"]) == ("invalid_input", "$.email")


@pytest.mark.parametrize("message", ["a\x00b", "\u202egnirts", "\ud800"])
def test_words_that_hide_something_are_refused(office: Office, message: str) -> None:
    ruling = {"decision": "return", "message": message}
    assert office.ask("POST", "/api/review/decision", ruling).code == "invalid_input"


@pytest.fixture(scope="module")
def drafting(_office: Office) -> tuple[Applicant, str]:
    """Somebody with a draft."""
    person = _office.applicant()
    return person, person.draft()


_VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
_FORMS = st.dictionaries(st.sampled_from([*FORM, "odd"]), _VALUES | st.lists(_VALUES, max_size=2))


@given(form=_FORMS)
@SAFE
def test_no_form_breaks_the_service(drafting: tuple[Applicant, str], form: dict[str, Any]) -> None:
    person, case_id = drafting
    assert person.ask("PUT", f"/{case_id}/form", json.dumps(form)).status in (200, 400)


@given(text=st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: raw.decode("latin-1")))
@SAFE
def test_no_body_and_no_key_breaks_the_service(drafting: tuple[Applicant, str], text: str) -> None:
    person, case_id = drafting
    told = person.ask("POST", f"/{case_id}/submission", text, Idempotency_Key=text)
    assert told.status in (400, 422)

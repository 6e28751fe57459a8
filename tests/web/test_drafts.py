"""One draft in two places: what was saved in one is never overwritten unseen from the other."""

import hashlib
from typing import Any

import pytest

from tests.web.office import FORM, Applicant, Office, Told


def _save(person: Applicant, case_id: str, seen: str, **form: Any) -> Told:
    return person.ask("PUT", f"/{case_id}/form", {**FORM, **form}, If_Match=f'"{seen}"')


def _seen(person: Applicant, case_id: str) -> str:
    return str(person.ask("GET", f"/{case_id}").json["form_sha256"])


def test_a_form_that_was_saved_elsewhere_meanwhile_is_not_overwritten(office: Office) -> None:
    person = office.applicant()
    case_id = person.draft()
    seen = _seen(person, case_id)
    assert _save(person, case_id, seen, village="Sumberrejo").status == 200
    before = office.case(case_id)
    late = _save(person, case_id, seen, group_name="Sanggar Lain")
    assert (late.status, late.code) == (409, "stale_version")
    assert office.case(case_id) == before
    assert _save(person, case_id, _seen(person, case_id), group_name="Sanggar Lain").status == 200


def test_a_save_whose_answer_was_lost_is_repeated_without_harm(office: Office) -> None:
    person = office.applicant()
    case_id = person.draft()
    seen = _seen(person, case_id)
    first, again = (_save(person, case_id, seen, village="Sumberrejo") for _ in range(2))
    assert first.json == again.json
    assert office.case(case_id).form.village == "Sumberrejo"


def test_documents_do_not_count_as_a_change_of_the_form(office: Office) -> None:
    person = office.applicant()
    case_id = person.draft()
    seen = _seen(person, case_id)
    offer = {"slot": "ktp", "content_type": "image/png", "size": 10}
    assert person.ask("POST", f"/{case_id}/uploads", offer).status == 201
    assert _save(person, case_id, seen, village="Sumberrejo").status == 200


@pytest.mark.parametrize(
    "seen", ["*", "0" * 64, '"' + "0" * 63 + '"', 'W/"' + "0" * 64 + '"', '"' + "G" * 64 + '"']
)
def test_a_name_of_a_form_that_cannot_be_one_is_refused(office: Office, seen: str) -> None:
    person = office.applicant()
    case_id = person.draft()
    told = person.ask("PUT", f"/{case_id}/form", FORM, If_Match=seen)
    assert (told.status, told.code, told.json["facts"]) == (400, "invalid_input", {"where": "If-Match"})


def test_an_unknown_form_is_an_old_one(office: Office) -> None:
    person = office.applicant()
    case_id = person.draft()
    nobodys = hashlib.sha256(b"nothing").hexdigest()
    assert _save(person, case_id, nobodys, village="Sumberrejo").code == "stale_version"

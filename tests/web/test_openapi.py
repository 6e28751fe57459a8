"""The API describes itself: the description is whole, valid, and what the answers hold to.

Beside these tests, every answer that any test of this folder gets is compared with the description.
"""

import re
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

import app
from chalicelib.texts import fault_codes, told_fault
from chalicelib.web.routes import ROUTES, Route
from tests.web.contract import misfit
from tests.web.office import Office


@pytest.fixture(scope="module")
def shown(_office: Office) -> Any:
    return _office.ask("GET", "/api/openapi.json").json


def test_the_description_is_valid(shown: Any) -> None:
    assert shown["openapi"] == "3.1.0"
    assert list(OpenAPIV31SpecValidator(shown).iter_errors()) == []


def test_every_address_is_described_and_no_other(shown: Any) -> None:
    served = {(path, method) for path, methods in app.app.routes.items() for method in methods}
    told = {(path, method.upper()) for path, methods in shown["paths"].items() for method in methods}
    assert told == served


def test_every_operation_has_a_name_of_its_own_and_words_in_both_languages(shown: Any) -> None:
    operations = [one for methods in shown["paths"].values() for one in methods.values()]
    assert len({one["operationId"] for one in operations}) == len(operations)
    assert all(one["summary"] and one["description"] for one in operations)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_every_problem_of_an_address_is_described_with_its_sentence(shown: Any, route: Route) -> None:
    responses = shown["paths"][route.path][route.method.lower()]["responses"]
    for code in route.faults:
        told = told_fault(code)
        assert f"`{code}`: {told.text.en}" in responses[str(told.text.status)]["description"]


def test_every_described_problem_is_one_that_there_is_a_text_for(shown: Any) -> None:
    said = [
        answer["description"]
        for methods in shown["paths"].values()
        for one in methods.values()
        for status, answer in one["responses"].items()
        if int(status) >= 400
    ]
    assert set(re.findall(r"`(\w+)`: ", " ".join(said))) <= fault_codes()


def test_every_schema_is_used(shown: Any) -> None:
    used = set(re.findall(r"#/components/schemas/(\w+)", str(shown)))
    assert used == set(shown["components"]["schemas"])


def test_an_answer_that_is_not_described_is_noticed() -> None:
    route = next(one for one in ROUTES if one.path == "/api/procedure")
    json = {"Content-Type": "application/json"}
    assert "undescribed 418" in str(misfit(route, 418, json, {}))
    assert "undescribed text/plain" in str(misfit(route, 200, {"Content-Type": "text/plain"}, None))
    assert "required" in str(misfit(route, 200, json, {}))

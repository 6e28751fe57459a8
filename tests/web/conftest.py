"""One stack a module of tests of the API: the deliveries sleep, the tests open the steps themselves."""

from collections.abc import Iterator

import pytest
from chalice.test import Client

import app
from local.aws import fill_bsre_access, function_name, open_aws
from local.clock import Hands
from local.esign.service import EsignService
from local.people import signing_person
from tests.web.office import Office

IDLE = {"stepfunctions": {"execute_state_machine": False}, "lambda": {"use_docker": False}}
BEGINNING = "2026-11-24T09:00:00+07:00"


@pytest.fixture(scope="module")
def _office() -> Iterator[Office]:
    hands = Hands.at(BEGINNING)
    functions = {
        function_name("deliver"): lambda *_: None,
        function_name("sign_permit"): app.sign_permit,
        function_name("publish_log"): app.publish_log,
        function_name("issue_permit"): app.issue_permit,
    }
    with open_aws(hands.clock, functions=functions, config=IDLE) as desk:  # type: ignore[arg-type]
        yield Office(desk, hands, Client(app.app))


@pytest.fixture
def office(_office: Office) -> Iterator[Office]:
    """The office on a Tuesday at nine; a test that moves the clock finds it moved back afterwards."""
    begun = _office.desk.clock.now()
    yield _office
    _office.hands.move(seconds=(begun - _office.desk.clock.now()).total_seconds())


@pytest.fixture(scope="module")
def bsre_service() -> Iterator[EsignService]:
    """A service that really signs."""
    service = EsignService([signing_person()])
    with service.running():
        yield service


@pytest.fixture(scope="module")
def _bsre_office(bsre_service: EsignService) -> Iterator[Office]:
    hands = Hands.at(BEGINNING)
    functions = {
        function_name("deliver"): lambda *_: None,
        function_name("sign_permit"): app.sign_permit,
        function_name("publish_log"): app.publish_log,
        function_name("issue_permit"): app.issue_permit,
    }
    settings = {
        "SANGGAR_SIGNER": "bsre",
        "SANGGAR_BSRE_URL": bsre_service.url,
    }
    with open_aws(hands.clock, settings=settings, functions=functions, config=IDLE) as desk:  # type: ignore[arg-type]
        fill_bsre_access(desk, bsre_service.secret())
        yield Office(desk, hands, Client(app.app))


@pytest.fixture
def bsre_office(_bsre_office: Office, bsre_service: EsignService) -> Office:
    """The same, where officials sign through BSrE, whose service is in a good mood."""
    bsre_service.well()
    return _bsre_office

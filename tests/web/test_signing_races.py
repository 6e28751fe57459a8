"""A signature takes seconds: what happens meanwhile makes neither two signatures nor two numbers of one."""

import pytest

from chalicelib.cases.deciding import tell_again
from chalicelib.cases.signing_tries import ANSWERED_WITHIN, ask_signing
from chalicelib.steps.desk import change_case
from local.esign.service import EsignService
from tests.web.office import Office
from tests.web.signings import (
    at_signing,
    next_number,
    review,
    sign,
    signing_meanwhile,
    still_waits,
    wait_for,
)


@pytest.fixture
def office(bsre_office: Office) -> Office:
    return bsre_office


@pytest.fixture
def service(bsre_service: EsignService) -> EsignService:
    return bsre_service


def test_no_second_signature_is_asked_for_while_the_first_may_still_come(
    office: Office, service: EsignService
) -> None:
    case = at_signing(office)
    service.mood = "held"
    first, told = signing_meanwhile(office, case)
    wait_for(lambda: service.made == 1)
    second = sign(office, case)
    service.released.set()
    first.join()
    assert second.code == "signing_in_progress"
    assert told[0].status == 200
    assert service.made == 1


def test_a_case_that_changes_while_its_permit_is_signed_gets_the_file_that_was_signed(
    office: Office, service: EsignService
) -> None:
    case = at_signing(office)
    service.mood = "held"
    first, told = signing_meanwhile(office, case)
    wait_for(lambda: service.made == 1)
    change_case(office.desk, case.case_id, tell_again)
    service.released.set()
    first.join()
    assert told[0].status == 200
    assert service.made == 1


def test_a_try_that_died_blocks_nobody_for_longer_than_an_answer_could_take(
    office: Office, service: EsignService
) -> None:
    case = at_signing(office)
    change_case(office.desk, case.case_id, ask_signing)
    assert sign(office, case).code == "signing_in_progress"
    office.hands.move(seconds=ANSWERED_WITHIN.total_seconds())
    assert review(office, case).json["signer"]["lost_at"]
    assert sign(office, case).status == 200
    assert service.made == 1


def test_a_file_whose_number_went_to_another_permit_meanwhile_is_thrown_away(
    office: Office, service: EsignService
) -> None:
    slow, quick = at_signing(office), at_signing(office)
    number = next_number(office, slow)
    service.mood = "held"
    first, told = signing_meanwhile(office, slow)
    wait_for(lambda: service.made == 1)
    service.mood = "well"
    assert sign(office, quick).status == 200
    service.released.set()
    first.join()
    assert told[0].code == "signing_overtaken"
    still_waits(office, slow)
    assert sign(office, slow).status == 200
    permits = [office.case(one.case_id).permit for one in (quick, slow)]
    assert [f"/{number + n:04d}/" in one.permit_number for n, one in enumerate(permits) if one] == [
        True,
        True,
    ]

"""What was sent and not answered: never repeated, fetched where that signs nothing again, else told as unknown."""

import time

import pytest

from chalicelib.permits import errors
from local.esign.moods import GARBLED
from local.esign.service import EsignService
from tests.bsre.conftest import FORMS, sign, signer_at


@FORMS
@pytest.mark.parametrize("mood", sorted(GARBLED))
def test_an_answer_that_proves_nothing_leaves_the_outcome_unknown(
    service: EsignService, form: str, mood: str
) -> None:
    service.mood = mood
    with pytest.raises(errors.SigningOutcomeUnknownError):
        sign(signer_at(service, form))
    assert len(service.heard) == 1


@FORMS
@pytest.mark.parametrize("mood", ["silent", "trickling"])
def test_no_answer_is_waited_for_beyond_the_budget(service: EsignService, form: str, mood: str) -> None:
    service.mood = mood
    begun = time.monotonic()
    with pytest.raises(errors.SigningOutcomeUnknownError) as caught:
        sign(signer_at(service, form, seconds=5.5))
    assert time.monotonic() - begun < 7
    assert caught.value.facts["why"] == "timeout"
    assert len(service.heard) == 1


@FORMS
def test_a_late_answer_within_the_budget_is_taken(service: EsignService, form: str) -> None:
    service.mood = "late"
    assert sign(signer_at(service, form)).level == "PAdES-B-LT"


@FORMS
def test_a_file_that_was_signed_and_lost_is_not_signed_again(service: EsignService, form: str) -> None:
    service.mood = "lost"
    with pytest.raises(errors.SigningOutcomeUnknownError):
        sign(signer_at(service, form))
    assert service.made == 1
    assert len(service.heard) == 1


def test_version_one_fetches_a_lost_file_whose_id_was_heard_once(service: EsignService) -> None:
    service.mood = "cut"
    assert sign(signer_at(service, "v1")).level == "PAdES-B-LT"
    assert service.made == 1
    assert [one.split("/")[-2] for one in service.heard] == ["sign", "download"]


def test_a_lost_file_that_cannot_be_fetched_stays_lost_and_its_id_is_told(service: EsignService) -> None:
    service.mood = "cut"
    service.fetchable = _Nothing()
    try:
        with pytest.raises(errors.SigningOutcomeUnknownError) as caught:
            sign(signer_at(service, "v1"))
    finally:
        service.fetchable = {}
    assert len(caught.value.facts["document"]) == 32
    assert len(service.heard) == 2


class _Nothing(dict[str, bytes]):
    """Keeps no file: as when it was fetched before."""

    def __setitem__(self, key: str, value: bytes) -> None:
        return

"""An office that has its pages read by a service: what happens to an upload while the service does not."""

import json
import os
import random
from dataclasses import replace

import pytest

from chalicelib.documents.confined import Confinement
from chalicelib.documents.errors import RecognitionUnavailableError
from chalicelib.documents.sight.seen import SeenLine
from chalicelib.office import confinement
from chalicelib.settings import read_settings
from chalicelib.tasks import inspecting
from tests.documents.generator import make
from tests.documents.people import story
from tests.web.office import Office


def _throttled(page: bytes) -> tuple[SeenLine, ...]:
    raise RecognitionUnavailableError(reason="ThrottlingException")


def test_an_upload_that_the_service_did_not_read_is_kept_and_read_when_it_comes_again(office: Office) -> None:
    photo = make("ktp", story(12), random.Random(2), "photo_mild").data  # noqa: S311 - drawn from a seed
    applicant = office.applicant()
    case_id = applicant.draft()
    asked = {"slot": "ktp", "content_type": "image/jpeg", "size": len(photo)}
    assert applicant.ask("POST", f"/{case_id}/uploads", asked).status in (200, 201)
    key = office.case(case_id).documents["ktp"].quarantine_key
    quarantine = office.desk.settings.quarantine_bucket
    office.desk.files.write(quarantine, key, photo, "image/jpeg")
    told = json.dumps({"Records": [{"s3": {"object": {"key": key}}}]})
    event = {"Records": [{"messageId": "one", "body": told}]}
    abroad = Confinement(page_reader=_throttled)
    try:
        answer = inspecting.inspect(event, replace(office.desk, confinement=abroad))
    finally:
        abroad.close()
    assert answer == {"batchItemFailures": [{"itemIdentifier": "one"}]}
    assert office.case(case_id).documents["ktp"].state == "inspecting"
    assert office.desk.files.read(quarantine, key) == photo
    assert inspecting.inspect(event, office.desk) == {"batchItemFailures": []}
    assert office.case(case_id).documents["ktp"].state == "inspected"


def test_nothing_is_sent_abroad_unless_the_settings_say_so(office: Office) -> None:
    usual = office.desk.settings
    assert usual.recogniser == "local"
    assert confinement(usual) is office.desk.confinement


def test_a_recogniser_that_nobody_knows_is_refused_at_the_start(office: Office) -> None:
    with pytest.raises(ValueError, match="recogniser"):
        read_settings({**os.environ, "SANGGAR_RECOGNISER": "tesseract"})

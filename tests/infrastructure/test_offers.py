"""What a page may put into quarantine, as S3 reads it: moto takes every form, so the document itself is read."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.aws.files import Files
from chalicelib.documents.files.gate import MAX_BYTES
from local.aws import environment
from local.template import REGION
from tests.infrastructure.calls import policy_of

KEY = "case-0123/upload-1/ktp"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "contoh", "AWS_SECRET_ACCESS_KEY": "contoh"}  # signing asks nobody


@pytest.fixture(scope="module")
def offer() -> dict[str, Any]:
    with environment(CREDENTIALS):
        return Files(REGION).offer("quarantine", KEY, "image/jpeg", MAX_BYTES)


def test_a_form_takes_exactly_one_key_and_type_and_a_size(offer: dict[str, Any]) -> None:
    conditions = policy_of(offer["fields"])["conditions"]
    ours = [one for one in conditions if not (isinstance(one, dict) and next(iter(one)).startswith("x-amz-"))]
    exact = {name: value for one in ours if isinstance(one, dict) for name, value in one.items()}
    assert exact == {"bucket": "quarantine", "key": KEY, "Content-Type": "image/jpeg"}
    assert [one for one in ours if isinstance(one, list)] == [["content-length-range", 1, 10 * 1024 * 1024]]


def test_no_condition_is_a_beginning(offer: dict[str, Any]) -> None:
    assert "starts-with" not in str(policy_of(offer["fields"]))


def test_every_field_of_the_form_is_one_of_its_conditions(offer: dict[str, Any]) -> None:
    named = {
        name for one in policy_of(offer["fields"])["conditions"] if isinstance(one, dict) for name in one
    }
    assert set(offer["fields"]) - {"policy", "x-amz-signature"} == named - {"bucket"}


def test_a_form_is_good_for_five_minutes(offer: dict[str, Any]) -> None:
    until = datetime.fromisoformat(policy_of(offer["fields"])["expiration"])
    assert timedelta(minutes=4) < until - datetime.now(UTC) <= timedelta(minutes=5)

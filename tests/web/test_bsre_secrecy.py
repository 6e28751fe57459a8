"""The passphrase and the signer's id are used and left nowhere: searched in all that a stage and a service keep."""

import base64
import logging
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

import boto3
import pytest
from chalice.test import Client

import app
from chalicelib.steps import issuing
from local.aws import fill_bsre_access, function_name, open_aws
from local.clock import Hands
from local.esign.moods import GARBLED, REFUSALS
from local.esign.service import EsignService
from local.people import passphrase_of, signing_person
from local.template import REGION
from tests.web.conftest import BEGINNING, IDLE
from tests.web.office import Office

RIGHT, WRONG = passphrase_of("head"), "tebakan yang keliru & panjang"
SIGNER = signing_person().national_id
MOODS = (*sorted(REFUSALS), *sorted(GARBLED), "lost", "cut", "another_file", "by_a_stranger")


def spellings(secret: str) -> set[str]:
    """The secret as it would stand in an address, in base 64 or turned into another alphabet."""
    plain = base64.b64encode(secret.encode()).decode().rstrip("=")
    return {secret, quote(secret), quote_plus(secret), plain[:-1], secret.encode().hex(), secret.lower()}


def found_in(text: str, secret: str) -> bool:
    return any(spelling in text for spelling in spellings(secret))


class Left:
    """What was left, by place."""

    def __init__(self) -> None:
        self.places: dict[str, list[str]] = {}

    def add(self, place: str, text: str) -> None:
        self.places.setdefault(place, []).append(text)

    def where(self, secret: str) -> set[str]:
        return {place for place, texts in self.places.items() if any(found_in(one, secret) for one in texts)}


def walked(office: Office, service: EsignService, left: Left) -> None:
    """One case through every way in which a signing can go wrong, and then well."""
    case = office.open(office.applicant().sent(), "signing")
    for mood in (*MOODS, "well"):
        service.mood = mood
        for passphrase in (WRONG, RIGHT):
            body = {"decision": "approve", "passphrase": passphrase}
            told = office.ask("POST", "/api/review/decision", body, X_Sanggar_Link=office.link(case))
            left.add("answers", f"{told.headers} {told.text}")
            if told.status < 400:
                break
            left.add("answers", office.ask("GET", "/api/review", X_Sanggar_Link=office.link(case)).text)
    issuing.issue_permit(office.desk, case.case_id)
    permit = office.case(case.case_id).permit
    assert permit is not None
    left.add("answers", office.ask("GET", f"/v/{permit.check_code}").text)


def kept(office: Office, left: Left) -> None:
    """Every row of every table and every object of every bucket."""
    dynamodb, s3 = boto3.client("dynamodb", region_name=REGION), boto3.client("s3", region_name=REGION)
    for table in dynamodb.list_tables()["TableNames"]:
        for row in dynamodb.scan(TableName=table)["Items"]:
            officer = row["pk"]["S"] == "officer#kepala-1" if "pk" in row else False
            left.add("the head's own row" if officer else "rows", str(row))
    for bucket in (one["Name"] for one in s3.list_buckets()["Buckets"]):
        for version in s3.list_object_versions(Bucket=bucket).get("Versions", []):
            left.add("keys", version["Key"])
            body = s3.get_object(Bucket=bucket, Key=version["Key"], VersionId=version["VersionId"])["Body"]
            left.add("objects", body.read().decode("latin-1"))
    for entry in office.desk.office.entries():
        left.add("office chain", str(entry))


@pytest.fixture(params=["v1", "v2"])
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def service() -> Iterator[EsignService]:
    service = EsignService([signing_person()])
    with service.running():
        yield service


def test_neither_passphrase_nor_signer_id_is_left_anywhere(
    form: str, service: EsignService, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    left = Left()
    functions = {
        function_name("deliver"): lambda *_: None,
        function_name("sign_permit"): app.sign_permit,
        function_name("publish_log"): app.publish_log,
    }
    settings = {
        "SANGGAR_SIGNER": "bsre",
        "SANGGAR_BSRE_API": form,
        "SANGGAR_BSRE_URL": service.url,
        "SANGGAR_BSRE_SECONDS": "8",
    }
    hands = Hands.at(BEGINNING)
    caplog.set_level(logging.DEBUG)
    for library in ("botocore", "boto3"):  # at this level they write down what they send, ours never runs so
        caplog.set_level(logging.INFO, library)
    with open_aws(hands.clock, settings=settings, functions=functions, config=IDLE) as desk:  # type: ignore[arg-type]
        fill_bsre_access(desk, service.secret())
        office = Office(desk, hands, Client(app.app))
        walked(office, service, left)
        kept(office, left)
    printed = capfd.readouterr()
    left.add("lines of the log", caplog.text + printed.out + printed.err)
    left.add("addresses of the service", "\n".join(service.heard))
    # A search that finds nothing proves something only where there was something to find.
    assert {
        "answers",
        "rows",
        "keys",
        "objects",
        "lines of the log",
        "the head's own row",
    } <= left.places.keys()
    assert left.where("signing.lost") == {"rows"}
    assert left.where(RIGHT) == left.where(WRONG) == set()
    asked_by_address = {"addresses of the service"} if form == "v1" else set()  # the interface wants it so
    assert left.where(SIGNER) == {"the head's own row"} | asked_by_address

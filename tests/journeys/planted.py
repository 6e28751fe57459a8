"""An application full of made-up ID numbers, with failures on its way; all that it leaves anywhere is written down.

python -m tests.journeys.planted FOLDER

A process of its own, so that its output is every line that the functions log. FOLDER gets a file for each place.
"""

import json
import logging
import random
import re
import sys
from base64 import b64decode
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import boto3
from chalice.test import Client

import app
from chalicelib.aws.tables import CaseRow
from local.aws import function_name, handlers, open_aws
from local.clock import Hands
from local.template import REGION
from tests.crashes.walk import mails
from tests.documents.generator import make
from tests.documents.people import story
from tests.journeys.office import TUESDAY, Town
from tests.web.office import APPROVE, Applicant, Told

CARD = story(7)
NUMBERS = {
    "form": "3514014101900001",
    "card": CARD.leader.national_id,
    "group": "3514024202910002",
    "address": "3514034303920003",
    "correction": "3514044404930004",
    "officer": "3514054505940005",
    "recommendation": "3514064606950006",
    "withdrawal": "3514074707960007",
    "wrong": "3514084808970008",
    "crash": "3514094909980009",
}


def spaced(number: str) -> str:
    """As it stands on many papers: `3514 0545 0594 0005`."""
    return " ".join(number[at : at + 4] for at in range(0, 16, 4))


def dotted(number: str) -> str:
    """By its meaning: `35.14.04.440493.0004`."""
    return f"{number[:2]}.{number[2:4]}.{number[4:6]}.{number[6:12]}.{number[12:]}"


FORM = {
    "national_id": NUMBERS["form"],
    "group_name": f"Sanggar {NUMBERS['group']}",
    "group_address": f"Dusun Contoh, NIK {spaced(NUMBERS['address'])}",
}


class Noted(Town):
    """A town in which every answer and every event is noted by the place where it can be seen."""

    def __init__(self, desk: Any, hands: Hands, client: Client, places: dict[str, list[str]]) -> None:
        super().__init__(desk, hands, client)
        self.places = places

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Told:
        """One request, its answer noted; what an own applicant is answered is a place of its own."""
        told = super().ask(method, path, body, **headers)
        own = path.startswith("/api/applications") and told.status < 400
        place = "problems" if told.status >= 400 else "own answers" if own else "other answers"
        self.places[place].append(f"{method} {told.status} {dict(told.headers)} {told.text}")
        self.places["addresses"] += re.findall(r"https?://[^\s\"<>]+", told.text)
        return told


def main() -> None:
    """The whole walk."""
    logging.basicConfig(level=logging.INFO)
    places: dict[str, list[str]] = defaultdict(list)
    functions = {name: noting(places, name, work) for name, work in handlers().items()}
    hands = Hands.at(TUESDAY)
    with open_aws(hands.clock, functions=functions) as desk:
        town = Noted(desk, hands, Client(app.app), places)
        person = town.applicant()
        case_id = issued(town, person)
        withdrawn(town, person)
        wrong(town, person, case_id)
        asked_by_others(town, case_id)
        crashed(town, person)
        collect(town, case_id)
    for place, lines in places.items():
        (Path(sys.argv[1]) / f"{place}.txt").write_text("\n".join(lines), encoding="utf-8")


def noting(places: dict[str, list[str]], name: str, work: Callable[..., Any]) -> Callable[..., Any]:
    """A function whose events and answers are noted: AWS shows them to operators."""

    def noted(event: Any, context: Any) -> Any:
        places["events"].append(f"{name} {json.dumps(event)}")
        try:
            answer = work(event, context)
        except Exception as error:
            places["failures"].append(f"{name} {type(error).__name__} {error}")
            raise
        places["events"].append(f"{name} {json.dumps(answer)}")
        return answer

    signs = name == function_name("sign_permit")
    return work if signs else noted  # its event is an officer's own words, on their way from hand to hand


def issued(town: Noted, person: Applicant) -> str:
    """A case with two uploads, returned once, then approved to its permit."""
    case_id = person.draft(**FORM)
    card = make("ktp", CARD, random.Random(7), "native").data  # noqa: S311 - a drawing, no secret
    upload(town, person, case_id, "ktp", card)
    upload(town, person, case_id, "village_letter", f"%PDF-1.4 {NUMBERS['card']} broken".encode())
    body = {"declared_true": True, "send_anyway": True}
    key = {"Idempotency_Key": "submit-key-0123456789"}
    for _ in range(2):
        assert person.ask("POST", f"/{case_id}/submission", body, **key).status == 200
    town.waiting(case_id, "completeness_check")
    words = f"NIK {spaced(NUMBERS['officer'])} tidak sesuai."
    town.rule(case_id, {"decision": "return", "reasons": ["nik_mismatch:ktp"], "message": words})
    town.told(case_id, "returned", 1)
    words = f"NIK saya {dotted(NUMBERS['correction'])}."
    assert person.ask("POST", f"/{case_id}/correction", {"message": words, "send_anyway": True}).status == 200
    town.approve(case_id, "completeness_check")
    case = town.waiting(case_id, "verification")
    town.ask("GET", "/api/review", X_Sanggar_Link=town.link(case))
    layak = {**APPROVE, "technical_recommendation": f"Ketua {NUMBERS['recommendation']} layak."}
    town.rule(case_id, layak)
    case = town.waiting(case_id, "recommendation_review")
    town.ask("GET", "/api/review", X_Sanggar_Link=town.link(case))
    town.approve(case_id, "recommendation_review", "signing")
    town.told(case_id, "issued", 1)
    person.ask("GET", f"/{case_id}/permit")
    return case_id


def upload(town: Noted, person: Applicant, case_id: str, slot: str, data: bytes) -> None:
    """One file through the quarantine, the queue and the inspection."""
    offer = {"slot": slot, "content_type": "application/pdf", "size": len(data)}
    told = person.ask("POST", f"/{case_id}/uploads", offer).json
    policy = b64decode(told["fields"]["policy"]).decode()
    town.places["addresses"].append(f"{told['url']} {told['fields']} {policy}")
    bucket = town.desk.settings.quarantine_bucket
    s3, sqs = boto3.client("s3", region_name=REGION), boto3.client("sqs", region_name=REGION)
    s3.put_object(Bucket=bucket, Key=told["fields"]["key"], Body=data, ContentType="application/pdf")
    for url in sqs.list_queues()["QueueUrls"]:
        for message in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
            town.places["messages"].append(json.dumps(message))
            invoke("inspect", {"Records": [{"messageId": message["MessageId"], "body": message["Body"]}]})
    assert town.case(case_id).documents[slot].state in ("inspected", "refused")


def invoke(name: str, event: Any) -> str:
    """What a function answers, also when it fails."""
    client = boto3.client("lambda", region_name=REGION)
    answer = client.invoke(FunctionName=function_name(name), Payload=json.dumps(event).encode())
    return answer["Payload"].read().decode()


def withdrawn(town: Noted, person: Applicant) -> None:
    """A case that its applicant takes back with too many words."""
    case_id = person.sent(**FORM)
    town.waiting(case_id, "completeness_check")
    words = {"reason": f"Salah NIK: {NUMBERS['withdrawal']}"}
    assert person.ask("POST", f"/{case_id}/withdrawal", words).status == 200
    town.execution(case_id)


def wrong(town: Noted, person: Applicant, case_id: str) -> None:
    """Values that are refused, and links that open nothing, with a number in each."""
    number = NUMBERS["wrong"]
    for field in ("national_id", "art_genre", "phone", "application_type", number):
        person.ask("PUT", f"/{case_id}/form", {**FORM, field: f"{number}1"})
    for body in (
        f'{{"{number}": ',
        [number],
        {"decision": number},
        {"decision": "return", "reasons": [number]},
    ):
        town.ask("POST", "/api/review/decision", body)
    for link in (number, f"x.{number}", f"{number}.{number}.{number}"):
        town.ask("GET", "/api/review", X_Sanggar_Link=link)
    for path in (f"/api/applications/{number}", f"/api/applications/{case_id}/documents/{number}"):
        town.ask("DELETE", path, Authorization=f"Bearer {number}")
    for path in ("tracking", "permits", "audit/cases"):
        town.ask("GET", f"/api/{path}/{number}", Authorization=f"Bearer {person.session}")
    town.ask("POST", "/api/tracking", {"number": number, "phone_last4": "0000"})
    for form in (f"number={number}&phone_last4=0000", f"number=NKS-2026-00001&phone_last4={number}"):
        town.ask("POST", "/l", form, Content_Type="application/x-www-form-urlencoded")
    town.ask("GET", f"/l/{number}")
    town.ask("POST", "/api/sign-in", {"email": f"{number} @contoh.id", "role": "applicant"})
    for path in (
        f"/api/permits?number={number}",
        f"/v?kode={number}",
        f"/en/v/{number}",
        f"/v?number={number}",
    ):
        town.ask("GET", path)


def asked_by_others(town: Noted, case_id: str) -> None:
    """Auditors, and anybody."""
    auditor, case = town.auditor(), town.case(case_id)
    for path in ("cases", f"cases/{case_id}"):
        town.ask("GET", f"/api/audit/{path}", **auditor)
    for path in (f"cases/{case_id}/export", "export"):
        for form in ("json", "csv"):
            told = town.ask("GET", f"/api/audit/{path}?format={form}", **auditor)
            assert told.status == 200
            town.places["exports"].append(told.text)
    assert case.permit is not None
    for path in (f"api/tracking/{case.tracking_code}", f"api/permits/{case.permit.check_code}"):
        assert town.ask("GET", f"/{path}").status == 200
    pages = (f"v/{case.permit.check_code}", f"l/{case.tracking_code}")
    for path in (*pages, *(f"en/{page}" for page in pages)):
        assert town.ask("GET", f"/{path}").status == 200


def crashed(town: Noted, person: Applicant) -> None:
    """A case that nobody can read any more: every function that is asked about it fails."""
    case_id = person.draft(**FORM)
    row = CaseRow.get(case_id, "STATE")
    body = (row.body or "").replace('"draft"', f'"{NUMBERS["crash"]}"')
    row.update(actions=[CaseRow.body.set(body)])
    assert person.ask("GET", f"/{case_id}").status == 500
    for name in ("deliver", "issue_permit", "run_task"):
        event = {"case_id": case_id, "action": "open_step", "step": "completeness_check"}
        town.places["failures"].append(invoke(name, event))
    for body in ("no JSON", json.dumps({"Records": [{"s3": {"object": {"key": f"{case_id}/1/ktp"}}}]})):
        invoke("inspect", {"Records": [{"messageId": "1", "body": body}]})
    machine = boto3.client("stepfunctions", region_name=REGION)
    arn = town.desk.settings.state_machine_arn
    machine.start_execution(stateMachineArn=arn, name=case_id, input=json.dumps({"case_id": case_id}))
    arn = arn.replace(":stateMachine:", ":execution:") + f":{case_id}"
    history = partial(machine.get_execution_history, executionArn=arn)
    town.places["history"].append(json.dumps(history()["events"], default=str))


def collect(town: Noted, case_id: str) -> None:
    """What lies in the services when all is done."""
    places = town.places
    for mail in mails():
        parts = [part.get_payload(decode=True) or b"" for part in mail.walk() if not part.is_multipart()]
        places["mails"] += [mail.as_string(), str(mail.items()), *(part.decode() for part in parts)]  # type: ignore[union-attr]
    machine = boto3.client("stepfunctions", region_name=REGION)
    places["history"].append(town.execution(case_id).kept)
    places["history"].append(
        json.dumps(machine.list_executions(stateMachineArn=town.desk.settings.state_machine_arn), default=str)
    )
    places["history"].append(json.dumps(machine.list_state_machines(), default=str))
    s3 = boto3.client("s3", region_name=REGION)
    for bucket in s3.list_buckets()["Buckets"]:
        for version in s3.list_object_versions(Bucket=bucket["Name"]).get("Versions", []):
            where = {"Bucket": bucket["Name"], "Key": version["Key"]}
            head, tags = s3.head_object(**where), s3.get_object_tagging(**where)["TagSet"]  # type: ignore[arg-type]
            places["keys"].append(f"{where} {head['Metadata']} {tags}")
            if version["Key"].endswith(".pdf") and bucket["Name"] == town.desk.settings.permits_bucket:
                places["permits"].append(text_in(s3.get_object(**where)["Body"].read()))  # type: ignore[arg-type]
    watch = boto3.client("cloudwatch", region_name=REGION)
    places["metrics"].append(json.dumps(watch.list_metrics()["Metrics"]))
    database = boto3.client("dynamodb", region_name=REGION)
    for table in database.list_tables()["TableNames"]:
        for row in database.scan(TableName=table)["Items"]:
            kind = str(row.get("sk", {}).get("S", table)).partition("#")[0]
            places[f"rows {kind}"].append(json.dumps(row, default=str))


def text_in(pdf: bytes) -> str:
    """The words printed on a permit."""
    import pypdfium2

    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


if __name__ == "__main__":
    main()

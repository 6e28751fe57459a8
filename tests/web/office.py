"""An office with its API in this process, and people who ask it: raw events in, whole answers out."""

import itertools
import json
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from chalice.test import Client

from chalicelib.accounts.codes import code_of
from chalicelib.accounts.people import Account, account_id
from chalicelib.cases import uploading
from chalicelib.cases.case import Case, Document
from chalicelib.cases.deciding import awaited_step
from chalicelib.documents.types import Box, Inspection, Kind, Value
from chalicelib.links.signing import Claims, sign
from chalicelib.steps import issuing, progress
from chalicelib.steps.desk import Desk, change_case
from chalicelib.steps.review import LINK_FOR, REVIEW
from local.clock import Hands
from local.people import passphrase_of
from tests.web.contract import described, misfit

NATIONAL_ID = "3514014101900001"
FORM: dict[str, Any] = {
    "application_type": "new",
    "group_name": "Sanggar Uji Coba",
    "art_genre": "ludruk",
    "group_address": "Dusun Contoh RT 01 RW 02",
    "village": "Contohrejo",
    "sub_district": "Bangil",
    "member_count": 20,
    "leader_name": "Sari Contoh",
    "national_id": NATIONAL_ID,
    "phone": "081200001234",
}
OFFICERS = {
    "completeness_check": "cs-1",
    "verification": "sub-1",
    "recommendation_review": "koor-1",
    "signing": "kepala-1",
}
APPROVE = {"decision": "approve", "technical_recommendation": "Kelompok aktif dan layak."}
_numbers = itertools.count(1)


def report_of(asked: Mapping[str, Any], **told: Any) -> dict[str, Any]:
    """What an officer says in a report when everything is as it should be; `told` says it otherwise."""
    said = {
        "items": [{"about": about, "outcome": "fits"} for about in asked["items"]],
        "result": "recommended",
        "recommendation": "Kelompok aktif dan layak.",
        "place": asked["place"],
        "held_on": asked["today"],
    }
    return {**said, **told}


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One answer."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:
        """The answer as JSON."""
        return json.loads(self.text)

    @property
    def data(self) -> Any:
        """The answer as JSON, or None when it is no JSON."""
        return self.json if self.headers.get("Content-Type", "").endswith("json") else None

    @property
    def code(self) -> str:
        """The code of a problem document; fails when this is none."""
        assert self.headers["Content-Type"] == "application/problem+json", self.text
        told = self.json
        assert told["status"] == self.status
        assert told["detail"]
        assert told["detail_en"]
        return str(told["code"])


class Office:
    """The API with its desk and a clock that can be set."""

    def __init__(self, desk: Desk, hands: Hands, client: Client) -> None:
        self.desk = desk
        self.hands = hands
        self._client = client

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Told:
        """One request; `body` is JSON values, or the text itself. Fails when the API describes no such answer."""
        told = self.call(method, path, body, **headers)
        route = described(method, path)
        if route:
            assert misfit(route, told.status, told.headers, told.data) is None
        return told

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Told:
        """The same, whatever the API describes."""
        text = body if isinstance(body, str) else "" if body is None else json.dumps(body)
        sent = {"Content-Type": "application/json"} if text else {}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self._client.http.request(method, path, headers=sent, body=text.encode())
        return Told(status=answer.status_code, headers=answer.headers, text=answer.body.decode())

    def sign_in(self, role: str, email: str) -> str:
        """A session."""
        assert self.ask("POST", "/api/sign-in", {"email": email, "role": role}).status == 202
        challenge = self.desk.people.challenge(f"sign-in-{account_id(role, email)}")  # type: ignore[arg-type]
        assert challenge is not None
        code = code_of(challenge, self.desk.keyring().newest())
        told = self.ask("POST", "/api/sign-in/verify", {"email": email, "role": role, "code": code})
        return str(told.json["session"])

    def applicant(self) -> "Applicant":
        """Somebody new, signed in."""
        return Applicant(self, f"pemohon{next(_numbers)}@pemohon.contoh.id")

    def auditor(self) -> dict[str, str]:
        """The headers of an auditor's session."""
        email = f"auditor{next(_numbers)}@inspektorat.contoh.id"
        self.desk.people.save_account(Account(id=account_id("auditor", email), role="auditor", email=email))
        return {"Authorization": f"Bearer {self.sign_in('auditor', email)}"}

    def case(self, case_id: str) -> Case:
        """The case as it is kept."""
        return self.desk.cases.load(case_id)

    def link(self, case: Case, /, **other: Any) -> str:
        """The link of the officer before whom the case lies; `other` claims make another one of it."""
        current = case.current
        assert current is not None
        expires = int((self.desk.clock.now() + LINK_FOR).timestamp())
        claims = Claims(
            purpose=REVIEW,
            subject=current.officer_id,
            expires=expires,
            key="",
            id="link-1",
            case=case.case_id,
            step=current.key,
            attempt=current.attempt,
            role=current.role,
            epoch=self.desk.office.load().epoch(current.officer_id),
        )
        return sign(msgspec.structs.replace(claims, **other), self.desk.keyring())

    def proof(self, case: Case) -> dict[str, str]:
        """The second proof of the step that is open, asked for where it must be."""
        current = case.current
        assert current is not None
        if current.key == "signing":
            return {"passphrase": passphrase_of("head")}
        return self.mailed(case)

    def mailed(self, case: Case) -> dict[str, str]:
        """The code that the officer of the open step gets by mail."""
        current = case.current
        assert current is not None
        assert self.ask("POST", "/api/review/code", {}, X_Sanggar_Link=self.link(case)).status == 202
        name = f"decide-{current.officer_id}-{case.case_id}-{current.key}-{current.attempt}"
        challenge = self.desk.people.challenge(name)
        assert challenge is not None
        return {"code": code_of(challenge, self.desk.keyring().newest())}

    def report(self, case: Case, **told: Any) -> Told:
        """A report of the open step, all that can be examined as it should be; `told` says it otherwise."""
        link = self.link(case)
        asked = self.ask("GET", "/api/review/report", X_Sanggar_Link=link).json
        return self.ask("POST", "/api/review/report", report_of(asked, **told), X_Sanggar_Link=link)

    def reported(self, case: Case, ruling: Mapping[str, Any]) -> dict[str, Any]:
        """The ruling with the report that an approval of this step rests on, made where there is none."""
        asks = case.current and self.desk.procedure_of(case).step(case.current.key).report_on_approve
        if not asks or ruling["decision"] != "approve":
            return {**ruling}
        words = ruling.get("technical_recommendation") or "Kelompok aktif dan layak."
        rest = {name: value for name, value in ruling.items() if name != "technical_recommendation"}
        if "report" in rest:
            return rest
        made = self.report(case, recommendation=words)
        assert made.status == 200, made.text
        return {**rest, "report": made.json["now"]["sha256"]}

    def decide(self, case_id: str, ruling: Mapping[str, Any], key: str = "") -> Told:
        """The decision of the officer before whom the case lies, with the report that it rests on."""
        case = self.case(case_id)
        ruling = self.reported(case, ruling)
        link, proof = self.link(case), self.proof(case)
        headers = {"Idempotency_Key": key} if key else {}
        return self.ask("POST", "/api/review/decision", {**ruling, **proof}, X_Sanggar_Link=link, **headers)

    def open(self, case_id: str, step: str) -> Case:
        """The case with that step laid before its officer, all before it approved; what the machine does."""
        while True:
            case = self.case(case_id)
            if case.current is None:
                following = awaited_step(case, self.desk.procedure_of(case))
                assert following is not None
                progress.open_step(self.desk, case_id, following)
            elif case.current.key == step:
                return case
            else:
                assert self.decide(case_id, APPROVE).status == 200

    def issue(self, case_id: str) -> Case:
        """The case to its very end."""
        self.open(case_id, "signing")
        assert self.decide(case_id, APPROVE).status == 200
        issuing.issue_permit(self.desk, case_id)
        return self.case(case_id)


class Applicant:
    """A person with a session."""

    def __init__(self, office: Office, email: str) -> None:
        self._office = office
        self.email = email
        self.session = office.sign_in("applicant", email)

    def ask(self, method: str, path: str = "", body: Any = None, **headers: str) -> Told:
        """A request below /api/applications."""
        headers = {"Authorization": f"Bearer {self.session}", **headers}
        return self._office.ask(method, f"/api/applications{path}", body, **headers)

    def draft(self, **form: Any) -> str:
        """A draft with a whole form; answers its case id."""
        case_id = str(self.ask("POST", "", {"application_type": "new"}).json["case_id"])
        assert self.ask("PUT", f"/{case_id}/form", {**FORM, **form}).status == 200
        return case_id

    def sent(self, **form: Any) -> str:
        """An application that was sent, without documents."""
        case_id = self.draft(**form)
        body = {"declared_true": True, "send_anyway": True}
        assert self.ask("POST", f"/{case_id}/submission", body).status == 200
        return case_id


NOWHERE: Mapping[str, Box] = {}


def with_document(  # noqa: PLR0913 - a document is made of so many things
    desk: Desk,
    case_id: str,
    slot: str,
    fields: Mapping[str, str],
    kind: Kind | None = None,
    boxes: Mapping[str, Box] = NOWHERE,
    *,
    upload_id: str = "upload-1",
    sha256: str = "00" * 32,
) -> None:
    """A document as if it had been uploaded and read; of its slot's own kind unless another is given."""

    def offered(case: Case, at: Any) -> Any:
        document = Document(
            slot=slot,
            upload_id=upload_id,
            state="awaiting",
            content_type="image/jpeg",
            size=1000,
            offered_at=at,
            quarantine_key=f"{case_id}/{upload_id}/{slot}",
        )
        return uploading.offer_upload(case, document, desk.procedure_of(case), at)

    def read(case: Case, at: Any) -> Any:
        reading = Inspection(
            kind=kind or Kind(slot),
            kind_confidence=1.0,
            content_type="image/jpeg",
            pages=1,
            fields={
                name: Value(text=text, confidence=0.99, box=boxes.get(name)) for name, text in fields.items()
            },
        )
        inspected = msgspec.structs.replace(
            case.documents[slot],
            state="inspected",
            inspection=reading,
            object_key=f"{case_id}/{upload_id}/{slot}/original",
            sha256=sha256,
            previews=(f"{case_id}/{upload_id}/{slot}/page-1.jpg",),
        )
        return uploading.receive_inspection(case, upload_id, inspected, at)

    rules: list[Callable[[Case, Any], Any]] = [offered, read]
    for rule in rules:
        change_case(desk, case_id, rule)

"""How a browser without script meets the pages for uploading: its link, its buttons, and what it reads."""

import re
from html import unescape
from typing import Any

import msgspec

from chalicelib.cases import uploading
from chalicelib.cases.case import Case
from chalicelib.documents.types import Inspection, Kind
from chalicelib.steps.desk import change_case
from chalicelib.steps.upload_links import upload_token
from chalicelib.web.routes import FORM
from tests.web.office import Applicant, Office, Told

LANGUAGES = ("", "/en")
RETURN = {
    "decision": "return",
    "reasons": ["unreadable_document:ktp"],
    "message": "Foto terlalu gelap, <b>ulangi</b>.",
}


def link(office: Office, case_id: str) -> str:
    """The applicant's own link, as it is mailed now."""
    return upload_token(office.desk, office.case(case_id), at=office.desk.clock.now(), name="n" * 24)


def words(told: Told) -> str:
    """What is read on the page."""
    return unescape(re.sub(r"<[^>]+>", " ", told.text.split("</style>")[1]))


def press(office: Office, address: str) -> Told:
    """A button of a page, as a browser without script sends it."""
    return office.ask("POST", address, "", Content_Type=FORM)


def returned(office: Office, person: Applicant) -> str:
    """A case whose KTP was returned."""
    case_id = person.sent()
    office.open(case_id, "completeness_check")
    assert office.decide(case_id, RETURN).status == 200
    return case_id


def fields(told: Told) -> dict[str, str]:
    """The hidden fields of the form on the page."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', told.text)
    return {name: unescape(value) for name, value in found}


def read(office: Office, case_id: str, slot: str, *, etag: str = "", **inspection: Any) -> None:
    """What the inspection finds in the document that lies in the slot."""

    def rule(case: Case, at: Any) -> Any:
        reading = Inspection(
            kind=Kind(slot), kind_confidence=1.0, content_type="image/jpeg", pages=1, **inspection
        )
        state = "refused" if reading.fault else "inspected"
        found = msgspec.structs.replace(case.documents[slot], state=state, inspection=reading, etag=etag)
        return uploading.receive_inspection(case, found.upload_id, found, at)

    change_case(office.desk, case_id, rule)

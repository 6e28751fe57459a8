"""A Berita Acara that the officer brings as a file: kept as it came, or refused in words."""

import hashlib
import io
import json
from typing import Any

import pytest

from chalicelib.cases.case import Case
from chalicelib.tasks import inspecting
from tests.documents.hostile import huge_png, locked, with_words
from tests.infrastructure.calls import policy_of
from tests.site.photos import page
from tests.web.office import Office
from tests.web.reporting import asked, at_step_3, bytes_of, decide, kept


@pytest.fixture
def case(office: Office) -> Case:
    """A case before the officer of step 3."""
    return at_step_3(office)


def bring(office: Office, case: Case, data: bytes, kind: str = "application/pdf") -> Any:
    """The officer's own file, as the queue brings it; answers what the page is told of it."""
    offer = {"content_type": kind, "size": len(data)}
    told = office.ask("POST", "/api/review/report/upload", offer, X_Sanggar_Link=office.link(case))
    assert told.status == 201, told.text
    key = told.json["fields"]["key"]
    office.desk.files.write(office.desk.settings.quarantine_bucket, key, data, kind)
    event = {
        "Records": [{"messageId": "m", "body": json.dumps({"Records": [{"s3": {"object": {"key": key}}}]})}]
    }
    for _ in range(2):  # the queue may bring a message twice
        assert inspecting.inspect(event, office.desk) == {"batchItemFailures": []}
    return asked(office, case)["now"]


def own_pdf() -> bytes:
    """A scanned report, as an office's machine writes it."""
    out = io.BytesIO()
    page(1000, 1400).save(out, "PDF")
    return out.getvalue()


def test_an_uploaded_report_is_kept_as_it_came_and_shown_in_pictures(office: Office, case: Case) -> None:
    data = own_pdf()
    shown = bring(office, case, data)
    assert (shown["source"], shown["state"], shown["whole"]) == ("uploaded", "made", True)
    assert shown["sha256"] == hashlib.sha256(data).hexdigest()
    assert len(shown["previews"]) == 1
    assert "attachment" in shown["url"]
    assert bytes_of(office, kept(office, case)) == data
    assert decide(office, case, {"decision": "approve", "report": shown["sha256"]}).status == 200
    decided = office.case(case.case_id).decisions[-1].report
    assert decided is not None
    assert (decided.sha256, decided.source) == (shown["sha256"], "uploaded")


@pytest.mark.parametrize(
    ("data", "kind", "code"),
    [
        (b"Ini hanya teks.", "application/pdf", "wrong_type"),
        (locked(with_words()), "application/pdf", "locked"),
        (huge_png(), "image/png", "too_large"),
        (b"%PDF-1.7 broken", "application/pdf", "damaged"),
    ],
)
def test_a_file_that_is_no_report_is_refused_in_words(
    office: Office, case: Case, data: bytes, kind: str, code: str
) -> None:
    shown = bring(office, case, data, kind)
    assert shown["state"] == "refused"
    assert kept(office, case).fault == code
    assert shown["fault"]["id"]
    assert (shown["url"], shown["whole"]) == (None, False)
    assert decide(office, case, {"decision": "approve", "report": "0" * 64}).code == "report_missing"


@pytest.mark.parametrize(
    ("kind", "size"), [("text/html", 5), ("image/webp", 5), ("application/pdf", 0), ("image/png", 10_485_761)]
)
def test_only_a_small_pdf_or_picture_gets_a_place(office: Office, case: Case, kind: str, size: int) -> None:
    body = {"content_type": kind, "size": size}
    told = office.ask("POST", "/api/review/report/upload", body, X_Sanggar_Link=office.link(case))
    assert told.code == "invalid_input"


def test_the_place_takes_exactly_that_file(office: Office, case: Case) -> None:
    body = {"content_type": "image/jpeg", "size": 5}
    told = office.ask("POST", "/api/review/report/upload", body, X_Sanggar_Link=office.link(case))
    conditions = policy_of(told.json["fields"])["conditions"]
    report = kept(office, case)
    assert {"key": f"reports/{case.case_id}/{report.upload_id}"} in conditions
    assert ["content-length-range", 1, 10 * 1024 * 1024] in conditions
    assert {"Content-Type": "image/jpeg"} in conditions

"""The reports of SOP step 3 as an officer makes and brings them, also after a crash that left the file behind."""

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from local.person import Person, wait_for
from local.stack import Stack
from tests.site.photos import page, saved
from tests.web.office import FORM, report_of


def write_reports(stack: Stack, anyone: Person) -> None:
    """An application at step 3: one report, another, the first again; then a file of the officer's own."""
    case_id = anyone.ask("POST", "/applications", {"application_type": "new"})["case_id"]
    anyone.ask("PUT", f"/applications/{case_id}/form", FORM)
    anyone.ask("POST", f"/applications/{case_id}/submission", {"declared_true": True, "send_anyway": True})
    first, link = _before(stack, case_id, "completeness_check")
    code = first.code(lambda: first.ask("POST", "/review/code", {}, **link))
    first.ask("POST", "/review/decision", {"decision": "approve", "code": code}, **link)
    officer, link = _before(stack, case_id, "verification")
    asked = officer.ask("GET", "/review/report", **link)
    for words in ("Layak.", "Sangat layak.", "Layak."):
        officer.ask("POST", "/review/report", report_of(asked, recommendation=words), **link)
    _bring(stack, case_id, officer, link)


def _before(stack: Stack, case_id: str, step: str) -> tuple[Person, dict[str, str]]:
    """The officer before whom that step lies, and their link."""

    def waits() -> str | None:
        case = stack.desk.cases.load(case_id)
        laid = case.current and case.waiting and case.current.key == case.waiting.step == step
        return case.current.officer_id if laid and case.current else None

    email = stack.desk.people.officer(wait_for(waits, step)).email
    officer = Person(stack.url, stack.mailbox, email)
    return officer, {"X-Sanggar-Link": officer.link("tinjau", stack.desk.cases.load(case_id).number)}


def _bring(stack: Stack, case_id: str, officer: Person, link: dict[str, str]) -> None:
    """The file lies in its place already, as after a crash between keeping it and recording it."""
    with TemporaryDirectory() as folder:
        file = Path(saved(Path(folder), page()))
        asked = {"content_type": "image/jpeg", "size": file.stat().st_size}
        place: dict[str, Any] = officer.ask("POST", "/review/report/upload", asked, **link)
        data = file.read_bytes()
        left = f"{place['fields']['key']}/{hashlib.sha256(data).hexdigest()}/original"
        before = stack.desk.files.write(stack.desk.settings.documents_bucket, left, data, "image/jpeg")
        officer.upload(place, file)

    def looked_at() -> str | None:
        report = stack.desk.cases.load(case_id).report
        return report.version_id if report and report.state == "made" else None

    assert wait_for(looked_at, "the look at a report", patience=60) == before

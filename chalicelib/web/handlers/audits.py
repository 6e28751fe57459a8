"""The trail over HTTP, for auditors: lists, timelines, files to take away."""

from typing import Any

import msgspec

from chalicelib.audit.export import as_csv
from chalicelib.cases.case import Case
from chalicelib.steps.kept_reports import still_whole
from chalicelib.steps.listing import Wanted, everything, listed
from chalicelib.steps.standing_words import entry_words
from chalicelib.steps.trail import timeline
from chalicelib.web.answers.audit import Audited, AuditedList, AuditLine, AuditPage, ReportOnRecord
from chalicelib.web.calls import Call
from chalicelib.web.door import File
from chalicelib.web.queries import CaseFilters
from chalicelib.web.routes import CSV, JSON
from chalicelib.web.views.audit import audit_line, audited, timeline_rows
from chalicelib.web.views.parts import in_office

LIST_COLUMNS = tuple(AuditLine.__struct_fields__)
TIMELINE_COLUMNS = ("case_id", "number", "seq", "at", "actor", "role", "action", "facts", "hash")


def cases(call: Call) -> AuditPage:
    """One page of the list."""
    call.account("auditor")
    now = call.desk.clock.now()
    page = listed(_wanted(call.query), now, call.query.limit, call.query.cursor)
    return AuditPage(cases=tuple(audit_line(line, now) for line in page.cases), cursor=page.cursor or None)


def one(call: Call) -> Audited:
    """One case as a timeline, its chain checked."""
    call.account("auditor")
    case, entries, problems = timeline(call.desk, call.path["case_id"])
    standing = entry_words(call.desk, case, entries)
    return audited(case, entries, problems, call.desk.clock.now(), standing, _reports(call, case))


def export_one(call: Call) -> File:
    """The same as a file."""
    shown = one(call)
    if call.query.format == "json":
        return _file(call, shown.case.case_id, JSON, msgspec.json.encode(shown).decode())
    return _file(call, shown.case.case_id, CSV, as_csv(TIMELINE_COLUMNS, timeline_rows(shown)))


def export(call: Call) -> File:
    """All of the list as a file. Raises TooManyError when it is more than a file can hold."""
    call.account("auditor")
    now = call.desk.clock.now()
    lines = tuple(audit_line(line, now) for line in everything(_wanted(call.query), now))
    if call.query.format == "json":
        return _file(call, "audit", JSON, msgspec.json.encode(AuditedList(cases=lines)).decode())
    rows: list[dict[str, Any]] = [msgspec.to_builtins(line) for line in lines]
    return _file(call, "audit", CSV, as_csv(LIST_COLUMNS, rows))


def _reports(call: Call, case: Case) -> tuple[ReportOnRecord, ...]:
    return tuple(
        ReportOnRecord(
            step=decision.step,
            attempt=decision.attempt,
            officer=decision.officer_id,
            source=decision.report.source,
            object_key=decision.report.object_key,
            version_id=decision.report.version_id,
            sha256=decision.report.sha256,
            size=decision.report.size,
            decided_at=in_office(decision.at),
            whole=still_whole(call.desk, decision.report),
        )
        for decision in case.decisions
        if decision.report
    )


def _wanted(query: CaseFilters) -> Wanted:
    return Wanted(
        status=query.status or "",
        step=query.step,
        officer=query.officer,
        since=query.since,
        until=query.until,
        overdue=query.overdue,
    )


def _file(call: Call, name: str, content_type: str, text: str) -> File:
    saved_as = f'attachment; filename="sanggar-{name}.{call.query.format}"'
    return File(text=text, content_type=content_type, headers={"Content-Disposition": saved_as})

"""What auditors see: times, steps, ids and hashes; no name, address, number or word of anybody.

One thing is said by name: which officer stood in for which.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from chalicelib.audit.chain import Break, Entry
from chalicelib.aws.case_lists import CaseSummary
from chalicelib.cases.case import Case
from chalicelib.procedures.parts import Words
from chalicelib.web.answers.audit import Audited, AuditedCase, AuditEntry, AuditLine, Chain, ReportOnRecord
from chalicelib.web.views.parts import in_office


def audit_line(line: CaseSummary, now: datetime) -> AuditLine:
    """One line of the list."""
    return AuditLine(
        case_id=line.case_id,
        number=line.number,
        status=line.status,
        step=line.step or None,
        officer=line.officer or None,
        submitted_at=in_office(line.submitted_at) if line.submitted_at else None,
        deadline=in_office(line.deadline) if line.deadline else None,
        overdue=line.deadline is not None and line.deadline < now,
        updated_at=in_office(line.updated_at),
        found_late=line.found_late,
    )


def audited(
    case: Case,
    entries: Sequence[Entry],
    problems: Sequence[Break],
    now: datetime,
    standing: Mapping[int, Words],
    reports: tuple[ReportOnRecord, ...],
) -> Audited:
    """A case with its timeline and the state of its chain; `standing` says by `seq` who stood in for whom."""
    return Audited(
        case=_audited_case(case, now),
        timeline=tuple(
            AuditEntry(
                seq=entry.seq,
                at=in_office(entry.at),
                actor=entry.actor,
                action=entry.action,
                facts=entry.facts,
                hash=entry.hash,
                standing=standing.get(entry.seq),
            )
            for entry in entries
        ),
        chain=Chain(whole=not problems, problems=tuple(problems)),
        reports=reports,
    )


def timeline_rows(shown: Audited) -> list[dict[str, str]]:
    """The timeline as rows of a table; facts as JSON."""
    return [
        {
            "case_id": shown.case.case_id,
            "number": shown.case.number,
            "seq": str(entry.seq),
            "at": entry.at.isoformat(),
            "actor": entry.actor.id,
            "role": entry.actor.role,
            "action": entry.action,
            "facts": msgspec.json.encode(entry.facts, order="deterministic").decode(),
            "hash": entry.hash,
        }
        for entry in shown.timeline
    ]


def _audited_case(case: Case, now: datetime) -> AuditedCase:
    current = case.current
    return AuditedCase(
        case_id=case.case_id,
        number=case.number,
        status=case.status,
        step=current.key if current else None,
        officer=current.officer_id if current else None,
        submitted_at=in_office(case.submitted_at) if case.submitted_at else None,
        deadline=in_office(current.deadline) if current else None,
        overdue=current is not None and current.deadline < now,
        updated_at=in_office(case.updated_at),
        found_late=case.found_late,
        application_type=case.form.application_type,
        procedure=f"{case.procedure.id}@{case.procedure.version}",
        created_at=in_office(case.created_at),
        complete_at=in_office(case.complete_at) if case.complete_at else None,
        version=case.version,
        permit_number=case.permit.permit_number if case.permit else None,
        permit_sha256=case.permit.sha256 if case.permit else None,
    )

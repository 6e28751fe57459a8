"""What a journey leaves behind must tell one story: record, ledgers, trail, mails, register, machine."""

from collections import Counter
from collections.abc import Iterator

from chalicelib.audit.chain import Entry, breaks
from chalicelib.aws import outbox, permit_register
from chalicelib.cases.case import CORRECTION, Case
from chalicelib.procedures.procedure import Procedure
from chalicelib.worktime.calendar import whole_minute
from chalicelib.worktime.ledger import Opened, Overdue, Resumed, Suspended
from local.person import wait_for
from tests.journeys.office import Town

LAST_ACT = {
    "issued": "permit.issued",
    "refused": "step.refuse",
    "withdrawn": "application.withdrawn",
    "lapsed": "application.lapsed",
}
APPLICANT_IS_TOLD = {
    "application.received": "received",
    "step.refuse": "refused",
    "correction.reminded": "correction_reminder",
    "application.lapsed": "lapsed",
    "permit.issued": "issued",
}
ACTS = {
    "application.withdrawn": "withdraw",
    "correction.sent": "resubmit",
    "application.lapsed": "lapse",
    "step.approve": "approve",
    "step.return": "return",
    "step.refuse": "refuse",
}


def agree(town: Town, case_id: str, status: str) -> list[Entry]:
    """Asserts that everything about an ended case says the same; answers its trail."""
    went = town.execution(case_id)
    wait_for(lambda: not list(outbox.pending_of(case_id)) or None, "the last delivery", patience=20)
    case, entries = town.case(case_id), town.desk.cases.entries(case_id)
    procedure = town.desk.procedure_of(case)
    assert (case.status, case.current, case.correction) == (status, None, None)
    _trail_tells_the_record(case, entries)
    assert went.status == "SUCCEEDED"
    assert went.states[-1] == status.capitalize()
    assert [state for state in went.states if state.endswith("?") and "Lapsed" not in state] == list(
        _answers(case, procedure)
    )
    _ledgers_tell_the_trail(town, case, entries)
    assert Counter(name for name, _ in town.letters(case_id)) == Counter(_letters(town, entries))
    _the_register_knows_it(case, status)
    return entries


def _trail_tells_the_record(case: Case, entries: list[Entry]) -> None:
    assert breaks(case.case_id, entries, case.head) == []
    assert case.version == case.head.seq == len(entries)
    acts = [entry.action for entry in entries if entry.action != "workflow.waits"]
    assert acts[-1] == LAST_ACT[case.status]
    recorded = [(d.verdict, d.at, d.officer_id or None) for d in case.decisions]
    officers = {d.officer_id for d in case.decisions}
    audited = [
        (ACTS[e.action], e.at, e.actor.id if e.actor.id in officers else None)
        for e in entries
        if e.action in ACTS
    ]
    assert recorded == audited


def _answers(case: Case, procedure: Procedure) -> Iterator[str]:
    """The diamonds of the drawing that the decisions of the record lead through, in order."""
    returned_from = 0
    for decision in case.decisions:
        if decision.step == CORRECTION:
            if decision.verdict != "lapse":
                yield f"{returned_from} Corrected?"
            continue
        step = procedure.step(decision.step)
        returned_from = step.number
        yield f"{step.number} {step.question.en if step.question else ''}"


def _ledgers_tell_the_trail(town: Town, case: Case, entries: list[Entry]) -> None:
    for step, ledger in case.ledgers.items():
        opened = [e for e in entries if e.action == "step.opened" and e.facts["step"] == step]
        closed = [d.at for d in case.decisions if d.step == step]
        overdue = [e for e in entries if e.action == "step.overdue" and e.facts["step"] == step]
        assert [e.at for e in ledger.entries if isinstance(e, Opened | Resumed)] == [
            whole_minute(e.at) for e in opened
        ]
        assert [e.at for e in ledger.entries if isinstance(e, Suspended)] == list(map(whole_minute, closed))
        assert [(e.at, e.level) for e in ledger.entries if isinstance(e, Overdue)] == [
            (whole_minute(e.at), e.facts["level"]) for e in overdue
        ]
        calendar = town.desk.calendar(case.created_at.date())
        spent = sum(
            calendar.working_minutes_between(whole_minute(e.at), whole_minute(at))
            for e, at in zip(opened, closed, strict=True)
        )
        assert (ledger.standing().phase, ledger.standing().used) == ("suspended", spent)


def _letters(town: Town, entries: list[Entry]) -> Iterator[str]:
    """The names of all mails that the trail promises."""
    officers = town.desk.people.officers()
    line = town.desk.procedure_of(town.case(entries[0].case_id)).escalation
    for entry in entries:
        start, told = f"{entry.hash[:24]}.notice", APPLICANT_IS_TOLD.get(entry.action)
        if told:
            yield f"{start}.{told}.applicant"
        elif entry.action in ("step.opened", "step.handed_over"):
            yield f"{start}.decide.{entry.facts['officer']}"
        elif entry.action == "step.return" and entry.facts["step"] in ("completeness_check", "verification"):
            yield f"{start}.returned.applicant"
        elif entry.action == "step.reminded":
            yield f"{start}.step_reminder.{_holder(entries, entry)}"
        elif entry.action == "step.overdue":
            owner = _holder(entries, entry)
            yield f"{start}.overdue.{owner}"
            role = next(officer.role for officer in officers if officer.id == owner)
            above = line[line.index(role) + entry.facts["level"] :][:1]
            yield from (f"{start}.overdue_above.{o.id}" for o in officers if o.role in above)


def _holder(entries: list[Entry], told: Entry) -> str:
    """Before whom the step lay that an entry tells of."""
    laid = (e for e in reversed(entries[: told.seq]) if e.action in ("step.opened", "step.handed_over"))
    return str(next(e.facts["officer"] for e in laid if e.facts["step"] == told.facts["step"]))


def _the_register_knows_it(case: Case, status: str) -> None:
    if status != "issued":
        assert case.permit is None or permit_register.by_number(case.permit.permit_number) is None
        return
    assert case.permit is not None
    record = permit_register.by_check_code(case.permit.check_code)
    assert record is not None
    assert (record.case_id, record.signed_sha256) == (case.case_id, case.permit.sha256)
    assert permit_register.by_number(case.permit.permit_number) == record

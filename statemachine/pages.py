"""The parts of docs/procedure.md that are facts of the procedure or of its machine."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chalicelib.procedures.parts import APPLICANT, Step
from chalicelib.procedures.procedure import Procedure
from statemachine.graph import targets


def filled(page: str, procedure: Procedure, machine: Mapping[str, Any]) -> str:
    """`page` with everything between `<!-- built: NAME -->` and `<!-- end -->` written anew.

    Raises KeyError for a name that nothing here builds.
    """
    parts = {
        "steps": _table(("", "step", "who", "standard", "decisions", "TIDAK goes to"), _steps(procedure)),
        "documents": _table(("slot", "document", "needed for"), _documents(procedure)),
        "rules": _table(("rule", "value"), _rules(procedure)),
        "states": _table(("state", "kind", "leads to"), _states(machine)),
    }
    blocks = re.compile(r"(<!-- built: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
    return blocks.sub(lambda found: f"{found[1]}{parts[found[2]]}\n{found[3]}", page)


def _table(head: Sequence[str], rows: Iterator[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def _steps(procedure: Procedure) -> Iterator[Sequence[object]]:
    for step in procedure.steps:
        who, decisions = procedure.role(step.role).sop_words, ", ".join(step.decisions)
        yield (step.number, f"`{step.key}`", who, _standard(step), decisions, _back(procedure, step))
    days, minutes = procedure.standard()
    yield ("", "**sum**", "", f"**{days} working days {minutes} minutes**", "", "")


def _back(procedure: Procedure, step: Step) -> str:
    if step.returns_to == APPLICANT:
        return f"the applicant, then step {procedure.step(step.after_correction).number} again"
    return f"step {procedure.step(step.returns_to).number}" if step.returns_to else ""


def _standard(step: Step) -> str:
    days = f"{step.days} working day{'s' * (step.days > 1)}" if step.days else ""
    return f"{days} {step.minutes} minutes".strip() if step.minutes else days


def _documents(procedure: Procedure) -> Iterator[Sequence[object]]:
    for document in procedure.documents:
        yield f"`{document.slot}`", f"{document.name.id} ({document.name.en})", ", ".join(document.needed_for)


def _rules(procedure: Procedure) -> Iterator[Sequence[object]]:
    yield "validity", f"{procedure.validity_years} years"
    yield "renewal opens", f"{procedure.renewal_opens_days} days before the end"
    yield "time for a correction", f"{procedure.correction_days} days, then the application lapses"
    reminders = ", ".join(str(days) for days in procedure.correction_reminder_days)
    yield "reminders before that", f"{reminders} days before the end"
    yield "deemed approval is watched at", f"{procedure.deemed_approval_working_days} working days"
    yield "age of the village letter", f"at most {procedure.letter_max_age_months} months"
    yield "withdrawal", f"until `{procedure.withdraw_until}`"
    yield "permit number", f"`{procedure.number_of_permit(serial=1, year=2026)}`"
    yield "application number", f"`{procedure.number_of_application(serial=1, year=2026)}`"
    yield "escalation", ", ".join(procedure.role(key).sop_words for key in procedure.escalation)


def _states(machine: Mapping[str, Any]) -> Iterator[Sequence[object]]:
    for name, state in machine["States"].items():
        kind = "Wait for a token" if "TimeoutSecondsPath" in state else state["Type"]
        yield name, kind, ", ".join(dict.fromkeys(targets(state)))

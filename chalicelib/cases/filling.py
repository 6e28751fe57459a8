"""How far an applicant has come: the part of a draft that is next, and the documents that were returned."""

from typing import Literal, get_args

from chalicelib.cases.case import Case
from chalicelib.cases.form import missing
from chalicelib.procedures.procedure import Procedure

Part = Literal["type", "group", "leader", "documents", "sending"]
"""The parts of an application in the order in which they are filled in, as the pages of a draft show them."""
PARTS: tuple[Part, ...] = get_args(Part)
_OF_LEADER = frozenset({"leader_name", "national_id", "phone"})
_THERE = ("inspecting", "inspected")


def part_reached(case: Case, procedure: Procedure) -> Part:
    """The first part that lacks something; "sending" when nothing does."""
    lacking = set(missing(case.form))
    if lacking - _OF_LEADER:
        return "group"
    if lacking:
        return "leader"
    needed = procedure.slots_needed(case.form.application_type)
    there = {slot for slot, document in case.documents.items() if document.state in _THERE}
    return "sending" if there.issuperset(needed) else "documents"


def documents_to_correct(case: Case) -> int:
    """How many documents the officer's reasons name; 0 where they name the form alone, or nothing was returned."""
    reasons = case.correction.reasons if case.correction else ()
    return len({slot for reason in reasons if (slot := reason.partition(":")[2])})

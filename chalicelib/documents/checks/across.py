"""Documents beside each other: what each of them may still be, but both together cannot."""

from collections.abc import Iterator, Mapping
from itertools import combinations

import msgspec

from chalicelib.documents.checks.agreement import Match
from chalicelib.documents.checks.comparisons import COMPARED, Compared, value_match
from chalicelib.documents.types import Claims, Finding, Inspection, Value


def across(claims: Claims, rightful: Mapping[str, Inspection]) -> Iterator[Finding]:
    """A note where two documents contradict each other though each fits the form, loosely.

    `rightful` are the documents that are what their slot asks for. Where one contradicts the form, that is
    told already and no more is said.
    """
    for one in COMPARED:
        if one.varies:
            yield from _varying(one, claims, rightful)


def _varying(one: Compared, claims: Claims, rightful: Mapping[str, Inspection]) -> Iterator[Finding]:
    fitting = [slot for slot in one.printed if slot in rightful and _fits(one, claims, rightful[slot], slot)]
    told: set[str] = set()
    for first, other in combinations(fitting, 2):
        value, printed = (rightful[slot].fields[one.printed[slot]] for slot in (first, other))
        exact = not (rightful[first].recognised or rightful[other].recognised)
        doubt = min(value.confidence, printed.confidence)
        doubtful = msgspec.structs.replace(printed, confidence=doubt)
        if other in told or value_match(one.field, value.text, doubtful, exact=exact) is not Match.DIFFERENT:
            continue
        told.add(other)
        yield _told(one, first, other, value, printed)


def _fits(one: Compared, claims: Claims, inspection: Inspection, slot: str) -> bool:
    """Whether the value was read and does not contradict what was typed, if anything was."""
    value, claimed = inspection.fields.get(one.printed[slot]), getattr(claims, one.field)
    if value is None:
        return False
    exact = not inspection.recognised
    return not claimed or value_match(one.field, claimed, value, exact=exact) is not Match.DIFFERENT


def _told(one: Compared, first: str, other: str, value: Value, printed: Value) -> Finding:
    return Finding(
        code=one.varies,
        slot=other,
        severity="info",
        expected=value.text,
        found=printed.text,
        box=printed.box,
        against=first,
        field=one.field,
    )

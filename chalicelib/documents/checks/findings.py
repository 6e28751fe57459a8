"""What is missing or contradicts the application: inspections and claims in, findings out. Pure.

What is a `warn` here decides the verdict; everything else is `info`, for people to look at.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from chalicelib.documents.checks.across import across
from chalicelib.documents.checks.comparisons import comparisons
from chalicelib.documents.checks.duplicates import duplicates
from chalicelib.documents.checks.notes import notes
from chalicelib.documents.checks.renewal import registered_as, term
from chalicelib.documents.types import FORM, Claims, Finding, Inspection, Kind, Registered, Value
from chalicelib.documents.words.positions import tells_of_leader

_BOARD = 3
"""Officers from which on a board was read, and not a line or two of it."""
_SEEN = 0.5
"""Confidence of a mark below which the place where it should stand was not found."""
_SURELY = 0.75
"""Confidence of a kind from which a file is told to be another paper; measured: true ones had 0.86 and more,
papers in unknown words 0.5 to 0.7."""


def findings(
    claims: Claims,
    slots_needed: Sequence[str],
    inspections: Mapping[str, Inspection],
    letter_max_age_months: int,
    *,
    renewal_opens_days: int | None = None,
    registered: Registered | None = None,
) -> tuple[Finding, ...]:
    """Every finding, sorted by code and slot. `inspections` maps a slot to the inspection of the file in it.

    `registered` is what our register says of the old certificate's number, None when that is not ours. A rule
    whose measure is None is not applied.
    """
    found = [Finding(code="missing_document", slot=slot) for slot in slots_needed if slot not in inspections]
    faults = {slot: _fault(slot, slots_needed, inspections) for slot in inspections}
    found += [fault for fault in faults.values() if fault]
    rightful = {slot: inspection for slot, inspection in inspections.items() if not faults[slot]}
    for slot, inspection in rightful.items():
        found += _contradictions(claims, slot, inspection, letter_max_age_months)
        found += notes(claims, slot, inspection)
    if Kind.OLD_CERTIFICATE in rightful:
        certificate = rightful[Kind.OLD_CERTIFICATE]
        found += _renewal(claims, certificate, renewal_opens_days, registered)
    found += across(claims, rightful)
    found += duplicates(inspections)
    return tuple(sorted(found, key=lambda finding: (finding.code, finding.slot, finding.field or "")))


def verdict(found: Sequence[Finding]) -> str:
    """`complete` when nothing has to be corrected, else `incomplete`."""
    return "incomplete" if any(finding.severity == "warn" for finding in found) else "complete"


def _fault(slot: str, needed: Sequence[str], inspections: Mapping[str, Inspection]) -> Finding | None:
    """Why there is nothing in this slot to compare; None when it holds what it should."""
    inspection = inspections[slot]
    if inspection.fault or inspection.kind is Kind.UNREADABLE:
        return Finding(code="unreadable_document", slot=slot, found=inspection.fault)
    if inspection.kind is Kind.UNCHECKED:
        return Finding(code="document_not_checked", slot=slot, severity="info")
    if inspection.kind is Kind.BLANK:
        return Finding(code="blank_document", slot=slot)
    if inspection.kind == slot:
        return None
    if inspection.kind_confidence < _SURELY:
        return Finding(code="not_checked", slot=slot, severity="info", field="kind")
    return Finding(
        code="wrong_document",
        slot=slot,
        expected=slot,
        found=inspection.kind,
        belongs_to=_home(slot, needed, inspections),
    )


def _home(slot: str, needed: Sequence[str], inspections: Mapping[str, Inspection]) -> str | None:
    """The slot where this document should be, when that one is empty or holds this slot's own document."""
    home = str(inspections[slot].kind)
    there = inspections.get(home)
    return home if home in needed and (there is None or there.kind == slot) else None


def _renewal(
    claims: Claims, certificate: Inspection, opens_days: int | None, registered: Registered | None
) -> Iterator[Finding]:
    if opens_days is not None and not claims.renewal_reason:
        yield from term(claims.submitted_on, opens_days, Kind.OLD_CERTIFICATE, certificate)
    if registered is not None:
        yield from registered_as(registered, Kind.OLD_CERTIFICATE, certificate)


def _contradictions(claims: Claims, slot: str, inspection: Inspection, months: int) -> Iterator[Finding]:
    yield from comparisons(claims, slot, inspection)
    if slot == Kind.VILLAGE_LETTER:
        yield from _letter(claims.submitted_on, slot, inspection, months)
    if slot == Kind.BOARD_ROSTER and "leader_name" not in inspection.fields:
        yield from _no_leader(claims, slot, inspection)


def _no_leader(claims: Claims, slot: str, inspection: Inspection) -> Iterator[Finding]:
    claimed = claims.leader_name or None
    if leaderless(inspection):
        yield Finding(code="roster_no_leader", slot=slot, expected=claimed)
    else:
        yield Finding(
            code="not_checked",
            slot=slot,
            severity="info",
            expected=claimed,
            against=FORM,
            field="leader_name",
        )


def leaderless(inspection: Inspection) -> bool:
    """Whether a roster was read well enough to say that it names no leader: some officers, and no leader in its words."""
    return len(inspection.officers) >= _BOARD and not any(map(tells_of_leader, inspection.text))


def _letter(submitted_on: dt.date, slot: str, inspection: Inspection, months: int) -> Iterator[Finding]:
    date = inspection.fields.get("letter_date")
    if date is None:
        yield Finding(code="letter_date_missing", slot=slot)
    elif later(dt.date.fromisoformat(date.text), months) < submitted_on:
        yield Finding(code="letter_expired", slot=slot, found=date.text, box=date.box)
    yield from _signature(slot, [inspection.fields.get(name) for name in ("signed", "stamped")])


def _signature(slot: str, marks: Sequence[Value | None]) -> Iterator[Finding]:
    """Unsigned is what shows neither ink nor stamp where the signer stands; where nobody was found, nothing was seen."""
    seen = [mark for mark in marks if mark is not None]
    if any(mark.text == "true" for mark in seen):
        return
    box = next((mark.box for mark in seen if mark.box), None)
    if any(mark.confidence < _SEEN for mark in seen):
        yield Finding(code="not_checked", slot=slot, severity="info", box=box, field="signature")
    else:
        yield Finding(code="letter_unsigned", slot=slot, box=box)


def later(day: dt.date, months: int) -> dt.date:
    """The same day some months later, the last day of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    first = dt.date(day.year + years, month + 1, 1)
    following = dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first + dt.timedelta(days=day.day - 1), following - dt.timedelta(days=1))

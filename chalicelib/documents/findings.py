"""What is missing or contradicts the application: inspections and claims in, findings out. Pure."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from chalicelib.documents.agreement import differs, number_differs
from chalicelib.documents.alike import plain
from chalicelib.documents.types import Claims, Finding, Inspection, Kind, Value

SAME_PAGE_BITS = 6


def findings(
    claims: Claims,
    slots_needed: Sequence[str],
    inspections: Mapping[str, Inspection],
    letter_max_age_months: int,
) -> tuple[Finding, ...]:
    """Every finding, sorted by code and slot. `inspections` maps a slot to the inspection of the file in it."""
    found = [Finding(code="missing_document", slot=slot) for slot in slots_needed if slot not in inspections]
    for slot, inspection in inspections.items():
        found += _of_slot(claims, slot, inspection, letter_max_age_months)
    found += [Finding(code="duplicate_document", slot=slot) for slot in _duplicates(inspections)]
    return tuple(sorted(found, key=lambda finding: (finding.code, finding.slot)))


def verdict(found: Sequence[Finding]) -> str:
    """`complete` when nothing has to be corrected, else `incomplete`."""
    return "incomplete" if any(finding.severity == "warn" for finding in found) else "complete"


def _of_slot(claims: Claims, slot: str, inspection: Inspection, months: int) -> Iterator[Finding]:
    if inspection.fault or inspection.kind is Kind.UNREADABLE:
        yield Finding(code="unreadable_document", slot=slot, found=inspection.fault)
    elif inspection.kind is Kind.BLANK:
        yield Finding(code="blank_document", slot=slot)
    elif inspection.kind != slot:
        yield Finding(code="wrong_document", slot=slot, expected=slot, found=inspection.kind)
    else:
        yield from _comparisons(claims, slot, inspection)
        if slot == Kind.VILLAGE_LETTER:
            yield from _letter(claims.submitted_on, slot, inspection, months)
        if slot == Kind.BOARD_ROSTER and "leader_name" not in inspection.fields:
            yield Finding(code="roster_no_leader", slot=slot)


def _comparisons(claims: Claims, slot: str, inspection: Inspection) -> Iterator[Finding]:
    # What has not been typed yet differs from nothing: a person may photograph first and type later.
    fields, sure = inspection.fields, not inspection.recognised
    number = fields.get("national_id") or fields.get("leader_national_id")
    if number and claims.national_id and number_differs(claims.national_id, number):
        yield _mismatch("nik_mismatch", slot, claims.national_id, number)
    name = fields.get("full_name") or fields.get("leader_name")
    if name and claims.leader_name and differs(claims.leader_name, name, person=True, exact=sure):
        yield _mismatch("name_mismatch", slot, claims.leader_name, name)
    group = fields.get("group_name")
    if group and claims.group_name and differs(claims.group_name, group, person=False, exact=sure):
        yield _mismatch("group_mismatch", slot, claims.group_name, group)
    previous = fields.get("certificate_number")
    if (
        previous
        and claims.previous_permit_number
        and _codes_differ(claims.previous_permit_number, previous, sure)
    ):
        yield _mismatch("certificate_number_mismatch", slot, claims.previous_permit_number, previous)


def _mismatch(code: str, slot: str, expected: str, value: Value) -> Finding:
    return Finding(code=code, slot=slot, expected=expected, found=value.text, box=value.box)


def _codes_differ(claimed: str, printed: Value, exact: bool) -> bool:
    """Numbers of papers: figures must agree; letters may be misread where the paper is a picture."""
    if plain(claimed) == plain(printed.text):
        return False
    figures = (
        [sign for sign in plain(claimed) if sign.isdigit()],
        [sign for sign in plain(printed.text) if sign.isdigit()],
    )
    return exact or figures[0] != figures[1] or differs(claimed, printed, person=False, exact=False)


def _letter(submitted_on: dt.date, slot: str, inspection: Inspection, months: int) -> Iterator[Finding]:
    date = inspection.fields.get("letter_date")
    if date is None:
        yield Finding(code="letter_date_missing", slot=slot)
    elif later(dt.date.fromisoformat(date.text), months) < submitted_on:
        yield Finding(code="letter_expired", slot=slot, found=date.text, box=date.box)
    marks = [inspection.fields.get(name) for name in ("signed", "stamped")]
    if not any(mark is not None and mark.text == "true" for mark in marks):
        yield Finding(code="letter_unsigned", slot=slot)


def later(day: dt.date, months: int) -> dt.date:
    """The same day some months later, the last day of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    first = dt.date(day.year + years, month + 1, 1)
    following = dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first + dt.timedelta(days=day.day - 1), following - dt.timedelta(days=1))


def _duplicates(inspections: Mapping[str, Inspection]) -> list[str]:
    """Slots whose file is another slot's document again, those where it does not belong first of all."""
    twice: set[str] = set()
    for (one, first), (other, second) in combinations(sorted(inspections.items()), 2):
        if _same(first, second):
            misplaced = [slot for slot in (one, other) if inspections[slot].kind != slot]
            twice |= set(misplaced or [other])
    return sorted(twice)


def _same(one: Inspection, other: Inspection) -> bool:
    """The same document: by its text where it has enough of it, else by its looks."""
    if Kind.BLANK in (one.kind, other.kind) or one.fault or other.fault:
        return False
    if one.kind != other.kind:
        return False
    keys = [_key(inspection) for inspection in (one, other)]
    if keys[0] and keys[0] == keys[1]:
        return True
    return _shared_words(one.text, other.text) > 0.85


def _key(inspection: Inspection) -> str:
    """What makes the document the one that it is."""
    if inspection.kind is Kind.KTP and "national_id" in inspection.fields:
        return inspection.fields["national_id"].text
    if inspection.kind is Kind.VILLAGE_LETTER and "letter_number" in inspection.fields:
        return plain(inspection.fields["letter_number"].text)
    if inspection.kind is Kind.BOARD_ROSTER:
        return " ".join(plain(officer.position.text + officer.name.text) for officer in inspection.officers)
    if inspection.kind is Kind.OLD_CERTIFICATE and "certificate_number" in inspection.fields:
        return plain(inspection.fields["certificate_number"].text)
    return ""


def _shared_words(one: Sequence[str], other: Sequence[str]) -> float:
    left, right = (
        {plain(word) for word in " ".join(lines).split() if len(word) > 2} for lines in (one, other)
    )
    return len(left & right) / len(left | right) if min(len(left), len(right)) > 8 else 0.0

"""Which uploads are the same document twice."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from chalicelib.documents.alike import plain
from chalicelib.documents.types import Finding, Inspection, Kind


def duplicates(inspections: Mapping[str, Inspection]) -> Iterator[Finding]:
    """A finding for each slot that holds another slot's document again, where it does not belong first of all."""
    told: set[str] = set()
    for one, other in combinations(sorted(inspections), 2):
        if not _same(inspections[one], inspections[other]):
            continue
        misplaced = [slot for slot in (one, other) if inspections[slot].kind != slot]
        for slot in misplaced or [other]:
            if slot not in told:
                told.add(slot)
                twin = other if slot == one else one
                yield Finding(code="duplicate_document", slot=slot, against=twin)


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

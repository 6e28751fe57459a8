"""Which uploads are the same document twice.

What makes a paper the one that it is decides first: its number, or the names of a board. A letter of another number is
another letter, however much else is the same. Where that was not read, or may be misread, all words decide, and after them
the looks.

Measured (see `fingerprint` for the pages): of the words on two papers of one kind, those of other people are the same to 69
in 100 at most, also of one template; those of the same paper, drawn or photographed twice, to 59 to 100. So words alone
need 85, and words with the looks of a copy (`_COPY`: copies differ by 0.082 at most) need 75. A paper in which only a number
or a person was exchanged has 88 to 97 of 100 words the same and looks like a copy (0.002 to 0.068), so numbers and names go
before both. Looks never do without words, but for a photo that nobody can read: it has no words, and two such photos differ
by 0.36 or more.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from chalicelib.documents.types import Finding, Inspection, Kind
from chalicelib.documents.words.alike import likeness, plain, without_titles

_NUMBER = {
    Kind.KTP: "national_id",
    Kind.VILLAGE_LETTER: "letter_number",
    Kind.OLD_CERTIFICATE: "certificate_number",
}
_SURE = 0.9
_MISREAD = 0.8
"""Likeness of two readings from which on they may be of the same print."""
_COPY = 0.09
_SAME_WORDS, _SAME_WORDS_OF_A_COPY = 0.85, 0.75


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
    if one.kind in (Kind.BLANK, Kind.UNCHECKED) or one.fault or other.fault or one.kind != other.kind:
        return False
    if _other_person(one, other):
        return False
    agreed = _same_officers(one, other) if one.kind is Kind.BOARD_ROSTER else _same_number(one, other)
    if agreed is not None:
        return agreed
    copied = _apart(one.fingerprint, other.fingerprint) <= _COPY
    if one.kind is Kind.UNREADABLE:
        return copied
    return _shared_words(one.text, other.text) > (_SAME_WORDS_OF_A_COPY if copied else _SAME_WORDS)


def _other_person(one: Inspection, other: Inspection) -> bool:
    """Whether both papers surely name somebody, and not the same: then even the same number makes them no copies."""
    for name in ("full_name", "leader_name"):
        value, printed = one.fields.get(name), other.fields.get(name)
        if value and printed and min(value.confidence, printed.confidence) > _SURE:
            return likeness(without_titles(value.text), without_titles(printed.text)) < _MISREAD - 0.2
    return False


def _same_number(one: Inspection, other: Inspection) -> bool | None:
    """Whether both papers have the same number; None where it was not read or the difference may be a misreading."""
    name = _NUMBER.get(one.kind, "")
    value, printed = one.fields.get(name), other.fields.get(name)
    if value is None or printed is None:
        return None
    if plain(value.text) == plain(printed.text):
        return True
    sure = min(value.confidence, printed.confidence) > _SURE
    return None if not sure and likeness(value.text, printed.text) >= _MISREAD else False


def _same_officers(one: Inspection, other: Inspection) -> bool | None:
    """Whether both boards have the same people in the same order; None where a line may have been lost or misread."""
    if not one.officers or len(one.officers) != len(other.officers):
        return None
    pairs = zip(one.officers, other.officers, strict=True)
    least = min(likeness(officer.name.text, same.name.text) for officer, same in pairs)
    return True if least >= _MISREAD else None if least >= _MISREAD - 0.2 else False


def _apart(one: str, other: str) -> float:
    """The share of bits that differ; 1 for hashes that cannot be compared."""
    if not one or len(one) != len(other):
        return 1.0
    return (int(one, 16) ^ int(other, 16)).bit_count() / (4 * len(one))


def _shared_words(one: Sequence[str], other: Sequence[str]) -> float:
    left, right = (
        {plain(word) for word in " ".join(lines).split() if len(word) > 2} for lines in (one, other)
    )
    return len(left & right) / len(left | right) if min(len(left), len(right)) > 8 else 0.0

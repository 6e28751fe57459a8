"""What a document says beside what the applicant typed: where they differ, and where that could not be seen."""

from collections.abc import Iterator

import msgspec

from chalicelib.documents.checks.agreement import Match, code_match, name_match, number_match
from chalicelib.documents.checks.elsewhere import number_stands_in, stands_in
from chalicelib.documents.types import FORM, Claims, Finding, Inspection, Kind, Value


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """One field of the form and what each kind of document calls it.

    `code` says that a document differs from the form, `varies` that two documents differ from each other.
    """

    code: str
    field: str
    printed: dict[str, str]
    varies: str = ""


COMPARED = (
    Compared(
        code="nik_mismatch",
        varies="id_number_varies",
        field="national_id",
        printed={Kind.KTP: "national_id", Kind.VILLAGE_LETTER: "leader_national_id"},
    ),
    Compared(
        code="name_mismatch",
        varies="leader_name_varies",
        field="leader_name",
        printed={
            Kind.KTP: "full_name",
            Kind.VILLAGE_LETTER: "leader_name",
            Kind.BOARD_ROSTER: "leader_name",
            Kind.OLD_CERTIFICATE: "leader_name",
        },
    ),
    Compared(
        code="group_mismatch",
        varies="group_name_varies",
        field="group_name",
        printed=dict.fromkeys((Kind.VILLAGE_LETTER, Kind.BOARD_ROSTER, Kind.OLD_CERTIFICATE), "group_name"),
    ),
    Compared(
        code="certificate_number_mismatch",
        field="previous_permit_number",
        printed={Kind.OLD_CERTIFICATE: "certificate_number"},
    ),
)
"""The comparisons that decide the verdict."""
_OUTDATED = {
    "leader_changed": frozenset({"leader_name"}),
    "corrected": frozenset({"leader_name", "group_name"}),
}


def comparisons(claims: Claims, slot: str, inspection: Inspection) -> Iterator[Finding]:
    """Every contradiction, and `not_checked` for what was not read, read too doubtfully to be compared, or misplaced.

    What has not been typed yet differs from nothing: a person may photograph first and type later. A roster
    without its leader has a finding of its own.
    """
    for one in COMPARED:
        claimed: str = getattr(claims, one.field) or ""
        name = one.printed.get(slot)
        if not name or not claimed or (slot == Kind.OLD_CERTIFICATE and one.field in _outdated(claims)):
            continue
        value = inspection.fields.get(name)
        if value is None:
            if (slot, name) != (Kind.BOARD_ROSTER, "leader_name"):
                yield _unchecked(one.field, slot, claimed)
            continue
        match = value_match(one.field, claimed, value, exact=not inspection.recognised)
        if match is Match.DIFFERENT and not _elsewhere(one.field, claimed, slot, inspection):
            yield differing(one.code, slot, one.field, claimed, value)
        elif match is not Match.SAME:
            yield _unchecked(one.field, slot, claimed, value)


def _outdated(claims: Claims) -> frozenset[str]:
    """What the old certificate need not say as the form does: for just that reason another one is asked for."""
    return _OUTDATED.get(claims.renewal_reason, frozenset())


def _elsewhere(field: str, claimed: str, slot: str, inspection: Inspection) -> bool:
    """Whether the document prints what was typed where its reader did not look.

    A card has one number and one name; on a roster the leader may stand as somebody else.
    """
    if slot == Kind.KTP or (slot, field) == (Kind.BOARD_ROSTER, "leader_name"):
        return False
    if field in ("national_id", "previous_permit_number"):
        return number_stands_in(claimed, inspection.text)
    person = field == "leader_name"
    return stands_in(claimed, inspection.text, person=person, exact=not inspection.recognised)


def value_match(field: str, claimed: str, value: Value, *, exact: bool) -> Match:
    """The comparison that fits this field of the form."""
    if field == "national_id":
        return number_match(claimed, value)
    if field == "previous_permit_number":
        return code_match(claimed, value, exact=exact)
    return name_match(claimed, value, person=field == "leader_name", exact=exact)


def differing(code: str, slot: str, field: str, claimed: str, value: Value) -> Finding:
    """The finding that this value is not what the form says."""
    return Finding(
        code=code,
        slot=slot,
        expected=claimed,
        found=value.text,
        box=value.box,
        against=FORM,
        field=field,
    )


def _unchecked(field: str, slot: str, claimed: str, value: Value | None = None) -> Finding:
    return Finding(
        code="not_checked",
        slot=slot,
        severity="info",
        expected=claimed,
        found=value.text if value else None,
        box=value.box if value else None,
        against=FORM,
        field=field,
    )

"""What the documents and the form say to each other."""

import datetime as dt

import msgspec

from chalicelib.documents.findings import findings
from chalicelib.documents.types import Claims, Inspection, Kind, Value

DAY = dt.date(2026, 11, 24)
UNTYPED = Claims(application_type="new", leader_name="", national_id="", group_name="", submitted_on=DAY)
CARD = Inspection(
    kind=Kind.KTP,
    kind_confidence=1.0,
    content_type="image/jpeg",
    pages=1,
    fields={
        "full_name": Value(text="SITI RAHAYU", confidence=1.0),
        "national_id": Value(text="3514110000000001", confidence=1.0),
    },
)


def codes(claims: Claims) -> set[str]:
    """The codes of what was found on the card."""
    return {one.code for one in findings(claims, ("ktp",), {"ktp": CARD}, 6)}


def test_a_card_sent_before_anything_was_typed_differs_from_nothing() -> None:
    assert codes(UNTYPED) == set()


def test_what_was_typed_otherwise_is_found() -> None:
    typed = msgspec.structs.replace(UNTYPED, leader_name="Budi Santoso", national_id="3514110000000002")
    assert codes(typed) == {"name_mismatch", "nik_mismatch"}

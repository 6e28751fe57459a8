"""What people should look at in one document: its own parts, places, dates and file. Nothing here refuses."""

import datetime as dt
import re
from collections.abc import Iterator

from chalicelib.documents.checks.agreement import Match, name_match
from chalicelib.documents.types import FORM, Claims, Finding, Inspection, Kind, Value
from chalicelib.documents.words.national_id import birth_in, fits_birth, is_woman, well_formed
from chalicelib.documents.words.vocabulary import nearest, places

NATIVE_PAGES, SCANNED_PAGES = 8, 4
"""How many pages of a PDF are read when they hold text, and when they are pictures."""
_SURE = 0.6
"""A note about a value that was read more doubtfully than this would be a guess."""
_TOLERANCE = 0.2
"""The share of a place's letters that may be misread while it still is that place of the list."""
_VILLAGE_WORD = re.compile(r"^\s*(?:(?:desa|kelurahan)\b|(?:ds|kel)\b\.?)\s*", re.IGNORECASE)


def notes(claims: Claims, slot: str, inspection: Inspection) -> Iterator[Finding]:
    """Everything worth a look in a document that is of its slot's kind."""
    if slot == Kind.KTP:
        yield from _card(slot, inspection)
    if slot == Kind.VILLAGE_LETTER:
        yield from _letter(claims.submitted_on, slot, inspection)
        yield from _office(slot, inspection)
    if slot in (Kind.KTP, Kind.VILLAGE_LETTER):
        yield from _places(claims, slot, inspection)
    if inspection.hidden_text:
        yield note("hidden_text", slot)
    if inspection.pages > (SCANNED_PAGES if inspection.recognised else NATIVE_PAGES):
        yield note("pages_ignored", slot, Value(text=str(inspection.pages), confidence=1.0))
    for other in inspection.others:
        page = Value(text=str(other.page + 1), confidence=1.0)
        yield note("also_holds", slot, page, against=other.kind)


def note(
    code: str, slot: str, value: Value | None = None, expected: str | None = None, against: str | None = None
) -> Finding:
    """A finding for people to look at."""
    return Finding(
        code=code,
        slot=slot,
        severity="info",
        expected=expected,
        found=value.text if value else None,
        box=value.box if value else None,
        against=against,
    )


def surely(inspection: Inspection, name: str) -> Value | None:
    """The value of that field, unless its reading is too doubtful to say anything about it."""
    value = inspection.fields.get(name)
    return value if value and value.confidence >= _SURE else None


def _card(slot: str, inspection: Inspection) -> Iterator[Finding]:
    """The card's own parts against each other; the region is that of the first registration (sop.md)."""
    number, district = inspection.fields.get("national_id"), surely(inspection, "district")
    if number and not well_formed(number.text):
        # Whose figures these are is for the officer to see on the picture: a broken number is not shown.
        yield note("id_number_malformed", slot, Value(text="", confidence=1.0, box=number.box))
    elif number:
        yield from _number(slot, number, inspection)
    if district and _district(district.text) is None:
        yield note("card_district_unknown", slot, district)


def _number(slot: str, number: Value, inspection: Inspection) -> Iterator[Finding]:
    born, sex = surely(inspection, "birth_date"), surely(inspection, "gender")
    region = Value(text=number.text[:4], confidence=number.confidence, box=number.box)
    if region.text != places().regency_code:
        yield note("id_number_elsewhere", slot, region, places().regency_code)
    if born and not fits_birth(number.text, dt.date.fromisoformat(born.text)):
        yield note("birth_date_contradicts", slot, born, birth_in(number.text), against=slot)
    if sex and is_woman(number.text) != sex.text.upper().startswith("P"):
        expected = "PEREMPUAN" if is_woman(number.text) else "LAKI-LAKI"
        yield note("sex_contradicts", slot, sex, expected, against=slot)


def _letter(submitted_on: dt.date, slot: str, inspection: Inspection) -> Iterator[Finding]:
    date = inspection.fields.get("letter_date")
    if date and dt.date.fromisoformat(date.text) > submitted_on:
        yield note("letter_date_future", slot, date)


def _office(slot: str, inspection: Inspection) -> Iterator[Finding]:
    """The office that wrote the letter: a village that its sub-district does not have."""
    village, district = surely(inspection, "village"), surely(inspection, "district")
    known = _district(district.text) if district else None
    if village and known and _village(village.text, known) is None:
        yield note("village_unknown", slot, village, known)


def _places(claims: Claims, slot: str, inspection: Inspection) -> Iterator[Finding]:
    """Village and sub-district beside the form's: a leader may live elsewhere, so people must judge it."""
    exact = not inspection.recognised
    village, district = surely(inspection, "village"), surely(inspection, "district")
    if village and claims.village and not _same_village(claims, village, exact=exact):
        yield note("village_differs", slot, village, claims.village, against=FORM)
    if district and claims.sub_district and not _same_district(claims.sub_district, district, exact=exact):
        yield note("sub_district_differs", slot, district, claims.sub_district, against=FORM)


def _same_village(claims: Claims, printed: Value, *, exact: bool) -> bool:
    """By the villages of the form's sub-district where both are among them, else by their letters."""
    district = _district(claims.sub_district)
    known = [_village(text, district) for text in (claims.village, printed.text)] if district else [None]
    if all(known):
        return known[0] == known[1]
    wanted, said = (_VILLAGE_WORD.sub("", text) for text in (claims.village, printed.text))
    bare = Value(text=said, confidence=printed.confidence)
    return name_match(wanted, bare, person=False, exact=exact) is not Match.DIFFERENT


def _same_district(claimed: str, printed: Value, *, exact: bool) -> bool:
    """By the list of sub-districts where both are in it: there, one misread letter makes no other place."""
    known = [_district(text) for text in (claimed, printed.text)]
    if all(known):
        return known[0] == known[1]
    return name_match(claimed, printed, person=False, exact=exact) is not Match.DIFFERENT


def _district(text: str) -> str | None:
    """The sub-district of the regency that this is."""
    return nearest(text, places().districts, _TOLERANCE)


def _village(text: str, district: str) -> str | None:
    """The village of that sub-district that this is."""
    return nearest(_VILLAGE_WORD.sub("", text), places().villages[district], _TOLERANCE)

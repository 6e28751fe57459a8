"""How far a draft is: the first part that lacks something, as the applicant's list names it."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.cases.applying import start_draft
from chalicelib.cases.case import Case, Correction, Document, DocumentState
from chalicelib.cases.filling import PARTS, documents_to_correct, part_reached
from chalicelib.cases.form import ApplicationForm, missing
from chalicelib.procedures.procedure import load

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
GROUP: dict[str, Any] = {
    "group_name": "Sanggar Uji",
    "art_genre": "ludruk",
    "group_address": "Dusun Contoh",
    "village": "Contohrejo",
    "sub_district": "Bangil",
    "member_count": 20,
}
LEADER: dict[str, Any] = {
    "leader_name": "Sari Contoh",
    "national_id": "3514014101900001",
    "phone": "081200001234",
}


def draft(documents: dict[str, DocumentState] | None = None, **form: Any) -> Case:
    """A draft with that much in it."""
    case = start_draft("case-1", "t", "a", "new", load(), AT).case
    placed = {
        slot: Document(
            slot=slot,
            upload_id="u",
            state=state,
            content_type="image/jpeg",
            size=1,
            offered_at=AT,
            quarantine_key="k",
        )
        for slot, state in (documents or {}).items()
    }
    return msgspec.structs.replace(case, form=ApplicationForm(**form), documents=placed)


THREE: dict[str, DocumentState] = {
    "ktp": "inspected",
    "village_letter": "inspecting",
    "board_roster": "inspected",
}


@pytest.mark.parametrize(
    ("case", "part"),
    [
        (draft(), "group"),
        (draft(**LEADER), "group"),
        (draft(**GROUP), "leader"),
        (draft(**GROUP, **LEADER), "documents"),
        (draft(THREE | {"ktp": "refused"}, **GROUP, **LEADER), "documents"),
        (draft(THREE | {"ktp": "awaiting"}, **GROUP, **LEADER), "documents"),
        (draft(THREE, **GROUP, **LEADER), "sending"),
        (draft(THREE, **GROUP, **LEADER, application_type="renewal"), "group"),
        (
            draft(THREE, **GROUP, **LEADER, application_type="renewal", previous_permit_number="1/2024"),
            "documents",
        ),
    ],
)
def test_the_first_part_that_lacks_something_is_next(case: Case, part: str) -> None:
    assert part_reached(case, load()) == part


@given(st.sets(st.sampled_from(sorted(GROUP | LEADER))), st.sets(st.sampled_from(sorted(THREE))))
def test_filling_in_more_never_leads_back(fields: set[str], slots: set[str]) -> None:
    whole, procedure = GROUP | LEADER, load()
    form = {name: whole[name] for name in fields}
    before = draft({slot: THREE[slot] for slot in slots}, **form)
    reached = PARTS.index(part_reached(before, procedure))
    for lacking in missing(before.form):
        after = msgspec.structs.replace(before, form=ApplicationForm(**form, **{lacking: whole[lacking]}))
        assert PARTS.index(part_reached(after, procedure)) >= reached


@pytest.mark.parametrize(
    ("reasons", "count"),
    [
        (("unreadable_document:ktp",), 1),
        (("unreadable_document:ktp", "missing_document:ktp", "missing_document:board_roster"), 2),
        (("form_incomplete",), 0),
        (("form_incomplete", "missing_document:ktp"), 1),
    ],
)
def test_a_returned_document_counts_once(reasons: tuple[str, ...], count: int) -> None:
    asked = Correction(
        step="completeness_check",
        attempt=1,
        reasons=reasons,
        message="",
        returned_at=AT,
        until=AT,
        wakes_at=AT,
    )
    assert (
        documents_to_correct(msgspec.structs.replace(draft(), status="returned", correction=asked)) == count
    )


def test_nothing_is_to_be_corrected_in_a_draft() -> None:
    assert documents_to_correct(draft()) == 0

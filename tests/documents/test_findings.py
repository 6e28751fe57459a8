import datetime as dt
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.documents.checks.findings import findings, later, verdict
from chalicelib.documents.types import Box, Claims, Finding, Inspection, Kind, Officer, Value
from tests.documents.readings import read as read_as

_CLAIMS = Claims(
    application_type="renewal",
    leader_name="Ratih Hermawan",
    national_id="3514064507850012",
    group_name="Sanggar Gita Swara",
    submitted_on=dt.date(2025, 6, 30),
    previous_permit_number="NIK-0012/KES/2023",
)
_SLOTS = ("ktp", "village_letter", "board_roster", "old_certificate")


def _good(**changes: Inspection) -> dict[str, Inspection]:
    group: dict[str, Any] = {"group_name": "SANGGAR GITA SWARA", "leader_name": "Ratih Hermawan"}
    letter: dict[str, Any] = {
        "letter_date": "2025-02-01",
        "leader_national_id": "3514064507850012",
        "signed": "true",
        "stamped": "true",
        **group,
    }
    return {
        "ktp": read_as(Kind.KTP, national_id="3514064507850012", full_name="RATIH HERMAWAN"),
        "village_letter": read_as(Kind.VILLAGE_LETTER, **letter),
        "board_roster": read_as(Kind.BOARD_ROSTER, **group),
        "old_certificate": read_as(Kind.OLD_CERTIFICATE, certificate_number="NIK-0012/KES/2023", **group),
        **changes,
    }


def _codes(read: dict[str, Inspection], claims: Claims = _CLAIMS) -> list[str]:
    """What has to be corrected."""
    return [f"{one.code}:{one.slot}" for one in findings(claims, _SLOTS, read, 6) if one.severity == "warn"]


def _noted(read: dict[str, Inspection], claims: Claims = _CLAIMS) -> list[str]:
    """What is only to be looked at."""
    return [f"{one.code}:{one.slot}" for one in findings(claims, _SLOTS, read, 6) if one.severity == "info"]


def _with(read: Inspection, **fields: str | None) -> Inspection:
    kept = {name: value for name, value in read.fields.items() if name not in fields}
    new = {name: Value(text=text, confidence=0.99) for name, text in fields.items() if text is not None}
    return msgspec.structs.replace(read, fields=kept | new)


def test_papers_that_agree_with_the_form_are_complete() -> None:
    found = findings(_CLAIMS, _SLOTS, _good(), 6)
    assert found == ()
    assert verdict(found) == "complete"


def test_an_empty_slot_is_missing() -> None:
    read = _good()
    del read["board_roster"]
    assert _codes(read) == ["missing_document:board_roster"]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (Kind.BLANK, "blank_document"),
        (Kind.UNREADABLE, "unreadable_document"),
        (Kind.OTHER, "wrong_document"),
    ],
)
def test_a_slot_with_something_else_is_named_and_nothing_in_it_compared(kind: Kind, code: str) -> None:
    assert _codes(_good(board_roster=read_as(kind, leader_name="Somebody Else"))) == [f"{code}:board_roster"]


def test_a_file_that_could_not_be_parsed_is_unreadable() -> None:
    broken = Inspection(
        kind=Kind.UNREADABLE, kind_confidence=1, content_type="application/pdf", pages=0, fault="damaged"
    )
    assert _codes(_good(ktp=broken)) == ["unreadable_document:ktp"]


def test_a_paper_that_nobody_has_read_yet_is_told_to_people_and_blocks_nothing() -> None:
    late = Inspection(kind=Kind.UNCHECKED, kind_confidence=1, content_type="image/jpeg", pages=1)
    found = findings(_CLAIMS, _SLOTS, _good(ktp=late, village_letter=late), 6)
    assert [(one.code, one.slot, one.severity) for one in found] == [
        ("document_not_checked", "ktp", "info"),
        ("document_not_checked", "village_letter", "info"),
    ]
    assert verdict(found) == "complete"


def test_the_same_paper_twice_is_a_duplicate_where_it_does_not_belong() -> None:
    read = _good()
    read["board_roster"] = _with(read["village_letter"], letter_number="470/1/2025")
    read["village_letter"] = read["board_roster"]
    assert _codes(read) == ["duplicate_document:board_roster", "wrong_document:board_roster"]


def test_another_paper_of_the_same_kind_is_wrong_but_no_duplicate() -> None:
    read = _good()
    read["village_letter"] = _with(read["village_letter"], letter_number="470/1/2025")
    read["board_roster"] = _with(read["village_letter"], letter_number="470/2/2025")
    assert _codes(read) == ["wrong_document:board_roster"]


def test_each_mismatch_carries_what_was_expected_and_found() -> None:
    read = _good()
    read["ktp"] = _with(read["ktp"], national_id="3514064507850021", full_name="SITI AMINAH")
    found = findings(_CLAIMS, _SLOTS, read, 6)
    assert [(finding.code, finding.expected, finding.found) for finding in found] == [
        ("name_mismatch", "Ratih Hermawan", "SITI AMINAH"),
        ("nik_mismatch", "3514064507850012", "3514064507850021"),
    ]


@pytest.mark.parametrize(
    "name", ["ratih hermawan", "Hj. Ratih Hermawan, S.Pd.", "RATIH  HERMAWAN", "Dra. Ratih Hermawan"]
)
def test_case_spacing_and_titles_make_no_mismatch(name: str) -> None:
    read = _good()
    read["board_roster"] = _with(read["board_roster"], leader_name=name)
    assert _codes(read) == []


def test_a_misread_letter_on_a_picture_is_forgiven_but_not_in_native_text() -> None:
    read = _good(
        ktp=read_as(
            Kind.KTP,
            recognised=True,
            confidence=0.9,
            national_id="3514064507850012",
            full_name="RAT1H HERMAWAN",
        )
    )
    assert _codes(read) == []
    read["ktp"] = msgspec.structs.replace(read["ktp"], recognised=False)
    assert _codes(read) == ["name_mismatch:ktp"]


def test_an_unsure_reading_of_one_figure_is_no_mismatch_but_a_sure_one_is() -> None:
    unsure = read_as(
        Kind.KTP, recognised=True, confidence=0.7, national_id="3514064507850017", full_name="RATIH HERMAWAN"
    )
    assert _codes(_good(ktp=unsure)) == []
    assert _noted(_good(ktp=unsure)) == ["not_checked:ktp"]
    sure = read_as(
        Kind.KTP, recognised=True, confidence=0.99, national_id="3514064507850017", full_name="RATIH HERMAWAN"
    )
    assert _codes(_good(ktp=sure)) == ["nik_mismatch:ktp"]


@pytest.mark.parametrize(
    ("slot", "field", "name"),
    [
        ("ktp", "national_id", "national_id"),
        ("ktp", "full_name", "leader_name"),
        ("village_letter", "leader_national_id", "national_id"),
        ("village_letter", "group_name", "group_name"),
        ("board_roster", "group_name", "group_name"),
        ("old_certificate", "leader_name", "leader_name"),
        ("old_certificate", "certificate_number", "previous_permit_number"),
    ],
)
def test_what_was_not_read_is_said_by_its_name_and_blocks_nothing(slot: str, field: str, name: str) -> None:
    read = _good()
    read[slot] = _with(read[slot], **{field: None})
    found = findings(_CLAIMS, _SLOTS, read, 6)
    assert [(one.code, one.slot, one.field, one.found) for one in found] == [
        ("not_checked", slot, name, None)
    ]
    assert verdict(found) == "complete"


def test_a_name_that_only_doubt_excuses_was_not_checked() -> None:
    doubtful = read_as(
        Kind.KTP, recognised=True, confidence=0.5, national_id="3514064507850012", full_name="RATLN HERNAWAM"
    )
    assert _codes(_good(ktp=doubtful)) == []
    assert _noted(_good(ktp=doubtful)) == ["not_checked:ktp"]


def test_a_doubtful_reading_that_agrees_is_an_agreement() -> None:
    faint = read_as(
        Kind.KTP, recognised=True, confidence=0.3, national_id="3514064507850012", full_name="RATIH HERMAWAN"
    )
    assert _noted(_good(ktp=faint)) == []


def test_a_contradiction_says_where_both_values_stand() -> None:
    box = Box(page=0, x=0.1, y=0.2, w=0.3, h=0.05)
    read = _good()
    name = Value(text="SITI AMINAH", confidence=0.99, box=box)
    read["ktp"] = msgspec.structs.replace(read["ktp"], fields={**read["ktp"].fields, "full_name": name})
    (found,) = findings(_CLAIMS, _SLOTS, read, 6)
    assert (found.against, found.field, found.box) == ("form", "leader_name", box)


@pytest.mark.parametrize(
    ("there", "home"),
    [
        (None, "board_roster"),
        (Kind.KTP, "board_roster"),
        (Kind.BOARD_ROSTER, None),
        (Kind.BLANK, None),
    ],
)
def test_a_document_in_the_wrong_place_is_told_its_own_when_that_is_free(
    there: Kind | None, home: str | None
) -> None:
    read = _good(
        ktp=read_as(Kind.BOARD_ROSTER, group_name="Sanggar Gita Swara", leader_name="Ratih Hermawan")
    )
    del read["board_roster"]
    if there:
        read["board_roster"] = read_as(there)
    found = [one for one in findings(_CLAIMS, _SLOTS, read, 6) if one.slot == "ktp"]
    assert [(one.code, one.belongs_to) for one in found if one.code == "wrong_document"] == [
        ("wrong_document", home)
    ]


def test_a_paper_that_this_kind_of_application_does_not_need_belongs_nowhere() -> None:
    read = _good(ktp=_good()["old_certificate"])
    del read["old_certificate"]
    found = findings(_CLAIMS, _SLOTS[:3], read, 6)
    assert [(one.code, one.belongs_to) for one in found] == [("wrong_document", None)]


def test_papers_sent_before_anything_was_typed_differ_from_nothing() -> None:
    untyped = msgspec.structs.replace(_CLAIMS, leader_name="", national_id="", group_name="")
    assert _codes(_good(), untyped) == []


def test_an_art_before_a_groups_name_is_doubt_and_no_mismatch_but_another_art_is_one() -> None:
    claims = msgspec.structs.replace(_CLAIMS, group_name="Campursari Gita Swara")
    plainly = _good()["board_roster"]
    for slot in ("village_letter", "old_certificate", "board_roster"):
        read = _good() | {slot: _with(plainly, group_name="Gita Swara")}
        assert f"group_mismatch:{slot}" not in _codes(read, claims)
    read = _good(board_roster=_with(plainly, group_name="Sanggar Gita Laras"))
    assert "group_mismatch:board_roster" in _codes(read, claims)


def test_another_group_or_number_is_found() -> None:
    read = _good()
    read["old_certificate"] = _with(
        read["old_certificate"], certificate_number="NIK-0013/KES/2023", group_name="Sanggar Gita Laras"
    )
    assert _codes(read) == ["certificate_number_mismatch:old_certificate", "group_mismatch:old_certificate"]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2024-12-30", []),
        ("2024-12-29", ["letter_expired:village_letter"]),
        (None, ["letter_date_missing:village_letter"]),
        ("2025-06-30", []),
    ],
)
def test_a_letter_counts_six_months_to_the_day(date: str | None, expected: list[str]) -> None:
    read = _good()
    read["village_letter"] = _with(read["village_letter"], letter_date=date)
    assert _codes(read) == expected


@pytest.mark.parametrize(
    ("signed", "stamped", "count"), [("true", "false", 0), ("false", "true", 0), ("false", "false", 1)]
)
def test_a_letter_needs_a_signature_or_a_stamp(signed: str, stamped: str, count: int) -> None:
    read = _good()
    read["village_letter"] = _with(read["village_letter"], signed=signed, stamped=stamped)
    assert _codes(read) == ["letter_unsigned:village_letter"] * count


def test_a_paper_whose_kind_is_not_sure_is_not_called_a_wrong_one() -> None:
    unsure = msgspec.structs.replace(read_as(Kind.OTHER), kind_confidence=0.6)
    assert _codes(_good(board_roster=unsure)) == []
    assert _noted(_good(board_roster=unsure)) == ["not_checked:board_roster"]


def test_a_letter_whose_signer_was_not_found_is_not_called_unsigned() -> None:
    read = _good()
    letter = _with(read["village_letter"], signed=None, stamped=None)
    unseen = Value(text="false", confidence=0.3)
    fields = {**letter.fields, "signed": unseen, "stamped": unseen}
    read["village_letter"] = msgspec.structs.replace(letter, fields=fields)
    assert _codes(read) == []
    assert _noted(read) == ["not_checked:village_letter"]


def _board(positions: Sequence[str]) -> Inspection:
    """A roster without a leader, with somebody in each of these positions."""
    said = [Value(text=text, confidence=0.99) for text in positions]
    name = Value(text="Sulastri", confidence=0.99)
    return msgspec.structs.replace(
        _with(_good()["board_roster"], leader_name=None),
        officers=tuple(Officer(position=position, name=name) for position in said),
        text=tuple(f"{position} : Sulastri" for position in positions),
    )


def test_a_roster_without_a_leader_is_found() -> None:
    board = _board(["Pelindung", "Wakil Ketua", "Sekretaris", "Bendahara"])
    assert _codes(_good(board_roster=board)) == ["roster_no_leader:board_roster"]


@pytest.mark.parametrize("positions", [[], ["Sekretaris"], ["Pelindung", "Ketua Harian", "Sekretaris"]])
def test_a_roster_that_was_hardly_read_or_prints_a_leader_somewhere_is_not_called_leaderless(
    positions: list[str],
) -> None:
    read = _good(board_roster=_board(positions))
    assert _codes(read) == []
    assert _noted(read) == ["not_checked:board_roster"]


def test_a_roster_scanned_twice_is_recognised_by_its_officers() -> None:
    officer = Officer(
        position=Value(text="Ketua", confidence=1), name=Value(text="Ratih Hermawan", confidence=1)
    )
    roster = msgspec.structs.replace(_good()["board_roster"], officers=(officer,))
    assert "duplicate_document:old_certificate" in _codes(_good(board_roster=roster, old_certificate=roster))


@given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)), st.integers(0, 36))
def test_months_later_is_never_beyond_the_end_of_its_month(day: dt.date, months: int) -> None:
    then = later(day, months)
    assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == months
    assert then.day <= day.day


@given(st.permutations(list(_SLOTS)), st.sets(st.sampled_from(_SLOTS)))
def test_findings_are_sorted_whatever_the_order_of_the_slots(order: list[str], absent: set[str]) -> None:
    read = {slot: _good()[slot] for slot in order if slot not in absent}
    found = findings(_CLAIMS, tuple(order), read, 6)
    assert [finding.slot for finding in found] == sorted(absent)


def test_an_inspection_and_a_finding_survive_json() -> None:
    inspection = _good()["village_letter"]
    assert msgspec.json.decode(msgspec.json.encode(inspection), type=Inspection) == inspection
    finding = Finding(code="nik_mismatch", slot="ktp", expected="1", found="2")
    assert msgspec.json.decode(msgspec.json.encode(finding), type=Finding) == finding


def test_information_alone_leaves_an_application_complete() -> None:
    assert verdict([Finding(code="hidden_text", slot="ktp", severity="info")]) == "complete"

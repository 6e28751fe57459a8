"""What was typed is looked for in the whole document before a reader's value is called different."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.documents.checks.agreement import Match, name_match
from chalicelib.documents.checks.comparisons import comparisons
from chalicelib.documents.checks.elsewhere import number_stands_in, stands_in
from chalicelib.documents.types import Claims, Kind, Value
from tests.documents.people import story
from tests.documents.readings import read as read_as

LETTER = (
    "menerangkan bahwa kelompok seni :",
    "a. Nama : Turonggo Seto Budi",
    "b. Nama Pimpinan : H. Suprapto Widodo, S.Pd.",
    "yang beralamat di Dsn. Krajan, ketua",
    "kelompok bernama Gita Swara yang masih aktif",
)


@pytest.mark.parametrize("name", ["Suprapto Widodo", "SUPRAPTO WIDODO", "Drs. Suprapto Widodo"])
def test_a_person_is_found_behind_another_label(name: str) -> None:
    assert stands_in(name, LETTER, person=True, exact=True)


def test_a_person_is_found_after_the_word_that_addresses_people() -> None:
    assert stands_in("Siti Aminah", ("bahwa Saudari SITI AMINAH, NIK 3514",), person=True, exact=True)


@pytest.mark.parametrize("name", ["Turonggo Seto Budi", "Gita Swara"])
def test_a_group_is_found_behind_a_label_and_in_a_sentence(name: str) -> None:
    assert stands_in(name, LETTER, person=False, exact=True)


@pytest.mark.parametrize("name", ["Turonggo Seto", "Seto Budi", "Suprapto", "Widodo", "Gita"])
def test_a_part_of_a_longer_name_is_another_name(name: str) -> None:
    assert not stands_in(name, LETTER, person=False, exact=True)


def test_a_name_that_goes_on_in_the_next_line_is_longer_than_its_first_line() -> None:
    assert not stands_in("Turonggo Seto", ("Nama : Turonggo Seto", "Budi Utomo"), person=False, exact=True)
    assert stands_in("Turonggo Seto Budi", ("Nama : Turonggo Seto", "Budi"), person=False, exact=True)


def test_a_name_one_letter_apart_is_found_in_a_picture_only_as_far_as_pictures_are_misread() -> None:
    assert not stands_in("Suprapto Widada", LETTER, person=True, exact=True)
    assert not stands_in("Suprapto Sudarmo", LETTER, person=True, exact=False)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("556.011/NIK/424.076/2022", True),
        ("NOMOR : 556.011/NIK/424.076/2022", True),
        ("Nomor:556.011 / NIK / 424.076 / 2022", True),
        ("1556.011/NIK/424.076/2022", False),
        ("556.011/NIK/424.076/2022/A", False),
        ("556.011/NIK/424.076/2023", False),
    ],
)
def test_a_number_is_found_whole(line: str, *, found: bool) -> None:
    assert number_stands_in("556.011/NIK/424.076/2022", (line,)) is found


CLAIMS = Claims(
    application_type="new",
    leader_name="Suprapto Widodo",
    national_id="3514064507850012",
    group_name="Turonggo Seto Budi",
    submitted_on=dt.date(2025, 6, 30),
)


def test_a_letter_whose_reader_took_the_group_for_the_leader_is_not_checked_rather_than_wrong() -> None:
    letter = read_as(Kind.VILLAGE_LETTER, text=LETTER, leader_name="Turonggo Seto Budi")
    found = {one.field: one.code for one in comparisons(CLAIMS, "village_letter", letter)}
    assert found["leader_name"] == "not_checked"


def test_a_leader_who_is_named_on_a_roster_as_somebody_else_still_differs() -> None:
    roster = read_as(
        Kind.BOARD_ROSTER, text=("Ketua : Bambang", "Sekretaris : Suprapto Widodo"), leader_name="Bambang"
    )
    found = {one.field: one.code for one in comparisons(CLAIMS, "board_roster", roster)}
    assert found["leader_name"] == "name_mismatch"


@given(st.data())
def test_what_counts_as_the_same_name_is_found_wherever_it_stands(data: st.DataObject) -> None:
    name = story(data.draw(st.integers(0, 5000))).leader.name
    at = data.draw(st.integers(0, len(name) - 1))
    printed = name[:at] + data.draw(st.sampled_from("aO0l1 ")) + name[at + 1 :]
    value = Value(text=printed, confidence=1.0)
    same = name_match(name, value, person=True, exact=False) is Match.SAME
    lines = ("menerangkan bahwa :", f"Nama Pimpinan : {printed}", "5. Alamat : Dsn. Krajan")
    assert stands_in(name, lines, person=True, exact=False) or not same


def test_a_claim_as_long_as_a_sentence_is_no_name_to_search_for() -> None:
    claim = "a b c d e f g h i j k l m"
    assert not stands_in(claim, (claim,), person=False, exact=True)


@given(st.lists(st.text(min_size=0, max_size=30), max_size=6), st.text(min_size=1, max_size=40))
def test_no_text_breaks_the_search(lines: list[str], name: str) -> None:
    stands_in(name, lines, person=True, exact=False)
    number_stands_in(name, lines)

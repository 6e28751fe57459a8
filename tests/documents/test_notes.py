"""What people are asked to look at; none of it refuses anything."""

import datetime as dt
from collections.abc import Mapping

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.documents.checks.findings import findings, verdict
from chalicelib.documents.checks.notes import NATIVE_PAGES, SCANNED_PAGES
from chalicelib.documents.checks.renewal import fits_shortened
from chalicelib.documents.files import pages
from chalicelib.documents.types import Claims, Finding, Inspection, Kind, Part, Registered, Value
from chalicelib.documents.words.vocabulary import places
from chalicelib.permits.names import shortened_name
from tests.documents.people import story
from tests.documents.readings import claims_of, papers_of, village_of

_SLOTS = ("ktp", "village_letter", "board_roster", "old_certificate")
_STORY = story(7)
_REGISTERED = Registered(group_name=_STORY.group, leader_short=shortened_name(_STORY.leader.name))
SEEDS = st.integers(0, 100_000)


def _found(
    read: Mapping[str, Inspection],
    claims: Claims | None = None,
    opens: int | None = None,
    registered: Registered | None = None,
) -> tuple[Finding, ...]:
    return findings(
        claims or claims_of(_STORY), _SLOTS, read, 6, renewal_opens_days=opens, registered=registered
    )


def _changed(slot: str, **fields: str) -> dict[str, Inspection]:
    read = papers_of(_STORY)
    new = {name: Value(text=text, confidence=0.99) for name, text in fields.items()}
    return {
        **read,
        slot: msgspec.structs.replace(read[slot], fields=dict(read[slot].fields) | new),
    }


def _notes(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    assert all(one.severity == "info" for one in found)
    assert verdict(found) == "complete"
    return [(one.code, one.slot) for one in found]


@given(SEEDS)
def test_an_application_without_fault_has_nothing_to_look_at(seed: int) -> None:
    told = story(seed)
    registered = Registered(group_name=told.group, leader_short=shortened_name(told.leader.name))
    assert _found(papers_of(told), claims_of(told), registered=registered) == ()


@given(SEEDS, st.dates(dt.date(1940, 1, 1), dt.date(2015, 12, 31)))
def test_a_birth_date_that_is_not_the_numbers_is_noted(seed: int, day: dt.date) -> None:
    person = story(seed).leader
    read = papers_of(story(seed))
    value = Value(text=day.isoformat(), confidence=0.99)
    read["ktp"] = msgspec.structs.replace(read["ktp"], fields={**read["ktp"].fields, "birth_date": value})
    same = (day.day, day.month, day.year % 100) == (
        person.born.day,
        person.born.month,
        person.born.year % 100,
    )
    assert _notes(_found(read, claims_of(story(seed)))) == (
        [] if same else [("birth_date_contradicts", "ktp")]
    )


@given(SEEDS)
def test_the_other_sex_on_the_card_is_noted(seed: int) -> None:
    told = story(seed)
    read = papers_of(told)
    other = Value(text="LAKI-LAKI" if told.leader.woman else "PEREMPUAN", confidence=0.99)
    read["ktp"] = msgspec.structs.replace(read["ktp"], fields={**read["ktp"].fields, "gender": other})
    assert _notes(_found(read, claims_of(told))) == [("sex_contradicts", "ktp")]


@pytest.mark.parametrize(("region", "noted"), [("3514", False), ("3573", True), ("7171", True)])
def test_a_number_first_registered_elsewhere_is_noted_and_never_refused(region: str, noted: bool) -> None:
    number = region + _STORY.leader.national_id[4:]
    read = _changed("ktp", national_id=number)
    read["village_letter"] = _changed("village_letter", leader_national_id=number)["village_letter"]
    claims = msgspec.structs.replace(claims_of(_STORY), national_id=number)
    found = _found(read, claims)
    assert _notes(found) == ([("id_number_elsewhere", "ktp")] if noted else [])
    assert [one.found for one in found] == ([region] if noted else [])


def test_a_number_without_the_structure_is_noted_once_and_not_taken_apart() -> None:
    number = "3514993312850012"
    read = _changed("ktp", national_id=number)
    read["village_letter"] = _changed("village_letter", leader_national_id=number)["village_letter"]
    claims = msgspec.structs.replace(claims_of(_STORY), national_id=number)
    assert _notes(_found(read, claims)) == [("id_number_malformed", "ktp")]


def test_a_part_that_was_read_doubtfully_contradicts_nothing() -> None:
    read = papers_of(_STORY)
    doubtful = {
        "birth_date": Value(text="1900-01-01", confidence=0.4),
        "gender": Value(text="PEREMPUAN", confidence=0.4),
        "district": Value(text="ENTAHLAH", confidence=0.4),
        "village": Value(text="ENTAHLAH", confidence=0.4),
    }
    read["ktp"] = msgspec.structs.replace(read["ktp"], fields=read["ktp"].fields | doubtful)
    assert _found(read) == ()


def test_a_sub_district_that_is_none_of_the_regencys_is_noted() -> None:
    assert _notes(_found(_changed("ktp", district="LOWOKWARU"))) == [
        ("card_district_unknown", "ktp"),
        ("sub_district_differs", "ktp"),
    ]


@pytest.mark.parametrize("slot", ["ktp", "village_letter"])
def test_another_village_or_sub_district_than_the_forms_is_noted(slot: str) -> None:
    other = "Tosari" if _STORY.leader.district != "Tosari" else "Lekok"
    village = places().villages[other][0]
    assert _notes(_found(_changed(slot, village=village, district=other))) == [
        ("sub_district_differs", slot),
        ("village_differs", slot),
    ]


def test_a_letter_from_a_village_that_its_sub_district_does_not_have_is_noted() -> None:
    claims = msgspec.structs.replace(claims_of(_STORY), village="")
    found = _found(_changed("village_letter", village="Antahberantah"), claims)
    assert _notes(found) == [("village_unknown", "village_letter")]
    assert (found[0].found, found[0].expected) == ("Antahberantah", _STORY.leader.district)


@given(SEEDS, SEEDS)
def test_two_villages_of_a_sub_district_are_never_taken_for_each_other(seed: int, other: int) -> None:
    told = story(seed)
    villages = places().villages[told.leader.district]
    one, two = villages[seed % len(villages)], villages[other % len(villages)]
    claims = msgspec.structs.replace(claims_of(told), village=one)
    read = papers_of(told)
    printed = Value(text=two.upper(), confidence=0.7)
    read["village_letter"] = msgspec.structs.replace(
        read["village_letter"], recognised=True, fields={**read["village_letter"].fields, "village": printed}
    )
    del read["ktp"]
    noted = [one.code for one in _found(read, claims) if one.severity == "info"]
    assert noted == ([] if one == two else ["village_differs"])


def test_the_list_has_all_villages_of_the_regency() -> None:
    assert list(places().villages) == places().districts
    # 341 desa and 24 kelurahan by the decree that the list names.
    assert sum(map(len, places().villages.values())) == 365


@pytest.mark.parametrize("word", ["Desa ", "DS. ", "Kel. ", "kelurahan "])
def test_the_word_before_a_villages_name_is_no_part_of_it(word: str) -> None:
    assert _found(_changed("village_letter", village=word + village_of(_STORY))) == ()


def test_a_letter_dated_after_the_day_of_submission_is_noted() -> None:
    tomorrow = _STORY.submitted_on + dt.timedelta(days=1)
    assert _notes(_found(_changed("village_letter", letter_date=tomorrow.isoformat()))) == [
        ("letter_date_future", "village_letter")
    ]
    assert _found(_changed("village_letter", letter_date=_STORY.submitted_on.isoformat())) == ()


@pytest.mark.parametrize(
    ("days_left", "code"),
    [
        (61, "renewal_too_early"),
        (60, None),
        (0, None),
        (-60, None),
        (-61, "certificate_expired"),
    ],
)
def test_a_renewal_is_expected_around_the_end_of_the_old_certificate(
    days_left: int, code: str | None
) -> None:
    until = _STORY.submitted_on + dt.timedelta(days=days_left)
    found = _found(_changed("old_certificate", valid_until=until.isoformat()), opens=60)
    assert _notes(found) == ([(code, "old_certificate")] if code else [])


@pytest.mark.parametrize(
    ("registered", "codes"),
    [
        (None, []),
        (_REGISTERED, []),
        (Registered(known=False), ["certificate_unregistered"]),
        (msgspec.structs.replace(_REGISTERED, valid=False), ["certificate_revoked"]),
        (msgspec.structs.replace(_REGISTERED, group_name="Lain Sekali"), ["registered_group_differs"]),
        (msgspec.structs.replace(_REGISTERED, leader_short="Xaver Y."), ["registered_leader_differs"]),
    ],
)
def test_the_certificate_is_held_against_our_own_register(
    registered: Registered | None, codes: list[str]
) -> None:
    assert [code for code, _ in _notes(_found(papers_of(_STORY), registered=registered))] == codes


@given(SEEDS, SEEDS)
def test_a_shortened_name_fits_its_owner_and_hardly_anybody_else(seed: int, other: int) -> None:
    name, stranger = story(seed).leader.name, story(other).leader.name
    short = shortened_name(name)
    assert fits_shortened(short, Value(text=f"H. {name.upper()}, S.Pd.", confidence=0.99), exact=True)
    fits = fits_shortened(short, Value(text=stranger, confidence=0.99), exact=True)
    assert fits == (shortened_name(stranger) == short)


def test_names_that_each_fit_the_form_but_not_each_other_are_noted() -> None:
    claims = msgspec.structs.replace(claims_of(_STORY), leader_name="Arifin H. Kusumo")
    read = papers_of(_STORY)
    for slot, field, name in (
        ("ktp", "full_name", "ARIFIN HADI KUSUMO"),
        ("village_letter", "leader_name", "Arifin Hendra Kusumo"),
        ("board_roster", "leader_name", "Arifin H. Kusumo"),
        ("old_certificate", "leader_name", "Arifin H. Kusumo"),
    ):
        value = Value(text=name, confidence=0.99)
        read[slot] = msgspec.structs.replace(read[slot], fields={**read[slot].fields, field: value})
    found = _found(read, claims)
    assert _notes(found) == [("leader_name_varies", "village_letter")]
    assert (found[0].expected, found[0].against) == ("ARIFIN HADI KUSUMO", "ktp")


def test_two_numbers_are_compared_before_anything_was_typed() -> None:
    claims = msgspec.structs.replace(claims_of(_STORY), national_id="")
    number = _STORY.leader.national_id[:12] + ("0001" if _STORY.leader.national_id[12:] != "0001" else "0002")
    assert _notes(_found(_changed("village_letter", leader_national_id=number), claims)) == [
        ("id_number_varies", "village_letter")
    ]


def test_what_contradicts_the_form_is_not_told_a_second_time() -> None:
    found = _found(_changed("village_letter", leader_name="Somebody Else"))
    assert [one.code for one in found] == ["name_mismatch"]


def test_hidden_text_is_noted() -> None:
    read = papers_of(_STORY)
    read["village_letter"] = msgspec.structs.replace(read["village_letter"], hidden_text=True)
    assert _notes(_found(read)) == [("hidden_text", "village_letter")]


@pytest.mark.parametrize(
    ("recognised", "count", "noted"), [(True, 4, False), (True, 5, True), (False, 8, False), (False, 9, True)]
)
def test_pages_that_nobody_read_are_noted(recognised: bool, count: int, noted: bool) -> None:
    read = papers_of(_STORY)
    read["board_roster"] = msgspec.structs.replace(read["board_roster"], recognised=recognised, pages=count)
    assert _notes(_found(read)) == ([("pages_ignored", "board_roster")] if noted else [])
    assert (NATIVE_PAGES, SCANNED_PAGES) == (pages.READ_PAGES, pages.RECOGNISED_PAGES)


def test_a_document_of_another_kind_has_nothing_to_note() -> None:
    read = _changed("ktp", birth_date="1900-01-01")
    wrong = msgspec.structs.replace(read["ktp"], kind=Kind.OTHER, hidden_text=True)
    assert [one.code for one in _found({**read, "ktp": wrong})] == ["wrong_document"]


def test_another_paper_in_the_same_file_is_named_with_its_page() -> None:
    read = papers_of(_STORY)
    read["board_roster"] = msgspec.structs.replace(
        read["board_roster"], others=(Part(kind=Kind.VILLAGE_LETTER, page=2),)
    )
    (noted,) = [one for one in _found(read) if one.code == "also_holds"]
    assert (noted.slot, noted.against, noted.found, noted.severity) == (
        "board_roster",
        "village_letter",
        "3",
        "info",
    )

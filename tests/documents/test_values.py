import datetime as dt
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.documents.papers.reading import address_of
from chalicelib.documents.words.alike import distance, likeness, plain, without_titles
from chalicelib.documents.words.dates import dates_in, first_date
from chalicelib.documents.words.national_id import find_number, fits_birth, is_woman, well_formed
from chalicelib.documents.words.vocabulary import nearest, places
from tests.documents.people import spelled, story

_WORDS = st.text(alphabet="ABO018I", max_size=9)
_DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2039, 12, 31))


@given(_DAYS)
def test_a_date_is_read_in_every_spelling(day: dt.date) -> None:
    roman = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")[day.month - 1]
    for text in (
        spelled(day),
        f"{day:%d-%m-%Y}",
        f"{day:%d/%m/%Y}",
        f"{day:%d.%m.%Y}",
        day.isoformat(),
        f"{day.day}-{roman}-{day.year}",
    ):
        assert first_date(f"Bangil, {text}") == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("l3 Agustus 2O24", dt.date(2024, 8, 13)),
        ("Kraton, 13Agustus2024", dt.date(2024, 8, 13)),
        ("13 Agustns 2024", dt.date(2024, 8, 13)),
        ("5 Peb 2024", dt.date(2024, 2, 5)),
        ("tanggal tiga belas bulan Agustus tahun dua ribu dua puluh empat", dt.date(2024, 8, 13)),
        ("Tamansari, ........................ 20....", None),
        ("31 Februari 2024", None),
        ("Nomor 474/89/424.300.12/2024", None),
    ],
)
def test_misread_worded_empty_and_impossible_dates(text: str, day: dt.date | None) -> None:
    assert first_date(text) == day


def test_a_term_has_two_dates() -> None:
    assert list(dates_in("15 Mei 2021 s/d 15 Mei 2024")) == [dt.date(2021, 5, 15), dt.date(2024, 5, 15)]


@given(st.integers(0, 10_000))
def test_every_made_up_number_has_the_structure_of_its_owner(seed: int) -> None:
    person = story(seed).leader
    assert well_formed(person.national_id)
    assert fits_birth(person.national_id, person.born)
    assert is_woman(person.national_id) == person.woman


@pytest.mark.parametrize(
    "number", ["", "123", "3514064513850012", "3514064507850000", "0014064507850012", "35140645078500123"]
)
def test_numbers_without_the_structure_are_not_well_formed(number: str) -> None:
    assert not well_formed(number)


@pytest.mark.parametrize(
    "reading", ["3514064507850012", ": 35140645O785OO12", "35 1406 450785 0012", "3514.0645.0785.0012"]
)
def test_a_number_is_found_through_blanks_and_look_alikes(reading: str) -> None:
    assert find_number(reading) == "3514064507850012"


@given(_WORDS, _WORDS, st.sampled_from((0.0, 0.4, 0.8, 1.0, 2.2, 5.0)))
def test_a_distance_beyond_what_is_asked_for_is_only_told_to_be_beyond(
    left: str, right: str, most: float
) -> None:
    whole = distance(left, right)
    assert distance(left, right, most) == (whole if whole <= most else inf)


@given(_WORDS, _WORDS)
def test_shortcuts_do_not_change_a_distance(left: str, right: str) -> None:
    assert distance(left, right) == pytest.approx(_told_step_by_step(left, right))


def _told_step_by_step(left: str, right: str) -> float:
    """The whole table of Wagner and Fischer (1974), a twin at what it costs alone."""
    before = [float(at) for at in range(len(right) + 1)]
    for a in left:
        now = [before[0] + 1]
        for column, b in enumerate(right):
            swapped = before[column] + (0.0 if a == b else min(distance(a, b), 1.0))
            now.append(min(swapped, before[column + 1] + 1, now[-1] + 1))
        before = now
    return before[-1]


@given(st.text(alphabet="ABCDEFGHIJ", max_size=12), st.text(alphabet="ABCDEFGHIJ", max_size=12))
def test_distance_is_symmetric_and_zero_only_for_the_same(left: str, right: str) -> None:
    assert distance(left, right) == distance(right, left)
    assert (distance(left, right) == 0) == (left == right)
    assert 0 <= likeness(left, right) <= 1


def test_look_alikes_are_nearer_than_other_letters() -> None:
    assert distance("SITI0", "SITIO") < 1 <= distance("SITIX", "SITIO")


@pytest.mark.parametrize(
    "name",
    [
        "H. Bagas Hakim",
        "Drs. Bagas Hakim, M.M.",
        "Bagas Hakim S.Pd".replace(" S", ", S"),
        "Bapak Bagas Hakim",
    ],
)
def test_titles_are_no_part_of_a_name(name: str) -> None:
    assert plain(without_titles(name)) == "BAGASHAKIM"


def test_misread_first_words_of_addresses_are_put_right() -> None:
    assert address_of("JI. Melati No. 3 Kee. Beji") == "Jl. Melati No. 3 Kec. Beji"
    assert address_of("Dsn. Krajan Ds. Wates") == "Dsn. Krajan Ds. Wates"


def test_a_misread_sub_district_is_known_and_a_foreign_one_is_not() -> None:
    assert nearest("PANDAAH", places().districts, 0.2) == "Pandaan"
    assert nearest("SURABAYA", places().districts, 0.2) is None
    assert len(places().districts) == 24

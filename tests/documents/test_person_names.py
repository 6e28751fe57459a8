"""The same name written in many ways is one name; another name never is."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chalicelib.documents.checks.agreement import Match, name_match
from chalicelib.documents.types import Value
from chalicelib.documents.words.alike import plain
from chalicelib.documents.words.person_names import ways_to_write
from tests.documents.people import story

NAMES = st.integers(0, 100_000).map(lambda seed: story(seed).leader.name)
LEADING = st.sampled_from(
    ("", "H. ", "Hj. ", "H ", "Drs. ", "Drs. H. ", "KH. ", "Prof. Dr. ", "Ir. ", "Bapak ", "Ki ")
)
TRAILING = st.sampled_from(
    ("", ", S.Pd.", " S.Pd.", " S. Pd", ", S.E., M.M.", " S.H. M.H.", " M.Pd.I", ", A.Md", " S.Sos.")
)
FIRST_NAMES = {
    "Muhammad": (
        "Moch.",
        "Moch",
        "Mochamad",
        "Mochammad",
        "Muhamad",
        "Mohammad",
        "Mohamad",
        "Moh.",
        "Moh",
        "M.",
    ),
    "Ahmad": ("Ach.", "Ach", "Achmad", "Akhmad", "Akhmat"),
    "Abdul": ("Abd.", "Abd", "Abdoel"),
}
WRITTEN = st.sampled_from([(name, way) for name, ways in FIRST_NAMES.items() for way in ways])


def _match(claimed: str, printed: str, exact: bool = True, confidence: float = 0.99) -> Match:
    return name_match(claimed, Value(text=printed, confidence=confidence), person=True, exact=exact)


@given(NAMES, LEADING, TRAILING)
def test_titles_before_and_after_a_name_are_no_part_of_it(name: str, leading: str, trailing: str) -> None:
    assert _match(name, f"{leading}{name.upper()}{trailing}") is Match.SAME
    assert _match(f"{leading}{name}{trailing}", name) is Match.SAME


@given(NAMES, WRITTEN, LEADING, TRAILING)
def test_a_first_name_is_the_same_in_each_of_its_spellings(
    name: str, written: tuple[str, str], leading: str, trailing: str
) -> None:
    usual, way = written
    assert _match(f"{usual} {name}", f"{leading}{way} {name}{trailing}") is Match.SAME
    assert _match(f"{leading}{way} {name}", f"{usual} {name}") is Match.SAME


@given(NAMES, NAMES, st.booleans())
def test_another_persons_name_is_never_the_same(name: str, other: str, exact: bool) -> None:
    assume(name != other)
    assert _match(name, other, exact=exact) is Match.DIFFERENT


@given(NAMES, NAMES, WRITTEN, WRITTEN)
def test_a_shared_first_name_makes_no_two_people_one(
    name: str, other: str, one: tuple[str, str], two: tuple[str, str]
) -> None:
    assume(name != other)
    assert _match(f"{one[1]} {name}", f"{two[1]} {other}") is Match.DIFFERENT


@given(NAMES, WRITTEN, WRITTEN)
def test_different_first_names_stay_different(name: str, one: tuple[str, str], two: tuple[str, str]) -> None:
    assume(one[0] != two[0])
    assert _match(f"{one[1]} {name}", f"{two[1]} {name}") is Match.DIFFERENT


@given(NAMES)
def test_a_name_is_written_as_it_is(name: str) -> None:
    assert [plain(way) for way in ways_to_write(name)] == [plain(name)]


@pytest.mark.parametrize(
    ("claimed", "printed", "same"),
    [
        ("M. Arifin", "Mochamad Arifin", True),
        ("H. M. Arifin", "Muhammad Arifin", True),
        ("M. Arifin", "ARIFIN", True),
        ("Moch.Arifin", "Muhammad Arifin", True),
        ("Siti R. Ningsih", "Siti Rahayu Ningsih", True),
        ("Siti S. Ningsih", "Siti Rahayu Ningsih", False),
        ("Nur Ahmad", "Nur Achmad", True),
        ("Abdul Hakim", "Abdillah Hakim", False),
        ("Muhammad", "Ahmad", False),
        ("Arifin", "Muhammad Arifin", False),
        ("Sa'diyah Putri", "SADIYAH PUTRI", True),
        ("Imam Syafi'i", "IMAM SYAFI", True),
        ("Rifa'i Akbar", "RIFA AKBAR", True),
        ("Imam Syafi'i", "IMAM SYAFRI", False),
        ("", "Arifin", False),
    ],
)
def test_names_as_they_are_found_on_papers(claimed: str, printed: str, same: bool) -> None:
    assert (_match(claimed, printed) is Match.SAME) == same


def test_a_misread_letter_is_forgiven_through_another_spelling() -> None:
    assert _match("Moh. Arifin", "MOCHAMAD AR1FIN", exact=False) is Match.SAME
    assert _match("Moh. Arifin", "MOCHAMAD AR1FIN", exact=True) is Match.DIFFERENT

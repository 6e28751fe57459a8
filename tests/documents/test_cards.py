"""What is read from an ID card, its lines given."""

import pytest

from chalicelib.documents.papers.cards import read_card
from tests.documents.laid import Line, sheet


def _read(*lines: Line) -> dict[str, str]:
    return {name: value.text for name, value in read_card([sheet(*lines)]).fields.items()}


@pytest.mark.parametrize(
    ("printed", "blood"),
    [
        ("Gol. Darah : O", "O"),
        ("Gol. Darah : 0", "O"),
        ("Gol. Darah:0", "O"),
        ("Gol. Darah O", "O"),
        ("Gol Darah : 8", "B"),
        ("Gol. Darah : AB+", "AB+"),
        ("Go. Darah : A", "A"),
        ("Gol. Darah : -", "-"),
        ("Gol. Darah :", "-"),
        ("Gol. Darah", "-"),
    ],
)
def test_a_blood_type_is_one_of_four_whatever_it_looks_like(printed: str, blood: str) -> None:
    apart: Line = ((0.0, "Jenis Kelamin"), (300.0, ": LAKI-LAKI"), (600.0, printed))
    together = f"Jenis Kelamin : LAKI-LAKI {printed}"
    for row in (apart, together):
        read = _read("NIK : 3514120507790002", row)
        assert (read["blood_type"], read["gender"]) == (blood, "LAKI-LAKI")


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("002/001", "002/001"),
        ("o02/o01", "002/001"),
        ("o2/o1", "02/01"),
        ("O11 / OO4", "011/004"),
        ("002001", "002/001"),
        ("0021001", "002/001"),
        ("02101", "02/01"),
        ("RT.002 RW.001", "002/001"),
        ("2/1", "2/1"),
        ("l2/I0", "12/10"),
    ],
)
def test_the_neighbourhood_is_read_in_figures(printed: str, wanted: str) -> None:
    assert _read(f"RT/RW : {printed}")["rt_rw"] == wanted


@pytest.mark.parametrize("printed", ["-", "DUSUN KRAJAN", "0"])
def test_what_is_no_neighbourhood_is_not_made_one(printed: str) -> None:
    assert "rt_rw" not in _read(f"RT/RW : {printed}")


def test_a_speck_in_the_place_of_a_word_of_a_fixed_set_is_no_value() -> None:
    row: Line = ((0.0, "Pekerjaan"), (300.0, "0"))
    assert "occupation" not in read_card([sheet(row, score=0.2)]).fields
    odd: Line = ((0.0, "Pekerjaan"), (300.0, "PAWANG HUJAN"))
    assert read_card([sheet(odd)]).fields["occupation"].text == "PAWANG HUJAN"


@pytest.mark.parametrize("colon", [": ", ""])
def test_a_card_s_labels_are_known_by_their_place_when_their_colons_were_not_read(colon: str) -> None:
    name: Line = ((0.0, "Nama"), (300.0, f"{colon}WARGA CONTOH"))
    village: Line = ((30.0, "Kel/Desa"), (300.0, f"{colon}SUMBER CONTOH"))
    read = _read("NIK : 3514120507790002", name, village)
    assert (read["full_name"], read["village"]) == ("WARGA CONTOH", "SUMBER CONTOH")

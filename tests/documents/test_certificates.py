"""What is read from the certificates of many offices, their lines given."""

import pytest

from chalicelib.documents.papers.certificates import read_certificate
from chalicelib.documents.types import Value
from tests.documents.laid import Line, sheet


def _read(*lines: Line) -> dict[str, str]:
    return {name: value.text for name, value in _values(*lines).items()}


def _values(*lines: Line) -> dict[str, Value]:
    return dict(read_certificate([sheet(*lines)]).fields)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("NO. INDUK : NIK-0117/KES/2023", "NIK-0117/KES/2023"),
        ("NO. INDUK:556.117/NIK/424.076/2021", "556.117/NIK/424.076/2021"),
        ("Nomor : 430/019/424.086/2022", "430/019/424.086/2022"),
        ("556.117/NIK/424.076/2021", "556.117/NIK/424.076/2021"),
        ("Nomor 430 / 019 / NIK / 2022", "430/019/NIK/2022"),
        ("NIK-0117/KES/2023", "NIK-0117/KES/2023"),
        ("No. 431/87/2022", "431/87/2022"),
        ("No. Register : 12/TDK/2020", "12/TDK/2020"),
    ],
)
def test_the_whole_number_is_taken_with_a_label_or_without(line: str, number: str) -> None:
    assert _read("NOMOR INDUK KESENIAN", line, "diberikan kepada")["certificate_number"] == number


def test_the_register_number_goes_before_the_number_of_the_letter() -> None:
    read = _read("Nomor : 503/77/2022", "Nomor Induk Kesenian : NIK-0117/KES/2022")
    assert read["certificate_number"] == "NIK-0117/KES/2022"


@pytest.mark.parametrize(
    "line",
    [
        "Peraturan Bupati Pasuruan Nomor 31/2/2017",
        "Bangil, 4/5/2021",
        "Telp. (0343) 424-111",
        "NIP. 19680212 199303 1 004",
    ],
)
def test_laws_days_telephones_and_officials_have_no_register_number(line: str) -> None:
    assert "certificate_number" not in _read("NOMOR INDUK KESENIAN", line)


def test_a_name_that_stands_alone_below_given_to_is_the_group() -> None:
    read = _read("diberikan kepada :", "JARAN BODHAG KRIDO UTOMO", "Jenis Kesenian : Jaran Bodhag")
    assert (read["group_name"], read["art_type"]) == ("JARAN BODHAG KRIDO UTOMO", "Jaran Bodhag")


def test_an_address_between_the_labels_needs_none() -> None:
    read = read_certificate(
        [
            sheet(
                "NOMOR INDUK KESENIAN",
                "NIK/0381/424.086/2023",
                "Diberikan kepada kelompok kesenian",
                "MARCHING BAND GITA WIBAWA",
                "Jenis Kesenian : Marching Band",
                "Ketua : Yudi Hermawan",
                "JI. Pattimura No. 9 Kel. Kauman Kec. Bangil",
            )
        ]
    ).fields
    assert read["group_name"].text == "MARCHING BAND GITA WIBAWA"
    assert read["group_address"].text == "JI. Pattimura No. 9 Kel. Kauman Kec. Bangil"


def test_a_large_name_on_two_lines_is_one_name_and_an_address_below_it_no_part_of_it() -> None:
    lines = [
        "diberikan kepada :",
        "PAGUYUBAN JARAN BODHAG",
        "KRIDO UTOMO",
        "Dusun Tugu",
        "Jenis Seni : Jaran",
    ]
    large = sheet(*lines, *["Ketentuan"] * 6, heights={1: 32.0, 2: 32.0})
    fields = read_certificate([large]).fields
    assert fields["group_name"].text == "PAGUYUBAN JARAN BODHAG KRIDO UTOMO"
    assert "group_name" not in _read("diberikan kepada :", "Dusun Tugu RT 01")


def test_a_name_beside_its_label_goes_before_what_stands_below_given_to() -> None:
    read = _read("memberikan Nomor Induk Kesenian kepada :", "Nama Grup : Nurul Iman")
    assert read["group_name"] == "Nurul Iman"


def test_a_quoted_name_in_a_sentence_is_the_group_and_its_leader_follows() -> None:
    read = _read(
        "Menerangkan bahwa sanggar “Biru Laut” di Bangil",
        "yang dipimpin oleh Bapak Rahmat Dhani, telah terdaftar",
    )
    assert (read["group_name"], read["leader_name"]) == ("Biru Laut", "Rahmat Dhani")


@pytest.mark.parametrize("row", [((0.0, "Pimpinan"), (300.0, "Hendro Wasis")), "Pimpinan Hendro Wasis"])
def test_a_leader_in_a_table_needs_no_colon(row: Line) -> None:
    table: list[Line] = [((0.0, "Jenis Kesenian"), (300.0, "Reog")), row]
    read = _read(*table)
    assert read["leader_name"] == "Hendro Wasis"


def test_the_word_leader_away_from_any_label_is_no_label() -> None:
    assert "leader_name" not in _read("Jenis Kesenian : Reog", "Demikian", "Ketua Panitia Bersama")


@pytest.mark.parametrize(
    ("lines", "until"),
    [
        (("Masa Berlaku : 4 Mei 2024",), "2024-05-04"),
        (("Berlaku sampai dengan tanggal 4 Mei 2024",), "2024-05-04"),
        (("Berlaku sejak 4 Mei 2021 sampai dengan 4 Mei 2024",), "2024-05-04"),
        (("Berlaku mulai : 4 Mei 2021 s/d 4 Mei", "2024"), "2024-05-04"),
        (("Piagam ini berlaku sampai dengan", "tanggal 4 Mei 2024"), "2024-05-04"),
        (("Masa Berlaku : 04-05-2021 s.d. 04-05-2024",), "2024-05-04"),
        (("Berlaku selama 3 (tiga) tahun sejak tanggal diterbitkan.",), "2024-05-04"),
        (("Jangka Waktu : 2 tahun",), "2023-05-04"),
        (("Surat ini berlaku dua tahun terhitung mulai tanggal 1 Januari 2022",), "2024-01-01"),
        (("Berlaku selama organisasi masih aktif.",), None),
        (("sesuai peraturan perundang-undangan yang berlaku", "Lumbang"), None),
        (("diajukan 1 (satu) bulan sebelum masa berlaku habis", "setiap satu tahun"), None),
        (("Berlaku sesuai Peraturan Bupati Nomor 3 Tahun 2017",), None),
    ],
)
def test_the_end_of_the_term_is_read_or_reckoned_from_the_day_of_issue(
    lines: tuple[str, ...], until: str | None
) -> None:
    read = _read(*lines, "Bangil, 4 Mei 2021", "KEPALA DINAS")
    assert read.get("valid_until") == until
    assert read["issue_date"] == "2021-05-04"


def test_a_reckoned_end_is_less_sure_than_a_printed_one() -> None:
    printed = _values("Masa Berlaku : 4 Mei 2024", "Bangil, 4 Mei 2021")["valid_until"]
    reckoned = _values("Masa Berlaku : 3 tahun", "Bangil, 4 Mei 2021")["valid_until"]
    assert printed.text == reckoned.text
    assert reckoned.confidence < 0.9 < printed.confidence


def test_a_term_from_a_leap_day_ends_on_the_last_of_february() -> None:
    assert _read("Masa Berlaku : 3 tahun", "Bangil, 29 Februari 2024")["valid_until"] == "2027-02-28"


def test_the_day_of_issue_is_none_of_founding_law_or_term() -> None:
    read = _read(
        "Pada tanggal : 9 Juli 2022",
        "Tanggal Berdiri : 1 Maret 1999",
        "Undang-Undang tanggal 2 Januari 2014",
        "Berlaku s/d : 9 Juli 2025",
    )
    assert read["issue_date"] == "2022-07-09"


def test_a_term_with_both_days_is_issued_on_the_first_when_nobody_dated_the_paper() -> None:
    read = _read("Masa Berlaku : 4 Mei 2021 s/d 4 Mei 2024")
    assert (read["issue_date"], read["valid_until"]) == ("2021-05-04", "2024-05-04")

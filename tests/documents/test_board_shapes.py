"""Boards as offices and groups shape them: lettered names, merged cells, two stacks, minutes of a meeting."""

import pytest

from chalicelib.documents.papers.boards.roster import read_roster
from chalicelib.documents.papers.reading import Extract
from tests.documents.laid import Line, sheet

_TITLE = ("SUSUNAN PENGURUS", "SANGGAR MEKAR JAYA")


def _read(*lines: Line) -> Extract:
    return read_roster([sheet(*lines)])


def _pairs(read: Extract) -> list[tuple[str, str]]:
    return [(officer.position.text, officer.name.text) for officer in read.officers]


def _row(*cells: str) -> Line:
    """A number, a position and a name, each in its column; an empty cell holds nothing."""
    return tuple((left, text) for left, text in zip((0.0, 100.0, 500.0), cells, strict=True) if text)


def test_names_that_are_lettered_are_persons_of_one_position() -> None:
    read = _read(
        *_TITLE,
        "1. Ketua : Wahyu Hakim",
        "2. Seksi Artistik : a. Roni Alfian",
        ((190.0, "b. Yoga Pratama"),),
        "3. Seksi Kostum : Nanda Lestari",
    )
    assert _pairs(read)[1:3] == [("Seksi Artistik", "Roni Alfian"), ("Seksi Artistik", "Yoga Pratama")]
    assert len(read.officers) == 4


def test_in_merged_cells_a_position_stands_in_the_middle_of_its_names() -> None:
    read = _read(
        *_TITLE,
        _row("No", "Jabatan", "Nama"),
        _row("1", "Ketua", "Wahyu Hakim"),
        _row("2", "Bendahara", "Agung Laksono"),
        _row("", "", "Sarmidi"),
        _row("3", "Pengrawit", "Ngatiman"),
        _row("", "", "Bejo Santoso"),
        _row("", "", "Nyi Mursini"),
        _row("4", "Pesinden", ""),
        _row("", "", "Lestari Handayani"),
    )
    assert _pairs(read)[1:] == [
        ("Bendahara", "Agung Laksono"),
        ("Pengrawit", "Sarmidi"),
        ("Pengrawit", "Ngatiman"),
        ("Pengrawit", "Bejo Santoso"),
        ("Pesinden", "Nyi Mursini"),
        ("Pesinden", "Lestari Handayani"),
    ]


def test_two_stacks_of_positions_with_their_names_a_little_to_the_right() -> None:
    left, right = 0.0, 500.0
    read = _read(
        *_TITLE,
        ((left, "Ketua"), (right, "Seksi Kostum")),
        ((left + 22, "Dyah Ayu Pitaloka"), (right + 22, "Mbak Tatik")),
        "",
        ((left, "Wakil Ketua"), (right, "Anggota")),
        ((left + 22, "Oktavia Ramadhani"), (right + 22, "Clarissa Putri")),
    )
    assert sorted(_pairs(read)) == [
        ("Anggota", "Clarissa Putri"),
        ("Ketua", "Dyah Ayu Pitaloka"),
        ("Seksi Kostum", "Mbak Tatik"),
        ("Wakil Ketua", "Oktavia Ramadhani"),
    ]


def test_in_the_minutes_of_a_meeting_the_sentences_name_no_officer_and_the_title_names_the_group() -> None:
    read = _read(
        "BERITA ACARA",
        "PEMILIHAN DAN SUSUNAN PENGURUS SAMROH AN-NUR",
        "Pada hari Minggu tanggal dua belas Oktober tahun dua ribu dua puluh lima,",
        "bertempat di Jl. Masjid RT 02 RW 02 Desa Ranuklindungan Kec. Grati, anggota",
        "Samroh An-Nur (kelompok kesenian Hadrah) telah bermusyawarah dan",
        "menetapkan susunan pengurus sebagai berikut :",
        "a. Ketua : Lutfiana Rahmawati",
        "b. Wakil Ketua : Nur Afifah",
        "c. Bendahara : Istianah",
    )
    assert _pairs(read) == [
        ("Ketua", "Lutfiana Rahmawati"),
        ("Wakil Ketua", "Nur Afifah"),
        ("Bendahara", "Istianah"),
    ]
    assert read.fields["group_name"].text == "SAMROH AN-NUR"
    assert read.fields["group_address"].text == "Jl. Masjid RT 02 RW 02 Desa Ranuklindungan Kec. Grati"


@pytest.mark.parametrize("between", [" - ", " | ", " ; "])
def test_several_labels_in_one_line_are_told_apart(between: str) -> None:
    line = f"Jenis Kesenian: Seni Rupa{between}Alamat: Jl. Pandean No. 2 Kel. Kiduldalem"
    fields = _read(*_TITLE, line, "Ketua : Wahyu Hakim", "Humas : Paijo").fields
    assert fields["art_type"].text == "Seni Rupa"
    assert fields["group_address"].text == "Jl. Pandean No. 2 Kel. Kiduldalem"


def test_an_art_alone_below_the_groups_name_is_its_art() -> None:
    fields = _read(*_TITLE, "(Orkes Melayu)", "Ketua : Wahyu Hakim", "Humas : Paijo").fields
    assert fields["art_type"].text == "Orkes Melayu"


@pytest.mark.parametrize("between", [" - ", " | ", ", "])
def test_an_address_behind_the_art_is_no_part_of_it(between: str) -> None:
    line = f"Jenis kesenian Tari{between}Dsn. Ledoksari Ds. Tosari Kec. Tosari"
    fields = _read(*_TITLE, line, "Ketua : Wahyu Hakim", "Humas : Paijo").fields
    assert fields["art_type"].text == "Tari"
    assert fields["group_address"].text == "Dsn. Ledoksari Ds. Tosari Kec. Tosari"


def test_a_bare_name_above_the_board_is_the_groups() -> None:
    lines = (
        "SUSUNAN PENGURUS",
        "Nama : Hadrah An-Nur",
        "Jenis : Hadrah",
        "Ketua : Wahyu Hakim",
        "Humas : Paijo",
    )
    fields = _read(*lines).fields
    assert (fields["group_name"].text, fields["art_type"].text) == ("Hadrah An-Nur", "Hadrah")


def test_who_sent_a_picture_in_a_chat_is_no_group() -> None:
    fields = _read("20.14", "Mas Ketua Sanggar", *_TITLE, "Ketua : Wahyu Hakim", "Humas : Paijo").fields
    assert fields["group_name"].text == "SANGGAR MEKAR JAYA"


def test_the_articles_of_a_decree_are_no_officers() -> None:
    read = _read(
        "SURAT KEPUTUSAN",
        "KETUA SANGGAR TARI MEKAR JAYA",
        "TENTANG",
        "PENGESAHAN SUSUNAN PENGURUS",
        "Menimbang : bahwa untuk kelancaran kegiatan sanggar perlu mengesahkan",
        "pengurus yang baru",
        "Menetapkan :",
        "KESATU : Mengesahkan susunan pengurus dalam lampiran",
        "KEDUA : Pengurus bertanggung jawab kepada anggota",
        "",
        "1. Pelindung : Lurah Gempeng",
        "2. Ketua : Sri Wahyuni",
        "3. Bendahara : Yuli Rahmawati",
    )
    assert _pairs(read) == [
        ("Pelindung", "Lurah Gempeng"),
        ("Ketua", "Sri Wahyuni"),
        ("Bendahara", "Yuli Rahmawati"),
    ]


def test_the_day_of_a_decree_may_stand_on_the_page_before_its_board() -> None:
    decree = sheet(
        "SURAT KEPUTUSAN",
        "KETUA SANGGAR TARI MEKAR JAYA",
        "Menetapkan : susunan pengurus dalam lampiran",
        "Ditetapkan di Bangil",
        "Pada tanggal 6 Januari 2025",
    )
    roster = sheet(*_TITLE, "Pelindung : Lurah Gempeng", "Ketua : Sri Wahyuni", "Humas : Paijo", number=1)
    read = read_roster([decree, roster])
    assert read.fields["roster_date"].text == "2025-01-06"
    assert len(read.officers) == 3

"""Boards in every layout, and the lines above them: each is read whatever it looks like."""

import random

import pytest

from chalicelib.documents.files.portable import open_pdf
from chalicelib.documents.files.portable import pages as pdf_pages
from chalicelib.documents.kinds import kind_of
from chalicelib.documents.papers.boards.board import board_of
from chalicelib.documents.papers.boards.roster import read_roster
from chalicelib.documents.papers.boards.ruled_tables import ruled_tables
from chalicelib.documents.papers.reading import Extract
from chalicelib.documents.sight.sheet import Piece, Sheet, rows_of
from chalicelib.documents.types import Box, Kind
from chalicelib.documents.words.alike import plain
from tests.documents.generator import as_pdf
from tests.documents.people import story
from tests.documents.rosters import HEADS, LAYOUTS, board, page

Pairs = list[tuple[str, str]]


def _sheets(data: bytes) -> list[Sheet]:
    return [made.sheet for made in pdf_pages(open_pdf(data), 3) if made.sheet]


def _pairs(read: Extract) -> Pairs:
    return [(officer.position.text, officer.name.text) for officer in read.officers]


def _bare(pairs: Pairs) -> Pairs:
    return [(plain(position), plain(name)) for position, name in pairs]


@pytest.mark.parametrize("cells", [True, False], ids=["cells", "words"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_board_is_read_in_every_layout(layout: str, cells: bool) -> None:
    for seed in (1, 3, 4):
        told, officers, rng = story(seed), board(seed), random.Random(seed)
        data = as_pdf(page(told, officers, "decree", layout, rng))
        sheets = _sheets(data)
        read = read_roster(sheets, ruled_tables(data, sheets) if cells else ())
        assert _bare(_pairs(read)) == _bare(officers), seed
        assert plain(read.fields["leader_name"].text) == plain(dict(officers)["Ketua"])
        assert read.fields["roster_date"].text == told.roster_date.isoformat()


@pytest.mark.parametrize("head", HEADS)
def test_the_group_is_named_by_every_kind_of_head(head: str) -> None:
    for seed in range(8):
        told = story(seed)
        sheets = _sheets(as_pdf(page(told, board(seed), head, "colons", random.Random(seed))))
        fields = read_roster(sheets).fields
        said = {name: plain(fields[name].text) for name in ("group_name", "art_type", "group_address")}
        assert said == {
            "group_name": plain(told.group),
            "art_type": plain(told.art),
            "group_address": plain(told.address),
        }


@pytest.mark.parametrize("head", HEADS)
def test_a_roster_is_known_by_its_title(head: str) -> None:
    sheets = _sheets(as_pdf(page(story(5), board(5), head, "leaders", random.Random(5))))
    assert kind_of(sheets[0].lines)[0] is Kind.BOARD_ROSTER


def _piece(text: str, left: float, line: float) -> Piece:
    """Print of ten units height, six a letter, on lines of twenty."""
    wide, middle = 6.0 * len(text), 40 + 20 * line
    box = Box(page=0, x=left / 600, y=(middle - 5) / 2000, w=wide / 600, h=10 / 2000)
    return Piece(text=text, score=0.99, left=left, right=left + wide, middle=middle, height=10, box=box)


def _read(*lines: str | tuple[str, ...], number: int = 0) -> Extract:
    """A page of lines; the parts of a line stand at 40, 200 and 400, an empty line is a gap."""
    return read_roster([_sheet(*lines, number=number)])


def _sheet(*lines: str | tuple[str, ...], number: int = 0) -> Sheet:
    pieces = [
        _piece(text, left, at)
        for at, line in enumerate(lines)
        for text, left in zip((line,) if isinstance(line, str) else line, (40, 200, 400), strict=False)
        if text
    ]
    return Sheet(number=number, width=600, height=2000, rows=rows_of(pieces), native=False)


_TITLE = ("SUSUNAN PENGURUS", "SANGGAR MEKAR JAYA")


def test_any_word_is_a_position_where_a_list_has_positions() -> None:
    read = _read(
        *_TITLE,
        ("Ketua", ": Wahyu Hakim"),
        ("Bendahara", ": Ratih Lestari"),
        ("Gambuh", ": Mulyadi"),
        ("Tukang Angklung", ": Paijo"),
    )
    assert _pairs(read)[2:] == [("Gambuh", "Mulyadi"), ("Tukang Angklung", "Paijo")]


def test_what_is_said_about_the_group_is_no_position() -> None:
    read = _read(
        *_TITLE,
        ("Tahun Berdiri", ": Dua Ribu Satu"),
        ("Ketua", ": Wahyu Hakim"),
        ("Bendahara", ": Ratih Lestari"),
        ("Telepon", ": Rumah Ratih"),
    )
    assert _pairs(read) == [("Ketua", "Wahyu Hakim"), ("Bendahara", "Ratih Lestari")]


def test_the_names_below_the_signature_are_no_officers() -> None:
    read = _read(
        *_TITLE,
        ("Ketua", ": Wahyu Hakim"),
        ("Bendahara", ": Ratih Lestari"),
        "",
        ("Ketua", "Bendahara"),
        "",
        "",
        ("Wahyu Hakim", "Ratih Lestari"),
    )
    assert _pairs(read) == [("Ketua", "Wahyu Hakim"), ("Bendahara", "Ratih Lestari")]


def test_a_list_of_members_after_the_board_names_no_officers() -> None:
    read = _read(
        *_TITLE,
        ("Ketua", ": Wahyu Hakim"),
        ("Bendahara", ": Ratih Lestari"),
        "DAFTAR ANGGOTA",
        "1. Mulyadi",
        "2. Paijo",
    )
    assert len(read.officers) == 2


def test_a_row_number_is_no_part_of_a_name() -> None:
    read = _read(("No Nama", "Jabatan"), ("1 Wahyu Hakim", "Ketua"), ("2Ratih Lestari", "Bendahara"))
    assert _pairs(read) == [("Ketua", "Wahyu Hakim"), ("Bendahara", "Ratih Lestari")]


def test_the_second_of_two_secretaries_is_the_second() -> None:
    read = _read(
        ("Nama", "Jabatan", "Alamat"),
        ("Wahyu Hakim", "Ketua", "Dsn. Wates"),
        ("Ratih Lestari", "Sekretaris I", "Dsn. Wates"),
        ("Mulyadi", "Sekretaris I", "Jl. Mawar"),
    )
    assert [position for position, _ in _pairs(read)] == ["Ketua", "Sekretaris I", "Sekretaris II"]


def test_positions_that_share_a_word_stay_as_printed() -> None:
    read = _read(*_TITLE, ("Ketua", ": Wahyu"), ("Seksi Tari", ": Ratih"), ("Seksi Tari", ": Mulyadi"))
    assert [position for position, _ in _pairs(read)] == ["Ketua", "Seksi Tari", "Seksi Tari"]


@pytest.mark.parametrize("between", [", ", " dan ", " & "])
def test_several_people_on_one_line_are_several_officers(between: str) -> None:
    read = _read(
        *_TITLE, ("Ketua", ": Wahyu Hakim, S.Pd., M.M."), ("Anggota", f": Mulyadi{between}Ratih Lestari")
    )
    assert _pairs(read) == [
        ("Ketua", "Wahyu Hakim, S.Pd., M.M."),
        ("Anggota", "Mulyadi"),
        ("Anggota", "Ratih Lestari"),
    ]


def test_a_position_in_two_lines_is_one() -> None:
    read = _read(
        *_TITLE,
        ("Ketua", ": Wahyu Hakim"),
        ("Seksi Panggung", ": Mulyadi"),
        "dan Tata Lampu",
        ("Bendahara", ": Ratih Lestari"),
    )
    assert _pairs(read)[1] == ("Seksi Panggung dan Tata Lampu", "Mulyadi")


def test_position_and_name_read_as_one_piece_are_taken_apart() -> None:
    read = _read(
        *_TITLE, ("Ketua", "Wahyu Hakim"), ("Sekretaris", "Mulyadi"), "Wakil Bendahara Ratih Lestari"
    )
    assert _pairs(read)[2] == ("Wakil Bendahara", "Ratih Lestari")


def test_an_official_may_stand_for_a_name() -> None:
    read = _read(*_TITLE, ("Pelindung", ": Kepala Desa"), ("Ketua", ": Wahyu Hakim"))
    assert _pairs(read)[0] == ("Pelindung", "Kepala Desa")


def test_a_header_in_two_lines_names_its_columns() -> None:
    read = _read(
        ("NAMA", "JABATAN DALAM"),
        ("LENGKAP", "ORGANISASI"),
        ("Wahyu Hakim", "Ketua"),
        ("Ratih Lestari", "Bendahara"),
    )
    assert _pairs(read) == [("Ketua", "Wahyu Hakim"), ("Bendahara", "Ratih Lestari")]


def test_a_board_goes_on_on_the_next_page() -> None:
    first = _sheet(*_TITLE, ("Nama", "Jabatan"), ("Wahyu Hakim", "Ketua"), ("Ratih Lestari", "Bendahara"))
    second = _sheet(("Nama", "Jabatan"), ("Mulyadi", "Gambuh"), number=1)
    assert len(board_of([first, second]).officers) == 3


def test_a_request_in_front_of_a_roster_names_neither_group_nor_day() -> None:
    request = _sheet(
        "Semare, 2 Maret 2024",
        "Perihal : Permohonan Nomor Induk Kesenian",
        ("Nama", ": Mulyadi"),
        ("Jabatan", ": Ketua"),
        "Alamat : Jl. Pahlawan No. 1 Kec. Bangil",
    )
    roster = _sheet(
        *_TITLE,
        "Dsn. Wates Desa Semare Kec. Kraton",
        ("Ketua", ": Wahyu Hakim"),
        ("Bendahara", ": Ratih Lestari"),
        number=1,
    )
    fields = read_roster([request, roster]).fields
    assert fields["group_name"].text == "SANGGAR MEKAR JAYA"
    assert fields["group_address"].text == "Dsn. Wates Desa Semare Kec. Kraton"
    assert "roster_date" not in fields


def test_a_chart_may_print_its_names_above_and_any_position_beside_a_known_one() -> None:
    read = _read(
        *_TITLE,
        "",
        ("", "Wahyu Hakim"),
        ("", "Ketua"),
        "",
        ("Ratih Lestari", "Mulyadi", "Paijo"),
        ("Bendahara", "Gambuh", "Humas"),
    )
    assert _pairs(read) == [
        ("Ketua", "Wahyu Hakim"),
        ("Bendahara", "Ratih Lestari"),
        ("Gambuh", "Mulyadi"),
        ("Humas", "Paijo"),
    ]


def test_a_heading_between_the_rows_of_a_table_is_part_of_no_name() -> None:
    read = _read(
        *_TITLE,
        ("Nama", "Jabatan"),
        ("Wahyu Hakim", "Ketua"),
        ("Ratih Lestari", "Bendahara"),
        "SEKSI-SEKSI",
        ("Paijo", "Humas"),
    )
    assert _pairs(read)[1:] == [("Bendahara", "Ratih Lestari"), ("Humas", "Paijo")]


@pytest.mark.parametrize(
    "line",
    [
        "Nomor : 12/SK/2024",
        "Lampiran : Keputusan Rapat",
        "Semare, 12 Maret 2024",
        "PEMERINTAH KABUPATEN PASURUAN",
        "KECAMATAN KRATON",
        "Berikut kami sampaikan nama pengurus untuk masa bakti yang baru.",
        "MASA BAKTI 2023 - 2028",
        "KELOMPOK KESENIAN",
    ],
)
def test_a_line_that_says_something_else_is_no_group(line: str) -> None:
    board_lines = (("Ketua", ": Wahyu Hakim"), ("Bendahara", ": Ratih Lestari"))
    named = _read(line, *_TITLE, *board_lines).fields["group_name"].text
    assert named == "SANGGAR MEKAR JAYA"
    named = _read(_TITLE[0], line, _TITLE[1], *board_lines).fields["group_name"].text
    assert named == "SANGGAR MEKAR JAYA"


def test_a_telephone_number_is_no_part_of_an_address() -> None:
    read = _read(
        *_TITLE,
        "Alamat : Dsn. Wates Desa Semare, Telp. 0812 3456",
        ("Ketua", ": Wahyu Hakim"),
        ("Humas", ": Paijo"),
    )
    assert read.fields["group_address"].text == "Dsn. Wates Desa Semare"

"""Village letters in the lists and tables that offices use: whose name and whose address a label gives."""

import pytest
from msgspec import structs

from chalicelib.documents.papers.letters.letter import read_letter
from chalicelib.documents.sight.sheet import Piece
from tests.documents.sheets import HEAD, Line, beside, block, centred, page, read, signed

_LEADER, _GROUP, _NUMBER = "Darmanto Wibisono", "Tunas Rimba", "3514031708800002"
_HOME = "Dsn. Lor RT 001 RW 004 Desa Watulumbung"
_SEAT = "Dsn. Gunung Desa Watulumbung Kec. Lumbang"
_TOLD = {
    "leader_name": _LEADER,
    "leader_national_id": _NUMBER,
    "group_name": _GROUP,
    "art_type": "Bantengan",
    "group_address": _SEAT,
}
_OPENING = "Yang bertanda tangan di bawah ini Kepala Desa Watulumbung menerangkan bahwa :"
_OF_GROUP = "Kepala Desa Watulumbung menerangkan bahwa data kelompok di bawah ini benar :"
_LINES = {
    "Nama Kelompok": _GROUP,
    "Jenis Kesenian": "Bantengan",
    "Nama Pimpinan": _LEADER,
    "NIK Pimpinan": _NUMBER,
    "Alamat Kelompok": _SEAT,
}
_LAYOUTS: dict[str, list[Line]] = {
    "a bare name with the art below it is the group's": [
        "Dengan ini menerangkan bahwa kelompok seni :",
        *(beside("a. Nama", f": {_GROUP}"), beside("b. Jenis Seni", ": Bantengan")),
        *(beside("c. Alamat", f": {_SEAT}"), beside("d. Nama Pimpinan", f": {_LEADER}")),
        beside("e. No. KTP", f": {_NUMBER}"),
    ],
    "a bare name in quotes": [
        "Dengan ini menerangkan bahwa :",
        *block(Nama=f'"{_GROUP}"', Alamat=_SEAT, Jenis="Bantengan", Ketua=_LEADER, NIK=_NUMBER),
    ],
    "a sentence that speaks of a group": [
        "menerangkan bahwa kelompok kesenian tersebut di bawah ini :",
        *block(Nama=_GROUP, Alamat=_SEAT, Ketua=_LEADER, NIK=_NUMBER, Jenis_Kesenian="Bantengan"),
    ],
    "two bare names, the person's first": [
        _OPENING,
        *block(Nama=_LEADER, NIK=_NUMBER, Alamat=_HOME),
        "Adalah benar ketua dari kelompok kesenian :",
        *block(Nama=_GROUP, Jenis="Bantengan", Alamat=_SEAT),
    ],
    "two bare names with nothing but addresses": [
        "menerangkan bahwa identitas ketua kelompok kesenian di bawah ini :",
        *block(Jenis_Kesenian="Bantengan", No_KTP=_NUMBER, Nama=_LEADER, Alamat=_HOME),
        "memimpin kelompok kesenian :",
        *block(Nama=_GROUP, Alamat=_SEAT),
    ],
    "two parts with headings, the group's first": [
        "menerangkan bahwa :",
        "A. DATA KELOMPOK",
        *block(Nama=_GROUP, Alamat=_SEAT, Bidang_Seni="Bantengan"),
        "B. DATA PIMPINAN",
        *block(Nama=_LEADER, Alamat=_HOME, NIK=_NUMBER),
    ],
    "the head's own block first": [
        "Yang bertanda tangan di bawah ini :",
        *block(Nama="Sarwo Edi", Jabatan="Kepala Desa Watulumbung", Alamat="Kantor Desa Watulumbung"),
        "Dengan ini memberikan keterangan bahwa :",
        *block(Nama=_LEADER, Umur="44 tahun", NIK=_NUMBER, Alamat=_HOME),
        "benar-benar pengelola sanggar :",
        *block(Nama_Sanggar=_GROUP, Kesenian="Bantengan", Alamat=_SEAT),
    ],
    "dots that lead to the value": [
        _OPENING,
        f"Nama .......................... {_LEADER}",
        f"NIK ........................... {_NUMBER}",
        "adalah pimpinan kelompok kesenian dengan data sebagai berikut :",
        f"Nama Kelompok ................: {_GROUP}",
        "Jenis Kesenian ……………………… Bantengan",
        f"Alamat Kelompok ______________ {_SEAT}",
    ],
    "a table without colons": [
        _OF_GROUP,
        beside("Uraian", "Keterangan"),
        *(beside(*line) for line in _LINES.items()),
    ],
    "numbers and colons in columns of their own": [
        _OF_GROUP,
        *(
            ((50, f"{number}."), (70, label), (190, ":"), (200, value))
            for number, (label, value) in enumerate(_LINES.items(), 1)
        ),
    ],
    "labels put together of the same few words": [
        _OPENING,
        f"Nama Sanggar/Kelompok Kesenian : {_GROUP}",
        "Jenis Kesenian / Seni Budaya : Bantengan",
        f"Nama Pimpinan/Penanggung Jawab : {_LEADER}",
        f"N I K : {_NUMBER}",
        f"Alamat Ketua Grup : {_HOME}",
        f"Alamat Sanggar/Sekretariat : {_SEAT}",
    ],
    "the chairman before the secretary": [
        _OPENING,
        *block(Nama_Organisasi=_GROUP, Bergerak_di_bidang="Kesenian Bantengan", Penanggung_Jawab=_LEADER),
        *block(Sekretaris="Suminten", Bendahara="Ngatini", NIK=_NUMBER, Alamat=_SEAT),
    ],
    "an address that breaks off after Kec.": [
        _OPENING,
        *block(Nama=_LEADER, NIK=_NUMBER),
        "adalah ketua kelompok kesenian :",
        *block(Nama_Kelompok=_GROUP, Jenis_Kesenian="Bantengan"),
        "Alamat : Dsn. Gunung Desa Watulumbung Kec.",
        "Lumbang",
    ],
    "a remark in a list": [
        _OPENING,
        *block(Nama=_LEADER, Nomor_KTP=_NUMBER, Tempat_Tinggal=_HOME, Keperluan="Mengurus nomor"),
        beside("Keterangan", ": Yang bersangkutan adalah ketua kelompok seni"),
        ((206, 'Bantengan "Tunas Rimba", alamat Dsn. Gunung Desa'),),
        ((206, "Watulumbung Kec. Lumbang"),),
    ],
}


@pytest.mark.parametrize("body", _LAYOUTS.values(), ids=_LAYOUTS)
def test_leader_and_group_are_told_apart_in_every_layout(body: list[Line]) -> None:
    found = read(body)
    assert {name: found.get(name) for name in _TOLD} == _TOLD


def test_on_a_slanted_page_what_stands_beside_a_value_is_no_part_of_it() -> None:
    sheet = page([*HEAD, *_LAYOUTS["a remark in a list"]])
    rows = tuple(tuple(_taller(piece) for piece in row) for row in sheet.rows)
    fields = read_letter([structs.replace(sheet, rows=rows)]).fields
    assert {name: fields[name].text for name in _TOLD} == _TOLD


def _taller(piece: Piece) -> Piece:
    """The frame of a line that runs over several others' heights."""
    box = piece.box
    return structs.replace(piece, box=structs.replace(box, y=box.y - box.h * 2, h=box.h * 5))


def test_a_bare_name_with_personal_data_below_it_is_a_persons_even_of_an_artful_name() -> None:
    body = [_OPENING, *block(Nama="Tari Wulandari", NIK=_NUMBER), *block(Nama_Kelompok=_GROUP)]
    assert read(body)["leader_name"] == "Tari Wulandari"


def test_a_home_is_never_the_seat_of_the_group() -> None:
    body = [_OPENING, *block(Nama_Kelompok=_GROUP, Ketua=_LEADER, Alamat_Rumah=_HOME)]
    assert "group_address" not in read(body)


def test_specks_before_a_name_and_a_form_of_address_are_no_part_of_it() -> None:
    body = [_OPENING, beside("Nama", ",; Sdr. Darmanto Wibisono"), beside("NIK", _NUMBER)]
    assert read(body)["leader_name"] == _LEADER


@pytest.mark.parametrize(
    "lines",
    [
        ("PEMERINTAH KABUPATEN PASURUAN", "DESA WATULUMBUNG  KECAMATAN LUMBANG"),
        ("PEMERINTAH KABUPATEN PASURUAN", "DESA WATULUMBUNG - KECAMATAN LUMBANG"),
        ("PEMERINTAH DESA WATULUMBUNG KEC. LUMBANG KAB. PASURUAN",),
        ("PEMERINTAH KABUPATEN PASURUAN KECAMATAN LUMBANG", "KANTOR KEPALA DESA WATULUMBUNG"),
        ("Pemerintah Desa Watulumbung, Kecamatan Lumbang, Kabupaten Pasuruan",),
        ("KECAMATAN LUMBANG", "KELURAHAN WATULUMBUNG", "Jl. Desa Kulon 12, Kec. Grati"),
    ],
)
def test_the_office_is_found_in_every_letter_head(lines: tuple[str, ...]) -> None:
    head = [*map(centred, lines), "", *HEAD[4:]]
    found = read([_OPENING, *block(Nama=_LEADER)], head=head)
    assert (found["village"], found["district"]) == ("WATULUMBUNG", "LUMBANG")


def test_the_day_may_stand_beside_the_number_at_the_head() -> None:
    head = [*HEAD[:5], ((50, "Nomor : 430/36/2025"), (330, "Watulumbung, 10 Februari 2025"))]
    end = signed("KEPALA DESA WATULUMBUNG", "Sarwo Edi", day="")
    assert read([_OPENING, *block(Nama=_LEADER)], end=end, head=head)["letter_date"] == "2025-02-10"


def test_a_group_may_be_called_what_a_label_says() -> None:
    body = [_OPENING, *block(Nama_Grup="Kelompok Seni Tunas Rimba", Ketua=_LEADER)]
    assert read(body)["group_name"] == "Kelompok Seni Tunas Rimba"
    assert read([_OPENING, *block(Kelompok_Kesenian=_GROUP)])["group_name"] == _GROUP

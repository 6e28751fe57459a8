"""Who signs a village letter, with which title, and when."""

from collections.abc import Iterable

import pytest

from chalicelib.documents.sight.sheet import Piece
from tests.documents.sheets import (
    DAY,
    HEAD,
    LINE,
    RIGHT,
    Line,
    block,
    centred,
    middle_of,
    piece,
    read,
    signed,
)

_BODY: list[Line] = [
    "Yang bertanda tangan di bawah ini menerangkan bahwa :",
    *block(Nama_Kelompok="Tunas Rimba", Jenis_Kesenian="Bantengan", Nama_Ketua="Darmanto Wibisono"),
    "benar berdomisili di wilayah kami.",
]
_TITLE = "KEPALA DESA WATULUMBUNG"
_ENDS = len(HEAD) + len(_BODY) + 1


def _corner(*lines: str) -> list[Line]:
    return [centred(line, RIGHT) for line in lines]


def _signer(end: list[Line], extra: Iterable[Piece] = ()) -> tuple[str | None, str | None]:
    found = read(_BODY, end, extra=extra)
    return found.get("head_title"), found.get("head_name")


@pytest.mark.parametrize(
    ("titles", "said"),
    [
        ([_TITLE], "Kepala Desa"),
        (["LURAH WATULUMBUNG,"], "Lurah"),
        (["KEPALA DESA", "WATULUMBUNG"], "Kepala Desa"),
        (["K E P A L A  D E S A"], "Kepala Desa"),
        (["Mengetahui, Kepala Desa Watulumbung"], "Kepala Desa"),
        (["Pj. KEPALA DESA WATULUMBUNG"], "Pj. Kepala Desa"),
        (["Penjabat Kepala Desa Watulumbung"], "Pj. Kepala Desa"),
        (["Plt. LURAH WATULUMBUNG"], "Plt. Lurah"),
        (["a.n. KEPALA DESA WATULUMBUNG", "Sekretaris Desa,"], "Sekretaris Desa"),
        (["An. LURAH WATULUMBUNG", "SEKRETARIS KELURAHAN"], "Sekretaris Kelurahan"),
        (["A/N KEPALA DESA WATULUMBUNG", "Kasi Pemerintahan"], "Kasi Pemerintahan"),
        (["Atas nama Kepala Desa", "Sekretaris Desa", "u.b.", "Kepala Urusan Umum"], "Kepala Urusan Umum"),
    ],
)
def test_the_title_is_that_of_the_person_who_signs(titles: list[str], said: str) -> None:
    assert _signer(signed(*titles, "Suminten")) == (said, "Suminten")


@pytest.mark.parametrize(
    "below",
    [
        ["Penata Tingkat I", "NIP. 19700512 199303 1 004"],
        ["Pembina (IV/a)"],
        ["Pengatur Muda Tk. I", "NIP 197005121993031004"],
        ["Pangkat : Penata", "Gol. III/c"],
        ["NIPD. 140 025 112"],
    ],
)
def test_rank_and_number_below_a_name_are_no_names(below: list[str]) -> None:
    assert _signer([*signed(_TITLE, "Edi"), *_corner(*below)]) == ("Kepala Desa", "Edi")


@pytest.mark.parametrize("name", ["Kasiyanto", "Lurahman Hadi", "Syafi'i", "H. Moch. Ma'ruf, S.Pd.I"])
def test_a_name_may_begin_as_a_title_does(name: str) -> None:
    assert _signer(signed(_TITLE, name)) == ("Kepala Desa", name)


@pytest.mark.parametrize("name", ["( SARWO EDI )", "(.....Sarwo Edi.....)", "Sarwo Edi"])
def test_a_name_is_told_without_brackets_and_dots(name: str) -> None:
    _, said = _signer(signed(_TITLE, name))
    assert said is not None
    assert said.upper() == "SARWO EDI"


def test_a_long_name_with_its_degrees_on_the_next_line_is_one() -> None:
    end = [*signed(_TITLE, "Hj. Sri Widyaningsih Kusumawardani,"), *_corner("S.Sos., M.M.", "Penata")]
    assert _signer(end)[1] == "Hj. Sri Widyaningsih Kusumawardani, S.Sos., M.M."


def test_of_two_columns_the_one_below_the_title_holds_the_signer() -> None:
    end: list[Line] = [
        ((80, "Mengetahui,"), (380, DAY)),
        ((80, "CAMAT LUMBANG"), (385, _TITLE)),
        *["", "", ""],
        ((80, "Drs. Prayitno, M.Si"), (420, "Sarwo Edi")),
        ((80, "NIP. 196805141990031007"),),
    ]
    assert _signer(end) == ("Kepala Desa", "Sarwo Edi")


def test_the_head_of_the_district_below_is_another_signer() -> None:
    camat = _corner("Mengetahui,", "CAMAT LUMBANG", "", "", "Drs. Prayitno, M.Si")
    assert _signer([*signed(_TITLE, "Sarwo Edi"), "", *camat]) == ("Kepala Desa", "Sarwo Edi")


def test_what_a_stamp_says_is_neither_title_nor_name() -> None:
    seal = middle_of(_ENDS + 3)
    askew = [
        piece("KEPALA DESA", 380, seal, slope=0.2),
        piece("* PEMDES PRAWIRO SETYO *", 370, seal + LINE, slope=0.2),
    ]
    level = [piece("KEPALA DESA", 380, seal, score=0.9), piece("WATULUMBUNG", 380, seal + 12, score=0.9)]
    for stamp in (askew, level):
        assert _signer(signed(_TITLE, "Edi"), extra=stamp) == ("Kepala Desa", "Edi")


def test_who_is_introduced_at_the_top_signs_when_no_name_can_be_read_at_the_end() -> None:
    first: list[Line] = [
        "Yang bertanda tangan di bawah ini :",
        *block(Nama="Suminten", Jabatan="Sekretaris Desa Watulumbung"),
    ]
    found = read([*first, *_BODY[0:1], *_BODY[1:]], _corner(DAY))
    assert (found["head_title"], found["head_name"]) == ("Sekretaris Desa", "Suminten")


def test_a_bad_reading_over_the_ink_gives_way_to_who_is_introduced() -> None:
    first: list[Line] = [
        "Yang bertanda tangan di bawah ini :",
        *block(Nama="Sarwo Edi", Jabatan="Kepala Desa Watulumbung"),
    ]
    scrawl = piece("Pomwtk Siudt", 420, middle_of(_ENDS + len(first) + 4), score=0.7)
    found = read([*first, *_BODY], _corner(DAY, _TITLE), extra=[scrawl])
    assert found["head_name"] == "Sarwo Edi"


@pytest.mark.parametrize(
    "end",
    [
        signed(_TITLE, "Sarwo Edi"),
        signed(_TITLE, "Sarwo Edi", day="Watulumbung, 03-06-2024"),
        signed("Pada tanggal : 3 Juni 2024", _TITLE, "Sarwo Edi", day="Dikeluarkan di : Watulumbung"),
        [*_corner(_TITLE, "", "", "", "Sarwo Edi"), "", DAY],
        [((80, "Pemohon,"), (380, DAY)), *_corner(_TITLE, "", "", "", "Sarwo Edi")],
    ],
)
def test_the_day_is_found_wherever_it_stands_near_the_signature(end: list[Line]) -> None:
    assert read(_BODY, end)["letter_date"] == "2024-06-03"


def test_the_day_may_stand_below_the_number() -> None:
    head = [*HEAD[:-1], centred("Tanggal : 3 Juni 2024"), ""]
    assert read(_BODY, signed(_TITLE, "Sarwo Edi", day=""), head)["letter_date"] == "2024-06-03"


@pytest.mark.parametrize(
    "lines",
    [
        ["Berdasarkan Surat Pengantar Ketua RT 004 tanggal 2 Mei 2024."],
        ["Berdasarkan Surat Pengantar dari Ketua Rukun Tetangga 004", "tanggal 2 Mei 2024 tersebut."],
        ["Kelompok tersebut berdiri pada 2 Mei 2024."],
    ],
)
def test_a_day_of_something_else_is_not_the_letters(lines: list[Line]) -> None:
    open_day = signed(_TITLE, "Sarwo Edi", day="Watulumbung, ....................")
    assert "letter_date" not in read([*_BODY, *lines], open_day)

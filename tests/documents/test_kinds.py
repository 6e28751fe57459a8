"""What a paper is taken for, by its words alone. The papers are in `kinds.toml`."""

import random
import tomllib
from pathlib import Path

import pytest
from PIL import Image

from chalicelib.documents.files.pages import Page
from chalicelib.documents.kinds import is_strange, issuer_of, kind_of
from chalicelib.documents.parts import parted
from chalicelib.documents.types import Kind
from tests.documents.laid import sheet

_PAPERS = {
    (kind, name): tuple(text.strip().splitlines())
    for kind, papers in tomllib.loads(Path(__file__).with_name("kinds.toml").read_text("utf-8")).items()
    for name, text in papers.items()
}


@pytest.mark.parametrize(("kind", "name"), _PAPERS)
def test_a_paper_is_what_its_words_and_its_issuer_say(kind: str, name: str) -> None:
    assert kind_of(_PAPERS[kind, name])[0] == kind


@pytest.mark.parametrize("kind", ["ktp", "village_letter", "board_roster", "old_certificate", "other"])
def test_one_letter_in_a_hundred_misread_makes_no_other_paper(kind: str) -> None:
    taken = [
        kind_of([_misread(line, random.Random(f"{name}{line}")) for line in lines])[0] == kind
        for (own, name), lines in _PAPERS.items()
        if own == kind
    ]
    assert sum(taken) >= 0.97 * len(taken)


def _misread(line: str, rng: random.Random) -> str:
    return "".join(rng.choice("lI1oxe") if rng.random() < 0.01 else letter for letter in line)


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        (("KECAMATAN BEJI", "DESA NGEMBE", "SURAT KETERANGAN"), "village"),
        (("PEMERINTAH KABUPATEN PASURUAN KECAMATAN BEJI DESA NGEMBE",), "village"),
        (("KECAMATAN BEJI", "Jl. Raya Beji", "SURAT KETERANGAN", "CAMAT BEJI"), "district"),
        (("DESA NGEMBE KECAMATAN BEJI", "RUKUN TETANGGA 03", "SURAT PENGANTAR"), "neighbourhood"),
        (
            (
                "DESA NGEMBE",
                "Yang bertanda tangan di bawah ini KetuaRT 03 menerangkan",
            ),
            "neighbourhood",
        ),
        (
            ("Yang bertanda tangan di bawah ini Lurah Pogar menerangkan", "Tembusan :", "Kepala Dinas"),
            "village",
        ),
        (("SURAT KETERANGAN", "a.n. KEPALA DESA NGEMBE", "Sekretaris Desa"), "village"),
        (("DINAS KEBUDAYAAN", "Kantor di Desa Raci", "PIAGAM"), "office"),
        (("DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL", "SURAT KETERANGAN"), "stranger"),
        (("Nama : Sutaji", "NIK : 3514"), None),
    ],
)
def test_who_issued_a_paper_is_who_signs_it_or_the_most_local_of_its_letterhead(
    lines: tuple[str, ...], issuer: str | None
) -> None:
    assert issuer_of(lines) == issuer


def test_a_sentence_that_goes_on_with_the_title_of_another_paper_is_no_title() -> None:
    assert is_strange(["PROPOSAL", "Gelar seni"])
    assert not is_strange(["Surat ini dibuat untuk melengkapi", "proposal kegiatan kesenian"])


def _page(number: int, name: tuple[str, str]) -> Page:
    blank = Image.new("RGB", (8, 8), "white")
    return Page(picture=blank, shown=blank, sheet=sheet(*_PAPERS[name], number=number), blank=False)


def test_a_letter_of_application_in_front_of_a_roster_is_no_part_of_it() -> None:
    pages = [_page(0, ("other", "application")), _page(1, ("board_roster", "by_decision"))]
    own, others = parted(pages, Kind.BOARD_ROSTER)
    assert [page.sheet.number for page in own if page.sheet] == [1]
    assert others == ()


def test_a_page_that_says_nothing_of_its_own_goes_on_with_the_page_before() -> None:
    pages = [_page(0, ("village_letter", "usual")), _page(1, ("ktp", "copied"))]
    more = sheet("Foto kegiatan kelompok", number=2)
    pages.append(Page(picture=pages[0].picture, shown=pages[0].shown, sheet=more, blank=False))
    own, others = parted(pages, Kind.VILLAGE_LETTER)
    assert len(own) == 1
    assert [(other.kind, other.page) for other in others] == [(Kind.KTP, 1)]

"""The permit's page: complete, unbroken, and the same every time."""

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import msgspec
import pypdfium2
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from chalicelib.permits.errors import LayoutError, UnprintableTextError
from chalicelib.permits.layout import render
from chalicelib.permits.lettering import plain, unprintable
from tests.permits.office import OFFICIAL, PERMIT, permit, squeezed, text_of

_MM = 72 / 25.4
_REPOSITORY = Path(__file__).parents[2]
hostile = st.text(st.characters(codec="utf-8"), max_size=200)
_ODD = "'\"<>&#*_`$\\{}[]@~^|%\u200f\u202e\u2066\u200b\u00ad\u0301\u0323\ua9b1\u0627fiflWi .,-/"
names = st.text(st.sampled_from(_ODD), max_size=200)
latin = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x17F), max_size=200).map(plain)


def _boxes(pdf: bytes) -> tuple[int, list[tuple[float, float, float, float]]]:
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage()
    boxes = [text.get_charbox(index) for index in range(text.count_chars())]
    pages = len(document)
    document.close()
    return pages, boxes


def _stays_on_one_page(pdf: bytes) -> bool:
    pages, boxes = _boxes(pdf)
    return pages == 1 and all(
        left >= 9 * _MM and right <= 201 * _MM and bottom >= 9 * _MM and top <= 288 * _MM
        for left, bottom, right, top in boxes
    )


def test_every_value_can_be_read_in_the_file() -> None:
    text = text_of(render(PERMIT))
    told = [
        value
        for part in (PERMIT, OFFICIAL)
        for value in (getattr(part, name) for name in part.__struct_fields__)
        if isinstance(value, str)
    ]
    told += [*PERMIT.legal_bases, "24 November 2026 sampai dengan 23 November 2028", "2011", "24 orang"]
    assert [value for value in told if squeezed(value) not in text] == []


def test_the_page_carries_letterhead_title_and_the_qr_s_purpose() -> None:
    text = text_of(render(PERMIT))
    for words in (
        "PEMERINTAH KABUPATEN PASURUAN",
        "DINAS PENANAMAN MODAL DAN PELAYANAN TERPADU SATU PINTU",
        "Jl. Raya Raci Km. 9 Pasuruan",
        "NOMOR INDUK KESENIAN",
        "telah terdaftar sebagai kelompok seni",
        "untuk mengecek keaslian dokumen",
    ):
        assert squeezed(words) in text


def test_the_same_content_gives_the_same_bytes() -> None:
    assert render(PERMIT) == render(PERMIT)


def test_another_process_in_another_place_gives_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import hashlib; from tests.permits.office import PERMIT; from chalicelib.permits.layout import render;"
        "print(hashlib.sha256(render(PERMIT)).hexdigest())"
    )
    environment = {"PYTHONPATH": str(_REPOSITORY), "TZ": "America/Lima", "LANG": "C", "HOME": str(tmp_path)}
    there = [
        subprocess.run(  # noqa: S603 - our own code in a fresh interpreter
            [sys.executable, "-c", code],
            cwd=place,
            env=environment | {"PATH": os.environ["PATH"]},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for place in (tmp_path, _REPOSITORY)
    ]
    assert there[0] == there[1]


def test_the_file_declares_pdf_a_2a_and_pdf_ua_1() -> None:
    pdf = render(PERMIT)
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"/Lang(id-ID)" in pdf


def test_the_file_s_dates_come_from_the_day_of_issue() -> None:
    pdf = render(permit(issued_on=date(2020, 2, 29)))
    dates = re.findall(rb"/(?:CreationDate|ModDate)\((.*?)\)", pdf)
    assert dates == [b"D:20200228170000Z"] * 2  # midnight in WIB


def test_a_draft_is_marked_and_has_neither_number_nor_code() -> None:
    text = text_of(render(permit(permit_number=None)))
    assert "DRAF" in text
    assert "424.086" not in text
    assert squeezed(PERMIT.check_url) not in text
    assert "DRAF" not in text_of(render(PERMIT))


def test_a_draft_shows_letters_it_cannot_print_and_a_permit_is_refused() -> None:
    javanese = "Paguyuban ꦲꦤ"
    assert "Paguyuban\ufffd\ufffd" in text_of(render(permit(permit_number=None, group_name=javanese)))
    with pytest.raises(UnprintableTextError) as caught:
        render(permit(group_name=javanese))
    assert caught.value.facts == {"where": "group_name", "letters": ["U+A9B2", "U+A9A4"]}
    with pytest.raises(UnprintableTextError) as caught:
        render(permit(signer=msgspec.structs.replace(OFFICIAL, name="ꦲ")))
    assert caught.value.facts["where"] == "signer.name"


@pytest.mark.parametrize(
    "name",
    [
        "Sanggar \"Melati\" 'Putih' <b>Tebal</b> & Rekan",
        "#set page(width: 1cm) #pagebreak() $x^2$ *tebal* _miring_ = Judul @label \\ // /* */",
        "Sanggar \u202egnaro\u202c \u200fmelati\u2066\u200b",
        "Sanggar\n\n\tBaris\r\nBaru\u2028Lagi",
        '"; DROP TABLE permits; --',
        "{title} %s ${HOME} {{ 7*7 }}",
    ],
)
def test_what_was_typed_is_text_and_never_markup(name: str) -> None:
    pdf = render(permit(group_name=name))
    assert squeezed(plain(name)) in text_of(pdf)
    assert _stays_on_one_page(pdf)


@pytest.mark.parametrize("filling", ["W", "i", "Wayang ", "ab/", "M-", "'\"<>&", "#*_`$"])
def test_two_hundred_characters_in_every_field_stay_on_the_page(filling: str) -> None:
    long = (filling * 200)[:200].strip()
    pdf = render(
        permit(
            **dict.fromkeys(("group_name", "art_genre", "leader_name", "address", "village"), long),
            **dict.fromkeys(("sub_district", "place", "signature_note", "log_note"), long),
            legal_bases=(long,) * 5,
            signer=msgspec.structs.replace(OFFICIAL, title=long, name=long, rank=long),
        )
    )
    assert _stays_on_one_page(pdf)
    assert text_of(pdf).count(squeezed(long)) >= 12


def test_more_than_a_page_can_hold_is_refused_by_name() -> None:
    with pytest.raises(LayoutError) as caught:
        render(permit(legal_bases=("Peraturan Contoh " * 400,) * 3))
    assert caught.value.facts == {"why": "too_long"}


@settings(max_examples=60, deadline=None)
@given(group=latin.filter(bool), leader=latin, address=latin)
def test_any_latin_name_is_printed_whole(group: str, leader: str, address: str) -> None:
    pdf = render(permit(group_name=group, leader_name=leader, address=address))
    text = text_of(pdf)
    assert _stays_on_one_page(pdf)
    assert all(squeezed(value) in text for value in (group, leader, address))


def _by_poppler(program: str, pdf: bytes) -> str:
    """What pdftotext reads, without blanks: where lines break is no matter of the text."""
    command = [program, "-raw", "-nopgbrk", "-enc", "UTF-8", "-", "-"]
    told = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout  # noqa: S603
    return squeezed(told.decode())


@pytest.mark.parametrize("program", ["pdftotext"], indirect=True)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.one_of(names, hostile))
@example(name="\"Sanggar\" 'Melati' <b>&amp;</b> «Putih» „Biru”")
@example(name="\u202eitalem\u202c \u200fSanggar\u200e \u2066Putih\u2069")
@example(name="ꦱꦁꦒꦂ ꦩꦼꦭꦠꦶ")
@example(name="Cafe\u0301 Re\u0308og A\u030angklung")
@example(name="Re\u0323\u0302og q\u0301")
@example(name="M\u0301\u0301\u0301")
@example(name="fi ffi fl ff tt officieel")
@example(name="Wayang" * 33 + "WW")
@example(name="x" * 200)
def test_poppler_reads_the_name_that_was_given_or_the_permit_is_refused(program: str, name: str) -> None:
    if unprintable(name):
        with pytest.raises(UnprintableTextError) as caught:
            render(permit(group_name=name))
        assert caught.value.facts == {
            "where": "group_name",
            "letters": [f"U+{ord(x):04X}" for x in unprintable(name)],
        }
        return
    pdf = render(permit(group_name=name, leader_name=name))
    assert _stays_on_one_page(pdf)
    assert _by_poppler(program, pdf).count(squeezed(plain(name))) >= min(2, len(squeezed(plain(name))))


@pytest.mark.parametrize("program", ["pdftotext"], indirect=True)
def test_everything_that_a_permit_has_to_say_is_printed(program: str) -> None:
    text = _by_poppler(program, render(PERMIT))
    said = [
        *("PEMERINTAH KABUPATEN PASURUAN", "DINAS PENANAMAN MODAL DAN PELAYANAN TERPADU SATU PINTU"),
        *("NOMOR INDUK KESENIAN", f"Nomor: {PERMIT.permit_number}"),
        "menyatakan bahwa kelompok seni",
        "telah terdaftar sebagai kelompok seni di Kabupaten Pasuruan",
        *(PERMIT.group_name, f"Jenis kesenian:{PERMIT.art_genre}", f"Nama ketua:{PERMIT.leader_name}"),
        *(f"Alamat:{PERMIT.address}", "Desa/Kelurahan:Podokoyo", "Kecamatan:Tosari"),
        *("Tahun berdiri:2011", "Jumlah anggota:24 orang"),
        "Masa berlaku:24 November 2026 sampai dengan 23 November 2028",
        *("Ditetapkan di Pasuruan", "pada tanggal 24 November 2026"),
        *(OFFICIAL.title, OFFICIAL.name, OFFICIAL.rank, f"NIP. {OFFICIAL.official_id}"),
        *PERMIT.legal_bases,
        "untuk mengecek keaslian dokumen",
        *(PERMIT.signature_note, "Tanda tangan elektronik ada di dalam berkas PDF ini", str(PERMIT.log_note)),
    ]
    assert [words for words in said if squeezed(words) not in text] == []


@settings(max_examples=60, deadline=None)
@given(group=hostile, village=hostile)
def test_any_text_gives_a_draft_and_a_permit_or_a_named_refusal(group: str, village: str) -> None:
    content = permit(group_name=group, village=village)
    assert _stays_on_one_page(render(msgspec.structs.replace(content, permit_number=None)))
    if unprintable(group + village):
        with pytest.raises(UnprintableTextError):
            render(content)
    else:
        assert _stays_on_one_page(render(content))


def test_every_letter_that_is_allowed_can_be_drawn() -> None:
    letters = [chr(code) for code in range(0x20, 0x2200) if plain(chr(code)) and not unprintable(chr(code))]
    for start in range(0, len(letters), 100):
        some = " ".join(letters[start : start + 100])
        render(permit(group_name=some, address=some))
    assert len(letters) > 800


@pytest.mark.parametrize("program", ["qpdf"], indirect=True)
def test_qpdf_finds_no_fault_in_the_structure(program: str, tmp_path: Path) -> None:
    path = tmp_path / "permit.pdf"
    path.write_bytes(render(PERMIT))
    result = subprocess.run([program, "--check", path], capture_output=True, text=True, check=False)  # noqa: S603
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("program", ["zbarimg"], indirect=True)
def test_the_qr_code_reads_from_a_print_at_150_dpi(program: str, tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(render(PERMIT))
    path = tmp_path / "permit.png"
    document[0].render(scale=150 / 72).to_pil().save(path)
    document.close()
    read = subprocess.run(  # noqa: S603 - Debian's zbar-tools, on a file of our own
        [program, "--quiet", "--raw", path], capture_output=True, text=True, check=False
    )
    assert read.stdout.strip() == PERMIT.check_url

"""The Berita Acara's pages: complete, in the permit's look, text and never markup, and the same every time."""

import re
from datetime import date
from typing import Any

import msgspec
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.permits.errors import ReportUnprintableError
from chalicelib.permits.lettering import plain
from chalicelib.permits.report import ReportContent, ReportLine, ReportOfficer, render_report
from tests.permits.office import squeezed, text_of

OFFICER = ReportOfficer(
    title="Plh. Sub Koordinator PTSP II",
    name="Wening Contoh, S.E.",
    rank="Penata",
    official_id="19000404 000000 0 004",
    standing="Plh. Sub Koordinator PTSP II Wening Contoh, S.E. untuk Bagas Contoh",
)
REPORT = ReportContent(
    case_number="NKS-2026-00123",
    group_name="Sanggar Tari Melati Bromo",
    application_type="renewal",
    art_genre="Tari",
    leader_name="Ratna Wulandari Contoh",
    address="Dusun Krajan RT 02 RW 05, Podokoyo, Tosari",
    documents=(
        ReportLine(what="KTP Ketua", outcome="fits"),
        ReportLine(what="Susunan Pengurus", outcome="unfit", note="Nama sekretaris kurang satu huruf."),
    ),
    answers=(
        ReportLine(what="Jumlah anggota", value="24", outcome="unchecked", note="Tidak ada daftar hadir."),
    ),
    result="with_notes",
    recommendation="Kelompok aktif.\nLayak diberi Nomor Induk Kesenian.",
    note="Diperbaiki saat perpanjangan.",
    place="Pasuruan",
    held_on=date(2026, 11, 25),
    officers=(OFFICER,),
)


def report(**changes: Any) -> ReportContent:
    """The report with some of its fields changed."""
    return msgspec.structs.replace(REPORT, **changes)


def pages(pdf: bytes) -> int:
    """How many pages it has."""
    document = pypdfium2.PdfDocument(pdf)
    count = len(document)
    document.close()
    return count


def test_everything_that_was_found_can_be_read_in_the_file() -> None:
    pdf = render_report(REPORT)
    text = text_of(pdf)
    told = [
        *(line.what for line in (*REPORT.documents, *REPORT.answers)),
        *(getattr(OFFICER, name) for name in OFFICER.__struct_fields__),
        *REPORT.recommendation.splitlines(),
        *("PEMERINTAH KABUPATEN PASURUAN", "DINAS PENANAMAN MODAL DAN PELAYANAN TERPADU SATU PINTU"),
        *("BERITA ACARA PEMERIKSAAN DAN REKOMENDASI TEKNIS", "NKS-2026-00123", "Perpanjangan", "NIP."),
        *("Sesuai", "Tidak sesuai", "Tidak diperiksa", "DIREKOMENDASIKAN DENGAN CATATAN", REPORT.note),
        *(
            "Nama sekretaris kurang satu huruf.",
            "Pada 25 November 2026 di Pasuruan",
            "24",
            "Halaman 1 dari 1",
        ),
    ]
    assert [words for words in told if squeezed(words) not in text] == []
    assert pages(pdf) == 1


def test_the_file_is_pdf_a_and_tagged_dated_by_the_examination_and_the_same_every_time() -> None:
    pdf = render_report(REPORT)
    assert pdf == render_report(REPORT)
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    dates = re.findall(rb"/(?:CreationDate|ModDate)\((.*?)\)", pdf)
    assert dates == [b"D:20261124170000Z"] * 2  # midnight in WIB


def test_an_ordinary_report_of_a_renewal_is_one_page() -> None:
    documents = tuple(ReportLine(what=f"Surat Keterangan ke-{number}", outcome="fits") for number in range(4))
    answers = tuple(ReportLine(what=f"Isian {number}", value="Isi", outcome="fits") for number in range(10))
    words = "Kelompok aktif berlatih dan layak diberi Nomor Induk Kesenian."
    plain_one = report(
        documents=documents, answers=answers, result="recommended", recommendation=words, note=""
    )
    assert pages(render_report(plain_one)) == 1


def test_no_letter_touches_the_frame() -> None:
    document = pypdfium2.PdfDocument(render_report(report(recommendation="Layak.\n" * 80)))
    low = [
        page.get_textpage().get_charbox(index)[1]
        for page in document
        for index in range(page.get_textpage().count_chars())
    ]
    document.close()
    assert min(low) >= 10 * 72 / 25.4  # the inner line of the frame is 9.3 mm above the edge


def test_long_words_go_on_to_another_page_and_nothing_is_lost() -> None:
    words = "\n".join(f"Kalimat ke-{number} tentang pemeriksaan kelompok seni ini." for number in range(80))
    long = report(recommendation=words, note="x" * 300, place="y" * 200)
    pdf = render_report(long)
    text = text_of(pdf)
    assert pages(pdf) > 1
    assert all(squeezed(line) in text for line in words.splitlines())
    assert "x" * 300 in text
    assert squeezed(OFFICER.name) in text


@pytest.mark.parametrize("field", ["recommendation", "note", "place"])
def test_letters_that_cannot_be_printed_are_refused_with_their_place(field: str) -> None:
    with pytest.raises(ReportUnprintableError) as caught:
        render_report(report(**{field: "Layak ꦲ"}))
    assert caught.value.facts == {"where": field, "letters": ["U+A9B2"]}


def test_an_applicant_s_letters_that_cannot_be_printed_stop_no_report() -> None:
    assert "Paguyuban\ufffd" in text_of(render_report(report(group_name="Paguyuban ꦲ")))


hostile = st.text(st.characters(codec="utf-8"), max_size=200)


@settings(max_examples=40, deadline=None)
@given(group_name=hostile, note=st.text(st.characters(min_codepoint=0x20, max_codepoint=0x17F), max_size=200))
def test_whatever_was_typed_there_is_a_report_and_what_can_be_printed_is_text(
    group_name: str, note: str
) -> None:
    text = text_of(render_report(report(group_name=group_name, note=note)))
    assert squeezed(plain(note)) in text


@pytest.mark.parametrize(
    "words",
    [
        "#set page(width: 1cm) #pagebreak() $x^2$ *tebal* _miring_ @label \\ // /* */",
        "Sanggar \"Melati\" 'Putih' <b>Tebal</b> & Rekan",
        "{title} {day} %s ${HOME} {{ 7*7 }}",
    ],
)
def test_what_was_typed_is_text_and_never_markup(words: str) -> None:
    line = ReportLine(what="KTP Ketua", outcome="unfit", note=words)
    text = text_of(render_report(report(group_name=words, recommendation=words, documents=(line,))))
    assert text.count(squeezed(words)) == 3

"""What was put on a letter after printing: a signature, a stamp with words in it; drawn in a PDF as on paper."""

import random

import pytest

from chalicelib.documents.files.portable import open_pdf
from chalicelib.documents.files.portable import pages as pdf_pages
from chalicelib.documents.inspection import inspect
from chalicelib.documents.sight.recognition import LocalRecogniser
from chalicelib.documents.types import Inspection
from tests.documents.generator import pack
from tests.documents.papers import quoted

_BODY = (
    "#align(center)[PEMERINTAH KABUPATEN PASURUAN\\ KECAMATAN LUMBANG\\ DESA WATULUMBUNG\\ \\ SURAT KETERANGAN\\ "
    "Nomor : 470/17/424.319.2.06/2024]\n\nYang bertanda tangan di bawah ini Kepala Desa Watulumbung Kecamatan Lumbang "
    "Kabupaten Pasuruan menerangkan bahwa Saudara Darmanto Wibisono, NIK 3514031708800002, adalah ketua kelompok "
    "kesenian Bantengan #quote[Tunas Rimba] yang beralamat di Dsn. Gunung Desa Watulumbung Kec. Lumbang. Demikian "
    "surat keterangan ini dibuat untuk pengurusan Nomor Induk Kesenian.\n#v(8mm)\n"
)
_STAMP = (
    "#place(dx: 6mm, dy: 1mm)[#circle(radius: 12mm, stroke: 1pt + purple)[#align(center + horizon)"
    "[#rotate(-12deg)[#text(size: 6.5pt, fill: purple)[KEPALA DESA\\ WATULUMBUNG]]]]]"
)
_STROKE = (
    "#place(dx: 24mm, dy: 6mm)[#curve(stroke: 1.2pt + navy, curve.move((0mm, 8mm)), "
    "curve.cubic((4mm, -6mm), (8mm, 16mm), (12mm, 2mm)), curve.cubic((16mm, -4mm), (20mm, 14mm), (28mm, 0mm)))]"
)


def _paper(titles: tuple[str, ...], ink: str) -> str:
    lines = "\\ ".join(map(quoted, ("Watulumbung, 3 Juni 2024", *titles)))
    corner = f"{lines}\\ #box(width: 70mm, height: 22mm)[{ink}]\\ #underline[Sarwo Edi]"
    return f'#set page(paper: "a4")\n{_BODY}#align(right)[#box(width: 70mm)[#align(center)[{corner}]]]\n'


def _read(titles: tuple[str, ...], ink: str, recogniser: LocalRecogniser) -> Inspection:
    return inspect(
        pack(_paper(titles, ink), "village_letter", {}, random.Random(1), "native").data, recogniser
    )


@pytest.mark.parametrize(
    ("ink", "seen"),
    [(_STAMP + _STROKE, ("true", "true")), (_STAMP, ("false", "true")), (_STROKE, ("true", "false"))],
)
@pytest.mark.parametrize(
    ("titles", "said"),
    [
        (("KEPALA DESA WATULUMBUNG",), "Kepala Desa"),
        (("a.n. KEPALA DESA WATULUMBUNG", "Sekretaris Desa"), "Sekretaris Desa"),
    ],
)
def test_drawn_ink_is_seen_below_the_signers_title(
    ink: str, seen: tuple[str, str], titles: tuple[str, ...], said: str, recogniser: LocalRecogniser
) -> None:
    fields = _read(titles, ink, recogniser).fields
    assert (fields["head_title"].text, fields["head_name"].text) == (said, "Sarwo Edi")
    assert (fields["signed"].text, fields["stamped"].text) == seen


def test_ink_is_looked_for_below_the_day_when_no_title_is_printed(recogniser: LocalRecogniser) -> None:
    signed, bare = (_read((), ink, recogniser).fields["signed"].text for ink in (_STROKE, ""))
    assert (signed, bare) == ("true", "false")


def test_words_across_the_others_are_no_text_of_the_page() -> None:
    data = pack(_paper(("LURAH",), _STAMP), "village_letter", {}, random.Random(1), "native").data
    (page,) = pdf_pages(open_pdf(data), 1)
    assert page.sheet
    assert not page.hidden_text
    assert [line for line in page.sheet.lines if "KEPALA DESA" in line] == []

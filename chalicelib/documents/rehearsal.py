"""Papers of our own that the warm child reads before the first stranger's file.

Much is made on first use: imports, compiled patterns, vocabularies, the tables of the parsers. Each file is read in a fork, so
what is not made before forking is made for every file anew: an eighth of what a page of native text costs.
"""

import math
from collections.abc import Sequence

from chalicelib.documents.inspection import examine
from chalicelib.documents.sight.recognition import Recogniser
from chalicelib.documents.types import Kind

_LEADING = 18  # points from line to line
PAPERS = {
    Kind.KTP: (
        "PROVINSI JAWA TIMUR",
        "KABUPATEN PASURUAN",
        "NIK : 3514010203040005",
        "Nama : CONTOH WARGA",
        "Tempat/Tgl Lahir : PASURUAN, 02-03-1984",
        "Jenis Kelamin : LAKI-LAKI   Gol. Darah : O",
        "Alamat : DUSUN CONTOH",
        "RT/RW : 001/002",
        "Kel/Desa : CONTOH",
        "Kecamatan : BANGIL",
        "Agama : ISLAM",
        "Status Perkawinan : KAWIN",
        "Pekerjaan : WIRASWASTA",
        "Kewarganegaraan : WNI",
        "Berlaku Hingga : SEUMUR HIDUP",
    ),
    Kind.VILLAGE_LETTER: (
        "PEMERINTAH KABUPATEN PASURUAN",
        "KECAMATAN BANGIL",
        "DESA CONTOH",
        "SURAT KETERANGAN",
        "Nomor : 470/001/424.300/2025",
        "Yang bertanda tangan di bawah ini Kepala Desa Contoh menerangkan bahwa :",
        "Nama : Contoh Warga",
        "NIK : 3514010203040005",
        "Alamat : Dusun Contoh RT 001 RW 002",
        "adalah pimpinan kelompok kesenian Contoh Laras jenis kesenian Campursari.",
        "Demikian surat keterangan ini dibuat untuk dipergunakan sebagaimana mestinya.",
        "Contoh, 2 Januari 2025",
        "Kepala Desa Contoh",
        "",
        "",
        "",
        "CONTOH KEPALA",
    ),
    Kind.BOARD_ROSTER: (
        "SUSUNAN PENGURUS",
        "Nama Kelompok : Contoh Laras",
        "Jenis Kesenian : Campursari",
        "Alamat : Dusun Contoh",
        "No   Jabatan   Nama",
        "1   Ketua   Contoh Warga",
        "2   Sekretaris   Contoh Kedua",
        "3   Bendahara   Contoh Ketiga",
        "Contoh, 2 Januari 2025",
    ),
    Kind.OLD_CERTIFICATE: (
        "NOMOR INDUK KESENIAN",
        "Nomor : 430/001/NIK/2020",
        "Diberikan kepada :",
        "Nama Organisasi : Contoh Laras",
        "Jenis Kesenian : Campursari",
        "Pimpinan : Contoh Warga",
        "Alamat : Dusun Contoh",
        "Berlaku sampai dengan 2 Januari 2023",
    ),
}


def rehearse(recogniser: Recogniser) -> None:
    """Read a paper of each kind, and forget what it says."""
    for kind, lines in PAPERS.items():
        examine(as_pdf(lines), recogniser, wanted=kind)


def as_pdf(lines: Sequence[str]) -> bytes:
    """The lines on an A4 page, a ruled grid beside a board's columns and a signature's strokes below a letter's title."""
    written = "\n".join(
        f"BT /F 12 Tf {60 + 120 * column} {780 - _LEADING * at} Td ({cell}) Tj ET"
        for at, line in enumerate(lines)
        for column, cell in enumerate(line.split("   "))
    )
    drawn = _grid() + _strokes(780 - _LEADING * (len(lines) - 3))
    content = f"{drawn}\n{written}".encode("ascii")
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    return _numbered(parts)


def _grid() -> str:
    """Four rows of three cells around the lines of the board."""
    tops = [780 + 13 - _LEADING * at for at in range(4, 9)]
    sides = (55, 175, 295, 500)
    level = [f"55 {top} m 500 {top} l S" for top in tops]
    return "\n".join([*level, *(f"{side} {tops[0]} m {side} {tops[-1]} l S" for side in sides)])


def _strokes(top: float) -> str:
    """A signature's zigzag and the ring of a stamp, 40 points below."""
    zigzag = " ".join(f"{70 + 9 * at} {top - 50 + 16 * (at % 2)} l" for at in range(12))
    turns = [2 * math.pi * at / 40 for at in range(41)]
    ring = " ".join(
        f"{95 + 32 * math.cos(turn):.1f} {top - 50 + 32 * math.sin(turn):.1f} l" for turn in turns
    )
    return f"60 {top - 50} m {zigzag} S\n127 {top - 50} m {ring} S"


def _numbered(parts: Sequence[bytes]) -> bytes:
    """A PDF file of these objects, the first of which is its catalogue."""
    data, places = b"%PDF-1.4\n", list[int]()
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(parts) + 1
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
        + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, len(data))
    )

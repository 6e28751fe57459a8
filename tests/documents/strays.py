"""Papers that belong in no slot, as Typst markup."""

import random

from tests.documents.papers import _letterhead, _sheet, pairs, quoted, signature
from tests.documents.people import Story, spelled


def stray(story: Story, rng: random.Random) -> tuple[str, str]:
    """(subtype, markup) of a receipt, a poverty letter, a family card, an invitation, a licence, an attendance list or an award."""
    subtype = rng.choice(
        (
            "receipt",
            "poverty_letter",
            "family_card",
            "invitation",
            "licence",
            "attendance",
            "award",
            "business_letter",
            "news",
        )
    )
    return subtype, _sheet(rng) + globals()[f"_{subtype}"](story, rng)


def _receipt(story: Story, rng: random.Random) -> str:
    return (
        '#align(center)[#text(size: 16pt, weight: "bold")[KUITANSI]]\n'
        + pairs(
            [
                ("No.", "0312"),
                ("Sudah terima dari", story.leader.name),
                ("Banyaknya uang", "Tiga ratus ribu rupiah"),
                ("Untuk pembayaran", "Sewa terop dan kursi"),
                ("Jumlah", "Rp 300.000,-"),
            ]
        )
        + f"#align(right)[Pasuruan, {spelled(story.roster_date)}]\n"
    )


def _poverty_letter(story: Story, rng: random.Random) -> str:
    p = story.leader
    return (
        _letterhead(story, rng)
        + f"#align(center)[*SURAT KETERANGAN TIDAK MAMPU*\\ Nomor : {quoted(story.letter_number)}]\nYang bertanda tangan di bawah ini {story.head_title} {p.village} menerangkan bahwa :\n\n"
        + pairs([("Nama", p.name), ("NIK", p.national_id), ("Alamat", p.street)])
        + "Adalah benar warga kami yang tergolong keluarga tidak mampu. Surat ini dibuat untuk pengajuan beasiswa.\n"
        + signature(story, rng)
    )


def _business_letter(story: Story, rng: random.Random) -> str:
    p = story.leader
    return (
        _letterhead(story, rng)
        + f"#align(center)[*SURAT KETERANGAN USAHA*\\ Nomor : {quoted(story.letter_number)}]\nYang bertanda tangan di bawah ini {story.head_title} {p.village} menerangkan bahwa :\n\n"
        + pairs([("Nama", p.name), ("NIK", p.national_id), ("Alamat", p.street)])
        + "Adalah benar mempunyai usaha warung kopi yang berada di wilayah kami sejak tahun 2015.\n"
        + signature(story, rng)
    )


def _family_card(story: Story, rng: random.Random) -> str:
    p = story.leader
    return (
        f'#align(center)[#text(size: 15pt, weight: "bold")[KARTU KELUARGA]\\ No. 3514{rng.randrange(10**11, 10**12)}]\n'
        + pairs(
            [
                ("Nama Kepala Keluarga", p.name.upper()),
                ("Alamat", p.street.upper()),
                ("RT/RW", p.rt_rw),
                ("Kelurahan/Desa", p.village.upper()),
                ("Kecamatan", p.district.upper()),
                ("Kabupaten/Kota", "PASURUAN"),
                ("Provinsi", "JAWA TIMUR"),
            ]
        )
        + f"#table(columns: 5, [No],[Nama Lengkap],[NIK],[Jenis Kelamin],[Agama],[1],[{p.name.upper()}],[{p.national_id}],[LAKI-LAKI],[{p.religion}])\n"
    )


def _invitation(story: Story, rng: random.Random) -> str:
    return f"#align(center)[*UNDANGAN*]\nKepada Yth. Bapak/Ibu {story.leader.name}\n\nDengan hormat, mengharap kehadiran Bapak/Ibu pada acara latihan rutin kesenian {quoted(story.group)} yang akan dilaksanakan pada hari Minggu, {spelled(story.roster_date)} bertempat di balai desa.\n\nDemikian undangan ini kami sampaikan.\n"


def _licence(story: Story, rng: random.Random) -> str:
    return f"#align(center)[*INDONESIA*\\ *SURAT IZIN MENGEMUDI*\\ DRIVING LICENSE]\n1. {story.leader.name.upper()}\n\n2. {story.leader.born_at}, {story.leader.born:%d-%m-%Y}\n\n3. PRIA\n\n4. {story.leader.street.upper()}\n\n5. {story.leader.occupation}\n\n6. POLDA JATIM\n"


def _attendance(story: Story, rng: random.Random) -> str:
    rows = "".join(f"[{at}],[{quoted(name)}],[]," for at, (_, name) in enumerate(story.officers, 1))
    return f"#align(center)[*DAFTAR HADIR LATIHAN*\\ {quoted(story.group)}\\ {spelled(story.roster_date)}]\n#table(columns: (10mm, 1fr, 1fr), [No],[Nama],[Tanda Tangan],{rows})\n"


def _award(story: Story, rng: random.Random) -> str:
    return f"#align(center)[#text(size: 20pt)[PIAGAM PENGHARGAAN]\\ diberikan kepada\\ #text(size: 16pt)[{quoted(story.group)}]\\ sebagai Juara II Festival {story.art} Tingkat Kabupaten Pasuruan\\ Pasuruan, {spelled(story.roster_date)}\\ Kepala Dinas Kebudayaan dan Pariwisata]\n"


def _news(story: Story, rng: random.Random) -> str:
    return f'#text(size: 18pt, weight: "bold")[Ratusan warga padati pentas {story.art}]\n\nPASURUAN - Pentas kesenian {quoted(story.group)} di lapangan {story.leader.village} berlangsung meriah pada Sabtu malam. Warga dari beberapa desa datang sejak sore untuk menyaksikan pertunjukan yang digelar setiap tahun itu.\n'

"""The four papers as Typst markup, each in several layouts; one source gives a native PDF and a picture."""

import random
from collections.abc import Callable, Sequence

from tests.documents.people import Story, spelled

SERIF = ("Liberation Serif", "Nimbus Roman", "C059", "P052", "DejaVu Serif", "URW Bookman")
SANS = ("Liberation Sans", "DejaVu Sans", "Nimbus Sans", "Liberation Sans Narrow", "URW Gothic")


def quoted(text: str) -> str:
    """Text as a Typst string."""
    return '#"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def pairs(rows: Sequence[tuple[str, str]], first: str = "35%", inset: str = "2pt", colon: str = ": ") -> str:
    """Labels and values in two columns."""
    cells = "".join(f"[{quoted(label)}],[{quoted(colon + value)}]," for label, value in rows)
    return f"#grid(columns: ({first}, 1fr), inset: {inset}, {cells})\n"


def card(story: Story, rng: random.Random) -> str:
    """An ID card, 85.6 by 54 mm."""
    p = story.leader
    size = rng.choice((6.0, 6.5, 6.9))
    label = rng.choice(("Tempat/Tgl Lahir", "Tempat/Tgl. Lahir"))
    rows = [
        ("Nama", p.name),
        (label, f"{p.born_at}, {p.born:%d-%m-%Y}"),
        ("Jenis Kelamin", ("PEREMPUAN" if p.woman else "LAKI-LAKI") + f"\\\\BLOOD{p.blood}"),
        ("Alamat", p.street),
        ("    RT/RW", p.rt_rw),
        ("    Kel/Desa", p.village),
        ("    Kecamatan", p.district),
        ("Agama", p.religion),
        ("Status Perkawinan", p.marital_status),
        ("Pekerjaan", p.occupation),
        ("Kewarganegaraan", "WNI"),
        ("Berlaku Hingga", "SEUMUR HIDUP"),
    ]
    cells = ""
    for name, value in rows:
        said, _, blood = value.partition("\\\\BLOOD")
        extra = f"#place(top + left, dx: 24mm)[Gol. Darah : {quoted(blood)}]" if blood else ""
        cells += f"[{quoted(name)}],[{quoted(': ' + said.upper())}{extra}],"
    tint = rng.choice(("#bfe0f2", "#a9d3ee", "#cfe6f5", "#b6d7e0"))
    mono = rng.choice(("Liberation Mono", "DejaVu Sans Mono", "Nimbus Mono PS"))
    return (
        f'#set page(width: 85.6mm, height: 54mm, margin: (x: 3mm, y: 2mm), fill: gradient.linear(rgb("{tint}"), rgb("#e6f3fa"), rgb("{tint}")))\n'
        f'#set text(font: "{rng.choice(SANS[:3])}", size: {size}pt)\n#set par(leading: 0.3em)\n'
        f'#place(bottom + right, dy: -8mm)[#rect(width: 18mm, height: 23mm, fill: rgb("{rng.choice(("#b01818", "#2244aa"))}"))#v(-2mm)#align(center)[#text(size: 5pt)[PASURUAN\\ {p.born.day:02d}-06-2019]]]\n'
        f'#align(center)[#text(size: 9pt, weight: "bold")[PROVINSI JAWA TIMUR\\ KABUPATEN PASURUAN]]\n#v(-2mm)\n'
        f'#text(size: 10pt, weight: "bold")[NIK #h(9mm) #text(font: "{mono}")[: {p.national_id}]]\n#v(-2.5mm)\n'
        f"#box(width: 62mm)[#grid(columns: (24mm, 1fr), inset: (y: 0.95pt), {cells})]\n"
    )


def letter(story: Story, rng: random.Random) -> str:
    """A village head's letter in one of five layouts."""
    layout: Callable[[Story, random.Random], str] = rng.choice(
        (_classic, _numbered, _both_named, _prose, _modern)
    )
    return _sheet(rng) + _letterhead(story, rng) + layout(story, rng)


def _sheet(rng: random.Random, landscape: bool = False) -> str:
    paper = rng.choice(('paper: "a4"', "width: 215mm, height: 330mm"))
    font = rng.choice(SERIF + SANS[:3])
    flipped = ", flipped: true" if landscape else ""
    return f'#set page({paper}{flipped}, margin: (x: {rng.choice((20, 25, 30))}mm, y: 18mm))\n#set text(font: "{font}", size: {rng.choice((10.5, 11, 12))}pt, lang: "id")\n#set par(justify: {rng.choice(("true", "false"))})\n'


def _letterhead(story: Story, rng: random.Random) -> str:
    village, district = story.leader.village.upper(), story.leader.district.upper()
    office = rng.choice(
        (f"{story.village_word.upper()} {village}", f"KANTOR {story.head_title.upper()} {village}")
    )
    street = (
        f"Jl. Raya {story.leader.village} No. {rng.randrange(1, 99)} Kode Pos 67{rng.randrange(100, 199)}"
    )
    return f'#align(center)[#text(weight: "bold")[PEMERINTAH KABUPATEN PASURUAN\\ KECAMATAN {district}\\ {office}]\\ #text(size: 8.5pt)[{street}]]\n#line(length: 100%, stroke: 1.5pt)\n'


def _title(story: Story, rng: random.Random) -> str:
    title = rng.choice(
        ("SURAT KETERANGAN", "SURAT KETERANGAN KESENIAN", "SURAT KETERANGAN DOMISILI KELOMPOK SENI")
    )
    number = rng.choice(("Nomor : ", "Nomor: ", "NO. ", "No. : "))
    return f'#align(center)[#underline[#text(weight: "bold")[{title}]]\\ {number}{quoted(story.letter_number)}]\n#v(4mm)\n'


def _classic(story: Story, rng: random.Random) -> str:
    p, named = (
        story.leader,
        rng.choice(("Nama Kelompok", "Nama Grup", "Nama Sanggar", "Nama Organisasi Kesenian")),
    )
    return (
        _title(story, rng)
        + f"Yang bertanda tangan di bawah ini {story.head_title} {p.village}, Kecamatan {p.district}, Kabupaten Pasuruan, menerangkan dengan sebenarnya bahwa :\n\n"
        + pairs(
            [
                ("Nama", p.name),
                ("NIK", p.national_id),
                ("Tempat/Tgl. Lahir", f"{p.born_at.title()}, {p.born:%d-%m-%Y}"),
                ("Pekerjaan", p.occupation.title()),
                (
                    "Alamat",
                    f"{p.street} RT {p.rt_rw[:3]} RW {p.rt_rw[4:]} {story.village_word} {p.village} Kecamatan {p.district}",
                ),
            ]
        )
        + "Orang tersebut di atas adalah benar-benar penduduk kami dan merupakan pimpinan / ketua kelompok kesenian :\n\n"
        + pairs(
            [
                (named, story.group),
                ("Jenis Kesenian", story.art),
                ("Jumlah Anggota", f"{story.members} orang"),
                (rng.choice(("Alamat Kelompok", "Alamat")), story.address),
            ]
        )
        + "Demikian surat keterangan ini dibuat untuk dipergunakan sebagaimana mestinya dalam pengurusan Nomor Induk Kesenian.\n"
        + signature(story, rng)
    )


def _numbered(story: Story, rng: random.Random) -> str:
    p = story.leader
    return (
        _title(story, rng)
        + f"{story.head_title} {p.village} Kecamatan {p.district} Kabupaten Pasuruan dengan ini menerangkan bahwa :\n\n"
        + pairs(
            [
                ("1. Nama Lengkap", p.name.upper()),
                ("2. No. KTP / NIK", p.national_id),
                ("3. Jenis Kelamin", "Perempuan" if p.woman else "Laki-laki"),
                ("4. Agama", p.religion.title()),
                (
                    "5. Alamat",
                    f"{p.street} RT {p.rt_rw[:3]} RW {p.rt_rw[4:]} {story.village_word} {p.village} Kecamatan {p.district}",
                ),
            ]
        )
        + f"Adalah benar ketua dari kelompok seni {story.art} dengan nama {quoted(chr(34) + story.group + chr(34))} yang beralamat di {quoted(story.address)} dan masih aktif sampai dengan surat ini dibuat.\n\nSurat keterangan ini dipergunakan untuk pengurusan Nomor Induk Kesenian.\n"
        + signature(story, rng)
    )


def _both_named(story: Story, rng: random.Random) -> str:
    p = story.leader
    return (
        _title(story, rng)
        + "Yang bertanda tangan di bawah ini :\n\n"
        + pairs([("Nama", story.head), ("Jabatan", f"{story.head_title} {p.village}")])
        + "Menerangkan dengan sesungguhnya bahwa :\n\n"
        + pairs(
            [
                ("Nama", p.name),
                ("NIK", p.national_id),
                ("Jenis Kelamin", "Perempuan" if p.woman else "Laki-laki"),
                ("Alamat", f"{p.street} RT {p.rt_rw[:3]}/RW {p.rt_rw[4:]} {story.village_word} {p.village}"),
            ]
        )
        + "Adalah Ketua kelompok kesenian yang berdomisili di wilayah kami dengan data sebagai berikut :\n\n"
        + pairs(
            [
                ("a. Nama Kelompok Seni", story.group),
                ("b. Jenis Kesenian", story.art),
                ("c. Alamat Sekretariat", story.address),
            ]
        )
        + "Demikian surat keterangan ini kami buat agar dapat dipergunakan seperlunya.\n"
        + signature(story, rng)
    )


def _prose(story: Story, rng: random.Random) -> str:
    p = story.leader
    return (
        _title(story, rng)
        + f"Yang bertanda tangan di bawah ini {story.head_title} {p.village} Kecamatan {p.district} Kabupaten Pasuruan menerangkan bahwa :\n\n"
        + pairs(
            [
                ("Nama", p.name),
                ("Nomor KTP", p.national_id),
                ("Alamat", f"{p.street} {story.village_word} {p.village}"),
            ]
        )
        + f"Yang bersangkutan adalah pimpinan grup kesenian {story.art} bernama {quoted('“' + story.group + '”')} yang berkedudukan di {quoted(story.address)} dan telah aktif sejak tahun {rng.randrange(1998, 2020)}.\n\nDemikian surat keterangan ini dibuat untuk kelengkapan permohonan Nomor Induk Kesenian.\n"
        + signature(story, rng)
    )


def _modern(story: Story, rng: random.Random) -> str:
    p = story.leader
    return (
        _title(story, rng)
        + f"Dengan ini {story.head_title} {p.village}, Kecamatan {p.district}, Kabupaten Pasuruan menerangkan bahwa kelompok kesenian berikut berdomisili di wilayah kami :\n\n"
        + pairs(
            [
                ("Nama Paguyuban", story.group),
                ("Jenis Seni", story.art),
                ("Alamat", story.address),
                ("Ketua Kelompok", p.name),
                ("NIK Ketua", p.national_id),
            ],
            first="30%",
        )
        + "Surat keterangan ini diberikan untuk keperluan pendaftaran Nomor Induk Kesenian.\n"
        + signature(story, rng)
    )


def signature(story: Story, rng: random.Random) -> str:
    """Place, date, title, ink and name, right or left."""
    p = story.leader
    date = spelled(story.letter_date) if story.letter_date else "........................ 20...."
    side = rng.choice(("right", "right", "right", "left"))
    name = story.head.upper() if rng.random() < 0.4 else story.head
    bold = rng.choice((f'#text(weight: "bold")[{quoted(name)}]', f"#underline[{quoted(name)}]", quoted(name)))
    return (
        f"#v(8mm)\n#align({side})[#box(width: 70mm)[#set par(justify: false)\n#align(center)[{quoted(f'{p.village}, {date}')}\\ {story.head_title.upper()} {p.village.upper()}\\ "
        f"#box(width: 70mm, height: 20mm)[{ink(rng, story.signed, story.stamped, p.village)}]\\ {bold}]]]\n"
    )


def ink(rng: random.Random, signed: bool, stamped: bool, village: str) -> str:
    """A stroke in blue or black, a ring in violet, blue or red, over the lines above and below."""
    parts = ""
    if stamped:
        colour = rng.choice(("#5a4fa8", "#3a3fa0", "#7040a0", "#b03050"))
        parts += f'#place(dx: {rng.randrange(4, 14)}mm, dy: {rng.randrange(-4, 2)}mm)[#circle(radius: {rng.randrange(11, 15)}mm, stroke: 1.1pt + rgb("{colour}"))[#align(center + horizon)[#text(size: 6pt, fill: rgb("{colour}"))[PEMERINTAH\\ {village.upper()}]]]]'
    if signed:
        colour = rng.choice(("#1a2a8a", "#101060", "#202020"))
        points = ", ".join(
            f"curve.cubic(({x + 2}mm, {rng.randrange(0, 16)}mm), ({x + 4}mm, {rng.randrange(0, 16)}mm), ({x + 6}mm, {rng.randrange(2, 14)}mm))"
            for x in range(0, 30, 6)
        )
        parts += f'#place(dx: {rng.randrange(18, 30)}mm, dy: {rng.randrange(0, 5)}mm)[#curve(stroke: 1.2pt + rgb("{colour}"), curve.move((0mm, 8mm)), {points})]'
    return parts

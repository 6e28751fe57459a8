"""Rosters and certificates as Typst markup, each in several layouts."""

import random
from collections.abc import Sequence

from tests.documents.papers import _sheet, ink, pairs, quoted
from tests.documents.people import Story, spelled


def roster(story: Story, rng: random.Random) -> str:
    """A board roster in one of six layouts."""
    head = rng.choice((_stacked_head, _labelled_head))(story, rng)
    upper = rng.random() < 0.3
    officers = [(p.upper(), n.upper()) if upper else (p, n) for p, n in story.officers]
    body = rng.choice((_ruled, _ruled, _two_columns, _name_first, _unruled, _listed))(officers, rng)
    return _sheet(rng) + head + body + _close(story, rng)


def _stacked_head(story: Story, rng: random.Random) -> str:
    group = rng.choice((story.group.upper(), f'"{story.group}"', story.group))
    art = rng.choice(
        (f"Kesenian {story.art}", f"JENIS KESENIAN {story.art.upper()}", f"Jenis Kesenian : {story.art}")
    )
    title = rng.choice(
        (
            "SUSUNAN PENGURUS",
            "DAFTAR SUSUNAN PENGURUS",
            "SUSUNAN PENGURUS KELOMPOK KESENIAN",
            "STRUKTUR KEPENGURUSAN",
        )
    )
    return f'#align(center)[#text(weight: "bold")[{title}\\ {quoted(group)}]\\ {quoted(art)}\\ {quoted(story.address)}]\n#v(5mm)\n'


def _labelled_head(story: Story, rng: random.Random) -> str:
    named = rng.choice(("Nama Kelompok", "Nama Grup", "Nama Sanggar"))
    return '#align(center)[#text(weight: "bold")[SUSUNAN PENGURUS KELOMPOK KESENIAN]]\n' + pairs(
        [
            (named, story.group),
            ("Jenis Kesenian", story.art),
            (rng.choice(("Alamat", "Alamat Sekretariat")), story.address),
        ],
        first="30%",
    )


def _table(
    header: tuple[str, ...], rows: Sequence[tuple[str, ...]], columns: str, stroke: str = "0.6pt"
) -> str:
    cells = "".join(f"[*{name}*]," for name in header) + "".join(
        f"[{quoted(cell)}]," for row in rows for cell in row
    )
    return f"#table(columns: {columns}, stroke: {stroke}, {cells})\n"


def _ruled(officers: list[tuple[str, str]], rng: random.Random) -> str:
    rows = [
        (str(at), p, n, rng.choice(("Dsn. Krajan", "Dsn. Wates", "Ds. Kalirejo")))
        for at, (p, n) in enumerate(officers, 1)
    ]
    return _table(("No.", "Jabatan", "Nama", "Alamat"), rows, "(10mm, 1fr, 1.3fr, 1fr)")


def _two_columns(officers: list[tuple[str, str]], rng: random.Random) -> str:
    return _table(("JABATAN", "NAMA"), [(p, n) for p, n in officers], "(1fr, 1.4fr)")


def _name_first(officers: list[tuple[str, str]], rng: random.Random) -> str:
    rows = [(str(at), n, p, "") for at, (p, n) in enumerate(officers, 1)]
    return _table(
        ("No", rng.choice(("Nama", "Nama Lengkap")), "Jabatan", rng.choice(("Keterangan", "Tanda Tangan"))),
        rows,
        "(10mm, 1.3fr, 1fr, 1fr)",
    )


def _unruled(officers: list[tuple[str, str]], rng: random.Random) -> str:
    return _table(
        ("No", "Nama", "Jabatan"),
        [(f"{at}.", n, p) for at, (p, n) in enumerate(officers, 1)],
        "(10mm, 1fr, 1fr)",
        stroke="none",
    )


def _listed(officers: list[tuple[str, str]], rng: random.Random) -> str:
    numbered = rng.random() < 0.5
    return pairs(
        [(f"{at}. {p}" if numbered else p, n) for at, (p, n) in enumerate(officers, 1)],
        first="35%",
        inset="3pt",
    )


def _close(story: Story, rng: random.Random) -> str:
    leads = any(position == "Ketua" for position, _ in story.officers)
    who = rng.choice(("Ketua,", "KETUA", "Ketua Kelompok")) if leads else "Hormat kami,"
    name = story.leader.name if leads else ""
    stroke = ink(rng, True, False, "")
    left = (
        f"Mengetahui,\\ {story.head_title} {story.leader.village}#v(20mm){quoted(story.head)}"
        if rng.random() < 0.25
        else ""
    )
    right = f"{quoted(f'{story.leader.village}, {spelled(story.roster_date)}')}\\ {who}\\ #box(width: 60mm, height: 18mm)[{stroke}]\\ {quoted(name)}"
    return f"#v(8mm)\n#grid(columns: (1fr, 1fr), [#align(center)[{left}]], [#align(center)[{right}]])\n"


def certificate(story: Story, rng: random.Random) -> str:
    """An old Nomor Induk Kesenian: a framed charter, a plain certificate, or one of the service office."""
    office = rng.choice(
        ("DINAS KEBUDAYAAN DAN PARIWISATA", "DINAS PENANAMAN MODAL DAN PELAYANAN TERPADU SATU PINTU")
    )
    title = rng.choice(("PIAGAM NOMOR INDUK KESENIAN", "KARTU NOMOR INDUK KESENIAN", "NOMOR INDUK KESENIAN"))
    group = rng.choice((story.group, story.group.upper()))
    term = rng.choice(
        (f"{spelled(story.issued_on)} s/d {spelled(story.valid_until)}", spelled(story.valid_until))
    )
    label = "Masa Berlaku" if "s/d" in term else rng.choice(("Berlaku s/d", "Berlaku sampai dengan"))
    signed = rng.choice(
        (
            f"Pasuruan, {spelled(story.issued_on)}",
            f"Ditetapkan di Pasuruan\\ pada tanggal {spelled(story.issued_on)}",
        )
    )
    rows = [
        (rng.choice(("Nama Organisasi Kesenian", "Nama Kelompok", "Nama Grup")), group),
        ("Jenis Kesenian", story.art),
        (rng.choice(("Nama Pimpinan", "Nama Ketua", "Ketua", "Pimpinan/Ketua")), story.leader.name),
        ("Alamat", story.address),
        ("Jumlah Anggota", f"{story.members} orang"),
        (label, term),
    ]
    frame = (
        '#place(top + left, dx: -10mm, dy: -10mm)[#rect(width: 100% + 20mm, height: 100% + 20mm, stroke: 2pt + rgb("#2a6040"))]\n'
        if rng.random() < 0.5
        else ""
    )
    return (
        _sheet(rng, landscape=rng.random() < 0.5)
        + frame
        + f'#align(center)[#text(weight: "bold")[PEMERINTAH KABUPATEN PASURUAN\\ {office}]\\ #text(size: 8pt)[Jl. Raya Raci Km. 9 Bangil - Pasuruan]\n#line(length: 100%)\n#text(size: 14pt, weight: "bold")[{title}]\\ {rng.choice(("Nomor", "NOMOR"))} : {quoted(story.certificate_number)}]\n\n'
        + f"Kepala {office.title()} Kabupaten Pasuruan memberikan Nomor Induk Kesenian kepada :\n\n"
        + pairs(rows, first="32%", inset="3pt")
        + f"#v(6mm)\n#align(right)[#box(width: 80mm)[#set par(justify: false)\n#align(center)[{signed}\\ KEPALA DINAS\\ KABUPATEN PASURUAN\\ #box(width: 70mm, height: 20mm)[{ink(rng, True, True, 'DINAS')}]\\ *Dr. SUMANTRI WIBAWA, M.Si.*\\ NIP. 19700101 199503 1 003]]]\n"
    )

"""Board rosters as Typst markup in every layout that village groups use; each prints the same board."""

import random
from collections.abc import Callable, Sequence
from itertools import groupby

from tests.documents.papers import quoted
from tests.documents.people import Story, spelled, story

Board = Sequence[tuple[str, str]]

_LEADING = ("Pelindung", "Ketua", "Wakil Ketua", "Sekretaris I", "Sekretaris II", "Bendahara")
_OF_AN_ART = (
    "Dalang",
    "Vokalis",
    "Penata Gerak",
    "Juru Gamelan",
    "Koordinator Lapangan",
    "Divisi Ukir",
    "Seksi Sound System",
)
_OF_SEVERAL = ("Penabuh", "Seksi Perlengkapan dan Panggung", "Penari", "Anggota")
_TITLES = ("", "H. ", "Hj. ", "Drs. ", "Ki ", "Ust. ")
_DEGREES = ("", "", "", ", S.Pd.", ", S.Sn., M.M.")


def board(seed: int) -> list[tuple[str, str]]:
    """Leading positions, some that only arts have, some with several people."""
    rng = random.Random(seed)
    positions = [*_LEADING, *rng.sample(_OF_AN_ART, 2)]
    for position in rng.sample(_OF_SEVERAL, 2):
        positions += [position] * rng.randrange(2, 4)
    names = [name for at in range(4) for _, name in story(seed * 31 + at).officers]
    chosen = rng.sample(list(dict.fromkeys(names)), len(positions))
    titled = (rng.choice(_TITLES) + name + rng.choice(_DEGREES) for name in chosen)
    return list(zip(positions, titled, strict=True))


def _by_position(officers: Board) -> list[tuple[str, list[str]]]:
    return [(position, [name for _, name in group]) for position, group in groupby(officers, lambda o: o[0])]


def _table(rows: Sequence[Sequence[str]], columns: str, stroke: str = "0.6pt", inset: str = "4pt") -> str:
    cells = "".join(f"[{quoted(cell)}]," for row in rows for cell in row)
    return f"#table(columns: {columns}, stroke: {stroke}, inset: {inset}, {cells})\n"


def many_columns(officers: Board, rng: random.Random) -> str:
    """A table with ID numbers, addresses and a column to sign in."""
    rows = [
        (
            f"{at}",
            name,
            position,
            f"35140112{at:02d}750001",
            rng.choice(("Dsn. Krajan II", "RT 02 RW 01", "Jl. Mawar I")),
            "",
        )
        for at, (position, name) in enumerate(officers, 1)
    ]
    header = ("No", "Nama Lengkap", "Jabatan", "NIK", "Alamat", "TTD")
    return "#text(size: 9pt)[" + _table([header, *rows], "(8mm, 1.2fr, 1fr, 1.1fr, 0.9fr, 12mm)") + "]\n"


def positions_once(officers: Board, rng: random.Random) -> str:
    """A table that prints a position only in the first row of those who share it."""
    rows = [
        (position if at == 0 else "", name)
        for position, names in _by_position(officers)
        for at, name in enumerate(names)
    ]
    return _table([("JABATAN", "NAMA"), *rows], "(1fr, 1.2fr)", rng.choice(("0.6pt", "none")))


def two_tables(officers: Board, rng: random.Random) -> str:
    """Two tables side by side."""
    middle = (len(officers) + 1) // 2
    rows = [(str(at), position, name) for at, (position, name) in enumerate(officers, 1)]
    halves = (
        "#text(size: 8.5pt)[" + _table([("No", "Jabatan", "Nama"), *half], "(auto, 1fr, 1.2fr)") + "]"
        for half in (rows[:middle], rows[middle:])
    )
    return f"#grid(columns: (1fr, 1fr), gutter: 6mm, {''.join(f'[{half}],' for half in halves)})\n"


def headed_tables(officers: Board, rng: random.Random) -> str:
    """Two tables one below the other, each with a heading."""
    parts = (("A. PENGURUS INTI", officers[:6]), ("B. SEKSI-SEKSI", officers[6:]))
    return "".join(
        f"*{heading}*\n"
        + _table(
            [("No", "Nama", "Jabatan"), *((str(at), n, p) for at, (p, n) in enumerate(rows, 1))],
            "(10mm, 1fr, 1fr)",
        )
        for heading, rows in parts
    )


def unheaded_table(officers: Board, rng: random.Random) -> str:
    """A table without a header."""
    return _table(
        [(str(at), p, n) for at, (p, n) in enumerate(officers, 1)],
        "(10mm, 1fr, 1.2fr)",
        rng.choice(("0.6pt", "none")),
    )


def _lines(rows: Sequence[tuple[str, str]], first: str = "38%", left: str = "0mm") -> str:
    cells = "".join(f"[{quoted(a)}],[{quoted(b)}]," for a, b in rows)
    return f"#pad(left: {left})[#grid(columns: ({first}, 1fr), inset: 2.5pt, {cells})]\n"


def colons(officers: Board, rng: random.Random) -> str:
    """`Jabatan : Nama`, with or without numbers."""
    numbered = rng.random() < 0.5
    return _lines([(f"{at}. {p}" if numbered else p, f": {n}") for at, (p, n) in enumerate(officers, 1)])


def numbered_names(officers: Board, rng: random.Random) -> str:
    """Several people of a position in lines below each other, numbered."""
    rows = []
    for position, names in _by_position(officers):
        listed = [f"{at}. {name}" for at, name in enumerate(names, 1)] if len(names) > 1 else names
        rows += [
            (position if at == 0 else "", (": " if at == 0 else "  ") + name)
            for at, name in enumerate(listed)
        ]
    return _lines(rows)


def names_in_a_row(officers: Board, rng: random.Random) -> str:
    """Several people of a position in one line, numbered."""
    return _lines(
        [
            (
                position,
                ": "
                + (
                    "   ".join(f"{at}. {name}" for at, name in enumerate(names, 1))
                    if len(names) > 1
                    else names[0]
                ),
            )
            for position, names in _by_position(officers)
        ],
        first="28%",
    )


def leaders(officers: Board, rng: random.Random) -> str:
    """Dots that lead from the position to the name."""
    return (
        "".join(
            f"{quoted(p)} #box(width: 1fr, repeat[.]) #box(width: 70mm)[{quoted(n)}]\\ " for p, n in officers
        )
        + "\n\n"
    )


def dashes(officers: Board, rng: random.Random) -> str:
    """`1. Nama - Jabatan`."""
    return "".join(f"{quoted(f'{at}. {n} - {p}')}\\ " for at, (p, n) in enumerate(officers, 1)) + "\n\n"


def brackets(officers: Board, rng: random.Random) -> str:
    """`Nama (Jabatan)`."""
    return "".join(f"{quoted(f'{at}. {n} ({p})')}\\ " for at, (p, n) in enumerate(officers, 1)) + "\n\n"


def two_lists(officers: Board, rng: random.Random) -> str:
    """Two lists with colons side by side."""
    middle = (len(officers) + 1) // 2
    halves = (
        _lines([(p, f": {n}") for p, n in half], "45%") for half in (officers[:middle], officers[middle:])
    )
    return f"#text(size: 9pt)[#grid(columns: (1fr, 1fr), gutter: 5mm, {''.join(f'[{half}],' for half in halves)})]\n"


def headings(officers: Board, rng: random.Random) -> str:
    """Each position a heading, the names numbered below."""
    parts = []
    for position, names in _by_position(officers):
        parts.append(
            f"*{position.upper()}*\\ "
            + "".join(f"#h(6mm){quoted(f'{at}. {name}')}\\ " for at, name in enumerate(names, 1))
        )
    return "".join(parts) + "\n\n"


def blocks(officers: Board, rng: random.Random) -> str:
    """`Nama : X`, `Jabatan : Y`, once for each person."""
    return (
        "#text(size: 9pt)["
        + "".join(
            _lines([("Nama", f": {n}"), ("Jabatan", f": {p}")], "25%") + "#v(0.5mm)\n" for p, n in officers
        )
        + "]\n"
    )


def _box(position: str, names: Sequence[str], upper: bool, framed: bool) -> str:
    said = position.upper() if upper else position
    lines = "".join(f"\\ {quoted(name)}" for name in names)
    return f"#rect(stroke: {'0.7pt' if framed else 'none'}, inset: 4pt)[#align(center)[#text(size: 8.5pt)[*{quoted(said)}*{lines}]]]"


def chart(officers: Board, rng: random.Random) -> str:
    """An organisation chart: boxes in levels, position above name."""
    boxes = [_box(p, [n], True, rng.random() < 0.8) for p, n in officers[:8]]
    boxes += [
        _box(p, [f"{at}. {n}" for at, n in enumerate(names, 1)], True, True)
        for p, names in _by_position(officers[8:])
    ]
    levels = [boxes[:1], boxes[1:2], boxes[2:3], boxes[3:6], boxes[6:]]
    return "".join(
        f"#align(center)[#grid(columns: {len(level)}, gutter: 3mm, {''.join(f'[{box}],' for box in level)})]\n#align(center)[#line(angle: 90deg, length: 5mm)]\n"
        for level in levels
    )


def centred(officers: Board, rng: random.Random) -> str:
    """Position and name in the middle of the page, in turn."""
    return (
        "#align(center)[" + "".join(f"*{quoted(p)}*\\ {quoted(n)}\\ #v(0.5mm)\n" for p, n in officers) + "]\n"
    )


LAYOUTS: dict[str, Callable[[Board, random.Random], str]] = {
    layout.__name__: layout
    for layout in (
        many_columns, positions_once, two_tables, headed_tables, unheaded_table, colons, numbered_names, names_in_a_row,
        leaders, dashes, brackets, two_lists, headings, blocks, chart, centred,
    )
}  # fmt: skip


def _quoted_head(told: Story) -> str:
    return f"#align(center)[*STRUKTUR ORGANISASI KELOMPOK KESENIAN*\\ *{quoted('“' + told.group.upper() + '”')}*\\ {quoted('Kesenian ' + told.art)}\\ {quoted(told.address)}]"


def _decree_head(told: Story) -> str:
    return f"{quoted('Lampiran : Surat Keputusan Ketua')}\\ {quoted('Nomor : 017/SK/VII/2024')}\\ {quoted('Tanggal : 17 Juli 2024')}\n#align(center)[*SUSUNAN PENGURUS*\\ *{quoted(told.group)}*\\ PERIODE 2024 - 2029]\n{quoted('Jenis Kesenian : ' + told.art)}\\ {quoted('Alamat : ' + told.address)}"


def _letterhead(told: Story) -> str:
    return f"#align(center)[*{quoted(told.group.upper())}*\\ {quoted('Sekretariat : ' + told.address)}\\ Telp. 0812 3456 7890]\n#line(length: 100%)\n#align(center)[*PERSONALIA KEPENGURUSAN*\\ MASA BAKTI 2023-2026]\n{quoted('Jenis Seni : ' + told.art)}"


def _one_line_head(told: Story) -> str:
    return f"#align(center)[*{quoted('SUSUNAN KEPENGURUSAN ' + told.group.upper())}*\\ {quoted('KELOMPOK KESENIAN ' + told.art.upper())}\\ {quoted(told.address)}]"


HEADS: dict[str, Callable[[Story], str]] = {
    "quoted": _quoted_head,
    "decree": _decree_head,
    "letterhead": _letterhead,
    "one_line": _one_line_head,
}


def page(told: Story, officers: Board, head: str, layout: str, rng: random.Random) -> str:
    """A whole roster."""
    leader = next(name for position, name in officers if position == "Ketua")
    end = f"#v(4mm)\n#align(right)[#box(width: 70mm)[#align(center)[{quoted(f'{told.leader.village}, {spelled(told.roster_date)}')}\\ Ketua,\\ #v(12mm)\n{quoted(leader)}]]]\n"
    return (
        '#set page(paper: "a4", margin: 20mm)\n#set text(size: 10.5pt, lang: "id")\n'
        + HEADS[head](told) + "\n#v(4mm)\n" + LAYOUTS[layout](officers, rng) + end
    )  # fmt: skip

"""Made-up applications: nobody in them exists. A seed always gives the same one."""

import datetime as dt
import random

import msgspec

from chalicelib.documents.words.vocabulary import places

_MEN = [
    "Slamet",
    "Widodo",
    "Joko",
    "Bagas",
    "Wahyu",
    "Rizal",
    "Hendra",
    "Sumarno",
    "Mulyadi",
    "Tarmuji",
    "Kholil",
    "Fatkhur",
    "Yusuf",
    "Galih",
    "Dimas",
    "Arif",
    "Rohmat",
    "Suyitno",
    "Paijo",
    "Lutfi",
]
_WOMEN = [
    "Endang",
    "Ratih",
    "Sulastri",
    "Nurul",
    "Maimunah",
    "Winarti",
    "Dewi",
    "Kartini",
    "Lailatul",
    "Fitri",
    "Rahma",
    "Yuliana",
    "Suparmi",
    "Anggraini",
    "Puspita",
    "Wulan",
]
_FAMILY = [
    "Hermawan",
    "Subagyo",
    "Prakoso",
    "Ramadhan",
    "Firmansyah",
    "Sugiarto",
    "Mahmudi",
    "Wicaksono",
    "Suryana",
    "Hakim",
    "Asmoro",
    "Pranoto",
    "Sasmito",
    "Lestari",
    "Khasanah",
    "Purwanti",
    "Handoko",
]
_GROUPS = [
    "Turonggo Jati",
    "Singo Barong",
    "Kuda Lumping",
    "Gita Swara",
    "Madu Laras",
    "Cipta Budaya",
    "Bintang Timur",
    "Sekar Kedaton",
    "Rukun Santoso",
    "Tresno Budoyo",
    "Nurul Huda",
    "Krida Manunggal",
    "Mawar Merah",
    "Langen Suko",
]
_ARTS = (
    "Jaranan",
    "Bantengan",
    "Reog",
    "Ludruk",
    "Ketoprak",
    "Wayang Kulit",
    "Karawitan",
    "Campursari",
    "Hadrah Al-Banjari",
    "Orkes Melayu",
    "Macapat",
    "Tari",
    "Jaran Kepang",
    "Teater",
)
_PREFIX = (
    "",
    "Sanggar ",
    "Paguyuban ",
    "Grup ",
    "Sanggar Tari ",
    "Karawitan ",
    "O.M. ",
    "Ludruk ",
    "Al-Banjari ",
    "Kelompok Seni ",
    "Bantengan ",
    "Reog ",
)
_VILLAGES = [
    "Sumbermulyo",
    "Karangsono",
    "Wonokerto",
    "Tanjungarum",
    "Kalirejo",
    "Ngadirejo",
    "Sidowayah",
    "Pucangsari",
    "Gunungsari",
    "Lemahbang",
    "Jatigunting",
    "Watukosek",
]
_STREETS = (
    "Jl. Melati No. {n}",
    "Dsn. Krajan",
    "Dsn. Sumbersari",
    "Dusun Wates",
    "Jl. Raya Timur No. {n}",
    "Kp. Lor",
    "Dsn. Ngemplak",
    "Jl. Kartini Gg. II No. {n}",
)
_POSITIONS = (
    "Pelindung",
    "Penasehat",
    "Pembina",
    "Ketua",
    "Wakil Ketua",
    "Sekretaris",
    "Bendahara",
    "Seksi Latihan",
    "Seksi Perlengkapan",
    "Seksi Humas",
    "Seksi Dokumentasi",
    "Anggota",
    "Anggota",
)
_JOBS = (
    "WIRASWASTA",
    "PETANI/PEKEBUN",
    "KARYAWAN SWASTA",
    "GURU",
    "SENIMAN",
    "PEDAGANG",
    "BURUH HARIAN LEPAS",
    "MENGURUS RUMAH TANGGA",
    "PERANGKAT DESA",
    "NELAYAN/PERIKANAN",
)
_BIRTHPLACES = (
    "PASURUAN",
    "MALANG",
    "SIDOARJO",
    "PROBOLINGGO",
    "SURABAYA",
    "MOJOKERTO",
    "LUMAJANG",
    "BANYUWANGI",
)


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody made up, as on an ID card; texts in title case."""

    name: str
    national_id: str
    woman: bool
    born: dt.date
    born_at: str
    street: str
    rt_rw: str
    village: str
    district: str
    religion: str
    marital_status: str
    occupation: str
    blood: str


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """One made-up application and what its papers print."""

    seed: int
    leader: Person
    group: str
    art: str
    address: str
    urban: bool
    head: str
    letter_number: str
    letter_date: dt.date | None
    submitted_on: dt.date
    officers: tuple[tuple[str, str], ...]
    roster_date: dt.date
    certificate_number: str
    issued_on: dt.date
    valid_until: dt.date
    renewal: bool
    members: int
    signed: bool = True
    stamped: bool = True

    @property
    def village_word(self) -> str:
        """`Kelurahan` in towns, `Desa` elsewhere."""
        return "Kelurahan" if self.urban else "Desa"

    @property
    def head_title(self) -> str:
        """What the head of the village is called."""
        return "Lurah" if self.urban else "Kepala Desa"


def story(seed: int) -> Story:
    """A whole application without faults."""
    rng = random.Random(seed)
    leader = _person(rng)
    submitted = dt.date(2024, 1, 1) + dt.timedelta(days=rng.randrange(700))
    issued = submitted - dt.timedelta(days=rng.randrange(400, 720))
    urban = rng.random() < 0.3
    group = rng.choice(_PREFIX) + rng.choice(_GROUPS)
    kind = "Kel." if urban else rng.choice(("Ds.", "Desa"))
    others = [(position, _name(rng, rng.random() < 0.3)) for position in _chosen(rng)]
    return Story(
        seed=seed,
        leader=leader,
        group=group,
        art=rng.choice(_ARTS),
        address=f"{leader.street} {kind} {leader.village} Kec. {leader.district}",
        urban=urban,
        head=rng.choice(("", "", "H. ", "Drs. "))
        + _name(rng, False)
        + rng.choice(("", "", ", S.E.", ", S.Sos.", ", S.H., M.M.")),
        letter_number=rng.choice(
            (
                f"{rng.choice((470, 474, 145, 431))}/{rng.randrange(1, 400)}/424.3{rng.randrange(10, 24)}.{rng.randrange(1, 16)}/{submitted.year}",
                f"{rng.randrange(10, 99)}/SK/{rng.choice(('VI', 'IX', 'III'))}/{submitted.year}",
            )
        ),
        letter_date=submitted - dt.timedelta(days=rng.randrange(3, 150)),
        submitted_on=submitted,
        officers=tuple((position, leader.name if position == "Ketua" else name) for position, name in others),
        roster_date=submitted - dt.timedelta(days=rng.randrange(3, 200)),
        certificate_number=rng.choice(
            (
                f"556.{rng.randrange(1, 900):03d}/NIK/424.076/{issued.year}",
                f"NIK-{rng.randrange(1, 2000):04d}/KES/{issued.year}",
                f"430/{rng.randrange(10, 900)}/424.086/{issued.year}",
            )
        ),
        issued_on=issued,
        valid_until=issued.replace(year=issued.year + 2, day=min(issued.day, 28)),
        renewal=rng.random() < 0.5,
        members=rng.randrange(10, 50),
    )


def _chosen(rng: random.Random) -> list[str]:
    return [
        p for p in _POSITIONS if p in ("Ketua", "Sekretaris", "Bendahara", "Anggota") or rng.random() < 0.8
    ]


def _name(rng: random.Random, woman: bool) -> str:
    first = rng.choice(_WOMEN if woman else _MEN)
    middle = f" {rng.choice(_FAMILY)}" if rng.random() < 0.3 else ""
    return f"{first}{middle} {rng.choice(_FAMILY)}"


def _person(rng: random.Random) -> Person:
    woman = rng.random() < 0.4
    born = dt.date(1955, 1, 1) + dt.timedelta(days=rng.randrange(17_000))
    at = rng.randrange(24)
    day = born.day + (40 if woman else 0)
    return Person(
        name=_name(rng, woman),
        national_id=f"3514{at + 1:02d}{day:02d}{born.month:02d}{born.year % 100:02d}{rng.randrange(1, 9999):04d}",
        woman=woman,
        born=born,
        born_at=rng.choice(_BIRTHPLACES),
        street=rng.choice(_STREETS).format(n=rng.randrange(1, 120)),
        rt_rw=f"{rng.randrange(1, 20):03d}/{rng.randrange(1, 12):03d}",
        village=rng.choice(_VILLAGES),
        district=places().districts[at],
        religion=rng.choice(("ISLAM", "ISLAM", "KRISTEN", "KATHOLIK", "HINDU", "BUDHA")),
        marital_status=rng.choice(("KAWIN", "BELUM KAWIN", "CERAI HIDUP", "CERAI MATI")),
        occupation=rng.choice(_JOBS),
        blood=rng.choice(("A", "B", "AB", "O", "-")),
    )


def spelled(day: dt.date) -> str:
    """`13 Agustus 2024`."""
    months = [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ]
    return f"{day.day} {months[day.month - 1]} {day.year}"

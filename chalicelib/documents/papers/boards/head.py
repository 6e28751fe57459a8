"""What stands above a board without labels: a title, the group's name, its art and its address, a line each."""

import re
from collections.abc import Sequence

from chalicelib.documents.papers.reading import retold, row_text, unquoted, value_of
from chalicelib.documents.sight.sheet import Row
from chalicelib.documents.types import Value
from chalicelib.documents.words.alike import likeness, plain
from chalicelib.documents.words.dates import first_date
from chalicelib.documents.words.positions import is_label, tells_of_leader
from chalicelib.documents.words.vocabulary import art_words

_TITLE_WORDS = re.compile(
    r"^\W*(?:(?:[0-9]{1,2}|[A-Z]|[IVX]{1,4})[.)]\s*)?(?:(?:SUSUNAN|DAFTAR|STRUKTUR|BAGAN|PERSONALIA|KOMPOSISI|DATA|NAMA|(?:KE)?PENGURUS(?:AN)?|ORGANISASI|ANGGOTA|DAN|INTI|BERITA|ACARA|HASIL|RAPAT|MUSYAWARAH|PEMILIHAN|PEMBENTUKAN|PENETAPAN|PERGANTIAN|SEKSI(?:[\s-]*SEKSI)?|HARIAN|LENGKAP)\b[\s:,&/-]*)+",
    re.IGNORECASE,
)
_OF_BOARDS = re.compile(
    r"SUSUNAN|DAFTAR|STRUKTUR|BAGAN|PERSONALIA|KOMPOSISI|PENGURUS|KEPENGURUSAN", re.IGNORECASE
)
_TERM = re.compile(
    r"\b(?:PERIODE|MASA\s*(?:BH?AKTI|JABATAN)|TAHUN)\b.*$|\(?\b[12][0-9]{3}\s*[-–/]\s*[12][0-9]{3}\)?",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"^\W*(?:PEMERINTAH|PROVINSI|DINAS|LAMPIRAN|LAMP|NOMOR|NO|SK|SURAT|KEPADA|PERIHAL|HAL|SIFAT|TANGGAL|TENTANG|KEPUTUSAN|"
    r"TELP|TELEPON|HP|WA|EMAIL|E-MAIL|KODE\s*POS|AKTA|AKTE|BERDIRI|DIDIRIKAN|HALAMAN|YTH|DI|JUMLAH)\b",
    re.IGNORECASE,
)
_PROSE = re.compile(
    r"\b(?:yang|dengan|adalah|kami|tersebut|berikut|sebagai|bahwa|untuk|telah|ini)\b", re.IGNORECASE
)
_PLACE = r"(?:Jl|Jln|Jalan|Dsn|Dusun|Ds|Desa|Kel|Kec|Kecamatan|Kab|Kabupaten|Kp|Kampung|RT|Kelurahan|Gg|Perum|Lingkungan)\b"
_ADDRESS = re.compile(rf"\b{_PLACE}|^\W*(?:Alamat|Sekretariat)\b", re.IGNORECASE)
_STARTS_ADDRESS = re.compile(rf"^\W*{_PLACE}", re.IGNORECASE)
_LABEL = re.compile(
    r"^\W*(?:(?:Alamat|Sekretariat)(?:(?:\s+\w+)?\s*:|\s)|(?:ber(?:tempat|alamat|kedudukan)|bertempat\s+tinggal)\s+di\b)\s*",
    re.IGNORECASE,
)
# A sentence that goes on after the address: `..., anggota`.
_GOES_ON = re.compile(r",\s*[a-z]+(?:\s[a-z]+)?\s*$")
_NAME_THEN_ADDRESS = re.compile(rf"^(.*?\w.*?)[\s,-]+(\(?{_PLACE}.*)$", re.IGNORECASE)
# An art and behind a sign where the group is at home: `Kesenian Reog - Dsn. Krajan`.
_THEN_ADDRESS = re.compile(rf"\s*[|,;–-]\s*({_PLACE}.*)$", re.IGNORECASE)
_ART = re.compile(
    r"^\W*(?:(?:JENIS|BIDANG|KELOMPOK|GRUP|GROUP|BENTUK|CABANG|ORGANISASI)\s+)?(?:KESENIAN|SENI)\b\s*:?\s*(.+)$",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"^\W*(?:KELOMPOK|GRUP|GROUP|SANGGAR|PAGUYUBAN|PADEPOKAN|ORGANISASI)(?:\s+(?:SENI|KESENIAN|TARI))?\s*:\s*(.{3,})$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“”„«](.{3,}?)[\"“”»]|^\W*['‘](.{3,}?)['’]\W*$")
GENERIC = frozenset(
    [
        "KELOMPOK",
        "KESENIAN",
        "SENI",
        "GRUP",
        "GROUP",
        "ORGANISASI",
        "PERKUMPULAN",
        "LEMBAGA",
        "BUDAYA",
        "TRADISIONAL",
        "DAERAH",
        "DAN",
        "KOMUNITAS",
    ]
)
HOUSES = frozenset(["SANGGAR", "PAGUYUBAN", "PADEPOKAN", "TARI", "MUSIK"])


def read_head(rows: Sequence[Row]) -> dict[str, Value]:
    """Group, art and address of the lines above a board."""
    head = _Head()
    for row in rows:
        head.read(row)
    return head.fields


class _Head:
    """The lines from top to bottom. A line whose sense is not known names the group, but only the first such line."""

    def __init__(self) -> None:
        self._quoted: Value | None = None
        self._in_title: Value | None = None
        self._line: Value | None = None
        self._begun: Value | None = None
        self._others: dict[str, Value] = {}
        self._addressed = False

    @property
    def fields(self) -> dict[str, Value]:
        """What was found; of several lines that may name the group the one that does so most plainly."""
        title = self._in_title
        strong = title is not None and not _is_weak(title.text)
        name = self._quoted or (title if strong else self._line or title) or self._line or self._begun
        return self._others | ({"group_name": name} if name else {})

    def read(self, row: Row) -> None:
        """One more line."""
        addressed, self._addressed = self._addressed, False
        text = _TERM.sub("", row_text(row)).strip(" -–()")
        if _says_nothing(text):
            return
        quoted, named = _QUOTED.search(text), self._in_title or self._line or self._quoted
        art = _art_in(text, named=bool(named))
        if quoted and not is_label(text.partition(":")[0]):
            self._quoted = self._quoted or value_of(row, unquoted(quoted[1] or quoted[2]))
        elif is_title(text):
            self._title(row, text)
        elif _is_seat(text, named=bool(named)) and not (art and _THEN_ADDRESS.search(text)):
            self._address(row, text, bool(named), addressed)
        elif called := _CALLED.match(text):
            self._line = self._line or value_of(row, unquoted(called[1]))
        elif art:
            self._art(row, text, art)
        elif not self._line and ":" not in text:
            self._name(row, text)

    def _art(self, row: Row, text: str, art: str) -> None:
        self._others.setdefault("art_type", value_of(row, without_address(art)))
        seat = _THEN_ADDRESS.search(text)
        if seat:
            self._others.setdefault("group_address", value_of(row, seat[1]))

    def _title(self, row: Row, text: str) -> None:
        rest = _TITLE_WORDS.sub("", text).strip(" :,-")
        if self._in_title is None and rest != text and not _only(rest, GENERIC):
            self._in_title = self._without_address(row, rest)

    def _address(self, row: Row, text: str, named: bool, goes_on: bool) -> None:
        """A line of the address; above the group's name it is an office's, unless a label says otherwise."""
        labelled = _LABEL.match(text)
        said = _GOES_ON.sub("", _LABEL.sub("", text))
        before = self._others.get("group_address")
        if before and goes_on and not labelled:
            self._others["group_address"] = retold(before, f"{before.text.rstrip(',')} {said}")
        elif labelled or named:
            self._others.setdefault("group_address", value_of(row, said))
        self._addressed = "group_address" in self._others

    def _name(self, row: Row, text: str) -> None:
        if not _TITLE_WORDS.sub("", text).strip(" :,-") or tells_of_leader(text):
            return
        if _only(text, GENERIC | HOUSES):
            self._begun = value_of(row, text)
            return
        line = self._without_address(row, unquoted(text))
        begun = self._begun.text if self._begun and not _only(self._begun.text, GENERIC) else ""
        self._line = retold(line, f"{begun} {line.text}".strip())

    def _without_address(self, row: Row, text: str) -> Value:
        """The group's name of a line that goes on with where it is at home: `SANGGAR X DESA Y`."""
        found = _NAME_THEN_ADDRESS.match(text)
        if found:
            self._others.setdefault("group_address", value_of(row, found[2].strip("() ")))
        return value_of(row, found[1] if found else text)


def _says_nothing(text: str) -> bool:
    """No letters to speak of, a reference, a date, a sentence."""
    words = text.split()
    return (
        sum(map(str.isalpha, text)) < 4
        or bool(_NOTHING.match(text))
        or first_date(text) is not None
        or len(_PROSE.findall(text)) > 1
        or (len(words) > 5 and text.endswith("."))
        or len(words) > 16
        or len(text) > 200
    )


def is_title(text: str) -> bool:
    """Whether a line is the title of a roster or begins with one."""
    words = _TITLE_WORDS.match(text)
    return bool(words and _OF_BOARDS.search(words[0])) or likeness(text, "SUSUNAN PENGURUS") > 0.8


def _is_seat(text: str, *, named: bool) -> bool:
    """Whether a line tells where a group is at home: by its label, or below the group's name by its words."""
    return bool(_LABEL.match(text) or (_ADDRESS.search(text) and (named or _STARTS_ADDRESS.match(text))))


def without_address(art: str) -> str:
    """An art without where the group is at home, which may stand behind it in the same line."""
    return _THEN_ADDRESS.sub("", art)


def _art_in(text: str, *, named: bool) -> str:
    """The art that a line tells: behind `Kesenian`, or alone below the group's name (`(Orkes Melayu)`); else ""."""
    told = _ART.match(text)
    if told and (named or ":" in text):
        return "Seni Rupa" if plain(told[1]) == "RUPA" else unquoted(told[1])
    return text if named and all(plain(word) in art_words() for word in text.split()) else ""


def _only(text: str, words: frozenset[str]) -> bool:
    return all(plain(word) in words or not plain(word) for word in text.split())


def _is_weak(text: str) -> bool:
    """Whether a name in a title may only say what kind of group it is: one word, or begun by `Kelompok`, `Grup`."""
    words = text.split()
    return len(words) < 2 or plain(words[0]) in GENERIC

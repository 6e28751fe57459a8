"""What can be the name of a person on a letter, and what cannot."""

import re

from chalicelib.documents.papers.reading import unquoted

_WORD = re.compile(r"[^\W\d_][\w'’`´.-]*")
_SMALL = frozenset({"bin", "binti", "al", "el", "ibnu", "van", "de", "alias", "as", "ad", "an", "ar", "at"})
_NEVER = frozenset(
    [
        "kelompok",
        "grup",
        "group",
        "sanggar",
        "paguyuban",
        "organisasi",
        "perkumpulan",
        "komunitas",
        "lembaga",
        "yayasan",
        "kesenian",
        "seni",
        "budaya",
        "yang",
        "ini",
        "itu",
        "tersebut",
        "berikut",
        "bahwa",
        "bernama",
        "beralamat",
        "bertempat",
        "bersangkutan",
        "adalah",
        "merupakan",
        "benar",
        "dengan",
        "untuk",
        "dari",
        "pada",
        "sebagai",
        "selaku",
        "oleh",
        "masih",
        "telah",
        "orang",
        "warga",
        "penduduk",
        "nama",
        "alamat",
        "pekerjaan",
        "jabatan",
        "lahir",
        "surat",
        "keterangan",
        "desa",
        "kelurahan",
        "kecamatan",
        "kabupaten",
        "kepala",
        "lurah",
        "camat",
        "dusun",
        "ketua",
        "pimpinan",
        "anggota",
        "jenis",
    ]
)
_TITLE = re.compile(
    r"^(?:(?:saudara|saudari|sdr|sdri|bapak|bpk|ibu|tuan|nyonya|tn|ny)\s*(?:/\s*(?:i|sdri|saudari|ibu))?\b[.\s:]*)+",
    re.IGNORECASE,
)
# An ID number behind the name: `Nama/NIK : Hendro / 3514...`.
_NUMBERED = re.compile(r"\s*/?\s*[0-9]{10,}")
_AROUND = re.compile(r"^[^\w(]+|[\s,;:_|]+$")


def bare_name(text: str) -> str:
    """A name as a person has it: no form of address, no specks read before it, no brackets or quotes around it."""
    text = _NUMBERED.split(text)[0]
    text = _AROUND.sub("", unquoted(_AROUND.sub("", text)).strip("()").strip())
    return _TITLE.sub("", text)


def says_more(text: str) -> bool:
    """Whether this is a sentence or the name of something else: a word in it, a quote or a number no name has."""
    words = {word.lower().strip(".,") for word in text.split()}
    return bool(words & _NEVER) or bool(re.search(r"[\"“”:]|\d{3}", text))


def may_be_name(text: str) -> bool:
    """Up to eight words of letters, capital at the start, and none that a name never has."""
    words = text.partition(",")[0].split()
    if not 1 <= len(words) <= 8 or sum(map(str.isalpha, text)) < 3 or re.search(r"[\"“”:;()\[\]0-9]", text):
        return False
    return all(
        _WORD.fullmatch(word)
        and word.lower().strip(".") not in _NEVER
        and (word[0].isupper() or word.lower() in _SMALL)
        for word in words
    )

"""The labels of letters: those of the vocabulary, and those that offices put together out of the same few words."""

import re
from functools import cache

from chalicelib.documents.words.alike import plain
from chalicelib.documents.words.lexicon import NUMBERING, Lexicon
from chalicelib.documents.words.vocabulary import art_words, vocabulary

_GROUPS = frozenset(
    [
        "kelompok",
        "grup",
        "group",
        "sanggar",
        "organisasi",
        "paguyuban",
        "perkumpulan",
        "lembaga",
        "komunitas",
        "kesenian",
        "seni",
        "budaya",
        "orkes",
        "tradisional",
    ]
)
_LEADERS = frozenset(
    [
        "ketua",
        "pimpinan",
        "penanggung",
        "jawab",
        "penanggungjawab",
        "pengurus",
        "pengelola",
        "pemilik",
        "pemimpin",
    ]
)
_SEATS = frozenset(["sekretariat", "domisili", "kedudukan", "sekretariatan"])


_JOINING = frozenset({"dan", "atau", "dari"})


class LetterLexicon(Lexicon):
    """Knows `Nama Sanggar/Kelompok Kesenian` and `Alamat Pimpinan Grup`, too, by the words that they consist of."""

    def __init__(self) -> None:
        super().__init__(vocabulary().village_letter.labels)

    def field_of(self, text: str) -> str | None:
        """As of any lexicon; else what the words together stand for."""
        return super().field_of(text) or _put_together(NUMBERING.sub("", text))


@cache
def letter_lexicon() -> LetterLexicon:
    """Made once a process."""
    return LetterLexicon()


def _named(words: frozenset[str]) -> str | None:
    """Whose name `Nama ...` is: `Nama Hadrah` a group's, `Nama/NIK` a person's."""
    if words == {"nik"}:
        return "leader_name"
    return "group_name" if all(word in _GROUPS or plain(word) in art_words() for word in words) else None


def _put_together(text: str) -> str | None:
    words = [word for word in re.findall(r"[a-z]+", text.lower()) if word not in _JOINING]
    if len(words) < 2 or re.search(r"[^\w\s/&().,-]", text):
        return None
    first, rest = words[0], frozenset(words[1:])
    of_leader = bool(rest & _LEADERS) and rest <= _LEADERS | _GROUPS
    if first == "nama":
        return "leader" if of_leader else _named(rest)
    if first == "alamat":
        return "home_address" if of_leader else "group_address" if rest <= _GROUPS | _SEATS else None
    if first in ("kelompok", "grup", "group") and rest <= {"kesenian", "seni"}:
        return "group_name"
    if first in _LEADERS and rest <= _LEADERS | _GROUPS:
        return "leader"
    return "art_type" if first in ("jenis", "bidang", "bentuk") and rest <= _GROUPS else None

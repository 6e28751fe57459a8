"""Whose name and address a label on a letter gives: the leader's, the group's or the village head's own."""

import re
from collections.abc import Sequence

import msgspec

from chalicelib.documents.papers.letters.names import bare_name, says_more
from chalicelib.documents.papers.reading import retold, row_text, unquoted
from chalicelib.documents.sight.sheet import Row
from chalicelib.documents.types import Value
from chalicelib.documents.words.alike import plain
from chalicelib.documents.words.vocabulary import art_words

_NAMING = ("leader_name", "leader", "group_name")
_PERSONAL = {
    "leader_national_id",
    "birth",
    "gender",
    "religion",
    "occupation",
    "nationality",
    "marital_status",
}
_OF_GROUPS = {"art_type", "members", "founded", "group_address"}
_GROUP = re.compile(
    r"\b(?:kelompok|grup|group|sanggar|paguyuban|organisasi|perkumpulan|komunitas|lembaga|kesenian)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?:orang|seorang|warga|penduduk|saudara|saudari|sdr|sdri|bersangkutan|ketua|pimpinan)\b",
    re.IGNORECASE,
)
_DATA = re.compile(r"\b(?:data|identitas|biodata)\s+(?:diri\s+)?(?:ketua|pimpinan)\b", re.IGNORECASE)
_HEAD = re.compile(
    r"Jabatan\W+(?:[a-z.]{2,12}\s+)?(?:Kepala|Lurah|Kades|Sekretaris\s+(?:Desa|Kel|Lurah)|Sekdes|Kasi|Kaur)",
    re.IGNORECASE,
)


class Label(msgspec.Struct, frozen=True):
    """A label with the row of the whole letter in which it stands, and the rows that its value takes."""

    row: int
    last: int
    field: str
    value: Value


def people_and_groups(labels: Sequence[Label], rows: Sequence[Row]) -> dict[str, Value]:
    """Leader, group name, art and address of the group, as far as labels tell them.

    `labels` are those below the sentence that states. A label that says whose name it is (`Nama Pimpinan`)
    is believed before a bare `Nama`, whose owner follows from what stands beside and above it.
    """
    told = [(label, _owner(at, labels, rows)) for at, label in enumerate(labels)]
    fields: dict[str, Value] = {}
    for label, owner in told:
        name = f"{owner}_name" if label.field == "leader_name" else label.field
        if name in ("leader", "leader_name"):
            value = retold(label.value, bare_name(label.value.text))
            if value.text and not says_more(value.text):
                fields.setdefault(name, value)
        elif name in ("group_name", "art_type", "group_address"):
            fields.setdefault(name, retold(label.value, _told(name, label.value.text)))
    specific = fields.pop("leader", None)
    if specific:
        fields["leader_name"] = specific
    address = _address(told)
    return fields if address is None else {"group_address": address, **fields}


def _told(field: str, text: str) -> str:
    """A value without quotes; an art without the word `Kesenian` before it (`Bergerak di bidang : Kesenian Reog`)."""
    said = unquoted(text)
    return re.sub(r"^kesenian\s+(?=\w)", "", said, flags=re.IGNORECASE) if field == "art_type" else said


def _owner(at: int, labels: Sequence[Label], rows: Sequence[Row]) -> str:
    """`leader`, `group` or `head`: of a naming label its own, of any other that of the one above it."""
    for place in range(at, -1, -1):
        if labels[place].field in _NAMING:
            return _named(place, labels, rows)
    return _spoken_of(_above(labels[at], labels[at - 1] if at else None, rows)) or "leader"


def _named(at: int, labels: Sequence[Label], rows: Sequence[Row]) -> str:
    label = labels[at]
    if label.field != "leader_name":
        return "leader" if label.field == "leader" else "group"
    if is_heads(label.row, rows):
        return "head"
    block = _block(at, labels)
    personal, common = block & _PERSONAL, block & _OF_GROUPS
    if bool(personal) != bool(common):
        return "leader" if personal else "group"
    if is_groups(label.value.text):
        return "group"
    introduced = _spoken_of(_above(label, labels[at - 1] if at else None, rows))
    if introduced:
        return introduced
    fields = {other.field for other in labels}
    return "group" if "leader" in fields and "group_name" not in fields else "leader"


def _block(at: int, labels: Sequence[Label]) -> set[str]:
    """The fields between this naming label and the next one."""
    found = set()
    for label in labels[at + 1 :]:
        if label.field in _NAMING:
            break
        found.add(label.field)
    return found


def _above(label: Label, before: Label | None, rows: Sequence[Row]) -> str:
    """The sentence that introduces a label, when one stands between it and the label before."""
    start = before.last + 1 if before else max(label.row - 3, 0)
    return " ".join(row_text(row) for row in rows[start : label.row])


def _spoken_of(sentence: str) -> str | None:
    """Whom a sentence speaks of at its end: a group, a person, or nobody."""
    if _DATA.search(sentence):
        return "leader"
    last = {
        owner: max((found.end() for found in words.finditer(sentence)), default=0)
        for owner, words in (("group", _GROUP), ("leader", _PERSON))
    }
    return max(last, key=lambda owner: last[owner]) if any(last.values()) else None


def is_heads(row: int, rows: Sequence[Row]) -> bool:
    """Whether the name in this row is that of an official: `Jabatan : Kepala Desa` stands just below."""
    return bool(_HEAD.search(" ".join(row_text(other) for other in rows[row : row + 4])))


def is_groups(name: str) -> bool:
    """Whether a name is one that only groups have: in quotes, or with words of their arts in it."""
    words = {plain(word) for word in name.split()}
    quoted = bool(re.match(r"^\W*[\"“”„].{3,}[\"“”]\W*$", name.strip()))
    return quoted or bool(_GROUP.search(name)) or len(words & art_words()) > 0


def _address(told: Sequence[tuple[Label, str]]) -> Value | None:
    """A plain `Alamat` of the group; else one below the group's name, though a person stands between."""
    found = [(label, owner) for label, owner in told if label.field == "address"]
    own = next((label.value for label, owner in found if owner == "group"), None)
    named = next((label.row for label, _ in told if label.field == "group_name"), None)
    if own or named is None:
        return own
    return next((label.value for label, _ in found if label.row > named), None)

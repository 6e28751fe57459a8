"""A letter's facts in running text: `bahwa Saudara X, bertempat tinggal di A, adalah ketua kelompok kesenian Y "Z" ...`."""

from collections.abc import Callable, Iterable, Iterator

from chalicelib.documents.papers.letters.names import bare_name, may_be_name
from chalicelib.documents.papers.letters.phrases import (
    ADDRESSES,
    ARTS,
    CLOSING,
    HOME,
    LEADERS,
    NAMED,
    NAMES,
    NOWHERE,
    OF_GROUP,
    OF_PERSON,
    QUOTED,
    QUOTES,
)
from chalicelib.documents.papers.passages import Passage
from chalicelib.documents.papers.reading import unquoted
from chalicelib.documents.types import Value

_LONGEST = 5000
"""Letters of a passage that are looked at: an honest one has at most some hundreds."""
_Found = tuple[int, int, str]


def from_prose(texts: Iterable[Passage]) -> dict[str, Value]:
    """Leader, group name, art and address of the group out of the sentences that state something."""
    fields: dict[str, Value] = {}
    readers: tuple[tuple[str, Callable[[str], Iterator[_Found]]], ...] = (
        ("leader_name", _leaders),
        ("group_name", _names),
        ("art_type", _arts),
        ("group_address", _addresses),
    )
    for passage in texts:
        text = CLOSING.split(passage.text)[0][:_LONGEST]
        for field, found_in in readers:
            found = next(found_in(text), None)
            if found:
                fields.setdefault(field, passage.value(*found))
    return fields


def _leaders(text: str) -> Iterator[_Found]:
    for pattern in LEADERS:
        for match in pattern.finditer(text):
            name = bare_name(match[1])
            if may_be_name(name):
                yield *match.span(1), name


def _names(text: str) -> Iterator[_Found]:
    for pattern in NAMES:
        for match in pattern.finditer(text):
            name = unquoted(match[1]).strip(f" .,;{QUOTES}")
            of_person = pattern is NAMED and _is_of_person(text, match.start())
            if 2 < len(name) < 80 and not of_person:
                yield *match.span(1), name


def _arts(text: str) -> Iterator[_Found]:
    """Outside quotes: in a name the words after `Seni` are the name's. Of `Seni Rupa` both words are the art."""
    names = [found.span() for found in QUOTED.finditer(text)]
    for pattern in ARTS:
        for match in pattern.finditer(text):
            art = match[1].strip(" .,;-'")
            if any(start < match.start(1) < end for start, end in names):
                continue
            art = "Seni Rupa" if art.lower() == "rupa" else art
            if 2 < len(art) < 40 and len(art.split()) < 5:
                yield *match.span(1), art


def _addresses(text: str) -> Iterator[_Found]:
    """Where the group has its seat: no home (`bertempat tinggal`), nothing said of a person."""
    for pattern in ADDRESSES:
        for match in pattern.finditer(text):
            address = match[1].strip(" .,;")
            home = HOME.search(text, match.start(), match.start(1))
            if home or _is_of_person(text, match.start()) or NOWHERE.search(address):
                continue
            if 3 < len(address) < 130:
                yield *match.span(1), address


def _is_of_person(text: str, at: int) -> bool:
    """Whether the last thing spoken of before this place is a person, not a group."""
    person, group = (
        max((found.end() for found in words.finditer(text, 0, at)), default=-1)
        for words in (OF_PERSON, OF_GROUP)
    )
    return person > group

"""When a printed value contradicts a claimed one, and when it was merely read badly."""

import re
from enum import Enum, auto
from itertools import dropwhile

from chalicelib.documents.types import Value
from chalicelib.documents.words.alike import TWIN, distance, plain
from chalicelib.documents.words.national_id import well_formed
from chalicelib.documents.words.person_names import ways_to_write
from chalicelib.documents.words.vocabulary import art_words


class Match(Enum):
    """What a comparison says, the best first. `UNSURE`: it may be the same; the reading is too doubtful to say."""

    SAME = auto()
    UNSURE = auto()
    DIFFERENT = auto()


def number_match(claimed: str, printed: Value) -> Match:
    """ID numbers: any figure counts, unless the reading is unsure of itself and all but one figure agree."""
    wanted = re.sub(r"\D", "", claimed)
    if wanted == printed.text:
        return Match.SAME
    apart = distance(wanted, printed.text)
    unsure = len(printed.text) != 16 or not well_formed(printed.text) or printed.confidence < 0.9
    return Match.UNSURE if unsure and well_formed(wanted) and apart <= 1 else Match.DIFFERENT


def name_match(claimed: str, printed: Value, *, person: bool, exact: bool) -> Match:
    """Names: case, blanks, punctuation and (of persons) titles aside; pictures may be misread a little.

    The allowance for a picture grows with the length; what only the doubt of the reading excuses is unsure.
    Text of a native PDF (`exact`) has no allowance. An initial of a person stands for its name.
    """
    if not person:
        if plain(claimed) != plain(printed.text) and _without_art(claimed) == _without_art(printed.text):
            return Match.UNSURE
        return _text_match(claimed, printed.text, printed.confidence, exact=exact)
    matches = [
        Match.SAME
        if _by_initials(wanted, said)
        else _text_match(wanted, said, printed.confidence, exact=exact)
        for wanted in ways_to_write(claimed)
        for said in ways_to_write(printed.text)
    ]
    return min(matches, key=lambda match: match.value)


def _without_art(group: str) -> str:
    """A group's name without the arts that it may or may not begin with: `Campursari Gumelar Laras`."""
    words = [plain(word) for word in group.split()]
    own = list(dropwhile(lambda word: word in art_words(), words))
    return " ".join(own or words)


def _text_match(wanted: str, said: str, confidence: float, *, exact: bool) -> Match:
    a, b = plain(wanted), plain(said)
    if a == b:
        return Match.SAME
    if exact:
        return Match.DIFFERENT
    apart, usual = distance(a, b), _usual(len(a))
    if apart <= usual:
        return Match.SAME
    doubt = max(0.0, 0.9 - confidence) * 0.7 * len(a)
    return Match.UNSURE if apart <= usual + doubt else Match.DIFFERENT


def _usual(length: int) -> float:
    """How far a name of so many letters may be misread in a picture."""
    return max(0.8, 0.06 * length)


def parts_untouched(length: int) -> int:
    """In how many parts a name is cut so that one of them at least is read as it is printed, for it to be the same."""
    return int(_usual(length) / TWIN) + 1


def code_match(claimed: str, printed: Value, *, exact: bool) -> Match:
    """Numbers of papers: figures must agree; letters may be misread where the paper is a picture."""
    if plain(claimed) == plain(printed.text):
        return Match.SAME
    wanted, said = ([s for s in plain(text) if s.isdigit()] for text in (claimed, printed.text))
    if exact or wanted != said:
        return Match.DIFFERENT
    return name_match(claimed, printed, person=False, exact=False)


def _by_initials(left: str, right: str) -> bool:
    """`M. Arifin` is `Moch. Arifin` is `Mochamad Arifin`: word by word, a short form begins the long one."""
    one, other = (re.findall(r"[A-Za-z']+\.?", text.upper()) for text in (left, right))
    if len(one) != len(other) or len(one) < 2:
        return False
    pairs = list(zip(one, other, strict=True))
    return all(
        a.rstrip(".") == b.rstrip(".") or _shortens(a, b) or _shortens(b, a) for a, b in pairs
    ) and any(a == b for a, b in pairs)


def _shortens(short: str, long: str) -> bool:
    bare = short.rstrip(".")
    return short.endswith(".") and len(bare) < len(long.rstrip(".")) and long.startswith(bare)

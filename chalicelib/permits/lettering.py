"""Which letters a permit can carry: those that its fonts surely hold, and that nobody can hide things with.

PDF/A forbids a letter without a glyph, and some scripts bring the layout engine down; so the allowed letters
are named here and a test draws every one of them.
"""

import unicodedata

_RANGES = (
    (0x0020, 0x007E),  # Basic Latin
    (0x00A1, 0x024F),  # Latin-1, Latin Extended-A and -B: names of every Latin orthography
    (0x1E00, 0x1E9B),  # Latin Extended Additional: transliterated Arabic and Javanese
    (0x1EA0, 0x1EF9),  # the same; what lies between and behind has no bold form in the font
    (0x2010, 0x2027),  # dashes, typographic quotation marks, bullet, ellipsis
    (0x2030, 0x2037),  # per mille, primes
    (0x2039, 0x203A),  # single angle quotation marks
)
_SINGLES = frozenset("№™")
STAND_IN = "\N{REPLACEMENT CHARACTER}"


def plain(text: str) -> str:
    """The text as printed: composed letters (NFC), one space for any blank, invisible characters gone.

    Direction marks, zero-width and control characters go because a reader cannot see them but they can turn
    or hide what stands beside them (Unicode UTS 55).
    """
    seen = []
    for letter in unicodedata.normalize("NFC", text):
        category = unicodedata.category(letter)
        if letter.isspace() or category in {"Zl", "Zp", "Zs"}:
            seen.append(" ")
        elif category not in {"Cc", "Cf"}:
            seen.append(letter)
    return " ".join("".join(seen).split())


def _allowed(letter: str) -> bool:
    return letter in _SINGLES or any(first <= ord(letter) <= last for first, last in _RANGES)


def unprintable(text: str) -> tuple[str, ...]:
    """The letters of `plain(text)` that a permit cannot carry, each once, in order; empty when all is well.

    Ask this of a form's fields before a case starts: `layout.render` refuses such a text.
    """
    return tuple(dict.fromkeys(letter for letter in plain(text) if not _allowed(letter)))


def with_stand_ins(text: str) -> str:
    """`plain(text)` with a visible sign in place of every unprintable letter: for a draft."""
    return "".join(letter if _allowed(letter) else STAND_IN for letter in plain(text))

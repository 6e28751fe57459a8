"""What a paper is, by the phrases printed on it."""

import re
from collections.abc import Sequence

from chalicelib.documents.alike import distance, plain
from chalicelib.documents.types import Kind
from chalicelib.documents.vocabulary import Evidence, vocabulary

_ENOUGH = 4.0
_HEAD = 9


def kind_of(lines: Sequence[str]) -> tuple[Kind, float]:
    """The kind with the most evidence and how sure that is, 0..1; `other` when no kind has enough."""
    scores = {kind: _score(lines, evidence) for kind, evidence in vocabulary().evidence.items()}
    ranked = sorted(scores.items(), key=lambda pair: -pair[1])
    (best, most), (_, second) = ranked[0], ranked[1]
    if most < _ENOUGH:
        return Kind.OTHER, round(min(1.0, 0.5 + (_ENOUGH - most) / 8), 3)
    return Kind(best), round(min(0.999, 0.6 + (most - max(second, 0)) / 15), 3)


def _score(lines: Sequence[str], evidence: Evidence) -> float:
    text = _bare(" ".join(lines))
    if evidence.needed and not any(_contains(text, phrase) for phrase in evidence.needed):
        return -9.0
    score = sum(worth for phrase, worth in evidence.phrases.items() if _contains(text, phrase))
    score -= sum(worth for phrase, worth in evidence.against.items() if _contains(text, phrase))
    heads = [_bare(line) for line in lines[:_HEAD]]
    titles = [
        worth for title, worth in evidence.titles.items() if any(_is_title(head, title) for head in heads)
    ]
    return score + max(titles, default=0.0)


def _bare(text: str) -> str:
    """Words of letters and figures with single blanks, so that a phrase can be looked for without its spacing."""
    return " " + re.sub(r"[^a-z0-9]+", " ", text.lower()).strip() + " "


def _contains(text: str, phrase: str) -> bool:
    """The phrase as words; a long one also with its blanks lost or with one letter in eight misread."""
    wanted = _bare(phrase)
    if wanted in text:
        return True
    tight = wanted.replace(" ", "")
    if len(tight) < 9:
        return False
    packed = text.replace(" ", "")
    return tight in packed or (len(tight) >= 10 and _nearly_in(packed, tight))


def _nearly_in(packed: str, tight: str) -> bool:
    """Whether a stretch beginning or ending like the phrase is at most one edit in eight letters away."""
    size, allowed = len(tight), len(tight) / 8
    starts = set(_places(packed, tight[:4])) | {at - size + 4 for at in _places(packed, tight[-4:])}
    return any(distance(packed[max(at, 0) : at + size], tight) <= allowed for at in starts)


def _places(text: str, part: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(part), text)]


def _is_title(head: str, title: str) -> bool:
    line, wanted = plain(head), plain(title)
    return wanted in line or (abs(len(line) - len(wanted)) <= 2 and distance(line, wanted) <= len(wanted) / 8)

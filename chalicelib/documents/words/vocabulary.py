"""The words of the papers, from `vocabulary.toml`, and the places of the regency, from `places.toml`."""

import tomllib
from functools import cache, lru_cache
from pathlib import Path

import msgspec

from chalicelib.documents.words.alike import allowed, distance, plain

_HERE = Path(__file__).parent


class Evidence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Phrases, titles and issuers and their worth for one kind; each group of `needed` must be there with one phrase."""

    phrases: dict[str, float]
    titles: dict[str, float]
    against: dict[str, float]
    issued_by: dict[str, float] = {}
    needed: list[list[str]] = []


class Issuer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who issues papers: words of the letterhead, those who sign; of several the one with the lowest `rank` counts."""

    rank: int
    letterheads: list[str]
    signers: list[str]


class Strange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Titles of papers of no kind, and what one is worth against every kind."""

    worth: float
    titles: list[str]


class Paper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The labels of a kind's fields, and for some kinds fixed choices, table columns, positions, words that begin one, leading positions."""

    labels: dict[str, list[str]]
    choices: dict[str, list[str]] = {}
    columns: dict[str, list[str]] = {}
    positions: list[str] = []
    position_heads: list[str] = []
    leaders: list[str] = []


class Vocabulary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything in `vocabulary.toml`."""

    ktp: Paper
    village_letter: Paper
    board_roster: Paper
    old_certificate: Paper
    issuers: dict[str, Issuer]
    strange_titles: list[Strange]
    evidence: dict[str, Evidence]


class Places(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The regency's name and codes, its sub-districts, and the villages of each."""

    regency: str
    province: str
    regency_code: str
    districts: list[str]
    villages: dict[str, list[str]]


@cache
def vocabulary() -> Vocabulary:
    """Read once a process."""
    return msgspec.convert(_read("vocabulary.toml"), Vocabulary)


@cache
def places() -> Places:
    """Read once a process."""
    return msgspec.convert(_read("places.toml"), Places)


@cache
def art_words() -> frozenset[str]:
    """The words of arts, plain: they begin or make up names of groups, hardly ever of people."""
    return frozenset(plain(word) for word in vocabulary().village_letter.choices["arts"])


def _read(name: str) -> dict[str, object]:
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))


@cache
def _bare(choices: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Each choice with its letters and figures alone."""
    return tuple((plain(choice), choice) for choice in choices)


def nearest(text: str, choices: list[str], tolerance: float) -> str | None:
    """The choice whose letters are at most `tolerance` (share of its length) edits away, None when none is."""
    bare = plain(text)
    if not bare:
        return next((choice for choice in choices if not plain(choice) and choice == text.strip()), None)
    return _nearest(bare, tuple(choices), tolerance)


@lru_cache(maxsize=4096)
def _nearest(bare: str, choices: tuple[str, ...], tolerance: float) -> str | None:
    likely = [
        (wanted, choice)
        for wanted, choice in _bare(choices)
        if abs(len(wanted) - len(bare)) <= tolerance * max(len(wanted), 1)
    ]
    ranked = sorted(
        (distance(bare, wanted, allowed(tolerance, wanted)) / max(len(wanted), 1), choice)
        for wanted, choice in likely
    )
    return ranked[0][1] if ranked and ranked[0][0] <= tolerance else None

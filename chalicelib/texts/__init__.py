"""Sentences for people that belong to no single part of the service."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

TOLD_AS = "told_as"


class FaultText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How an error is told: HTTP status, kind of problem (English), and what to do, in both languages."""

    status: int
    title: str
    id: str
    en: str


class ToldFault(msgspec.Struct, frozen=True):
    """An error's text with the code under which it is told: some are nobody's business but ours."""

    code: str
    text: FaultText


def told_fault(code: str) -> ToldFault:
    """How the error of that code is told. Raises KeyError for a code that `faults.toml` does not know."""
    texts, told_as = _faults()
    shown = told_as.get(code, code)
    return ToldFault(shown, texts[shown])


def fault_codes() -> frozenset[str]:
    """Every code that there is a text for."""
    texts, told_as = _faults()
    return frozenset(texts) | frozenset(told_as)


def counter_words(key: Literal["consent", "told", "not_you"], **facts: str) -> dict[str, str]:
    """A sentence about the counter by language, with its places filled. Raises KeyError for a fact that lacks."""
    return {language: words.format(**facts) for language, words in _counter()[key].items()}


def consent_words(officer: str) -> dict[str, str]:
    """What is agreed to at the counter, by language, with the name of the officer who fills in."""
    return counter_words("consent", officer=officer)


def standing_words(kind: Literal["plh", "plt"], **facts: str) -> dict[str, str]:
    """Who acts for whom, by language. Raises KeyError for a fact that lacks."""
    return {language: words.format(**facts) for language, words in _standing()[kind].items()}


def standing_title(kind: Literal["plh", "plt"], title: str) -> str:
    """An office as its stand-in writes it: "Plh. Kepala Dinas"."""
    return f"{_standing()['prefix'][kind]} {title}"


@cache
def _standing() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("standing.toml").read_text(encoding="utf-8"))


def late_words() -> dict[str, str]:
    """The apology for a defect that was found late, by language."""
    return _words()["found_late"]


def complaint_words() -> dict[str, str]:
    """What a complaint is called in a list, by language."""
    return _words()["complaint"]


def renewal_words(reason: str) -> dict[str, str]:
    """Why a permit takes another one's place, by language; `reason` as in the form, "" at the end of validity."""
    return _words()[f"renewal_{reason or 'ending'}"]


def revocation_words() -> dict[str, str]:
    """What a proposed revocation is called in a list, by language, with a place for the day: `since`."""
    return _words()["revocation"]


@cache
def _words() -> dict[str, dict[str, str]]:
    read = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    return msgspec.convert(read, dict[str, dict[str, str]])


@cache
def _counter() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("consent.toml").read_text(encoding="utf-8"))


@cache
def _faults() -> tuple[dict[str, FaultText], dict[str, str]]:
    read = tomllib.loads(Path(__file__).with_name("faults.toml").read_text(encoding="utf-8"))
    told_as = msgspec.convert(read.pop(TOLD_AS), dict[str, str])
    return msgspec.convert(read, dict[str, FaultText]), told_as

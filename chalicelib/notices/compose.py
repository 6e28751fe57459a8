"""A notice becomes a mail: Indonesian first, English below, one clear action; as plain text and as a page."""

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from chalicelib.errors import InvalidInputError
from chalicelib.notices.page import page

LONGEST_LINE = 998
"""Octets of a line without its end (RFC 5322, 2.1.1); an officer's message can be one long line."""
LONGEST_ADDRESS = 254
PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


class _Words(dict[str, str]):
    """Only what the notice names; a word that is not given is a fault of ours and must not go out."""

    def __missing__(self, name: str) -> str:
        raise KeyError(f"the notice needs {name!r}")


@cache
def _texts() -> Mapping[str, Mapping[str, str]]:
    text = files("chalicelib.notices").joinpath("notices.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def notice_names() -> tuple[str, ...]:
    """Every notice there are words for."""
    return tuple(_texts())


class Written(NamedTuple):
    """A notice in words: its subject, and its text in both languages."""

    subject: str
    text: str


def written(notice: str, words: Mapping[str, str]) -> Written:
    """What a notice says, as it is mailed. Raises KeyError for a missing word."""
    text, given = _texts()[notice], _Words(words)
    body = f"{text['id'].format_map(given).strip()}\n\n-- \n{text['en'].format_map(given).strip()}\n"
    return Written(text["subject"].format_map(given), body)


def compose(
    notice: str, words: Mapping[str, str], *, sender: str, recipient: str, message_id: str, at: datetime
) -> bytes:
    """The MIME message (RFC 5322) of a notice, byte for byte the same for the same arguments.

    Raises InvalidInputError for an address or word that would break a header, KeyError for a missing word.
    """
    subject, body = written(notice, words)
    domain = _plain("sender", parseaddr(_line("sender", sender))[1]).rpartition("@")[2]
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = _plain("recipient", recipient)
    message["Subject"] = _line("subject", subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{_line('message_id', message_id)}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    shown = page(subject, _texts()[notice], _Words(words))
    message.set_content(body, cte=_encoding(body))
    message.add_alternative(shown, subtype="html", cte=_encoding(shown))
    # Otherwise drawn at random: the same letter is the same to the byte.
    message.set_boundary(f"part-{hashlib.sha256(body.encode()).hexdigest()[:32]}")
    return message.as_bytes()


def _encoding(body: str) -> str:
    short = all(len(line) <= LONGEST_LINE for line in body.encode().splitlines())
    return "8bit" if short else "quoted-printable"


def _plain(where: str, address: str) -> str:
    """One bare ASCII address: no list, no group, no comment, no encoded word that a mail program would unfold."""
    if len(address) > LONGEST_ADDRESS or "=?" in address or not PLAIN_ADDRESS.fullmatch(address):
        raise InvalidInputError(where=where, problem="not_one_plain_address")
    return address


def _line(where: str, value: str) -> str:
    if any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in value):
        raise InvalidInputError(where=where, problem="control_characters")
    if "=?" in value:  # an encoded word (RFC 2047) can hold a line break
        raise InvalidInputError(where=where, problem="encoded_word")
    return value

"""A notice becomes a mail: Indonesian first, English below, one clear action."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from importlib.resources import files

from chalicelib.errors import InvalidInputError


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


def compose(
    notice: str, words: Mapping[str, str], *, sender: str, recipient: str, message_id: str, at: datetime
) -> bytes:
    """The MIME message (RFC 5322) of a notice, byte for byte the same for the same arguments.

    Raises InvalidInputError for an address or word that would break a header, KeyError for a missing word.
    """
    text, given = _texts()[notice], _Words(words)
    message = EmailMessage(policy=SMTP)
    message["From"] = _header("sender", sender)
    message["To"] = _header("recipient", recipient)
    message["Subject"] = _header("subject", text["subject"].format_map(given))
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{message_id}@{sender.rpartition('@')[2].rstrip('>')}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(
        f"{text['id'].format_map(given).strip()}\n\n-- \n{text['en'].format_map(given).strip()}\n", cte="8bit"
    )
    return message.as_bytes()


def _header(where: str, value: str) -> str:
    if any(ord(character) < 32 or ord(character) == 127 for character in value):
        raise InvalidInputError(where=where, problem="control_characters")
    return value

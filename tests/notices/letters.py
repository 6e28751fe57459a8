"""Words and letters for the tests of notices."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, timezone
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from string import Formatter

from chalicelib.notices import compose as composing
from chalicelib.notices.compose import compose

AT = datetime(2026, 11, 23, 8, 0, tzinfo=timezone(timedelta(hours=7)))
SENDER = "sanggar@kantor.contoh.id"
RECIPIENT = "sekar.arum@contoh.id"
SPOKEN = "kata ini"
"""What the tests put in for every word."""
LINK = "https://izin.contoh.id/l/k7Qp2m"
"""What the tests put in for every address."""


def texts() -> dict[str, dict[str, str]]:
    """The notices as they stand in their file."""
    return tomllib.loads(Path(composing.__file__).with_name("notices.toml").read_text("utf-8"))


def needed(notice: str) -> set[str]:
    """The names of the words that a notice needs."""
    return {name for text in texts()[notice].values() for _, name, _, _ in Formatter().parse(text) if name}


def spoken(names: Iterable[str]) -> dict[str, str]:
    """Words for all these names."""
    return {name: LINK if name.endswith("link") else SPOKEN for name in names}


def letter(
    notice: str = "code",
    words: Mapping[str, str] | None = None,
    *,
    sender: str = SENDER,
    recipient: str = RECIPIENT,
    message_id: str = "m.1",
) -> bytes:
    """The bytes of one letter; words that are not given are `SPOKEN`."""
    given = spoken(needed(notice)) | dict(words or {})
    return compose(notice, given, sender=sender, recipient=recipient, message_id=message_id, at=AT)


def opened(message: bytes) -> EmailMessage:
    """The letter as a mail program reads it."""
    return message_from_bytes(message, policy=SMTP)


def body(message: bytes) -> str:
    """What its reader reads."""
    return _part(message, "plain")


def shown(message: bytes) -> str:
    """The page of it."""
    return _part(message, "html")


def _part(message: bytes, kind: str) -> str:
    part = opened(message).get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")

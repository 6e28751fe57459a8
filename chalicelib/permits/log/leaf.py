"""One entry of the log: what happened to which permit and when, in hashes. Nothing in it tells of a person."""

import hashlib
import re
import tomllib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

SALT_BYTES = 32
_HEX = r"[0-9a-f]{64}"
_FORMS = {
    "number": r"(?!.*[0-9]{16})[0-9A-Za-z][0-9A-Za-z./-]{0,63}",
    "previous": r"(?!.*[0-9]{16})[0-9A-Za-z][0-9A-Za-z./-]{0,63}",
    "file": _HEX,
    "record": _HEX,
    "key": r"[^\s+]{1,200}\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{1,300}",
}
"""What each field may look like; sixteen digits in a row could be a person's ID number."""


class LeafError(ValueError):
    """An entry that its kind does not allow. The message names the field, never its value."""


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of entry: the fields that it needs, those that it may have, and its name in both languages."""

    needs: tuple[str, ...]
    may: tuple[str, ...]
    name: dict[str, str]


class Leaf(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """An entry. `file`: SHA-256 (hex) of the signed file; `record`: `record_hash` of the register's record.

    `previous` is the number of the permit before a renewal or replacement, `key` the log's new verifier key.
    """

    kind: str
    at: datetime
    number: str = ""
    previous: str = ""
    file: str = ""
    record: str = ""
    key: str = ""

    @property
    def entry(self) -> bytes:
        """The entry as it stands in the log: canonical JSON (sorted keys, no blanks, UTF-8), its time in UTC.

        Raises LeafError for a kind that nobody knows, a field too many or too few, or one of another form.
        """
        _check(self)
        moment = self.at.astimezone(UTC).replace(microsecond=0)
        return msgspec.json.encode(msgspec.structs.replace(self, at=moment), order="sorted")


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of entry, by its key."""
    text = Path(__file__).with_name("kinds.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, Kind])


def read_leaf(entry: bytes) -> Leaf:
    """What an entry of the log says. Raises msgspec.ValidationError for anything else."""
    return msgspec.json.decode(entry, type=Leaf)


def record_hash(salt: str, record: Any) -> str:
    """SHA-256 (hex) over the salt (64 hex digits) and the record's canonical JSON.

    With the salt anybody can compute it; without, no guess at what a record says can be tried. Raises LeafError
    for a salt that is shorter.
    """
    if not re.fullmatch(_HEX, salt):
        raise LeafError("salt")
    return hashlib.sha256(bytes.fromhex(salt) + msgspec.json.encode(record, order="sorted")).hexdigest()


def _check(leaf: Leaf) -> None:
    kind = kinds().get(leaf.kind)
    if kind is None:
        raise LeafError("kind")
    for field, form in _FORMS.items():
        said = getattr(leaf, field)
        wanted, allowed = field in kind.needs, field in kind.needs + kind.may
        if (wanted and not said) or (said and not (allowed and re.fullmatch(form, said))):
            raise LeafError(field)

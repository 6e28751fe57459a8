"""Signed checkpoints (C2SP signed-note and tlog-checkpoint) and the keys that they are checked with."""

import base64
import binascii
import hashlib
import re
from pathlib import Path
from typing import NamedTuple


class Checkpoint(NamedTuple):
    """A log's size and root, and the signed text when it came as such."""

    size: int
    root: bytes
    note: bytes = b""


class Key(NamedTuple):
    """A verifier key (signed-note): the log's name, the key's id, and the public key (DER)."""

    name: str
    id: bytes
    der: bytes


class UnusableError(Exception):
    """Nothing can be checked: a wrong option, or no log there."""


def read_key(text: str) -> Key:
    """The key as it is written down. Raises UnusableError."""
    form = re.fullmatch(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)", text.strip())
    made = base64.b64decode(form[3]) if form else b""
    if not form or made[:1] != b"\x02" or hashlib.sha256(made[1:]).digest()[:4].hex() != form[2]:
        raise UnusableError("--key")
    return Key(form[1], bytes.fromhex(form[2]), made[1:])


def signature_problem(note: bytes, key: Key) -> str | None:
    """What is wrong with the signature of a note; None when the key made it."""
    text, _, lines = note.decode("utf-8", "replace").rpartition("\n\n")
    begin = f"\u2014 {key.name} "
    made = [line.removeprefix(begin) for line in lines.splitlines() if line.startswith(begin)]
    try:
        ours = [one for one in (base64.b64decode(line, validate=True) for line in made) if one[:4] == key.id]
    except binascii.Error:
        return "SIGNATURE_WRONG"
    if not ours:
        return "KEY_UNKNOWN"
    return None if all(holds(key.der, f"{text}\n".encode(), one[4:]) for one in ours) else "SIGNATURE_WRONG"


def holds(der: bytes, text: bytes, signature: bytes) -> bool:
    """Whether the key made this signature (ECDSA with SHA-256, DER) over the text."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    public = load_der_public_key(der)
    if not isinstance(public, EllipticCurvePublicKey):
        return False
    try:
        public.verify(signature, text, ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def parse_note(note: bytes, name: str | None = None) -> Checkpoint | None:
    """The checkpoint that a note says; None when it says none, or one of another log."""
    form = re.match(rb"([^\s+]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n\n", note)
    if not form or (name and form[1].decode("utf-8", "replace") != name):
        return None
    return Checkpoint(int(form[2]), base64.b64decode(form[3]), note)


def held(said: str, key: Key) -> Checkpoint:
    """A checkpoint that somebody holds: a file with the signed text, or size and root typed from paper.

    Raises UnusableError.
    """
    typed = re.fullmatch(r"(\d+)\D*?((?:[0-9a-fA-F]{8}[\s-]*){8}|[A-Za-z0-9+/]{43}=)", said.strip())
    if typed:
        digits = re.sub(r"[\s-]", "", typed[2])
        return Checkpoint(
            int(typed[1]), base64.b64decode(digits) if len(digits) == 44 else bytes.fromhex(digits)
        )
    path = Path(said)
    made = parse_note(path.read_bytes(), key.name) if path.is_file() else None
    if made is None:
        raise UnusableError(f"--before {said}")
    return made

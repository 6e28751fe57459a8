"""The signed head of the log: C2SP tlog-checkpoint inside a C2SP signed-note, by ECDSA with P-256.

Signature type 0x02 of signed-note: its key id is the beginning of SHA-256 over the public key alone (DER, SPKI), and
the signature is ECDSA with SHA-256 over the text, DER. Why not Ed25519: docs/adr/0008.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from typing import NoReturn

import msgspec

ECDSA = b"\x02"
KEY_ID_BYTES = 4
DASH = "\u2014"
_FORM = re.compile(r"([^\s+]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n")
_SIGNED = re.compile(rf"{DASH} ([^\s+]+) ([A-Za-z0-9+/]+={{0,2}})")
MOST_SIGNATURES = 16


class CheckpointError(Exception):
    """A text that is no checkpoint, or one that the key did not sign."""


class Checkpoint(msgspec.Struct, frozen=True, kw_only=True):
    """What a log looked like: whose it is, how many entries it had, and the root over them (32 bytes)."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def key_id(public_key: bytes) -> bytes:
    """The four bytes that name a public key (DER, SPKI) in a signature."""
    return hashlib.sha256(public_key).digest()[:KEY_ID_BYTES]


def verifier_key(origin: str, public_key: bytes) -> str:
    """The key as verifiers write it down: `<name>+<key id>+<base64 of type and key>`."""
    shown = base64.b64encode(ECDSA + public_key).decode()
    return f"{origin}+{key_id(public_key).hex()}+{shown}"


def signed(head: Checkpoint, public_key: bytes, sign: Callable[[bytes], bytes]) -> bytes:
    """The note: the text, an empty line, and the signature of the log's own key over the text."""
    made = base64.b64encode(key_id(public_key) + sign(head.text.encode())).decode()
    return f"{head.text}\n{DASH} {head.origin} {made}\n".encode()


def parsed(note: bytes) -> Checkpoint:
    """What the note says; whether it is signed, `opened` tells. Raises CheckpointError."""
    text = _text_and_signatures(note)[0]
    form = _FORM.fullmatch(text) or _no("this is no checkpoint")
    return Checkpoint(origin=form[1], size=int(form[2]), root=base64.b64decode(form[3]))


def opened(note: bytes, public_key: bytes) -> Checkpoint:
    """The checkpoint, if that key signed it. Raises CheckpointError; another key's signature is passed over."""
    head = parsed(note)
    text, lines = _text_and_signatures(note)
    ours = [made for name, made in lines if (name, made[:KEY_ID_BYTES]) == (head.origin, key_id(public_key))]
    if not ours:
        _no("the log's key did not sign this checkpoint")
    if not all(_holds(public_key, made[KEY_ID_BYTES:], text.encode()) for made in ours):
        _no("the signature of this checkpoint is wrong")
    return head


def _text_and_signatures(note: bytes) -> tuple[str, list[tuple[str, bytes]]]:
    try:
        text, found, last = note.decode().rpartition("\n\n")
    except UnicodeDecodeError:
        _no("the note is not UTF-8")
    lines = last.removesuffix("\n").split("\n")
    if not found or not last.endswith("\n") or len(lines) > MOST_SIGNATURES:
        _no("the note has no signatures where they belong")
    return f"{text}\n", [_signature(line) for line in lines]


def _signature(line: str) -> tuple[str, bytes]:
    form = _SIGNED.fullmatch(line) or _no("a line of the signatures is malformed")
    try:
        return form[1], base64.b64decode(form[2], validate=True)
    except binascii.Error:
        _no("a line of the signatures is malformed")


def _holds(public_key: bytes, signature: bytes, text: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA as EC_SIGNATURE
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    key = load_der_public_key(public_key)
    if not isinstance(key, EllipticCurvePublicKey):
        return False
    try:
        key.verify(signature, text, EC_SIGNATURE(SHA256()))
    except InvalidSignature:
        return False
    return True


def _no(problem: str) -> NoReturn:
    raise CheckpointError(problem)

"""The signed head of the log: what is signed, by which key, and what is refused."""

import base64
import hashlib
from datetime import UTC, datetime

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.permits.log.checkpoint import (
    Checkpoint,
    CheckpointError,
    key_id,
    opened,
    parsed,
    signed,
    verifier_key,
)
from chalicelib.permits.log.leaf import Leaf, LeafError, kinds, read_leaf, record_hash
from tests.permits.log.books import issue

HEAD = Checkpoint(origin="izin.contoh.id/log", size=12, root=hashlib.sha256(b"root").digest())


class Signer:
    """A key of P-256, as KMS keeps one."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.public = self._key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def sign(self, message: bytes) -> bytes:
        """ECDSA with SHA-256 over the message, DER."""
        return self._key.sign(message, ec.ECDSA(SHA256()))


SIGNER = Signer()
NOTE = signed(HEAD, SIGNER.public, SIGNER.sign)


def test_a_checkpoint_is_three_lines_a_blank_one_and_a_signature() -> None:
    origin, size, root, blank, signature, end = NOTE.decode().split("\n")
    assert (origin, size, root) == (HEAD.origin, "12", base64.b64encode(HEAD.root).decode())
    assert (blank, end) == ("", "")
    dash, name, made = signature.split(" ")
    assert (dash, name) == ("\u2014", HEAD.origin)
    assert base64.b64decode(made)[:4] == key_id(SIGNER.public) == hashlib.sha256(SIGNER.public).digest()[:4]
    assert opened(NOTE, SIGNER.public) == parsed(NOTE) == HEAD


def test_the_verifiers_key_names_the_log_the_key_and_the_kind_of_signature() -> None:
    name, named, key = verifier_key(HEAD.origin, SIGNER.public).split("+", 2)
    assert (name, named) == (HEAD.origin, key_id(SIGNER.public).hex())
    assert base64.b64decode(key) == b"\x02" + SIGNER.public


def test_a_signature_of_another_key_beside_ours_is_passed_over() -> None:
    other = signed(HEAD, Signer().public, Signer().sign).decode().split("\n")[-2]
    assert opened(NOTE + f"{other}\n".encode(), SIGNER.public) == HEAD


@pytest.mark.parametrize("key", ["another key", "the same key's number"])
def test_a_checkpoint_that_our_key_did_not_sign_is_refused(key: str) -> None:
    other = Signer()
    made = signed(HEAD, other.public if key == "another key" else SIGNER.public, other.sign)
    with pytest.raises(CheckpointError):
        opened(made, SIGNER.public)


def test_no_bit_of_what_is_signed_can_change_unnoticed() -> None:
    for at in range(len(HEAD.text.encode())):
        for bit in range(8):
            altered = bytearray(NOTE)
            altered[at] ^= 1 << bit
            with pytest.raises(CheckpointError):
                opened(bytes(altered), SIGNER.public)


@given(st.binary(max_size=200))
def test_any_other_bytes_are_no_checkpoint(data: bytes) -> None:
    with pytest.raises(CheckpointError):
        opened(data, SIGNER.public)


def test_an_entry_is_canonical_json_in_utc() -> None:
    entry = issue(7).entry
    assert entry.startswith(b'{"at":"2026-11-24T09:00:00Z","file":"')
    assert list(msgspec.json.decode(entry)) == sorted(msgspec.json.decode(entry))
    assert read_leaf(entry).entry == entry


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_a_kind_needs_what_its_table_says_and_takes_nothing_else(kind: str) -> None:
    hashed = "ab" * 32
    given = {
        "number": "430/0001/424.086/2026",
        "previous": "430/0007/424.086/2023",
        "file": hashed,
        "record": hashed,
        "key": verifier_key(HEAD.origin, SIGNER.public),
    }
    needs, may = kinds()[kind].needs, kinds()[kind].may
    at = datetime(2026, 11, 24, tzinfo=UTC)
    whole = {name: given[name] for name in needs + may}
    assert Leaf(kind=kind, at=at, **whole).entry
    for name in needs:
        with pytest.raises(LeafError, match=name):
            _ = Leaf(kind=kind, at=at, **{**whole, name: ""}).entry
    for name in set(given) - set(whole):
        with pytest.raises(LeafError, match=name):
            _ = Leaf(kind=kind, at=at, **whole, **{name: given[name]}).entry


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "invented"),
        ("number", "430/3514014101900001/2026"),
        ("number", "430/0001\n"),
        ("file", "AB" * 32),
        ("record", "ab" * 31),
    ],
)
def test_nothing_enters_that_does_not_look_as_it_must(field: str, value: str) -> None:
    with pytest.raises(LeafError):
        _ = msgspec.structs.replace(issue(1), **{field: value}).entry


def test_the_hash_of_a_record_is_another_with_another_salt_and_needs_a_long_one() -> None:
    first, second = (record_hash(salt * 32, {"group": "Sanggar"}) for salt in ("01", "02"))
    assert first != second
    assert first == hashlib.sha256(b"\x01" * 32 + b'{"group":"Sanggar"}').hexdigest()
    with pytest.raises(LeafError):
        record_hash("01", {})

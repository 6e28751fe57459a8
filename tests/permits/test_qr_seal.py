"""The seal of the QR code: standard bytes that anybody's software can check, small enough for a print."""

import base64
import hashlib
import json
import shutil
import subprocess
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
import segno
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.permits.cbor import encoded
from chalicelib.permits.facts import PublicFacts, facts_on_paper, facts_on_record, fingerprint
from chalicelib.permits.layout import render
from chalicelib.permits.qr_seal import LONGEST_NAME, key_set, public_jwk, sealed, signs, unsealed
from chalicelib.permits.types import PermitContent
from chalicelib.permits.wording import WIB
from tests.permits.office import PERMIT, RECORD, SIGNED_AT, permit
from tests.permits.seals import (
    ISSUER,
    claims_in,
    of_cbor,
    public_half,
    seal_bytes,
    sealing_key,
    url_with_seal,
)

FACTS = facts_on_paper(PERMIT, RECORD.check_code)
names = st.text(st.characters(codec="utf-8"), max_size=200)
integers = st.integers(-(1 << 64), (1 << 64) - 1)
values = st.recursive(
    integers | st.text(max_size=300) | st.binary(max_size=300),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(integers, inner, max_size=5),
    max_leaves=20,
)


@given(values)
def test_what_is_written_reads_back_as_what_it_was(value: object) -> None:
    assert of_cbor(encoded(value)) == value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0, "00"),
        (23, "17"),
        (24, "1818"),
        (100, "1864"),
        (1000, "1903e8"),
        (1000000, "1a000f4240"),
        (1000000000000, "1b000000e8d4a51000"),
        (18446744073709551615, "1bffffffffffffffff"),
        (-1, "20"),
        (-1000, "3903e7"),
        (-18446744073709551616, "3bffffffffffffffff"),
        (b"\x01\x02\x03\x04", "4401020304"),
        ("IETF", "6449455446"),
        ("\u00fc", "62c3bc"),
        ([1, [2, 3], [4, 5]], "8301820203820405"),
        ({1: 2, 3: 4}, "a201020304"),
        ({-1: 0, 100: 0, 10: 0}, "a30a00186400" + "2000"),
    ],
)
def test_values_are_written_as_the_standard_shows_them(value: object, told: str) -> None:
    """RFC 8949, appendix A, and the order of keys of its section 4.2.1."""
    assert encoded(value).hex() == told  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [1 << 64, -(1 << 64) - 1])
def test_an_integer_that_cbor_cannot_hold_is_refused(value: int) -> None:
    with pytest.raises(ValueError, match="64 bits"):
        encoded(value)


@pytest.mark.parametrize("value", [True, None, 1.5, {1, 2}])
def test_another_kind_of_value_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        encoded(value)  # type: ignore[arg-type]


def test_the_seal_says_what_the_permit_says_and_never_an_id_number() -> None:
    claims = claims_in(url_with_seal(PERMIT))
    end = datetime(2028, 11, 23, 23, 59, 59, tzinfo=WIB)
    assert claims == {
        1: ISSUER,
        2: "NIK/0012/424.086/2026",
        4: int(end.timestamp()),
        6: int(SIGNED_AT.timestamp()),
        7: b"7K3MQ9ZT4B",
        -65537: ["Sanggar Tari Melati Bromo", "Tari", "Ratna W. C.", fingerprint(FACTS)],
    }
    for private in (PERMIT.leader_name, PERMIT.address, PERMIT.village):
        assert private.encode() not in seal_bytes(url_with_seal(PERMIT).partition("#")[2])


@given(names, names, names)
def test_every_seal_verifies_with_its_key_and_with_no_other(group: str, genre: str, leader: str) -> None:
    facts = msgspec.structs.replace(FACTS, group_name=group, art_genre=genre, leader=leader)
    seal = unsealed(facts, ISSUER, SIGNED_AT, public_jwk(public_half())["kid"])
    signature = sealing_key().sign(seal.signed, ec.ECDSA(hashes.SHA256()))
    assert signs(public_half(), seal, signature)
    assert not signs(_another_half(), seal, signature)
    tag, (protected, unprotected, payload, raw) = of_cbor(seal_bytes(sealed(seal, signature)))
    assert (tag, of_cbor(protected)[1], unprotected, len(raw)) == (18, -7, {}, 64)
    halves = (int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    signed = encoded(["Signature1", protected, b"", payload])
    sealing_key().public_key().verify(encode_dss_signature(*halves), signed, ec.ECDSA(hashes.SHA256()))
    with pytest.raises(InvalidSignature):
        sealing_key().public_key().verify(
            encode_dss_signature(*halves), signed + b"\0", ec.ECDSA(hashes.SHA256())
        )
    assert all(len(name) <= LONGEST_NAME for name in of_cbor(payload)[-65537][:3])


@given(st.integers(1, 2**250), st.integers(1, 2**250))
def test_short_halves_of_a_signature_keep_their_places(r: int, s: int) -> None:
    seal = unsealed(FACTS, ISSUER, SIGNED_AT, "AAAAAAAAAAA")
    raw = of_cbor(seal_bytes(sealed(seal, encode_dss_signature(r, s))))[1][3]
    assert raw == r.to_bytes(32, "big") + s.to_bytes(32, "big")


def test_the_register_and_the_paper_have_the_same_fingerprint() -> None:
    assert fingerprint(facts_on_record(RECORD)) == fingerprint(FACTS)
    told = json.dumps(msgspec.to_builtins(FACTS), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert fingerprint(FACTS) == hashlib.sha256(told.encode()).digest()


@pytest.mark.parametrize("name", PublicFacts.__struct_fields__)
def test_every_fact_changes_the_fingerprint(name: str) -> None:
    other = date(2031, 1, 1) if name.endswith(("_on", "_until")) else "lain"
    assert fingerprint(msgspec.structs.replace(FACTS, **{name: other})) != fingerprint(FACTS)


def test_a_draft_has_nothing_to_seal() -> None:
    with pytest.raises(ValueError, match="draft"):
        facts_on_paper(permit(permit_number=None), RECORD.check_code)


def test_a_key_is_named_by_its_thumbprint() -> None:
    jwk = public_jwk(public_half())
    named = json.dumps({name: jwk[name] for name in ("crv", "kty", "x", "y")}, separators=(",", ":"))
    assert _decoded(jwk["kid"]) == hashlib.sha256(named.encode()).digest()[:8]


def test_an_older_key_stays_published_beside_the_newest() -> None:
    first = key_set({}, public_half(), SIGNED_AT)
    assert key_set(first, public_half(), SIGNED_AT.replace(year=2030)) == first
    both = key_set(first, _another_half(), SIGNED_AT.replace(year=2027))
    assert both["keys"][1:] == first["keys"]
    assert [key["since"] for key in both["keys"]] == ["2027-11-24", "2026-11-24"]


def test_only_a_p256_key_seals() -> None:
    with pytest.raises(ValueError, match="P-256"):
        public_jwk(_half(ec.generate_private_key(ec.SECP384R1())))


LONG = permit(
    group_name="Paguyuban Kesenian Jaranan Turonggo Seto Wahyu Budoyo Lestari Sejahtera Abadi Makmur",
    art_genre="Jaranan / Jaran Kepang",
    leader_name="Muhammad Abdurrahman Wicaksono Prawirodirjo Kusumo",
)


@pytest.mark.parametrize(("content", "largest"), [(PERMIT, 13), (LONG, 15)])
def test_the_code_on_paper_reads_from_a_print_at_150_dpi(
    content: PermitContent, largest: int, tmp_path: Path
) -> None:
    for program in ("zbarimg", "pdftoppm"):
        assert shutil.which(program), f"{program} is needed for this (Debian: zbar-tools, poppler-utils)"
    url = url_with_seal(content)
    assert code_version(url) <= largest
    paper = tmp_path / "permit.pdf"
    paper.write_bytes(render(msgspec.structs.replace(content, check_url=url)))
    subprocess.run(["pdftoppm", "-r", "150", "-gray", "-png", paper, tmp_path / "page"], check=True)  # noqa: S603, S607
    (page,) = tmp_path.glob("page*.png")
    read = subprocess.run(["zbarimg", "--quiet", "--raw", page], capture_output=True, text=True, check=True)  # noqa: S603, S607
    assert read.stdout.strip() == url


@settings(max_examples=30)
@given(group=st.text(st.characters(min_codepoint=0x21, max_codepoint=0x17F), min_size=1, max_size=200))
def test_no_name_makes_the_code_finer_than_a_print_can_show(group: str) -> None:
    url = url_with_seal(permit(group_name=group, art_genre=group, leader_name=group))
    assert code_version(url) <= 20


def code_version(url: str) -> int:
    """The version of the code that is printed: 17 + 4 times that many modules a side."""
    address, _, seal = url.partition("#")
    parts: Any = [f"{address}#", seal]
    return int(segno.make(parts, micro=False, error="m", boost_error=False).version)


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@cache
def _another_half() -> bytes:
    return _half(ec.generate_private_key(ec.SECP256R1()))


def _half(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )

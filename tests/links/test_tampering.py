"""Whatever is done to a link's text: it is refused by name, and nothing else ever goes wrong (promise P4)."""

import base64
import string
import unicodedata

import msgspec
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from chalicelib.links.errors import LinkAlteredError, LinkMissingError, LinkMisusedError
from chalicelib.links.signing import sign, verify
from tests.links.keys import NOW, PURPOSE, REVIEW, RING

TOKEN = sign(REVIEW, RING)
ALPHABET = string.ascii_letters + string.digits + "-_"
ODD = "+/=. \t\r\n\0\x7f%#&\"'\\\u00a0\u200b\u202e\ufeffé\ud800💃"
places = st.integers(0, len(TOKEN) - 1)


def refused(token: str) -> None:
    with pytest.raises(LinkAlteredError):
        verify(token, PURPOSE, RING, NOW)


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def test_every_alteration_of_one_character_is_refused() -> None:
    for place, written in enumerate(TOKEN):
        for other in ALPHABET + ODD:
            if other != written:
                refused(TOKEN[:place] + other + TOKEN[place + 1 :])


def test_every_left_out_doubled_or_swapped_character_is_refused() -> None:
    for place, written in enumerate(TOKEN):
        refused(TOKEN[:place] + TOKEN[place + 1 :])
        refused(TOKEN[:place] + written + TOKEN[place:])
        swapped = TOKEN[:place] + TOKEN[place + 1 : place + 2] + written + TOKEN[place + 2 :]
        if swapped != TOKEN:
            refused(swapped)


def test_every_truncation_is_refused() -> None:
    for length in range(1, len(TOKEN)):
        refused(TOKEN[:length])
        refused(TOKEN[-length:])


@pytest.mark.parametrize("more", ["=", "==", "===", " ", "\n", "\r\n", "\t", "\0", ".", "A", "%20", "\u200b"])
def test_nothing_can_be_put_before_between_or_behind(more: str) -> None:
    payload, _, mac = TOKEN.partition(".")
    for token in (TOKEN + more, more + TOKEN, f"{payload}{more}.{mac}", f"{payload}.{more}{mac}"):
        refused(token)


def test_an_alteration_that_decodes_to_the_same_bytes_is_refused() -> None:
    """The last character of 43 carries two bits that no byte takes: three others decode to the same MAC."""
    payload, _, mac = TOKEN.partition(".")
    same = [
        other
        for other in ALPHABET
        if base64.urlsafe_b64decode(f"{mac[:-1]}{other}=") == base64.urlsafe_b64decode(f"{mac}=")
    ]
    assert len(same) == 4
    for other in set(same) - {mac[-1]}:
        refused(f"{payload}.{mac[:-1]}{other}")


def test_the_other_alphabet_of_base64_is_refused() -> None:
    token = next(
        found for n in range(200) if "-" in (found := sign(msgspec.structs.replace(REVIEW, attempt=n), RING))
    )
    refused(token.replace("-", "+"))


def test_letters_that_only_look_alike_are_refused() -> None:
    wide = {letter: chr(ord(letter) + 0xFEE0) for letter in ALPHABET}
    assert unicodedata.normalize("NFKC", wide["a"]) == "a"
    for place, written in enumerate(TOKEN):
        if written != ".":
            refused(TOKEN[:place] + wide[written] + TOKEN[place + 1 :])
    refused(TOKEN.replace(".", "\uff0e"))
    refused(TOKEN.replace(".", "\u3002"))


def test_the_same_claims_written_otherwise_are_refused() -> None:
    payload, _, mac = TOKEN.partition(".")
    raw = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    refused(f"{b64(raw + b' ')}.{mac}")
    refused(f"{b64(raw.replace(b':', b': '))}.{mac}")
    refused(f"{b64(b' ' + raw)}.{mac}")


@given(raw=st.binary(max_size=80))
@example(raw=b"\xff")
@settings(deadline=None)
def test_no_mac_but_the_right_one_opens_a_link(raw: bytes) -> None:
    payload = TOKEN.partition(".")[0]
    assume(f"{payload}.{b64(raw)}" != TOKEN)
    refused(f"{payload}.{b64(raw)}")


@given(token=st.text(st.characters(exclude_categories=()), min_size=1))
@settings(max_examples=300, deadline=None)
def test_any_text_at_all_is_refused_by_name(token: str) -> None:
    refused(token)


@given(payload=st.binary(max_size=200), mac=st.binary(max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_bytes_at_all_are_refused_by_name(payload: bytes, mac: bytes) -> None:
    refused(f"{b64(payload)}.{b64(mac)}")


JSON = b'{"purpose":"review","subject":"s","expires":%s,"key":"%s"}'


@pytest.mark.parametrize(
    "payload",
    [
        JSON % (b"1", b"\xff\xfe"),  # no UTF-8
        JSON % (b"1", b"\\ud800"),  # half a character
        JSON % (b"9" * 5000, b"2026-11"),  # a number that no machine word holds
        JSON % (b"1e400", b"2026-11"),
        JSON % (b"-0", b"2026-11"),
        JSON % (b"null", b"2026-11"),
        b'{"x":' + b"[" * 100_000,  # deeper than any parser recurses
        b"[" * 100_000,
        b'{"purpose":1,"purpose":2}',
        b"null",
        b"",
    ],
)
def test_claims_that_nobody_signed_are_refused_however_they_are_written(payload: bytes) -> None:
    refused(f"{b64(payload)}.{b64(bytes(32))}")


@given(place=places, byte=st.integers(0, 255), insert=st.booleans())
@settings(max_examples=300, deadline=None)
def test_an_altered_byte_of_the_claims_is_refused(place: int, byte: int, *, insert: bool) -> None:
    payload, _, mac = TOKEN.partition(".")
    raw = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    place %= len(raw)
    altered = raw[:place] + bytes([byte]) + raw[place + (not insert) :]
    assume(altered != raw)
    refused(f"{b64(altered)}.{mac}")


@given(
    token=st.one_of(st.text(max_size=60), st.just(TOKEN), places.map(lambda n: TOKEN[:n])),
    purpose=st.sampled_from(["review", "session", ""]),
)
@settings(deadline=None)
def test_only_the_link_itself_opens_and_only_for_its_purpose(token: str, purpose: str) -> None:
    if (token, purpose) == (TOKEN, PURPOSE):
        return
    with pytest.raises((LinkMissingError, LinkAlteredError, LinkMisusedError)):
        verify(token, purpose, RING, NOW)

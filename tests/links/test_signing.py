"""What a good link says, and each reason for which a link does not open."""

import pickle
from datetime import timedelta

import msgspec
import pytest
from hypothesis import assume, given, settings

from chalicelib.links.errors import LinkAlteredError, LinkExpiredError, LinkMissingError, LinkMisusedError
from chalicelib.links.signing import Claims, Keyring, sign, verify
from tests.links.keys import (
    NEW_KEY,
    NOW,
    OLD_KEY,
    PURPOSE,
    REVIEW,
    RING,
    good_claims,
    purposes,
    signed_by,
)


@given(claims=good_claims)
@settings(deadline=None)
def test_a_link_says_what_was_signed(claims: Claims) -> None:
    assert verify(sign(claims, RING), claims.purpose, RING, NOW) == signed_by(claims, NEW_KEY)


@given(claims=good_claims)
@settings(max_examples=30, deadline=None)
def test_a_link_survives_a_url_fragment_and_a_header_as_it_is(claims: Claims) -> None:
    token = sign(claims, RING)
    assert token.isascii()
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")


def test_the_same_claims_give_the_same_link() -> None:
    assert sign(REVIEW, RING) == sign(REVIEW, RING)


@given(claims=good_claims, other=purposes)
@settings(max_examples=50, deadline=None)
def test_a_link_for_one_purpose_is_misused_for_another(claims: Claims, other: str) -> None:
    assume(other != claims.purpose)
    with pytest.raises(LinkMisusedError) as caught:
        verify(sign(claims, RING), other, RING, NOW)
    assert caught.value.facts == {"made_for": claims.purpose}


def test_claims_under_another_purpose_need_another_mac() -> None:
    payload, _, mac = sign(REVIEW, RING).partition(".")
    session_payload = sign(msgspec.structs.replace(REVIEW, purpose="session"), RING).partition(".")[0]
    assert payload != session_payload
    with pytest.raises(LinkAlteredError):
        verify(f"{session_payload}.{mac}", "session", RING, NOW)


def test_a_link_is_good_until_the_second_before_its_expiry() -> None:
    token = sign(REVIEW, RING)
    last = NOW + timedelta(days=1) - timedelta(seconds=1)
    assert verify(token, PURPOSE, RING, last).subject == "officer-cs"


@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=1), timedelta(days=3650)])
def test_an_expired_link_says_since_when(late: timedelta) -> None:
    with pytest.raises(LinkExpiredError) as caught:
        verify(sign(REVIEW, RING), PURPOSE, RING, NOW + timedelta(days=1) + late)
    assert caught.value.facts == {"expired_at": "2026-11-24T08:00:00+00:00"}


def test_no_link_at_all_is_missing() -> None:
    with pytest.raises(LinkMissingError):
        verify("", PURPOSE, RING, NOW)


def test_an_expired_link_for_another_purpose_tells_nothing_of_its_expiry() -> None:
    with pytest.raises(LinkMisusedError):
        verify(sign(REVIEW, RING), "session", RING, NOW + timedelta(days=30))


def test_a_rotated_key_still_opens_the_links_that_it_signed() -> None:
    token = sign(REVIEW, Keyring((OLD_KEY,)))
    assert verify(token, PURPOSE, RING, NOW) == signed_by(REVIEW, OLD_KEY)


def test_after_a_rotation_the_newest_key_signs() -> None:
    assert verify(sign(REVIEW, RING), PURPOSE, Keyring((NEW_KEY,)), NOW).key == NEW_KEY.id


def test_a_killed_key_kills_its_links_at_once() -> None:
    token = sign(REVIEW, Keyring((OLD_KEY,)))
    with pytest.raises(LinkAlteredError):
        verify(token, PURPOSE, Keyring((NEW_KEY,)), NOW)


def test_a_key_of_the_same_id_with_another_secret_opens_nothing() -> None:
    stranger = msgspec.structs.replace(OLD_KEY, id=NEW_KEY.id)
    with pytest.raises(LinkAlteredError):
        verify(sign(REVIEW, Keyring((stranger,))), PURPOSE, RING, NOW)


def test_an_empty_keyring_opens_nothing() -> None:
    with pytest.raises(LinkAlteredError):
        verify(sign(REVIEW, RING), PURPOSE, Keyring(()), NOW)


def test_a_key_does_not_show_its_secret() -> None:
    for shown in (repr(RING), str(NEW_KEY), f"{NEW_KEY.secret}"):
        assert "autumn" not in shown
    with pytest.raises(TypeError):
        msgspec.json.encode(NEW_KEY)
    with pytest.raises(TypeError):
        pickle.dumps(NEW_KEY.secret)
    assert NEW_KEY.secret.reveal().startswith(b"the key of the autumn")

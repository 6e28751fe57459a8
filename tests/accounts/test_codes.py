"""One-time codes: six digits, ten minutes, five guesses, one use."""

from datetime import timedelta

import msgspec
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from chalicelib.accounts.codes import (
    CODES,
    GUESSES,
    LOCKED_FOR,
    RESEND_AFTER,
    VALID_FOR,
    Challenge,
    CodeWrongError,
    code_of,
    guess,
    new_code,
)
from chalicelib.errors import TooManyError
from chalicelib.links.signing import Key
from chalicelib.sealed import Sealed
from tests.accounts.challenges import KEY, NOW, after_wrong_guesses, right, sent, wrong

SECOND = timedelta(seconds=1)


def test_the_limits_are_those_that_the_pages_tell() -> None:
    assert timedelta(minutes=10) == VALID_FOR
    assert timedelta(minutes=1) == RESEND_AFTER
    assert timedelta(minutes=30) == LOCKED_FOR
    assert GUESSES == CODES == 5


@given(who=st.text(max_size=20), nonce=st.text(max_size=32))
@settings(deadline=None)
def test_a_code_has_six_digits_and_is_made_afresh_the_same(who: str, nonce: str) -> None:
    code = right(sent(nonce, who=who))
    assert len(code) == 6
    assert set(code) <= set("0123456789")
    assert code == right(sent(nonce, who=who))


def test_codes_are_spread_over_all_numbers() -> None:
    drawn = [right(sent(f"n{number}")) for number in range(2000)]
    assert len(set(drawn)) > 1980
    assert {code[0] for code in drawn} == set("0123456789")


@pytest.mark.parametrize(
    "other",
    [sent("n2"), sent(who="sign-in-a2"), sent(who="decide-officer-case-1-verification-1")],
)
def test_two_codes_have_nothing_to_do_with_each_other(other: Challenge) -> None:
    assert right(other) != right(sent())
    _, accepted = guess(other, right(sent()), KEY, NOW)
    assert not accepted


def test_another_key_makes_another_code() -> None:
    assert code_of(sent(), Key("2026-11", Sealed(bytes(32)))) != right(sent())


def test_a_right_code_is_accepted_once() -> None:
    challenge, accepted = guess(sent(), right(sent()), KEY, NOW)
    assert accepted
    with pytest.raises(CodeWrongError):
        guess(challenge, right(challenge), KEY, NOW)


def test_a_wrong_code_is_no_use_and_leaves_the_right_one_good() -> None:
    challenge = after_wrong_guesses(sent(), GUESSES - 1)
    assert guess(challenge, right(challenge), KEY, NOW)[1]


def test_after_five_wrong_guesses_the_right_code_is_refused_too() -> None:
    challenge = after_wrong_guesses(sent(), GUESSES)
    with pytest.raises(TooManyError) as caught:
        guess(challenge, right(challenge), KEY, NOW)
    assert caught.value.facts["limit"] == GUESSES


def test_a_code_is_good_for_ten_minutes_less_a_moment() -> None:
    assert guess(sent(), right(sent()), KEY, NOW + VALID_FOR - SECOND)[1]
    with pytest.raises(CodeWrongError):
        guess(sent(), right(sent()), KEY, NOW + VALID_FOR)


@given(typed=st.text(st.characters(exclude_categories=())))
@example(typed="")
@example(typed="\ud800")
@example(typed="１２３４５６")
@settings(max_examples=200, deadline=None)
def test_whatever_is_typed_is_wrong_by_name_or_right(typed: str) -> None:
    assume(typed != right(sent()))
    _, accepted = guess(sent(), typed, KEY, NOW)
    assert not accepted


def test_no_second_code_goes_out_within_a_minute() -> None:
    assert new_code(sent(), "sign-in-a1", "n2", NOW + RESEND_AFTER - SECOND) is None


def test_a_new_code_replaces_the_one_before() -> None:
    challenge = new_code(sent(), "sign-in-a1", "n2", NOW + RESEND_AFTER)
    assert challenge
    assert not guess(challenge, right(sent()), KEY, NOW + RESEND_AFTER)[1]
    assert guess(challenge, right(challenge), KEY, NOW + RESEND_AFTER)[1]


def test_five_codes_in_half_an_hour_are_the_last_until_it_is_over() -> None:
    challenge = sent()
    for number in range(1, CODES):
        fresh = new_code(challenge, "sign-in-a1", f"n{number}", NOW + number * RESEND_AFTER)
        assert fresh
        challenge = fresh
    with pytest.raises(TooManyError) as caught:
        new_code(challenge, "sign-in-a1", "more", NOW + CODES * RESEND_AFTER)
    assert caught.value.facts == {"limit": CODES, "retry_at": (NOW + LOCKED_FOR).isoformat()}
    again = new_code(challenge, "sign-in-a1", "more", NOW + LOCKED_FOR)
    assert again
    assert (again.sent, again.counting_from) == (1, NOW + LOCKED_FOR)


def test_after_a_sign_in_the_next_code_need_not_wait() -> None:
    used, _ = guess(sent(), right(sent()), KEY, NOW)
    again = new_code(used, "sign-in-a1", "n2", NOW + SECOND)
    assert again
    assert again.sent == 1


def test_every_challenge_and_guess_is_a_new_version() -> None:
    first = sent()
    guessed, _ = guess(first, wrong(first), KEY, NOW)
    second = new_code(guessed, "sign-in-a1", "n2", NOW + RESEND_AFTER)
    assert second
    assert [first.version, guessed.version, second.version] == [1, 2, 3]


def test_a_challenge_as_it_is_kept_does_not_hold_its_code() -> None:
    for nonce in ("n1", "n2", "n3"):
        challenge = sent(nonce)
        assert right(challenge) not in msgspec.json.encode(challenge).decode()
        assert right(challenge) not in repr(challenge)

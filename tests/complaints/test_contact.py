"""One contact is found again however it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.complaints.contact import contact_key, is_email, normalised_contact, same_contact
from chalicelib.errors import InvalidInputError


@pytest.mark.parametrize(
    "typed", ["081234567890", "0812 3456 7890", "+62 812-3456-7890", "62812 3456 7890", "(0812) 3456.7890"]
)
def test_a_phone_number_is_one_number(typed: str) -> None:
    assert normalised_contact(typed) == "081234567890"
    assert not is_email(normalised_contact(typed))


def test_a_mail_address_is_one_address() -> None:
    assert normalised_contact("  Siti.R@Contoh.ID ") == "siti.r@contoh.id"
    assert is_email("siti.r@contoh.id")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "siti",
        "siti@",
        "@contoh.id",
        "a@b",
        "1234567",
        "0812",
        "0" * 30,
        "a@contoh.id\nBcc: b@contoh.id",
        "=?utf-8?q?a?=@contoh.id",
        "081x34567890",
    ],
)
def test_what_reaches_nobody_is_refused_at_its_place(typed: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        normalised_contact(typed)
    assert refused.value.facts == {"where": "contact"}


@given(st.text(max_size=60))
def test_any_text_is_normalised_once_and_for_all_or_refused(typed: str) -> None:
    try:
        contact = normalised_contact(typed)
    except InvalidInputError:
        assert not same_contact("081234567890", typed)
        return
    assert normalised_contact(contact) == contact
    assert same_contact(contact, typed)


def test_another_contact_and_an_erased_one_are_not_the_same() -> None:
    assert not same_contact("081234567890", "081234567891")
    assert not same_contact("", "")
    assert not same_contact("", "081234567890")


def test_the_key_of_a_contact_does_not_say_it() -> None:
    assert "0812" not in contact_key("081234567890")

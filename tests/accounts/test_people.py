"""People as they are kept: known by a proved address, shown without it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.accounts.people import Account, Officer, account_id, masked_email, normalised

ADDRESS = "sekar.arum@contoh.id"


@pytest.mark.parametrize("typed", [ADDRESS, "Sekar.Arum@Contoh.ID", f"  {ADDRESS}\n", "SEKAR.ARUM@CONTOH.ID"])
def test_one_address_is_one_account_however_it_is_typed(typed: str) -> None:
    assert account_id("applicant", typed) == account_id("applicant", ADDRESS)


def test_an_auditor_is_somebody_else_than_the_applicant_of_the_same_address() -> None:
    assert account_id("auditor", ADDRESS) != account_id("applicant", ADDRESS)


@given(email=st.emails())
@settings(max_examples=50, deadline=None)
def test_the_id_of_an_account_shows_nothing_of_the_address(email: str) -> None:
    known = account_id("applicant", email)
    assert len(known) == 24
    assert set(known) <= set("0123456789abcdef")


@given(email=st.text())
@settings(max_examples=50, deadline=None)
def test_tidying_an_address_twice_is_tidying_it_once(email: str) -> None:
    assert normalised(normalised(email)) == normalised(email)


def test_a_masked_address_is_recognised_by_its_owner_alone() -> None:
    assert masked_email(ADDRESS) == "s***@contoh.id"


def test_an_account_does_not_show_whose_it_is() -> None:
    account = Account(id="a1", role="applicant", email=ADDRESS, name="Sekar Arum", phone="081234567890")
    assert repr(account) == "Account(id='a1', role='applicant')"
    assert str([account]) == "[Account(id='a1', role='applicant')]"


def test_an_officer_shows_neither_address_nor_number_nor_hash() -> None:
    officer = Officer(
        id="o1",
        role="head",
        name="Bagus Wicaksono",
        email="bagus@contoh.id",
        official_id="197001011995031001",
        passphrase_hash="$scrypt$rahasia",  # noqa: S106 - made up
    )
    shown = repr([officer])
    for secret in ("bagus@", "Bagus", "197001011995031001", "scrypt"):
        assert secret not in shown
    assert "o1" in shown
    assert "head" in shown

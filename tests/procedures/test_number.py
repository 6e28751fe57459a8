"""The permit number is written from the procedure's template, and read back from what people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.procedures.errors import NumberTemplateError, PermitNumberError
from chalicelib.procedures.number import PermitNumber, format_number, parse_number
from chalicelib.procedures.procedure import load

TEMPLATE = load().permit_number
numbers = st.builds(
    PermitNumber,
    st.from_regex(r"\A[A-Z0-9][A-Z0-9-]{0,11}\Z"),
    st.integers(1, 10**7),
    st.integers(1000, 9999),
)


def test_a_number_reads_as_the_office_writes_it() -> None:
    assert format_number(TEMPLATE, PermitNumber("430", 12, 2026)) == "430/0012/424.086/2026"
    assert parse_number(TEMPLATE, " 430 / 0012 / 424.086 / 2026 ") == PermitNumber("430", 12, 2026)


@given(numbers)
def test_every_number_is_read_back(number: PermitNumber) -> None:
    assert parse_number(TEMPLATE, format_number(TEMPLATE, number)) == number


@given(st.text(max_size=40))
def test_whatever_is_read_as_a_number_is_written_the_same_way(text: str) -> None:
    try:
        number = parse_number(TEMPLATE, text)
    except PermitNumberError:
        return
    assert format_number(TEMPLATE, number) == "".join(text.split()).upper()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "430/12/424.086/2026",
        "430/0012/424X086/2026",
        "430/0000/424.086/2026",
        "430/00012/424.086/2026",
        "430/٠٠١٢/424.086/2026",
    ],
)
def test_what_the_office_would_not_write_is_not_a_number(text: str) -> None:
    with pytest.raises(PermitNumberError):
        parse_number(TEMPLATE, text)


@pytest.mark.parametrize(
    "template",
    [
        "",
        "{type}/{serial}",
        "{type}{serial}{year}{year}",
        "{type}/{serial}/{0}",
        "{type.__class__}/{serial}/{year}",
        "{type!r}/{serial}/{year}",
        "{type:>900000000}/{serial}/{year}",
        "{type}/{serial:04x}/{year}",
        "{type",
    ],
)
def test_a_template_that_cannot_number_permits_is_refused(template: str) -> None:
    with pytest.raises(NumberTemplateError):
        format_number(template, PermitNumber("430", 1, 2026))

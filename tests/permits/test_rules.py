"""Number, name, code, passphrase record and registry status: the permit's small rules."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.permits.check_code import ALPHABET, check_code, typed_code
from chalicelib.permits.errors import NumberTemplateError, PassphraseRecordError, PermitNumberError
from chalicelib.permits.lettering import plain, unprintable, with_stand_ins
from chalicelib.permits.names import shortened_name
from chalicelib.permits.number import PermitNumber, format_number, parse_number
from chalicelib.permits.passphrase import hash_passphrase, passphrase_matches
from chalicelib.permits.types import status_on
from chalicelib.procedures.procedure import load
from tests.permits.office import PASSPHRASE, RECORD, passphrase_record

TEMPLATE = "{type}/{serial:04d}/424.086/{year}"
numbers = st.builds(
    PermitNumber,
    st.from_regex(r"\A[A-Z0-9][A-Z0-9-]{0,11}\Z"),
    st.integers(1, 10**7),
    st.integers(1000, 9999),
)


def test_a_number_reads_as_the_office_writes_it() -> None:
    assert format_number(TEMPLATE, PermitNumber("NKS", 12, 2026)) == "NKS/0012/424.086/2026"
    assert parse_number(TEMPLATE, " nks / 0012 / 424.086 / 2026 ") == PermitNumber("NKS", 12, 2026)


def test_the_numbers_of_our_own_procedure_are_read_back() -> None:
    procedure = load()
    printed = procedure.number_of_permit(serial=7, year=2026)
    assert parse_number(procedure.permit_number, printed) == PermitNumber(procedure.permit_type, 7, 2026)


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
        "NKS/12/424.086/2026",
        "NKS/0012/424X086/2026",
        "NKS/0000/424.086/2026",
        "NKS/00012/424.086/2026",
        "NKS/٠٠١٢/424.086/2026",
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
        format_number(template, PermitNumber("NKS", 1, 2026))


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Siti Rahayu Ningsih", "Siti R. N."),
        ("  budi   santoso ", "budi S."),
        ("Ratna", "Ratna"),
        ("Bambang Hartono, S.Sos., M.Si.", "Bambang H."),
        ("", ""),
    ],
)
def test_a_leader_s_name_is_shortened_for_the_public(name: str, short: str) -> None:
    assert shortened_name(name) == short


@given(st.binary(min_size=10, max_size=12))
def test_a_check_code_is_ten_letters_that_nobody_mistakes(random_bytes: bytes) -> None:
    code = check_code(random_bytes)
    assert len(code) == 10
    assert not set(code) & set("ILOU")
    assert typed_code(f" {code[:5].lower()}-{code[5:]} ") == code


def test_misread_letters_of_a_code_are_understood() -> None:
    assert typed_code("7k3mq-9zto1") == typed_code("7K3MQ9ZT0L") == "7K3MQ9ZT01"
    assert [typed_code(text) for text in ("", "7K3MQ9ZT0", "7K3MQ9ZT0U", "7K3MQ9ZT4BX", "../../etc/")] == [
        None
    ] * 5


def test_every_letter_of_a_code_is_equally_likely() -> None:
    assert sorted(check_code(bytes(range(start, start + 10)))[0] for start in range(32)) == sorted(ALPHABET)


def test_too_few_random_bytes_make_no_code() -> None:
    with pytest.raises(ValueError, match="10 random bytes"):
        check_code(b"123456789")


def test_the_last_day_of_validity_still_counts() -> None:
    assert status_on(RECORD, RECORD.valid_until) == "valid"
    assert status_on(RECORD, RECORD.valid_until + timedelta(days=1)) == "expired"


@given(st.dates(), st.sampled_from(["revoked", "replaced"]))
def test_a_revoked_permit_stays_revoked_whatever_the_day(today: date, status: str) -> None:
    assert status_on(msgspec.structs.replace(RECORD, status=status), today) == status


@given(st.text(max_size=200))
def test_plain_text_is_settled_and_hides_nothing(text: str) -> None:
    shown = plain(text)
    assert plain(shown) == shown
    assert not set(shown) & set("\u200b\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\u00ad\n\t\x00")
    assert (with_stand_ins(text) == shown) == (not unprintable(text))


def test_a_passphrase_is_known_again_and_no_other_is() -> None:
    assert passphrase_matches(PASSPHRASE, passphrase_record())
    assert not passphrase_matches(PASSPHRASE + " ", passphrase_record())
    assert not passphrase_matches("", passphrase_record())


def test_the_same_passphrase_typed_on_another_keyboard_is_the_same() -> None:
    record = hash_passphrase("café ﬁn", bytes(16))
    assert passphrase_matches("cafe\u0301 fin", record)


def test_a_passphrase_record_does_not_hold_the_passphrase() -> None:
    assert PASSPHRASE not in passphrase_record()
    assert hash_passphrase("x", b"a" * 16) != hash_passphrase("x", b"b" * 16)


@pytest.mark.parametrize(
    "record",
    [
        "",
        "plain",
        "scrypt$32768$8$3$AAAA",
        "scrypt$32768$8$3$!$!",
        "md5$1$1$1$AAAA$AAAA",
        "scrypt$1073741824$8$1$AAAA$AAAA",
        "scrypt$3$8$1$AAAA$AAAA",
        "scrypt$32768$8$3$AAAA$AAAA",
    ],
)
def test_a_broken_passphrase_record_lets_nobody_in(record: str) -> None:
    with pytest.raises(PassphraseRecordError):
        passphrase_matches(PASSPHRASE, record)
    with pytest.raises(ValueError, match="salt"):
        hash_passphrase(PASSPHRASE, b"short")

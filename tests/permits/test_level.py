"""Level B-LT: the time and the certificates are vouched for inside the file."""

import hashlib
import random
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from chalicelib.permits.errors import SignerNotActiveError
from chalicelib.permits.layout import render
from chalicelib.permits.port import SignedPermit
from chalicelib.permits.verification import examine
from local.authority import STAMPER_NAME, Authority
from tests.permits.office import (
    PASSPHRASE,
    PERMIT,
    SIGNED_AT,
    authority,
    seal,
    sign_bytes,
    stamping_authority,
    stamping_seal,
    text_of,
)


@pytest.fixture(scope="module")
def opened() -> Iterator[Authority]:
    with stamping_authority() as answering:
        yield answering


@pytest.fixture(scope="module")
def stamped(opened: Authority) -> SignedPermit:
    return stamping_seal(opened).sign(render(PERMIT), SIGNED_AT, PASSPHRASE)


def test_a_stamped_permit_proves_its_time_and_its_certificates_from_the_file_alone(
    opened: Authority, stamped: SignedPermit
) -> None:
    report = examine(stamped.pdf, opened.certificate)
    assert (report.problem, report.level, report.revocation) == (None, "PAdES-B-LT", "good")
    assert (report.stamped_at, report.stamped_by) == (SIGNED_AT, STAMPER_NAME)
    assert report.covers_whole_file
    assert stamped.level == "PAdES-B-LT"


def test_the_stamped_file_is_one_revision_without_a_certification(stamped: SignedPermit) -> None:
    assert stamped.pdf.startswith(render(PERMIT))
    assert stamped.pdf.count(b"%%EOF") == 2  # the layout and the signature, with what vouches for it
    assert b"/DSS" in stamped.pdf
    assert b"/DocMDP" not in stamped.pdf
    assert b"/SubFilter /ETSI.CAdES.detached" in stamped.pdf


def test_the_same_permit_stamped_twice_is_the_same_page_and_names_the_same_time(
    opened: Authority, stamped: SignedPermit
) -> None:
    again = stamping_seal(opened).sign(render(PERMIT), SIGNED_AT, PASSPHRASE)
    assert again.pdf.startswith(render(PERMIT))
    assert text_of(again.pdf) == text_of(stamped.pdf)
    dates = [re.findall(rb"/M \((.*?)\)", pdf) for pdf in (again.pdf, stamped.pdf)]
    assert dates[0] == dates[1]


@pytest.mark.parametrize("year", [2001, 2020, 2049])
def test_stamps_and_answers_fit_a_clock_of_another_year(year: int) -> None:
    moment = SIGNED_AT.replace(year=year)
    with stamping_authority(now=lambda: moment) as then:
        pdf = stamping_seal(then).sign(render(PERMIT), moment, PASSPHRASE).pdf
    report = examine(pdf, then.certificate)
    assert (report.problem, report.level, report.stamped_at) == (None, "PAdES-B-LT", moment)


def test_a_hastened_clock_that_leaps_between_question_and_signature_is_no_obstacle() -> None:
    shown = SIGNED_AT

    def hastened() -> datetime:
        nonlocal shown
        shown += timedelta(minutes=30)
        return shown

    with stamping_authority(now=hastened) as quick:
        pdf = stamping_seal(quick).sign(render(PERMIT), SIGNED_AT, PASSPHRASE).pdf
    report = examine(pdf, quick.certificate)
    assert (report.problem, report.level, report.signed_at) == (None, "PAdES-B-LT", SIGNED_AT)
    assert report.stamped_at is not None
    assert report.stamped_at > SIGNED_AT


def test_without_a_time_stamp_authority_the_level_is_b_b_and_revocation_data_is_missing(
    opened: Authority,
) -> None:
    signed = seal(chain_pem=opened.chain).sign(render(PERMIT), SIGNED_AT, PASSPHRASE)
    report = examine(signed.pdf, opened.certificate)
    assert (signed.level, report.level, report.revocation) == ("PAdES-B-B", "PAdES-B-B", "missing")
    assert (report.problem, report.stamped_at, report.stamped_by) == (None, None, None)


def test_certificates_that_name_no_revocation_service_give_b_t_and_say_what_is_missing(
    unnamed: Authority, opened: Authority
) -> None:
    signed = seal(chain_pem=unnamed.chain + opened.certificate, time_stamp_url=opened.time_stamp_url).sign(
        render(PERMIT), SIGNED_AT, PASSPHRASE
    )
    report = examine(signed.pdf, unnamed.certificate + opened.certificate)
    assert (signed.level, report.level, report.revocation) == ("PAdES-B-T", "PAdES-B-T", "missing")
    assert (report.problem, report.stamped_by) == (None, STAMPER_NAME)


@pytest.fixture
def unnamed() -> Authority:
    return authority()


def test_a_stamp_of_an_authority_that_is_not_trusted_is_a_problem(
    unnamed: Authority, opened: Authority
) -> None:
    signer = seal(chain_pem=unnamed.chain + opened.certificate, time_stamp_url=opened.time_stamp_url)
    pdf = signer.sign(render(PERMIT), SIGNED_AT, PASSPHRASE).pdf
    report = examine(pdf, unnamed.certificate)
    assert (report.problem, report.level) == ("untrusted_time_stamp", "PAdES-B-B")


def test_the_note_in_the_footer_says_the_level(opened: Authority) -> None:
    assert "PAdES-B-LT, dengan stempel waktu" in stamping_seal(opened).note
    assert "PAdES-B-B, tanpa stempel waktu" in seal().note


def test_a_revoked_certificate_signs_nothing() -> None:
    asked: list[bytes] = []

    def noted(data: bytes) -> bytes:
        asked.append(data)
        return sign_bytes(data)

    with (
        stamping_authority(revoked_since=SIGNED_AT - timedelta(days=1)) as strict,
        pytest.raises(SignerNotActiveError) as caught,
    ):
        stamping_seal(strict, sign_bytes=noted).sign(render(PERMIT), SIGNED_AT, PASSPHRASE)
    assert caught.value.facts == {"why": "certificate_revoked"}
    assert asked == []


def test_what_is_revoked_later_was_good_when_it_signed() -> None:
    with stamping_authority(revoked_since=SIGNED_AT + timedelta(days=1)) as strict:
        pdf = stamping_seal(strict).sign(render(PERMIT), SIGNED_AT, PASSPHRASE).pdf
    assert examine(pdf, strict.certificate).revocation == "good"


def test_a_thousand_flipped_bits_are_all_found_by_the_check_and_the_recorded_hash(
    opened: Authority, stamped: SignedPermit
) -> None:
    pdf, chance = stamped.pdf, random.Random(20261129)  # noqa: S311 - a repeatable choice of places, no secret
    start = pdf.index(b"/Contents <") + len(b"/Contents <")
    end = pdf.index(b">", start)
    places = [(chance.randrange(len(pdf)), chance.randrange(8)) for _ in range(1000)]
    by_signature = by_hash = 0
    missed = []
    for position, bit in places:
        flipped = pdf[:position] + bytes([pdf[position] ^ 1 << bit]) + pdf[position + 1 :]
        found = examine(flipped, opened.certificate)
        by_signature += found.problem is not None
        by_hash += hashlib.sha256(flipped).hexdigest() != stamped.sha256
        if found.problem is None:
            missed.append(position)
    assert by_hash == 1000
    # What no signature covers is its own unsigned part: the stamp, which a bit can spoil unseen nowhere else.
    assert [position for position in missed if not start <= position < end] == []
    assert by_signature >= 990

"""Dates and durations as people read them."""

from datetime import UTC, date, datetime

import pytest

from chalicelib.worktime.ledger import Allowance
from chalicelib.worktime.words import allowance_words, date_words, duration_words, left_words, moment_words
from tests.worktime.offices import at


def test_a_date_is_said_with_its_weekday() -> None:
    assert date_words(date(2026, 11, 26)) == "Kamis, 26 November 2026"
    assert date_words(date(2026, 8, 17)) == "Senin, 17 Agustus 2026"
    assert date_words(date(2026, 8, 17), "en") == "Monday, 17 August 2026"


def test_a_moment_is_said_in_office_time() -> None:
    assert moment_words(at("2026-11-26 10:30")) == "Kamis, 26 November 2026, pukul 10.30 WIB"
    assert (
        moment_words(datetime(2026, 11, 26, 0, 5, tzinfo=UTC)) == "Kamis, 26 November 2026, pukul 07.05 WIB"
    )
    assert moment_words(at("2026-11-26 10:30"), "en") == "Thursday, 26 November 2026, 10:30 WIB"


@pytest.mark.parametrize(
    ("minutes", "indonesian", "english"),
    [
        (320, "Sisa 5 jam 20 menit", "5 hours 20 minutes left"),
        (60, "Sisa 1 jam", "1 hour left"),
        (1, "Sisa 1 menit", "1 minute left"),
        (0, "Sisa 0 menit", "0 minutes left"),
        (-61, "Lewat waktu 1 jam 1 menit", "Overdue by 1 hour 1 minute"),
    ],
)
def test_what_is_left_is_said_in_hours_and_minutes(minutes: int, indonesian: str, english: str) -> None:
    assert left_words(minutes) == indonesian
    assert left_words(minutes, "en") == english


def test_a_long_duration_stays_in_hours() -> None:
    assert duration_words(1410) == "23 jam 30 menit"


def test_a_standard_time_is_said_as_the_sop_writes_it() -> None:
    assert allowance_words(Allowance(days=1)) == "1 hari kerja"
    assert allowance_words(Allowance(minutes=30)) == "30 menit"
    assert allowance_words(Allowance(3, 90)) == "3 hari kerja 90 menit"
    assert allowance_words(Allowance(2, 1), "en") == "2 working days 1 minute"

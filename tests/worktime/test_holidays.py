"""The calendar of the national days, and the office's own corrections."""

import subprocess
import sys
from datetime import date

import pytest

from chalicelib.worktime.calendar import ClosedDay, OfficeCalendar
from chalicelib.worktime.errors import CalendarError
from chalicelib.worktime.holidays_id import (
    NATIONAL_DAYS,
    build_calendar,
    computed_year,
    national_year,
    office_calendar,
)
from chalicelib.worktime.office_files import Corrections, read_corrections, read_hours, shipped_hours
from infrastructure.national_days import YEARS, written


def corrected(text: str, *years: int) -> OfficeCalendar:
    return build_calendar(min(years), max(years), shipped_hours(), read_corrections(text))


@pytest.mark.parametrize(
    ("first", "last"),
    # As announced by the Ministry of Religious Affairs after each sidang isbat.
    [
        (date(2020, 4, 24), date(2020, 5, 23)),
        (date(2021, 4, 13), date(2021, 5, 12)),
        (date(2022, 4, 3), date(2022, 5, 1)),
        (date(2023, 3, 23), date(2023, 4, 21)),
        (date(2024, 3, 12), date(2024, 4, 9)),
        (date(2025, 3, 1), date(2025, 3, 30)),
        (date(2026, 2, 19), date(2026, 3, 20)),
    ],
)
def test_ramadan_is_as_it_was_announced(first: date, last: date) -> None:
    assert [(p.first, p.last) for p in office_calendar(first.year, first.year).periods] == [(first, last)]


def test_every_ramadan_has_29_or_30_days_and_none_is_missing() -> None:
    periods = office_calendar(2020, 2035).periods
    assert {(p.last - p.first).days + 1 for p in periods} == {29, 30}
    assert len(periods) == 17  # two begin in 2030
    assert {p.first.year for p in periods} == set(range(2020, 2036))


def test_a_ramadan_of_the_year_before_reaches_into_the_new_year() -> None:
    assert [(p.first.year, p.last.year) for p in office_calendar(2031, 2031).periods] == [
        (2030, 2031),
        (2031, 2032),
    ]


def test_national_holidays_and_joint_leave_are_closed_and_named_in_both_languages() -> None:
    office = office_calendar(2026, 2026)
    assert office.closed[date(2026, 8, 17)].name == "Hari Kemerdekaan Republik Indonesia"
    assert office.closed[date(2026, 8, 17)].name_en == "Independence Day"
    assert office.closed[date(2026, 12, 24)].name == "Cuti Bersama Hari Raya Natal"
    assert office.working_minutes(date(2026, 12, 24)) == 0


def test_a_day_that_is_not_announced_yet_says_that_it_is_computed() -> None:
    assert national_year(2030).closed[date(2030, 2, 4)].name.endswith("(perkiraan)")


def test_the_office_closes_a_day_by_its_own_decree() -> None:
    text = """
        [[closed]]
        date = 2026-09-18
        name = "Hari contoh"
        name_en = "Example Day"
        decree = "Keputusan contoh"
    """
    office = corrected(text, 2026)
    assert office.closed[date(2026, 9, 18)] == ClosedDay("Hari contoh", "Example Day", "Keputusan contoh")
    assert office.working_minutes(date(2026, 9, 18)) == 0


def test_the_office_works_on_a_day_that_the_list_has() -> None:
    text = '[[open]]\ndate = 2026-12-24\ndecree = "Keputusan contoh"'
    assert corrected(text, 2026).working_minutes(date(2026, 12, 24)) == 450
    assert corrected(text, 2027).closed == corrected("", 2027).closed


def test_an_announced_ramadan_takes_the_place_of_the_computed_one() -> None:
    text = '[[ramadan]]\nfirst = 2027-02-09\nlast = 2027-03-09\ndecree = "Sidang isbat contoh"'
    assert [(p.first, p.last) for p in corrected(text, 2027).periods] == [
        (date(2027, 2, 9), date(2027, 3, 9))
    ]


@pytest.mark.parametrize(
    "text",
    [
        '[[open]]\ndate = 2026-11-24\ndecree = "Keputusan contoh"',  # the office works then anyway
        '[[open]]\ndate = 2026-12-24\ndecree = " "',
        '[[open]]\ndate = 2026-12-24\ndecree = "A"\n[[open]]\ndate = 2026-12-24\ndecree = "B"',
        '[[open]]\ndate = 2026-12-24\nreason = "no such field"',
        '[[ramadan]]\nfirst = 2026-03-20\nlast = 2026-02-19\ndecree = "A"',
        "no TOML at all",
    ],
)
def test_a_wrong_correction_is_refused(text: str) -> None:
    with pytest.raises(CalendarError):
        corrected(text, 2026)


def test_wrong_hours_are_refused() -> None:
    for text in ("no TOML at all", '[normal]\nbasis = "A"', "[normal]\n[ramadan]\n"):
        with pytest.raises(CalendarError):
            read_hours(text)


def test_every_shipped_correction_names_a_decree_and_still_fits_the_list() -> None:
    assert office_calendar(2020, 2035).last_day == date(2035, 12, 31)


def test_without_corrections_the_list_stands() -> None:
    assert (
        dict(build_calendar(2026, 2026, shipped_hours(), Corrections()).closed) == national_year(2026).closed
    )


def test_the_days_on_file_are_those_of_the_package() -> None:
    assert NATIONAL_DAYS.read_text(encoding="utf-8") == written(), "make holidays, and read the difference"
    assert all(national_year(year) == computed_year(year) for year in YEARS)


def test_a_year_that_is_not_on_file_is_computed() -> None:
    assert national_year(2040).closed[date(2040, 8, 17)].name_en == "Independence Day"


def test_the_calendar_of_a_deadline_needs_no_slow_import() -> None:
    program = (
        "import sys; from chalicelib.worktime.holidays_id import office_calendar;"
        "office_calendar(2025, 2028); office_calendar(2028, 2031);"
        "sys.exit('holidays' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False)  # noqa: S603 - our own program
    assert done.returncode == 0

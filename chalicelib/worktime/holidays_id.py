"""The office's calendar from the national days of Indonesia, the office's hours and its own corrections.

The only module that imports `holidays`, and only for a year that `national_days.json` lacks: the import takes
a third of a second, which every cold start would pay at its first deadline.
"""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from chalicelib.worktime.calendar import ClosedDay, HoursPeriod, OfficeCalendar
from chalicelib.worktime.office_files import (
    Corrections,
    DateRange,
    OpeningHours,
    shipped_corrections,
    shipped_hours,
)

NATIONAL_DAYS = Path(__file__).with_name("national_days.json")
"""What `computed_year` answers, by year; written by `make holidays`."""


class NationalYear(Struct, frozen=True):
    """Closed days of one year, and each Ramadan (first and last day) that begins in it."""

    closed: dict[date, ClosedDay]
    ramadan: tuple[DateRange, ...]


@cache
def national_year(year: int) -> NationalYear:
    """The year as it is on file, or computed when it is not there."""
    return _on_file().get(year) or computed_year(year)


@cache
def _on_file() -> dict[int, NationalYear]:
    return msgspec.json.decode(NATIONAL_DAYS.read_bytes(), type=dict[int, NationalYear])


def computed_year(year: int) -> NationalYear:
    """National holidays and joint leave (cuti bersama) of `year`, and its Ramadan, by the package `holidays`.

    Days that the government has not announced yet are computed; their names then end in "(perkiraan)".
    Ramadan begins by the MABIMS calculation and ends on the day before Idul Fitri, a holiday of the list.
    """
    from holidays.constants import GOVERNMENT, PUBLIC
    from holidays.countries.indonesia import Indonesia

    kinds = (PUBLIC, GOVERNMENT)
    english = Indonesia(years=year, categories=kinds, language="en_US")
    named = Indonesia(years=year, categories=kinds, language="id")
    closed = {day: ClosedDay(name, english[day]) for day, name in sorted(named.items())}
    return NationalYear(closed=closed, ramadan=_ramadan(year))


def _ramadan(year: int) -> tuple[DateRange, ...]:
    from holidays.countries.indonesia import IndonesiaIslamicHolidays

    moons = IndonesiaIslamicHolidays()
    feasts = sorted(day for y in (year, year + 1) for day, _estimated in moons.eid_al_fitr_dates(y))
    firsts = sorted({day for day, _estimated in moons.ramadan_beginning_dates(year) if day.year == year})
    return tuple((first, next(f for f in feasts if f > first) - timedelta(days=1)) for first in firsts)


def build_calendar(
    first_year: int, last_year: int, hours: OpeningHours, corrections: Corrections
) -> OfficeCalendar:
    """The calendar from 1 January of `first_year` to 31 December of `last_year`. Raises CalendarError."""
    years = range(first_year, last_year + 1)
    first_day, last_day = date(first_year, 1, 1), date(last_year, 12, 31)
    national = {day: name for year in years for day, name in national_year(year).closed.items()}
    # One that began in the year before may reach into the first year (26 December 2030).
    moons = tuple(moon for year in (first_year - 1, *years) for moon in national_year(year).ramadan)
    return OfficeCalendar(
        first_day=first_day,
        last_day=last_day,
        normal=hours.normal,
        periods=tuple(
            HoursPeriod(first, last, hours.ramadan, "Ramadan")
            for first, last in corrections.ramadan_ranges(moons)
            if first <= last_day and first_day <= last
        ),
        closed=corrections.closed_days(national, years),
    )


@cache
def office_calendar(first_year: int, last_year: int) -> OfficeCalendar:
    """`build_calendar` with the hours and corrections that ship with the product; built once a process."""
    return build_calendar(first_year, last_year, shipped_hours(), shipped_corrections())

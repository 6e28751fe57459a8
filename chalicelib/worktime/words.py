"""Dates and durations in the words of the pages (`words.toml`): Indonesian unless asked for English."""

from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from chalicelib.worktime.calendar import whole_minute
from chalicelib.worktime.ledger import Allowance

Language = Literal["id", "en"]


class _Words(Struct, frozen=True, forbid_unknown_fields=True):
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    date: str
    moment: str
    working_day: tuple[str, str]
    hour: tuple[str, str]
    minute: tuple[str, str]
    left: str
    overdue: str


@cache
def _words() -> dict[Language, _Words]:
    text = Path(__file__).with_name("words.toml").read_text("utf-8")
    return msgspec.toml.decode(text, type=dict[Language, _Words])


def date_words(day: date, language: Language = "id") -> str:
    """'Kamis, 26 November 2026'."""
    words = _words()[language]
    weekday, month = words.weekdays[day.weekday()], words.months[day.month - 1]
    return words.date.format(weekday=weekday, day=day.day, month=month, year=day.year)


def moment_words(moment: datetime, language: Language = "id") -> str:
    """'Kamis, 26 November 2026, pukul 10.30 WIB'. Raises NaiveMomentError without a time zone."""
    local = whole_minute(moment)
    said = date_words(local.date(), language)
    return _words()[language].moment.format(date=said, hour=local.hour, minute=local.minute)


def duration_words(minutes: int, language: Language = "id") -> str:
    """'5 jam 20 menit', '2 jam', '0 menit', without a sign; never days: a day has no fixed length."""
    words = _words()[language]
    hours, rest = divmod(abs(minutes), 60)
    parts = [_counted(words.hour, hours)] if hours else []
    if rest or not hours:
        parts.append(_counted(words.minute, rest))
    return " ".join(parts)


def left_words(minutes: int, language: Language = "id") -> str:
    """'Sisa 5 jam 20 menit' of working time, or 'Lewat waktu 20 menit' for what `left` gives below 0."""
    words = _words()[language]
    return (words.left if minutes >= 0 else words.overdue).format(duration=duration_words(minutes, language))


def allowance_words(allowance: Allowance, language: Language = "id") -> str:
    """'1 hari kerja', '30 menit', '3 hari kerja 90 menit': the standard time as the SOP writes it."""
    words = _words()[language]
    days = [_counted(words.working_day, allowance.days)] if allowance.days else []
    minutes = [_counted(words.minute, allowance.minutes)] if allowance.minutes else []
    return " ".join(days + minutes)


def _counted(forms: tuple[str, str], n: int) -> str:
    return forms[n != 1].format(n=n)

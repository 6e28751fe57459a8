"""The office's own files: `hours.toml`, and `corrections.toml` of the national list."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

from chalicelib.worktime.calendar import ClosedDay, OfficeHours, Span
from chalicelib.worktime.errors import CalendarError

DateRange = tuple[date, date]


class _Week(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    basis: str
    monday: tuple[Span, ...] = ()
    tuesday: tuple[Span, ...] = ()
    wednesday: tuple[Span, ...] = ()
    thursday: tuple[Span, ...] = ()
    friday: tuple[Span, ...] = ()
    saturday: tuple[Span, ...] = ()
    sunday: tuple[Span, ...] = ()

    def hours(self) -> OfficeHours:
        days = (
            self.monday,
            self.tuesday,
            self.wednesday,
            self.thursday,
            self.friday,
            self.saturday,
            self.sunday,
        )
        return OfficeHours(week=days)


class _Weeks(Struct, frozen=True, forbid_unknown_fields=True):
    normal: _Week
    ramadan: _Week


class OpeningHours(Struct, frozen=True):
    """The two weeks of the office (SOP position 3, Perpres 21/2023)."""

    normal: OfficeHours
    ramadan: OfficeHours


class AddedDay(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A closed day that the national list lacks, or names otherwise."""

    date: date
    name: str
    name_en: str
    decree: str


class RemovedDay(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A day of the national list on which the office works."""

    date: date
    decree: str


class AnnouncedRamadan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """First and last day of a Ramadan as announced, in place of the computed one."""

    first: date
    last: date
    decree: str


class Corrections(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The office's own list. `closed_days` and `ramadan_ranges` apply it to the national facts."""

    closed: tuple[AddedDay, ...] = ()
    open: tuple[RemovedDay, ...] = ()
    ramadan: tuple[AnnouncedRamadan, ...] = ()

    def __post_init__(self) -> None:
        entries: list[AddedDay | RemovedDay | AnnouncedRamadan] = [*self.closed, *self.open, *self.ramadan]
        problems = [f"{entry} names no decree" for entry in entries if not entry.decree.strip()]
        problems += [
            f"{entry.first} to {entry.last} runs backwards"
            for entry in self.ramadan
            if entry.last < entry.first
        ]
        named = [entry.date for entry in self.closed] + [entry.date for entry in self.open]
        problems += [f"{day} is corrected twice" for day in sorted(set(named)) if named.count(day) > 1]
        if problems:
            raise CalendarError(problems=problems)

    def closed_days(self, national: Mapping[date, ClosedDay], years: range) -> dict[date, ClosedDay]:
        """`national` with the corrections of `years`. CalendarError: an opened day is not closed."""
        removed = {entry.date for entry in self.open if entry.date.year in years}
        strangers = sorted(removed - national.keys())
        if strangers:
            raise CalendarError(problems=[f"{day} is no national holiday" for day in strangers])
        kept = {day: name for day, name in national.items() if day not in removed}
        added = {
            entry.date: ClosedDay(entry.name, entry.name_en, entry.decree)
            for entry in self.closed
            if entry.date.year in years
        }
        return dict(sorted((kept | added).items()))

    def ramadan_ranges(self, computed: tuple[DateRange, ...]) -> tuple[DateRange, ...]:
        """`computed` with each announced range in place of the one that it overlaps."""
        announced = [(entry.first, entry.last) for entry in self.ramadan]

        def best(known: DateRange) -> DateRange:
            return next((said for said in announced if said[0] <= known[1] and known[0] <= said[1]), known)

        return tuple(best(known) for known in computed)


def read_hours(text: str) -> OpeningHours:
    """Opening hours from the text of a file such as `hours.toml`. Raises CalendarError."""
    try:
        weeks = msgspec.toml.decode(text, type=_Weeks)
    except msgspec.MsgspecError as error:
        raise CalendarError(problems=[str(error)]) from error
    return OpeningHours(normal=weeks.normal.hours(), ramadan=weeks.ramadan.hours())


def read_corrections(text: str) -> Corrections:
    """Corrections from the text of a file such as `corrections.toml`. Raises CalendarError."""
    try:
        return msgspec.toml.decode(text, type=Corrections)
    except msgspec.MsgspecError as error:
        raise CalendarError(problems=[str(error)]) from error


def shipped_hours() -> OpeningHours:
    """The hours that ship with the product."""
    return read_hours(Path(__file__).with_name("hours.toml").read_text("utf-8"))


def shipped_corrections() -> Corrections:
    """The corrections that ship with the product."""
    return read_corrections(Path(__file__).with_name("corrections.toml").read_text("utf-8"))

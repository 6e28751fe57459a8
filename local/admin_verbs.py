"""What each command of `local.admin` does: reads its words, asks one use case, answers lines."""

import argparse
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import msgspec

from chalicelib.accounts.people import Officer, masked_email
from chalicelib.errors import InvalidInputError
from chalicelib.links.signing import KEPT_FOR
from chalicelib.procedures.check import problems
from chalicelib.procedures.versions import versions
from chalicelib.staffing.book import Order
from chalicelib.staffing.standing_in import StandIn
from chalicelib.steps import administration, key_keeping
from chalicelib.steps.desk import Desk
from chalicelib.steps.qr_sealing import publish_key_by_order
from chalicelib.worktime.calendar import office_zone
from chalicelib.worktime.office_files import AddedDay, AnnouncedRamadan, Corrections, RemovedDay

Given = argparse.Namespace
_FACTS = {
    "role": "role",
    "name": "name",
    "email": "email",
    "title": "title",
    "rank": "rank",
    "nip": "official_id",
}
"""What an officer's facts are called on the command line."""


def officers(desk: Desk, _: Given) -> list[str]:
    """Everybody, active or not."""
    return [
        f"{one.id:12} {'active' if one.active else 'left':7} {one.role:18} {masked_email(one.email):28} {one.name}"
        for one in desk.people.officers()
    ]


def add_officer(desk: Desk, given: Given) -> list[str]:
    """A new officer."""
    facts: dict[str, Any] = {field: getattr(given, word) or "" for word, field in _FACTS.items()}
    return _moved(administration.enrol(desk, Officer(id=given.officer, **facts), _order(given)))


def change_officer(desk: Desk, given: Given) -> list[str]:
    """The facts that are given, and no others."""
    changes = {
        field: getattr(given, word) for word, field in _FACTS.items() if getattr(given, word) is not None
    }
    return _moved(administration.alter(desk, given.officer, changes, _order(given)))


def deactivate(desk: Desk, given: Given) -> list[str]:
    """An officer leaves."""
    return _moved(administration.set_active(desk, given.officer, _order(given), active=False))


def reactivate(desk: Desk, given: Given) -> list[str]:
    """An officer is back."""
    return _moved(administration.set_active(desk, given.officer, _order(given), active=True))


def passphrase(desk: Desk, given: Given, typed: str) -> list[str]:
    """The signer's own passphrase."""
    administration.set_passphrase(desk, given.officer, typed, _order(given))
    return [f"{given.officer}: the passphrase is set"]


def signer_id(desk: Desk, given: Given, typed: str) -> list[str]:
    """By what BSrE knows the signer."""
    administration.set_signer_id(desk, given.officer, typed, _order(given))
    return [f"{given.officer}: the signer id is set"]


def stand_ins(desk: Desk, _: Given) -> list[str]:
    """Those that run or will run, and those that are over."""
    now = desk.clock.now()
    return [
        f"{one.id}  {_state(one, now):8} {one.kind}  {one.officer_id} for {one.acting_for}  "
        f"{_shown(one.since)} to {_shown(one.over_at)}"
        for one in desk.office.load().stand_ins
    ]


def begin_stand_in(desk: Desk, given: Given) -> list[str]:
    """A stand-in for a time."""
    wanted = StandIn(
        id="",
        kind=given.kind,
        officer_id=given.officer,
        acting_for=given.other,
        since=moment(given.since),
        until=moment(given.until, end=True),
    )
    made = administration.begin_stand_in(desk, wanted, _order(given))
    return [f"{made.id}: {made.officer_id} for {made.acting_for} until {_shown(made.until)}"]


def end_stand_in(desk: Desk, given: Given) -> list[str]:
    """A stand-in ends now."""
    return _moved(administration.end_stand_in(desk, given.stand_in, _order(given)))


def links(desk: Desk, given: Given) -> list[str]:
    """The links that went out for a case's open step."""
    return [
        f"{one.id}  {_shown(one.at)}  {one.officer_id}{'  revoked' if one.revoked else ''}"
        for one in administration.links_of(desk, given.case)
    ]


def send_link(desk: Desk, given: Given) -> list[str]:
    """A fresh link for a case's open step."""
    return [f"sent to {administration.send_link(desk, given.case, _order(given))}"]


def revoke(desk: Desk, given: Given) -> list[str]:
    """One link, or all of an officer."""
    if given.officer:
        administration.revoke_links_of(desk, given.officer, _order(given))
        return [f"{given.officer}: all links until now are dead"]
    administration.revoke_link(desk, given.link, _order(given))
    return [f"{given.link}: dead"]


def keys(desk: Desk, _: Given) -> list[str]:
    """The trusted keys."""
    newest, *others = key_keeping.key_ids(desk)
    return [f"{newest}  signs", *(f"{one}  opens what it signed" for one in others)]


def rotate(desk: Desk, given: Given, wait: Callable[[float], None]) -> list[str]:
    """A new key signs."""
    return [f"{key_keeping.rotate(desk, _order(given), wait)} signs from now on"]


def kill(desk: Desk, given: Given) -> list[str]:
    """A key out of trust."""
    key_keeping.kill(desk, given.key, _order(given))
    return [f"{given.key} is dead within {KEPT_FOR:.0f} seconds"]


def publish_seal(desk: Desk, given: Given) -> list[str]:
    """The key that seals the QR codes is known to everybody."""
    published = publish_key_by_order(desk, _order(given), given.key)["keys"]
    return [f"{one['kid']}  seals since {one['since']}" for one in published]


def calendar(desk: Desk, _: Given) -> list[str]:
    """The office's own corrections, each revision with its reason, and what is in force."""
    revisions = desk.office.load().calendars
    said = [f"{n:3d}  {_shown(one.at)}  {one.why}" for n, one in enumerate(revisions, 1)]
    own = revisions[-1].own if revisions else Corrections()
    closed = [f"closed   {one.date}  {one.name} ({one.decree})" for one in own.closed]
    opened = [f"open     {one.date}  ({one.decree})" for one in own.open]
    fasting = [f"ramadan  {one.first} to {one.last}  ({one.decree})" for one in own.ramadan]
    return [*said, *closed, *opened, *fasting] or ["the calendar as it ships, without a correction"]


def close_day(desk: Desk, given: Given) -> list[str]:
    """The office closes for a day."""
    day = AddedDay(
        date=_day(given.day), name=given.name, name_en=given.name_en or given.name, decree=given.decree
    )
    return _recounted(administration.correct_calendar(desk, day, _order(given)))


def open_day(desk: Desk, given: Given) -> list[str]:
    """The office works on a day of the national list."""
    day = RemovedDay(date=_day(given.day), decree=given.decree)
    return _recounted(administration.correct_calendar(desk, day, _order(given)))


def announce_ramadan(desk: Desk, given: Given) -> list[str]:
    """Ramadan as it was announced."""
    moon = AnnouncedRamadan(first=_day(given.first), last=_day(given.last), decree=given.decree)
    return _recounted(administration.correct_calendar(desk, moon, _order(given)))


def take_back_day(desk: Desk, given: Given) -> list[str]:
    """The national list counts again for a day."""
    return _recounted(administration.take_back_correction(desk, _day(given.day), _order(given)))


def procedures(_: Desk, __: Given) -> list[str]:
    """Every version on file."""
    return [f"{one.id} version {one.version}  {one.sop.number}" for one in versions()]


def check_procedures(desk: Desk, _: Given) -> list[str]:
    """What is wrong with each version, for the officers of today."""
    roles = {one.role for one in desk.people.officers() if one.active}
    said = []
    for one in versions():
        found = problems(one, roles)
        said += [f"{one.id} version {one.version}: {len(found)} problems", *(f"  {it}" for it in found)]
    return said


def log(desk: Desk, _: Given) -> list[str]:
    """The office's own chain."""
    return [
        f"{entry.seq:4d} {_shown(entry.at)} {entry.action:22} {msgspec.json.encode(entry.facts).decode()}"
        for entry in desk.office.entries()
    ]


def moment(typed: str, *, end: bool = False) -> datetime:
    """A day's first moment, with `end` the one after its last; or the moment itself. Raises InvalidInputError."""
    try:
        if len(typed) == len("2026-12-01"):
            day = date.fromisoformat(typed) + timedelta(days=1 if end else 0)
            return datetime.combine(day, time(), office_zone())
        read = datetime.fromisoformat(typed)
    except ValueError as error:
        raise InvalidInputError(where="from/until", problem="a day is 2026-12-01") from error
    return read if read.tzinfo else read.replace(tzinfo=office_zone())


def _order(given: Given) -> Order:
    return administration.ordered(given.by, given.why)


def _moved(case_ids: list[str]) -> list[str]:
    return ["done", *(f"moved: the open step of {one}" for one in case_ids)]


def _recounted(case_ids: list[str]) -> list[str]:
    return ["done", *(f"counted anew: the open step of {one}" for one in case_ids)]


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise InvalidInputError(where="day", problem="a day is 2026-12-01") from error


def _shown(at: datetime) -> str:
    return f"{at.astimezone(office_zone()):%Y-%m-%d %H:%M}"


def _state(one: StandIn, now: datetime) -> str:
    return "runs" if one.runs(now) else "over" if one.over_at <= max(now, one.since) else "to come"

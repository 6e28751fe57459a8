"""The office administered: officers, stand-ins and links, each change with who asked for it and why.

A change is one transaction with its entry in the office's own chain. What follows from it for open steps is done
at once, and by the next sweep where this program dies before.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import msgspec

from chalicelib.accounts.people import Officer
from chalicelib.cases import deciding
from chalicelib.cases.case import NOBODY, Case
from chalicelib.cases.change import Change
from chalicelib.cases.form import masked_text
from chalicelib.complaints.contact import is_email, normalised_contact
from chalicelib.errors import InvalidInputError, NotFoundError, StaleVersionError
from chalicelib.permits.passphrase import hash_passphrase
from chalicelib.procedures.procedure import load
from chalicelib.staffing import absences, calendars, officers
from chalicelib.staffing.book import Book, OfficeChange, Order, record
from chalicelib.staffing.errors import StaffingError
from chalicelib.staffing.standing_in import StandIn
from chalicelib.steps.desk import TRIES, Desk, change_case
from chalicelib.steps.handing_over import settle
from chalicelib.steps.officer_links import link_id
from chalicelib.worktime.office_files import AddedDay
from chalicelib.worktime.revisions import Correction

OfficeRule = Callable[[Book, datetime], OfficeChange | None]
SHORTEST_PASSPHRASE = 12
_NATIONAL_ID = re.compile(r"\d{16}", re.ASCII)
_LONGEST_WORDS = 300
_TELLING = ("step.opened", "step.told_again", "step.handed_over", "step.overdue", "step.reminded")
"""The entries of a case that send its officer a link."""


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A link that went out for the step that is open: its id, when, and to which officer."""

    id: str
    at: datetime
    officer_id: str
    revoked: bool


def ordered(by: str, why: str) -> Order:
    """Who asks, and why, as it is kept. Raises StaffingError when either is missing or is no plain line."""
    _check_lines("say who asks (by) and why", by, why)
    return Order(by=masked_text(by.strip()), why=masked_text(why.strip()))


def _check_lines(asked: str, *given: str) -> None:
    for words in given:
        plain = words.strip()
        if not plain or len(plain) > _LONGEST_WORDS:
            raise StaffingError(problem=f"{asked}, in one line each")
        if any(unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp") for letter in plain):
            raise StaffingError(problem=f"{asked}, in plain lines")


def change_office(desk: Desk, rule: OfficeRule) -> OfficeChange | None:
    """One change of the office by `rule`, which is asked again when somebody else was faster; None for none.

    Raises what the rule raises, and StaleVersionError after `TRIES` defeats.
    """
    for _ in range(TRIES):
        made = rule(desk.office.load(), desk.clock.now())
        if made is None:
            return None
        try:
            desk.office.commit(made)
        except StaleVersionError:
            continue
        return made
    raise StaleVersionError(what="office")


def enrol(desk: Desk, new: Officer, order: Order) -> list[str]:
    """A new officer; answers the cases that are laid before somebody else by it. Raises StaffingError."""
    _check_officer(new)
    return _staffed(desk, lambda book, at: officers.enrol(book, desk.people.officers(), new, order, at))


def alter(desk: Desk, officer_id: str, changes: dict[str, str], order: Order) -> list[str]:
    """An officer with new facts (fields of `Officer`); answers as `enrol`. Raises StaffingError."""
    if not set(changes) <= officers.ORDINARY:
        raise StaffingError(problem="these facts cannot be changed", allowed=sorted(officers.ORDINARY))

    def rule(book: Book, at: datetime) -> OfficeChange | None:
        known = desk.people.officers()
        after = msgspec.structs.replace(officers.of_id(known, officer_id), **changes)
        _check_officer(after)
        return officers.alter(book, known, after, order, at)

    return _staffed(desk, rule)


def set_passphrase(desk: Desk, officer_id: str, passphrase: str, order: Order) -> None:
    """The signer's own passphrase, kept as a hash. Raises StaffingError for a short one."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise StaffingError(problem=f"a passphrase has at least {SHORTEST_PASSPHRASE} characters")
    kept = hash_passphrase(passphrase, desk.random(16))
    alter(desk, officer_id, {"passphrase_hash": kept}, order)


def set_signer_id(desk: Desk, officer_id: str, typed: str, order: Order) -> None:
    """By what BSrE knows the officer, as it is typed: the national ID number or a mail address.

    Raises StaffingError for what can be neither.
    """
    told = typed.strip()
    if not _NATIONAL_ID.fullmatch(told) and not _is_address(told):
        raise StaffingError(
            problem="BSrE knows people by the 16 digits of the national ID number or by address"
        )
    alter(desk, officer_id, {"signer_id": told}, order)


def set_active(desk: Desk, officer_id: str, order: Order, *, active: bool) -> list[str]:
    """An officer leaves (all links die at once) or is back; answers as `enrol`. Raises StaffingError."""

    def rule(book: Book, at: datetime) -> OfficeChange | None:
        return officers.set_active(book, desk.people.officers(), officer_id, order, at, active=active)

    return _staffed(desk, rule)


def begin_stand_in(desk: Desk, wanted: StandIn, order: Order) -> StandIn:
    """A stand-in as wanted, under an id of ours. Raises StaffingError."""
    new = msgspec.structs.replace(wanted, id=f"si-{desk.random(4).hex()}")

    def rule(book: Book, at: datetime) -> OfficeChange:
        known = desk.people.officers()
        made = absences.begin(book, known, new, order, at)
        _check_signer(desk, officers.of_id(known, new.officer_id), officers.of_id(known, new.acting_for))
        return made

    _staffed(desk, rule)
    return new


def end_stand_in(desk: Desk, stand_in_id: str, order: Order) -> list[str]:
    """A stand-in ends before its time; answers as `enrol`. Raises StaffingError."""
    return _staffed(desk, lambda book, at: absences.end(book, stand_in_id, order, at))


def correct_calendar(desk: Desk, correction: Correction, order: Order) -> list[str]:
    """The office closes or opens a day, or says when Ramadan is; answers the cases whose deadline moves by it.

    Raises StaffingError.
    """
    named = (correction.name, correction.name_en) if isinstance(correction, AddedDay) else ()
    _check_lines("say by which decree, and the name of a closed day", correction.decree, *named)
    return _staffed(desk, lambda book, at: calendars.correct(book, correction, order, at))


def take_back_correction(desk: Desk, day: date, order: Order) -> list[str]:
    """What the office said of a day taken back; answers as `correct_calendar`. Raises StaffingError."""
    return _staffed(desk, lambda book, at: calendars.take_back(book, day, order, at))


def revoke_link(desk: Desk, link: str, order: Order) -> None:
    """One link dead, by its id."""
    change_office(desk, lambda book, at: absences.revoke_link(book, link, order, at))


def revoke_links_of(desk: Desk, officer_id: str, order: Order) -> None:
    """All links dead that the officer has until now. Raises StaffingError."""
    change_office(
        desk, lambda book, at: absences.revoke_links_of(book, desk.people.officers(), officer_id, order, at)
    )


def links_of(desk: Desk, name: str) -> list[Link]:
    """The links that went out for the open step of a case (number or id), oldest first. Raises StaffingError."""
    case, book = found_case(desk, name), desk.office.load()
    current, sent, holder = case.current, [], ""
    for entry in desk.cases.entries(case.case_id):
        if entry.action not in _TELLING or entry.facts.get("step") != (current and current.key):
            continue
        holder = entry.facts.get("officer", holder)
        name_of_link = link_id(entry.hash)
        dead = name_of_link in book.revoked
        sent.append(Link(id=name_of_link, at=entry.at, officer_id=holder, revoked=dead))
    return [one for one in sent if one.officer_id != NOBODY]


def send_link(desk: Desk, name: str, order: Order) -> str:
    """A fresh link to whoever has the open step of a case; answers the officer's id. Raises StaffingError."""
    case = found_case(desk, name)
    if case.current is None or case.current.officer_id == NOBODY:
        raise StaffingError(problem="no step of this case lies before an officer")
    facts = {"case": case.case_id, "step": case.current.key, "officer": case.current.officer_id}
    change_office(desk, lambda book, at: record(book, order, at, "link.sent_again", facts))

    def rule(case: Case, at: datetime) -> Change | None:
        return deciding.tell_again(case, at) if case.current else None

    current = change_case(desk, case.case_id, rule).current
    return current.officer_id if current else ""


def found_case(desk: Desk, name: str) -> Case:
    """The case of that number or id. Raises StaffingError."""
    try:
        return desk.cases.load(name) if name.startswith("case-") else desk.cases.find(name)
    except NotFoundError as error:
        raise StaffingError(problem="there is no such case") from error


def _staffed(desk: Desk, rule: OfficeRule) -> list[str]:
    """A change of who acts, or of the calendar, and the cases whose open step it moves."""
    return settle(desk) if change_office(desk, rule) else []


def _check_officer(officer: Officer) -> None:
    roles = [role.key for role in load().roles if role.officer]
    if officer.role not in roles:
        raise StaffingError(problem="there is no such role", allowed=roles)
    if not _is_address(officer.email):
        raise StaffingError(problem="this is no mail address")
    texts: dict[str, Any] = msgspec.structs.asdict(officer)
    for words in (value for value in texts.values() if isinstance(value, str)):
        if len(words) > _LONGEST_WORDS or any(unicodedata.category(one) == "Cc" for one in words):
            raise StaffingError(problem="names and titles are plain lines")


def _is_address(text: str) -> bool:
    try:
        return is_email(normalised_contact(text))
    except InvalidInputError:
        return False


def _check_signer(desk: Desk, officer: Officer, away: Officer) -> None:
    """Who stands in for the signer signs with their own passphrase, never with somebody else's."""
    signs = any(step.proof == "passphrase" and step.role == away.role for step in load().steps)
    if not signs:
        return
    if desk.settings.signer == "bsre":
        if not officer.signer_id:
            raise StaffingError(problem="who stands in for the signer needs a signer id of their own first")
    elif not officer.passphrase_hash:
        raise StaffingError(problem="who stands in for the signer needs a passphrase of their own first")

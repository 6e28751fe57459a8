"""Stand-ins begin and end, links are revoked: pure rules over the office's book."""

from datetime import datetime, timedelta

import msgspec

from chalicelib.accounts.people import Officer
from chalicelib.staffing.book import Book, OfficeChange, Order, record
from chalicelib.staffing.errors import StaffingError
from chalicelib.staffing.officers import of_id
from chalicelib.staffing.standing_in import StandIn

LONGEST_LINK = timedelta(days=61)
"""No link lasts longer: a revoked one is remembered for so long, and is dead by itself after it."""


def begin(
    book: Book, known: tuple[Officer, ...], stand_in: StandIn, order: Order, at: datetime
) -> OfficeChange:
    """A stand-in for a time. Raises StaffingError where it could not act, or would meet another one."""
    officer, away = of_id(known, stand_in.officer_id), of_id(known, stand_in.acting_for)
    if problem := _problem(book, officer, away, stand_in, at):
        raise StaffingError(problem=problem)
    facts = {
        "stand_in": stand_in.id,
        "kind": stand_in.kind,
        "officer": officer.id,
        "for": away.id,
        "since": stand_in.since.isoformat(),
        "until": stand_in.until.isoformat(),
    }
    stand_ins = (*book.stand_ins, stand_in)
    return record(book, order, at, "stand_in.begun", facts, stand_ins=stand_ins, changed_at=at)


def end(book: Book, stand_in_id: str, order: Order, at: datetime) -> OfficeChange | None:
    """A stand-in that ends now, before its time; None when it is over. Raises StaffingError."""
    found = next((one for one in book.stand_ins if one.id == stand_in_id), None)
    if found is None:
        running = [one.id for one in book.stand_ins if one.over_at > at]
        raise StaffingError(problem="there is no such stand-in", allowed=running)
    if found.over_at <= at:
        return None
    ended = msgspec.structs.replace(found, ended_at=max(at, found.since))
    stand_ins = tuple(ended if one.id == stand_in_id else one for one in book.stand_ins)
    facts = {"stand_in": found.id, "officer": found.officer_id, "for": found.acting_for}
    return record(book, order, at, "stand_in.ended", facts, stand_ins=stand_ins, changed_at=at)


def revoke_link(book: Book, link_id: str, order: Order, at: datetime) -> OfficeChange | None:
    """One link dead, by its id; None when it is. Those are forgotten that have expired by themselves."""
    if link_id in book.revoked:
        return None
    alive = {one: since for one, since in book.revoked.items() if since > at - LONGEST_LINK}
    return record(book, order, at, "link.revoked", {"link": link_id}, revoked={**alive, link_id: at})


def revoke_links_of(
    book: Book, known: tuple[Officer, ...], officer_id: str, order: Order, at: datetime
) -> OfficeChange:
    """All links dead that the officer has until now; those made from now on are of the next epoch."""
    epoch = book.epoch(of_id(known, officer_id).id) + 1
    facts = {"officer": officer_id, "epoch": epoch}
    return record(book, order, at, "links.revoked", facts, epochs={**book.epochs, officer_id: epoch})


def _problem(book: Book, officer: Officer, away: Officer, new: StandIn, at: datetime) -> str:
    """What is wrong with a stand-in, "" when nothing is."""
    others = [one for one in book.stand_ins if one.meets(new)]
    wrong = {
        "nobody stands in for themselves": officer.id == away.id,
        "it must end after it begins, and not in the past": not max(new.since, at) < new.until,
        "who stands in must be active": not officer.active,
        "a Plh stands in for somebody who is away; the place is empty, so it is a Plt": (
            new.kind == "plh" and not away.active
        ),
        "somebody stands in there at that time": any(one.acting_for == away.id for one in others),
        "who stands in is away at that time": any(one.acting_for == officer.id for one in others),
        "who is away stands in for somebody at that time: end that first": any(
            one.officer_id == away.id for one in others
        ),
    }
    return next((problem for problem, met in wrong.items() if met), "")

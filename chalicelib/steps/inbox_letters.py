"""What an officer is mailed of their inbox: in the morning all that waits, or a fresh link."""

import msgspec

from chalicelib.accounts.people import Officer
from chalicelib.cases.change import OutboxEntry
from chalicelib.errors import NotFoundError
from chalicelib.notices.compose import compose
from chalicelib.procedures.procedure import load
from chalicelib.steps import answering, revoking_decision
from chalicelib.steps.answering import ToAnswer
from chalicelib.steps.desk import Desk
from chalicelib.steps.inbox import LINK_FOR, Lying, inbox_link, waiting_for
from chalicelib.steps.revoking_decision import ToDecide
from chalicelib.texts import complaint_words, revocation_words
from chalicelib.worktime.calendar import office_zone
from chalicelib.worktime.words import Language, date_words, left_words, moment_words

LISTED = 15
"""How many cases a mail names; the page behind the link has all of them."""


class Waits(msgspec.Struct, frozen=True, kw_only=True):
    """All that waits for one officer."""

    lying: tuple[Lying, ...]
    complaints: tuple[ToAnswer, ...]
    proposals: tuple[ToDecide, ...]


def inbox_letter(desk: Desk, entry: OutboxEntry) -> tuple[str, bytes] | None:
    """The officer's address and the mail; None when the officer is gone, or nothing waits any more."""
    try:
        officer = desk.people.officer(entry.to)
    except NotFoundError:
        return None
    lying = waiting_for(desk, officer, entry.created_at)
    complaints = answering.waiting_for(desk, officer, entry.created_at)
    proposals = revoking_decision.waiting_for(desk, officer, entry.created_at)
    if not officer.active or (entry.notice == "inbox" and not (lying or complaints or proposals)):
        return None
    return officer.email, compose(
        entry.notice,
        _words(desk, officer, Waits(lying=lying, complaints=complaints, proposals=proposals), entry),
        sender=desk.settings.mail_from,
        recipient=officer.email,
        message_id=entry.id,
        at=entry.created_at,
    )


def _words(desk: Desk, officer: Officer, waits: Waits, entry: OutboxEntry) -> dict[str, str]:
    until = entry.created_at + LINK_FOR
    left_of = [one.minutes_left for one in waits.lying] + [one.minutes_left for one in waits.complaints]
    return {
        "officer_name": officer.name,
        "count": str(len(left_of) + len(waits.proposals)),
        "late": str(sum(left <= 0 for left in left_of)),
        "list": _listed(waits, "id"),
        "list_en": _listed(waits, "en"),
        "until": moment_words(until),
        "until_en": moment_words(until, "en"),
        "link": inbox_link(desk, officer, at=entry.created_at, name=entry.id),
    }


def _listed(waits: Waits, language: Language) -> str:
    """What has a deadline first, by what presses; then the proposals, which have none."""
    procedure, complaint = load(), complaint_words()[language]
    named = [
        (one.minutes_left, one.waiting.number, procedure.step(one.waiting.step).name.in_language(language))
        for one in waits.lying
    ]
    named += [(one.minutes_left, one.waiting.number, complaint) for one in waits.complaints]
    lines = [
        f"- {number}: {name}, {left_words(left, language).lower()}" for left, number, name in sorted(named)
    ]
    lines += [f"- {one.waiting.number}: {_proposal(one, language)}" for one in waits.proposals]
    return "\n".join([*lines[:LISTED], "- …"] if len(lines) > LISTED else lines)


def _proposal(one: ToDecide, language: Language) -> str:
    since = one.waiting.proposed_at.astimezone(office_zone())
    return revocation_words()[language].format(since=date_words(since.date(), language))

"""What an officer is mailed of their inbox: in the morning all that waits, or a fresh link."""

from chalicelib.accounts.people import Officer
from chalicelib.cases.change import OutboxEntry
from chalicelib.errors import NotFoundError
from chalicelib.notices.compose import compose
from chalicelib.procedures.procedure import load
from chalicelib.steps import answering
from chalicelib.steps.answering import ToAnswer
from chalicelib.steps.desk import Desk
from chalicelib.steps.inbox import LINK_FOR, Lying, inbox_link, waiting_for
from chalicelib.texts import complaint_words
from chalicelib.worktime.words import Language, left_words, moment_words

LISTED = 15
"""How many cases a mail names; the page behind the link has all of them."""


def inbox_letter(desk: Desk, entry: OutboxEntry) -> tuple[str, bytes] | None:
    """The officer's address and the mail; None when the officer is gone, or nothing waits any more."""
    try:
        officer = desk.people.officer(entry.to)
    except NotFoundError:
        return None
    lying = waiting_for(desk, officer, entry.created_at)
    complaints = answering.waiting_for(desk, officer, entry.created_at)
    if not officer.active or (entry.notice == "inbox" and not (lying or complaints)):
        return None
    return officer.email, compose(
        entry.notice,
        _words(desk, officer, lying, complaints, entry),
        sender=desk.settings.mail_from,
        recipient=officer.email,
        message_id=entry.id,
        at=entry.created_at,
    )


def _words(
    desk: Desk,
    officer: Officer,
    lying: tuple[Lying, ...],
    complaints: tuple[ToAnswer, ...],
    entry: OutboxEntry,
) -> dict[str, str]:
    until = entry.created_at + LINK_FOR
    left_of = [one.minutes_left for one in lying] + [one.minutes_left for one in complaints]
    return {
        "officer_name": officer.name,
        "count": str(len(left_of)),
        "late": str(sum(left <= 0 for left in left_of)),
        "list": _listed(lying, complaints, "id"),
        "list_en": _listed(lying, complaints, "en"),
        "until": moment_words(until),
        "until_en": moment_words(until, "en"),
        "link": inbox_link(desk, officer, at=entry.created_at, name=entry.id),
    }


def _listed(lying: tuple[Lying, ...], complaints: tuple[ToAnswer, ...], language: Language) -> str:
    procedure, complaint = load(), complaint_words()[language]
    named = [
        (one.minutes_left, one.waiting.number, procedure.step(one.waiting.step).name.in_language(language))
        for one in lying
    ]
    named += [(one.minutes_left, one.waiting.number, complaint) for one in complaints]
    lines = [
        f"- {number}: {name}, {left_words(left, language).lower()}" for left, number, name in sorted(named)
    ]
    return "\n".join([*lines[:LISTED], "- …"] if len(lines) > LISTED else lines)

"""What an officer is mailed of their inbox: in the morning all that waits, or a fresh link."""

from chalicelib.accounts.people import Officer
from chalicelib.cases.change import OutboxEntry
from chalicelib.errors import NotFoundError
from chalicelib.notices.compose import compose
from chalicelib.procedures.procedure import load
from chalicelib.steps.desk import Desk
from chalicelib.steps.inbox import LINK_FOR, Lying, inbox_link, waiting_for
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
    if not officer.active or (entry.notice == "inbox" and not lying):
        return None
    return officer.email, compose(
        entry.notice,
        _words(desk, officer, lying, entry),
        sender=desk.settings.mail_from,
        recipient=officer.email,
        message_id=entry.id,
        at=entry.created_at,
    )


def _words(desk: Desk, officer: Officer, lying: tuple[Lying, ...], entry: OutboxEntry) -> dict[str, str]:
    until = entry.created_at + LINK_FOR
    return {
        "officer_name": officer.name,
        "count": str(len(lying)),
        "late": str(sum(one.minutes_left <= 0 for one in lying)),
        "list": _listed(lying, "id"),
        "list_en": _listed(lying, "en"),
        "until": moment_words(until),
        "until_en": moment_words(until, "en"),
        "link": inbox_link(desk, officer, at=entry.created_at, name=entry.id),
    }


def _listed(lying: tuple[Lying, ...], language: Language) -> str:
    procedure = load()
    lines = [
        f"- {one.waiting.number}: {procedure.step(one.waiting.step).name.in_language(language)}, "
        f"{left_words(one.minutes_left, language).lower()}"
        for one in lying[:LISTED]
    ]
    return "\n".join([*lines, "- …"] if len(lying) > LISTED else lines)

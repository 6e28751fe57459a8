"""What an officer of the first desk is mailed about the counter."""

from datetime import datetime

from chalicelib.accounts.people import Officer
from chalicelib.notices.compose import compose
from chalicelib.steps.counter import LINK_FOR, counter_token
from chalicelib.steps.desk import Desk
from chalicelib.worktime.words import moment_words


def counter_letter(desk: Desk, officer: Officer, *, open_for_it: bool, at: datetime, name: str) -> bytes:
    """The mail with the link; or, where no other officer could check the case, the mail that says so."""
    until = at + desk.clock.felt(LINK_FOR)
    words = {
        "officer_name": officer.name,
        "until": moment_words(until),
        "until_en": moment_words(until, "en"),
    }
    if open_for_it:
        token = counter_token(desk, officer, at=at, name=name)
        words["link"] = f"{desk.settings.site_url}/loket/#{token}"
    return compose(
        "counter_link" if open_for_it else "counter_closed",
        words,
        sender=desk.settings.mail_from,
        recipient=officer.email,
        message_id=f"counter.{name}",
        at=at,
    )

"""The assisted counter: an officer of the first desk fills in for an applicant who is present.

The officer comes in by a mailed link, as everywhere. The applicant agrees by reading out a code that was mailed to
their own address, below the words that they agree to; words, moment and officer are kept with the case. The officer
then acts in that one case, for an hour, under their own name in the trail, and decides nothing about it.
"""

import hashlib
from datetime import datetime, timedelta

import msgspec

from chalicelib.accounts.people import Account, Officer, account_id, normalised
from chalicelib.cases import applying
from chalicelib.cases.case import Assistance, Case
from chalicelib.cases.form import ApplicationType
from chalicelib.links.errors import LinkMisusedError
from chalicelib.links.signing import Claims, sign, verify
from chalicelib.procedures.procedure import load
from chalicelib.steps.application import check_room
from chalicelib.steps.counting import counted
from chalicelib.steps.desk import Desk, Planned, commit
from chalicelib.steps.errors import OwnContactError
from chalicelib.steps.officer_links import desk_token, officer_of
from chalicelib.steps.sign_in import ASSISTING, check_code, kept_account, send_code
from chalicelib.texts import consent_words

COUNTER = "counter"
"""The purpose of the links that lead an officer to the counter."""
LINK_FOR = timedelta(hours=10)
"""A day at the counter."""
ASSISTED_FOR = timedelta(hours=1)


class AtCounter(msgspec.Struct, frozen=True, kw_only=True):
    """An officer at the counter, and until when the link is good."""

    officer: Officer
    expires_at: datetime


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """What an officer can act with for an applicant: a session for one case."""

    session: str
    expires_at: datetime
    account: Account
    case: Case


def ask_for_link(desk: Desk, email: str) -> None:
    """Has the link to the counter mailed to the address, if it is that of an officer of the first desk.

    Whoever asks learns nothing of whether it is. Raises TooManyError, alike for every address.
    """
    address = normalised(email)
    counted(desk, f"counter-{hashlib.sha256(address.encode()).hexdigest()[:32]}")
    order = {"counter_for": address, "name": desk.random(12).hex(), "at": desk.clock.now().isoformat()}
    desk.functions.later(desk.settings.deliver_function, order)


def officer_at(desk: Desk, address: str) -> tuple[Officer, bool] | None:
    """The active officer of the first desk with that address, and whether another one could check the case.

    Without a second officer a case that the first fills in could never be decided.
    """
    desk_officers = [one for one in desk.people.officers() if one.active and one.role == counter_role()]
    found = next((one for one in desk_officers if normalised(one.email) == address), None)
    return (found, len(desk_officers) > 1) if found else None


def counter_token(desk: Desk, officer: Officer, *, at: datetime, name: str) -> str:
    """The token of the link to the counter, the same for the same moment and name."""
    until = at + desk.clock.felt(LINK_FOR)
    return desk_token(desk, officer, purpose=COUNTER, until=until, name=name)


def open_counter(desk: Desk, token: str) -> AtCounter:
    """Whose counter the link opens. Looking changes nothing. Raises the link errors."""
    claims = verify(token, COUNTER, desk.keyring(), desk.clock.now())
    officer = officer_of(desk, desk.office.load(), claims)
    if officer.role != claims.role or officer.role != counter_role():
        raise LinkMisusedError(problem="the officer is not at this desk any more")
    return AtCounter(
        officer=officer, expires_at=datetime.fromtimestamp(claims.expires, desk.clock.now().tzinfo)
    )


def ask_for_consent(desk: Desk, token: str, email: str) -> None:
    """Mails the applicant the code, below the words that they agree to by reading it out.

    Raises the link errors, OwnContactError for the officer's own address, TooManyError.
    """
    officer = open_counter(desk, token).officer
    _check_contact(officer, email)
    send_code(desk, _challenge_id(officer, email), to=normalised(email), officer=officer.id)


def begin(desk: Desk, token: str, account: Account, code: str, application_type: ApplicationType) -> Begun:
    """A draft for the applicant who read out the code, and the session in which the officer fills it in.

    `account` holds the address, name and phone as told at the counter. Raises the link errors, OwnContactError,
    CodeWrongError, TooManyError.
    """
    officer = open_counter(desk, token).officer
    _check_contact(officer, account.email)
    check_code(desk, _challenge_id(officer, account.email), code, once=True)
    known = account_id("applicant", account.email)
    kept = kept_account(desk, known, "applicant", normalised(account.email), account.name, account.phone)
    check_room(kept)
    now = desk.clock.now()
    change = applying.start_draft(
        f"case-{desk.random(16).hex()}",
        desk.random(16).hex(),
        kept.id,
        application_type,
        load(),
        now,
        assistance=Assistance(
            officer_id=officer.id,
            officer_name=officer.name,
            role=officer.role,
            consented_at=now,
            words=consent_words(officer.name)["id"],
        ),
    )
    commit(desk, Planned(change=change))
    return _session(desk, kept, change.case, now + desk.clock.felt(ASSISTED_FOR))


def counter_role() -> str:
    """The role of the first desk, which checks that an application is complete."""
    return load().steps[1].role


def _session(desk: Desk, account: Account, case: Case, until: datetime) -> Begun:
    claims = Claims(
        purpose=ASSISTING,
        subject=account.id,
        role="applicant",
        case=case.case_id,
        expires=int(until.timestamp()),
        key="",
    )
    return Begun(session=sign(claims, desk.keyring()), expires_at=until, account=account, case=case)


def _check_contact(officer: Officer, email: str) -> None:
    """News and codes go to the applicant's own address: `officer+x@…` is the officer's, too."""
    if _mailbox(email) == _mailbox(officer.email):
        raise OwnContactError


def _mailbox(email: str) -> str:
    local, _, domain = normalised(email).partition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _challenge_id(officer: Officer, email: str) -> str:
    return f"assist-{officer.id}-{account_id('applicant', email)}"

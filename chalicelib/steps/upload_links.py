"""Uploading without script: a signed link of the applicant's own opens the documents of one case, and no more.

Opening it, by whatever opens links, reads and changes nothing. It dies when the case moves on.
"""

from datetime import datetime, timedelta
from typing import Any

import msgspec

from chalicelib.accounts.people import account_id
from chalicelib.aws.case_lists import of_applicant
from chalicelib.cases.applying import editable
from chalicelib.cases.case import CORRECTION, Case
from chalicelib.cases.change import Change
from chalicelib.cases.uploading import open_slots
from chalicelib.documents.files.gate import MAX_BYTES
from chalicelib.errors import NotFoundError
from chalicelib.links.errors import LinkMisusedError, LinkSpentError
from chalicelib.links.signing import Claims, sign, verify
from chalicelib.steps.application import new_place, offered
from chalicelib.steps.counting import counted
from chalicelib.steps.desk import Desk, change_case

UPLOAD = "upload"
"""The purpose of these links."""
LINK_FOR = timedelta(days=3)
"""How long a draft's link is good; that of a returned application is good as long as its correction."""
UNDECLARED = "application/octet-stream"
"""The one type of a form without script: nothing tells it what will be chosen. The inspection finds out."""
CASES_A_MAIL = 5


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """What a link leads to: the case, the slots that are open in it, and until when the link is good.

    `turn` is what the link is bound to: the draft, or one correction.
    """

    case: Case
    turn: tuple[str, int]
    slots: tuple[str, ...]
    expires_at: datetime


def upload_token(desk: Desk, case: Case, *, at: datetime, name: str) -> str:
    """The token of the applicant's own link, the same for the same moment and name."""
    turn, attempt = _turn(case)
    until = open_until(desk, case, at)
    claims = Claims(
        purpose=UPLOAD,
        subject=case.applicant_id,
        expires=int(until.timestamp()),
        key="",
        id=name,
        case=case.case_id,
        step=turn,
        attempt=attempt,
    )
    return sign(claims, desk.keyring())


def open_until(desk: Desk, case: Case, at: datetime) -> datetime:
    """Until when a link that is made at that moment is good."""
    return case.correction.until if case.correction else at + desk.clock.felt(LINK_FOR)


def open_link(desk: Desk, token: str) -> Opened:
    """What the link opens. Raises the five link errors: LinkSpentError once the case has moved on."""
    claims = verify(token, UPLOAD, desk.keyring(), desk.clock.now())
    try:
        case = desk.cases.load(claims.case)
    except NotFoundError as error:
        raise LinkMisusedError from error
    if case.applicant_id != claims.subject:
        raise LinkMisusedError
    turn = claims.step, claims.attempt
    return Opened(
        case=_still(case, turn),
        turn=turn,
        slots=open_slots(case, desk.procedure_of(case)),
        expires_at=datetime.fromtimestamp(claims.expires, desk.clock.now().tzinfo),
    )


def offer_place(desk: Desk, token: str, slot: str) -> Case:
    """A place for one document, recorded. Raises the link errors, NotFoundError, TooManyError."""
    opened = open_link(desk, token)
    place = new_place(desk, opened.case.case_id, slot, UNDECLARED, 0)

    def rule(case: Case, at: datetime) -> Change:
        if slot not in open_slots(_still(case, opened.turn), desk.procedure_of(case)):
            raise NotFoundError(what="document", slot=slot)
        return offered(desk, case, place, at)

    return change_case(desk, opened.case.case_id, rule)


def form_for(desk: Desk, case: Case, slot: str, back: str) -> dict[str, Any]:
    """The form (`url`, `fields`) that takes the slot's file to the place offered for it, freshly signed."""
    key = case.documents[slot].quarantine_key
    return desk.files.offer(desk.settings.quarantine_bucket, key, UNDECLARED, MAX_BYTES, back=back)


def ask_for_links(desk: Desk, email: str) -> None:
    """Has the links of all open cases of that address mailed to it.

    Whoever asks learns nothing of whether the address is known: what to send is found out elsewhere, later.
    Raises TooManyError, alike for every address.
    """
    applicant_id = account_id("applicant", email)
    counted(desk, f"upload-link-{applicant_id}")
    order = {"applicant_id": applicant_id, "name": desk.random(12).hex(), "at": desk.clock.now().isoformat()}
    desk.functions.later(desk.settings.deliver_function, order)


def links_to_mail(desk: Desk, applicant_id: str) -> list[Case]:
    """The applicant's cases whose documents are open, the newest first."""
    lines = (line for line in of_applicant(applicant_id) if line.status in ("draft", "returned"))
    cases = (desk.cases.load(line.case_id) for line in lines)
    return [case for case in cases if editable(case)][:CASES_A_MAIL]


def _turn(case: Case) -> tuple[str, int]:
    return (CORRECTION, case.correction.attempt) if case.correction else ("draft", 0)


def _still(case: Case, turn: tuple[str, int]) -> Case:
    """The case, while it is at that turn. Raises LinkSpentError."""
    if not editable(case) or _turn(case) != turn:
        raise LinkSpentError(status=case.status)
    return case

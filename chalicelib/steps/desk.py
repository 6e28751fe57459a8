"""What every use case works with, and the one way in which a case is changed."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from chalicelib.aws.case_store import Answered, CaseStore, Serial
from chalicelib.aws.complaint_store import ComplaintStore
from chalicelib.aws.files import Files
from chalicelib.aws.office_store import OfficeStore
from chalicelib.aws.people_store import PeopleStore
from chalicelib.aws.permit_log import PermitLog
from chalicelib.aws.rating_store import RatingStore
from chalicelib.aws.services import Functions, Keys, Mail, Workflow
from chalicelib.cases.case import Case
from chalicelib.cases.change import Change
from chalicelib.cases.recounting import is_behind, recount
from chalicelib.documents.confined import Confinement
from chalicelib.errors import RequestKeyReusedError, StaleVersionError
from chalicelib.kept import Kept
from chalicelib.links.signing import Keyring
from chalicelib.permits.register import RegisterChange, registered
from chalicelib.procedures.procedure import Procedure, load
from chalicelib.settings import Settings
from chalicelib.worktime.calendar import OfficeCalendar
from chalicelib.worktime.now import Clock
from chalicelib.worktime.revisions import Revisions, calendar_of

TRIES = 8
"""How often a change is made again on a newer version before the caller is asked to come back."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The collaborators of the use cases, wired once in `chalicelib.office`.

    `random` gives that many unguessable bytes; `keyring` reads the link keys when they are first needed, `revisions`
    the office's corrections of its calendar.
    """

    settings: Settings
    clock: Clock
    random: Callable[[int], bytes]
    keyring: Callable[[], Keyring]
    cases: CaseStore
    complaints: ComplaintStore
    ratings: RatingStore
    people: PeopleStore
    office: OfficeStore
    revisions: Kept[Revisions]
    log: PermitLog
    files: Files
    mail: Mail
    workflow: Workflow
    functions: Functions
    keys: Keys
    confinement: Confinement

    def procedure_of(self, case: Case) -> Procedure:
        """The procedure in the version that the case started with."""
        return load(case.procedure.id, case.procedure.version)

    def calendar(self, day: date) -> OfficeCalendar:
        """The office's calendar of today around that day: from last year's beginning to the end of the year after
        next.
        """
        revisions = self.revisions()
        return calendar_of(revisions, len(revisions), day)


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """A change with what must be written in the same transaction.

    Each change of the register enters the log with it, at the index that is free then.
    """

    change: Change
    serial: Serial | None = None
    register: tuple[RegisterChange, ...] = ()


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """The request key of a caller. The same key with the same body gets the same answer for ever."""

    actor: str
    key: str
    body: bytes

    @property
    def key_hash(self) -> str:
        """The key as it is stored: bound to the actor, so that nobody can guess another's."""
        return hashlib.sha256(f"{self.actor}\0{self.key}".encode()).hexdigest()

    @property
    def body_hash(self) -> str:
        """SHA-256 (hex) of the body."""
        return hashlib.sha256(self.body).hexdigest()


Rule = Callable[[Case, datetime], Change | Planned | None]
"""A rule answers the change to make, or None when there is nothing (more) to do."""
View = Callable[[Case], object]
"""What the caller is answered, as JSON values, from the case after the change."""


def change_case(desk: Desk, case_id: str, rule: Rule) -> Case:
    """The case after one change by `rule`, which is asked again when somebody else was faster.

    Raises NotFoundError, what the rule raises, and StaleVersionError after `TRIES` defeats.
    """
    for _ in range(TRIES):
        try:
            case = _counted_anew(desk, desk.cases.load(case_id))
            planned = _plan(rule, case, desk)
            if planned is None:
                return case
            commit(desk, planned)
        except StaleVersionError:
            continue
        return planned.change.case
    raise StaleVersionError(case_id=case_id)


def answer_once(desk: Desk, case_id: str, request: Request | None, rule: Rule, view: View) -> bytes:
    """The JSON answer to a request that changes a case, made once and given again to the same key.

    Raises RequestKeyReusedError for another body under the same key, and what `change_case` raises.
    """
    for _ in range(TRIES):
        given = given_answer(desk, case_id, request)
        if given:
            return given
        try:
            case = _counted_anew(desk, desk.cases.load(case_id))
            planned = _plan(rule, case, desk)
            if planned is None:
                return msgspec.json.encode(view(case))
            answer = msgspec.json.encode(view(planned.change.case))
            commit(desk, planned, answered(request, answer))
        except StaleVersionError:
            continue
        return answer
    raise StaleVersionError(case_id=case_id)


def given_answer(desk: Desk, case_id: str, request: Request | None) -> bytes | None:
    """The answer that this request got before. Raises RequestKeyReusedError when it had another body then."""
    given = desk.cases.answer_to(case_id, request.key_hash) if request else None
    if request is None or given is None:
        return None
    if given.body_sha256 != request.body_hash:
        raise RequestKeyReusedError
    return given.answer.encode()


def answered(request: Request | None, answer: bytes) -> Answered | None:
    """The answer as it is kept with the change; None for a request without a key."""
    if request is None:
        return None
    return Answered(key=request.key_hash, body_sha256=request.body_hash, answer=answer.decode())


def commit(desk: Desk, planned: Planned, answered: Answered | None = None) -> None:
    """Writes the change, then has its outbox delivered and the log shown. What a crash leaves, the sweep finds."""
    change, entering = planned.change, None
    if planned.register:
        entering = registered(desk.log.head(), planned.register, change.entry.at, desk.random)
    desk.cases.commit(change, serial=planned.serial, registered=entering, answered=answered)
    if change.outbox:
        desk.functions.later(desk.settings.deliver_function, {"case_id": change.case.case_id})
    if entering:
        desk.functions.later(desk.settings.log_function, {})


def time_of(desk: Desk, case: Case) -> datetime:
    """Now, but never before the case's last change: two machines' clocks differ, its time runs forward."""
    return max(desk.clock.now(), case.updated_at)


def _counted_anew(desk: Desk, case: Case) -> Case:
    """The case, first brought to the newest calendar if it counts in an older one: no rule sees two calendars."""
    if case.calendar > len(desk.revisions()):
        desk.revisions.forget()  # another process corrected the calendar and came to this case first
    revisions = desk.revisions()
    if not is_behind(case, len(revisions)):
        return case
    at = time_of(desk, case)
    made = recount(case, desk.procedure_of(case), revisions, at)
    commit(desk, Planned(change=made))
    return made.case


def _plan(rule: Rule, case: Case, desk: Desk) -> Planned | None:
    made = rule(case, time_of(desk, case))
    return Planned(change=made) if isinstance(made, Change) else made

"""The outbox delivered: mails sent, the workflow started and resumed. Safe to repeat, by many at once."""

from datetime import datetime, timedelta

from chalicelib.accounts.codes import code_of
from chalicelib.accounts.people import normalised
from chalicelib.aws import case_lists, outbox
from chalicelib.cases.case import Case
from chalicelib.cases.change import OutboxEntry
from chalicelib.complaints.complaint import PREFIX
from chalicelib.errors import NotFoundError
from chalicelib.notices.compose import compose
from chalicelib.steps.complaint_letters import complaint_letter
from chalicelib.steps.counter import officer_at
from chalicelib.steps.counter_letters import counter_letter
from chalicelib.steps.desk import Desk
from chalicelib.steps.inbox import PREFIX as INBOX_PREFIX
from chalicelib.steps.inbox_letters import inbox_letter
from chalicelib.steps.log_letters import PREFIX as LOG_PREFIX
from chalicelib.steps.log_letters import log_letter
from chalicelib.steps.telling import letter, upload_letter
from chalicelib.steps.upload_links import links_to_mail
from chalicelib.texts import consent_words

LEFT_BEHIND_AFTER = timedelta(seconds=30)
SWEEP_AT_MOST = 100


_OF_NO_CASE = {PREFIX: complaint_letter, INBOX_PREFIX: inbox_letter, LOG_PREFIX: log_letter}
"""What makes the mail of a delivery that lies under another thing than a case."""


def deliver_case(desk: Desk, case_id: str) -> int:
    """Delivers what is pending for one case; answers how much was delivered."""
    return sum(_deliver(desk, entry) for entry in sorted(outbox.pending_of(case_id), key=_order))


def deliver_code(desk: Desk, challenge_id: str, to: str, officer_id: str = "") -> None:
    """Mails a one-time code. The code is made here and kept nowhere.

    By a code that an officer asked for, its reader agrees to the words above it; it goes to no officer.
    """
    challenge = desk.people.challenge(challenge_id)
    if challenge is None:
        return
    words = {"code": code_of(challenge, desk.keyring().newest())}
    if officer_id:
        if to in {normalised(one.email) for one in desk.people.officers()}:
            return
        consent = consent_words(desk.people.officer(officer_id).name)
        words |= {"consent": consent["id"], "consent_en": consent["en"]}
    message = compose(
        "counter_code" if officer_id else "code",
        words,
        sender=desk.settings.mail_from,
        recipient=to,
        message_id=f"code.{challenge.nonce}",
        at=challenge.sent_at,
    )
    desk.mail.send(message, desk.settings.mail_from, to)


def deliver_counter_link(desk: Desk, counter_for: str, name: str, at: str) -> int:
    """Mails an officer of the first desk the link to the counter; nobody else gets anything."""
    found = officer_at(desk, counter_for)
    if found is None:
        return 0
    officer, another = found
    moment = datetime.fromisoformat(at)
    message = counter_letter(desk, officer, open_for_it=another, at=moment, name=name)
    desk.mail.send(message, desk.settings.mail_from, officer.email)
    return 1


def deliver_upload_links(desk: Desk, applicant_id: str, name: str, at: str) -> int:
    """Mails an applicant the links of the cases whose documents are open; answers how many. No account, no mail."""
    try:
        to = desk.people.account(applicant_id).email
    except NotFoundError:
        return 0
    cases = links_to_mail(desk, applicant_id)
    for case in cases:
        message = upload_letter(desk, case, to=to, at=datetime.fromisoformat(at), name=name)
        desk.mail.send(message, desk.settings.mail_from, to)
    return len(cases)


def sweep(desk: Desk) -> list[str]:
    """Has delivered what a crash left behind; answers the cases concerned."""
    before = desk.clock.now() - LEFT_BEHIND_AFTER
    case_ids = outbox.cases_with_pending(before, SWEEP_AT_MOST)
    for case_id in case_ids:
        desk.functions.later(desk.settings.deliver_function, {"case_id": case_id})
    return case_ids


def wake(desk: Desk) -> list[str]:
    """Has the clock of the open steps looked at that are due: reminders, missed deadlines; answers their cases."""
    case_ids = case_lists.due(desk.clock.now(), SWEEP_AT_MOST)
    for case_id in case_ids:
        desk.functions.later(desk.settings.task_function, {"action": "watch_clock", "case_id": case_id})
    return case_ids


def _order(entry: OutboxEntry) -> tuple[object, ...]:
    return (entry.kind != "start", entry.created_at, entry.id)


def _deliver(desk: Desk, entry: OutboxEntry) -> bool:
    """The claim keeps two workers apart; a mail is doubled only if its worker dies before `done` is written."""
    if not outbox.claim(entry, desk.clock.now()):
        return False
    made = next((letter for prefix, letter in _OF_NO_CASE.items() if entry.case_id.startswith(prefix)), None)
    if made:
        _send(desk, made(desk, entry))
        return outbox.done(entry)
    case = desk.cases.load(entry.case_id)
    match entry.kind:
        case "start":
            desk.workflow.start(entry.case_id)
        case "resume":
            _resume(desk, case)
        case "notice":
            _tell(desk, case, entry)
    return outbox.done(entry)


def _resume(desk: Desk, case: Case) -> None:
    """A wait without an answer needs nothing: when it gets its answer, that change has an entry of its own."""
    waiting = case.waiting
    answer = case.answer_to(waiting) if waiting else None
    if waiting and answer:
        desk.workflow.answer(waiting.task_token, answer)


def _tell(desk: Desk, case: Case, entry: OutboxEntry) -> None:
    try:
        made = letter(desk, case, entry)
    except NotFoundError:
        return
    _send(desk, made)


def _send(desk: Desk, made: tuple[str, bytes] | None) -> None:
    if made:
        recipient, message = made
        desk.mail.send(message, desk.settings.mail_from, recipient)

"""The log's checkpoints in other people's hands: printed on every permit, mailed to the auditors.

Whoever rewrites the log has to change all these as well.
"""

from chalicelib.accounts.people import Account
from chalicelib.aws import outbox
from chalicelib.cases.change import OutboxEntry
from chalicelib.errors import NotFoundError
from chalicelib.notices.compose import compose
from chalicelib.permits.log.checkpoint import parsed
from chalicelib.permits.wording import phrases
from chalicelib.steps.desk import Desk
from chalicelib.steps.permit_log import CHECKPOINT, checkpoint_key, shown

PREFIX = "log#"
"""What the deliveries of checkpoints lie under, in place of a case."""
NOTICE = "log_checkpoint"
_GROUP = 8


def log_note(desk: Desk) -> str | None:
    """The newest checkpoint as it is printed on the permit that is signed now; None before the log's first entry."""
    newest = shown(desk).checkpoint
    if not newest.size:
        return None
    address = f"{desk.settings.site_url.partition('://')[2]}/log"
    words = phrases("document")["note_log"]
    return words.format(address=address, size=newest.size, root=grouped(newest.root))


def grouped(root: bytes) -> str:
    """A root as people can copy it from paper: hex in groups of eight."""
    digits = root.hex()
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))


def tell_auditors(desk: Desk) -> int:
    """Has the newest checkpoint mailed to every auditor that has not got it; answers to how many."""
    size, now, told = shown(desk).checkpoint.size, desk.clock.now(), 0
    for auditor in desk.people.auditors() if size else ():
        entry = OutboxEntry(
            id=f"{NOTICE}.{size}.{auditor.id}",
            case_id=f"{PREFIX}{auditor.id}",
            kind="notice",
            created_at=now,
            attempt=size,  # which checkpoint: it is the same when the mail is sent again
            notice=NOTICE,
            to=auditor.id,
        )
        if outbox.put(entry):
            desk.functions.later(desk.settings.deliver_function, {"case_id": entry.case_id})
            told += 1
    return told


def log_letter(desk: Desk, entry: OutboxEntry) -> tuple[str, bytes] | None:
    """The auditor's address and the mail with the checkpoint; None when the auditor is gone."""
    try:
        auditor = desk.people.account(entry.to)
    except NotFoundError:
        return None
    note = desk.files.read(desk.settings.log_bucket, checkpoint_key(entry.attempt))
    return auditor.email, compose(
        entry.notice,
        _words(desk, auditor, note),
        sender=desk.settings.mail_from,
        recipient=auditor.email,
        message_id=entry.id,
        at=entry.created_at,
    )


def _words(desk: Desk, auditor: Account, note: bytes) -> dict[str, str]:
    checkpoint = parsed(note)
    return {
        "auditor_name": auditor.name,
        "size": str(checkpoint.size),
        "root": grouped(checkpoint.root),
        "note": note.decode().strip(),
        "link": f"{desk.settings.site_url}/{CHECKPOINT}",
    }

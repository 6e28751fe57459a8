"""A signature that an outside service makes, on record before it is asked for.

The service may sign without our hearing of it. So the asking is a change of its own: whoever dies in between leaves
a case that says so, and nobody asks a second time while an answer may still come.
"""

from datetime import datetime, timedelta

import msgspec

from chalicelib.audit.chain import Actor
from chalicelib.cases.case import Case, OpenStep, SigningTry
from chalicelib.cases.change import Change, change
from chalicelib.cases.deciding import standing_step
from chalicelib.cases.errors import SigningInProgressError

ANSWERED_WITHIN = timedelta(seconds=40)
"""No function that signs lives longer: a try without an answer is lost by then."""


def ask_signing(case: Case, at: datetime) -> Change:
    """The signature asked for. Raises AlreadyDecidedError, and SigningInProgressError while another may come."""
    current = standing_step(case)
    if current.signing and not lost_at(current, at):
        raise SigningInProgressError(retry_at=(current.signing.asked_at + ANSWERED_WITHIN).isoformat())
    return _noted(case, at, "signing.asked", SigningTry(asked_at=at))


def signing_failed(case: Case, at: datetime, why: str) -> Change | None:
    """The service has signed nothing, or nothing that counts; None when that is no news."""
    if case.current is None or case.current.signing is None:
        return None
    return _noted(case, at, "signing.failed", None, why=why)


def signing_lost(case: Case, at: datetime, why: str, document: str = "") -> Change | None:
    """No answer came: the file may be signed. `document` is the service's id of it, where it was heard."""
    current = case.current
    if current is None or current.signing is None or current.signing.lost:
        return None
    facts = {"why": why} | ({"document": document} if document else {})
    return _noted(case, at, "signing.lost", msgspec.structs.replace(current.signing, lost=why), **facts)


def lost_at(current: OpenStep, now: datetime) -> datetime | None:
    """When a signature was asked for whose answer will come no more; None without one."""
    tried = current.signing
    if tried is None or not (tried.lost or now >= tried.asked_at + ANSWERED_WITHIN):
        return None
    return tried.asked_at


def _noted(case: Case, at: datetime, action: str, signing: SigningTry | None, **facts: str) -> Change:
    current = standing_step(case)
    return change(
        case,
        at=at,
        actor=Actor(id=current.officer_id, role=current.role),
        action=action,
        facts={"step": current.key, "attempt": current.attempt, **facts},
        current=msgspec.structs.replace(current, signing=signing),
    )

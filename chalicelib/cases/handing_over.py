"""An open step that is laid before somebody else: a stand-in begins or ends, an officer leaves, somebody comes."""

from datetime import datetime

import msgspec

from chalicelib.cases.case import NOBODY, Acting, Case, Decision, OpenStep
from chalicelib.cases.change import SYSTEM, Change, Told, change


def hand_over(case: Case, acting: Acting, at: datetime) -> Change | None:
    """The open step laid before who acts now; None when it lies there, or none is open.

    Attempt, deadline and level stay: the office's time goes on, whoever sits there. The links of the one before
    die, because they name another officer.
    """
    current = case.current
    if current is None or _lies_there(current, acting):
        return None
    laid = msgspec.structs.replace(
        current,
        officer_id=acting.officer_id,
        acting_for=acting.acting_for,
        acting_as=acting.acting_as,
    )
    facts = {"step": current.key, "attempt": current.attempt, "from": current.officer_id}
    return change(
        case,
        at=at,
        actor=SYSTEM,
        action="step.handed_over",
        facts=facts | acting_facts(laid),
        tell=told_of(acting),
        current=laid,
    )


def told_of(acting: Acting) -> tuple[Told, ...]:
    """Who hears of a step that is laid before somebody: the officer, or for NOBODY the superior."""
    if acting.officer_id != NOBODY:
        return (Told(notice="decide", to=acting.officer_id),)
    return (Told(notice="vacant", to=acting.told),) if acting.told else ()


def acting_facts(current: OpenStep) -> dict[str, str]:
    """Before whom a step lies, as the audit trail says it."""
    return {"officer": current.officer_id, **stood_in(current)}


def stood_in(acted: OpenStep | Decision) -> dict[str, str]:
    """For whom somebody stands in and how, as the audit trail says it; nothing for all others."""
    return {"for": acted.acting_for, "as": acted.acting_as} if acted.acting_for else {}


def _lies_there(current: OpenStep, acting: Acting) -> bool:
    return (current.officer_id, current.acting_for) == (acting.officer_id, acting.acting_for)

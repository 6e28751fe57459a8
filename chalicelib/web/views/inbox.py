"""What waits for an officer, as the inbox page gets it."""

from collections.abc import Mapping
from typing import cast

from chalicelib.cases.form import masked_text
from chalicelib.procedures.parts import ApplicationType, Words
from chalicelib.procedures.procedure import Procedure
from chalicelib.steps.answering import ToAnswer
from chalicelib.steps.inbox import Inbox, Lying
from chalicelib.web.answers.review import ComplaintWaiting, InboxShown, OfficerShown, WaitingShown
from chalicelib.web.views.parts import in_office
from chalicelib.web.views.revocations import revocation_waiting
from chalicelib.worktime.words import left_words


def inbox_shown(opened: Inbox, procedure: Procedure) -> InboxShown:
    """INBOX: one line a step, in the order in which they press."""
    officer = opened.officer
    return InboxShown(
        officer=OfficerShown(
            id=officer.id, name=officer.name, role_name=procedure.role(officer.role).name.id, standing=None
        ),
        waiting=tuple(_waiting_shown(one, opened.tokens, procedure) for one in opened.lying),
        complaints=tuple(_complaint_shown(one, opened.tokens) for one in opened.complaints),
        revocations=tuple(revocation_waiting(one, token) for one, token in opened.revocations),
        proposing_token=opened.proposing,
        link_expires_at=in_office(opened.expires_at),
    )


def _waiting_shown(one: Lying, tokens: Mapping[str, str], procedure: Procedure) -> WaitingShown:
    waiting, step = one.waiting, procedure.step(one.waiting.step)
    return WaitingShown(
        case_id=waiting.case_id,
        number=waiting.number,
        step=step.key,
        step_name=step.name,
        application_type=cast(ApplicationType, waiting.application_type),
        group_name=masked_text(waiting.group_name),
        submitted_at=in_office(waiting.submitted_at),
        opened_at=in_office(waiting.opened_at),
        deadline=in_office(waiting.deadline),
        minutes_left=one.minutes_left,
        time_left=_time_left(one.minutes_left),
        proof=step.proof,
        token=tokens[waiting.case_id],
    )


def _complaint_shown(one: ToAnswer, tokens: Mapping[str, str]) -> ComplaintWaiting:
    waiting = one.waiting
    return ComplaintWaiting(
        complaint_id=waiting.complaint_id,
        number=waiting.number,
        received_at=in_office(waiting.received_at),
        deadline=in_office(waiting.deadline),
        minutes_left=one.minutes_left,
        time_left=_time_left(one.minutes_left),
        token=tokens[waiting.complaint_id],
    )


def _time_left(minutes: int) -> Words:
    return Words(left_words(minutes), left_words(minutes, "en"))

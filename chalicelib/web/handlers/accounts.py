"""Signing in over HTTP."""

from chalicelib.accounts.codes import RESEND_AFTER
from chalicelib.accounts.people import masked_email, normalised
from chalicelib.accounts.sessions import SESSION_FOR
from chalicelib.steps.sign_in import Session, prolong, sign_in
from chalicelib.steps.sign_in import ask_for_code as ask
from chalicelib.web.answers.people import AccountShown, CodeSent, SessionShown
from chalicelib.web.calls import Call
from chalicelib.web.views.parts import in_office


def ask_for_code(call: Call) -> CodeSent:
    """A code by mail; the same answer whether the address is known or not."""
    ask(call.desk, call.body.email, call.body.role)
    return CodeSent(
        sent_to=masked_email(normalised(call.body.email)),
        resend_after_seconds=int(RESEND_AFTER.total_seconds()),
    )


def verify(call: Call) -> SessionShown:
    """A session for the right code."""
    sent = call.body
    return _shown(sign_in(call.desk, sent.email, sent.role, sent.code, name=sent.name, phone=sent.phone))


def prolong_session(call: Call) -> SessionShown:
    """The session once more, while it is good."""
    call.account("applicant")
    return _shown(prolong(call.desk, call.session, "applicant"))


def _shown(begun: Session) -> SessionShown:
    account = begun.account
    return SessionShown(
        session=begun.session,
        expires_at=in_office(begun.expires_at),
        lasts_seconds=int(SESSION_FOR.total_seconds()),
        role=account.role,
        account=AccountShown(id=account.id, name=account.name, email=account.email, phone=account.phone),
    )

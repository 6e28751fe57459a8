"""The inbox of an officer over HTTP."""

from chalicelib.accounts.people import masked_email
from chalicelib.procedures.procedure import load
from chalicelib.steps import inbox
from chalicelib.web.answers.people import Sent
from chalicelib.web.answers.review import InboxShown
from chalicelib.web.calls import Call
from chalicelib.web.views.inbox import inbox_shown


def one(call: Call) -> InboxShown:
    """All that waits for the officer of the link. Looking changes nothing."""
    return inbox_shown(inbox.open_inbox(call.desk, call.link), load())


def fresh_link(call: Call) -> Sent:
    """A fresh link, to the officer's own mailbox alone."""
    return Sent(sent_to=masked_email(inbox.resend_link(call.desk, call.link).email))

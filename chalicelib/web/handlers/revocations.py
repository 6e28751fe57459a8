"""The revocation of a permit over HTTP: what the two links open, the proposal and the decision."""

from datetime import UTC, datetime

import msgspec

from chalicelib.accounts.codes import VALID_FOR
from chalicelib.accounts.people import masked_email
from chalicelib.cases.revoking import Grounds
from chalicelib.steps import revoking, revoking_decision
from chalicelib.steps.errors import RegisterUnavailableError
from chalicelib.web.answers.people import ProofSent
from chalicelib.web.answers.revocations import ProposalShown, ProposingShown
from chalicelib.web.calls import Call
from chalicelib.web.handlers.ordering import ordered
from chalicelib.web.views.revocations import proposal_shown, proposing_shown


def form(call: Call) -> ProposingShown:
    """What a proposal can say. Looking changes nothing."""
    opened = revoking.open_proposing(call.desk, call.link)
    return proposing_shown(call.desk, opened, datetime.fromtimestamp(opened.expires, UTC))


def send_code(call: Call) -> ProofSent:
    """The second proof by mail, good for that permit alone."""
    officer = revoking.ask_for_proof(call.desk, call.link, call.body.permit_number)
    return ProofSent(sent_to=masked_email(officer.email), valid_minutes=int(VALID_FOR.total_seconds() // 60))


def propose(call: Call) -> bytes:
    """The proposal."""
    sent = call.body
    grounds = Grounds(reason=sent.reason, words=sent.words)
    return revoking.propose(call.desk, call.link, sent.permit_number, grounds, sent.code, call.key)


def one(call: Call) -> ProposalShown:
    """The proposal that the link is for. Looking changes nothing."""
    return proposal_shown(call.desk, revoking_decision.open_decision(call.desk, call.link))


def send_deciding_code(call: Call) -> ProofSent:
    """The second proof of the decision by mail, where the passphrase is BSrE's alone."""
    officer = revoking_decision.ask_for_proof(call.desk, call.link)
    return ProofSent(sent_to=masked_email(officer.email), valid_minutes=int(VALID_FOR.total_seconds() // 60))


def decide(call: Call) -> bytes:
    """The decision, made by the one function that may change the register."""
    sent = call.body
    answer = ordered(
        call,
        "decide_revocation",
        RegisterUnavailableError,
        call.desk.settings.issue_function,
        outcome=sent.outcome,
        words=sent.words,
        proof=sent.passphrase or sent.code,
        key=call.key,
    )
    return msgspec.json.encode(answer)

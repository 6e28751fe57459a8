"""The revocation of a permit over HTTP: what the two links open, the proposal and the decision."""

from datetime import UTC, datetime
from typing import Any

import msgspec

from chalicelib.accounts.codes import VALID_FOR
from chalicelib.accounts.people import masked_email
from chalicelib.aws.services import FunctionFailedError
from chalicelib.cases.revoking import Grounds
from chalicelib.steps import revoking, revoking_decision
from chalicelib.steps.errors import RegisterUnavailableError
from chalicelib.web.answers.people import ProofSent
from chalicelib.web.answers.revocations import ProposalShown, ProposingShown
from chalicelib.web.calls import Call
from chalicelib.web.problems import RelayedError
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
    order = {
        "action": "decide_revocation",
        "token": call.link,
        "outcome": sent.outcome,
        "words": sent.words,
        "proof": sent.passphrase or sent.code,
        "key": call.key,
    }
    return msgspec.json.encode(_registering(call, order))


def _registering(call: Call, order: dict[str, Any]) -> Any:
    """What the registering function answers; its faults are raised here under their own codes."""
    try:
        told = call.desk.functions.now(call.desk.settings.issue_function, order)
    except FunctionFailedError as error:
        raise RegisterUnavailableError(why=error.kind) from error
    if "fault" in told:
        raise RelayedError(told["fault"]["code"], told["fault"]["facts"])
    return told["answer"]

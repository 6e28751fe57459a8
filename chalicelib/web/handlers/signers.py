"""What the one function that may sign is asked over HTTP: to draft, to sign, and whether it could."""

from chalicelib.cases.case import OpenStep
from chalicelib.cases.signing_tries import lost_at
from chalicelib.procedures.parts import Decision, Proof, Step, Words
from chalicelib.steps.errors import SigningUnavailableError
from chalicelib.texts import told_fault
from chalicelib.web.answers.review import SignerShown
from chalicelib.web.calls import Call
from chalicelib.web.handlers.ordering import ordered
from chalicelib.web.problems import RelayedError, code_of
from chalicelib.web.views.parts import in_office


def proofs(call: Call, step: Step) -> dict[Decision, Proof]:
    """What proves which decision: a passphrase that BSrE alone knows proves nothing but a signature."""
    mailed = step.proof == "passphrase" and call.desk.settings.signer == "bsre"
    return {one: "code" if mailed and one != "approve" else step.proof for one in step.decisions}


def signer(call: Call, step: Step, current: OpenStep) -> SignerShown | None:
    """Whether the officer could sign now; None where nothing is signed. Not to know keeps nobody from reviewing."""
    if step.proof != "passphrase":
        return None
    lost = lost_at(current, call.desk.clock.now())
    shown_lost = in_office(lost) if lost else None
    try:
        ordered(call, "check")
    except (RelayedError, SigningUnavailableError) as fault:
        told = told_fault(code_of(fault))
        words = Words(id=told.text.id, en=told.text.en)
        refused = told.code.startswith("signer_")
        return SignerShown(state="refused" if refused else "unreachable", told=words, lost_at=shown_lost)
    return SignerShown(state="ready", told=None, lost_at=shown_lost)

"""The revocation of a permit: proposed by one officer, decided by another."""

from datetime import date, datetime
from typing import Literal

from chalicelib.procedures.parts import Proof, Words
from chalicelib.web.answers.parts import Answer
from chalicelib.web.answers.review import OfficerShown


class RevocationReasonOffered(Answer, frozen=True, kw_only=True):
    """A reason that can be chosen; its name is what the public check will say."""

    code: str
    name: Words


class ProposingShown(Answer, frozen=True, kw_only=True):
    """Who may propose here, with which reasons, and who decides."""

    officer: OfficerShown
    reasons: tuple[RevocationReasonOffered, ...]
    deciding_role: Words
    link_expires_at: datetime


class ProposalTaken(Answer, frozen=True, kw_only=True):
    """A proposal that was taken: nothing has happened to the permit yet."""

    permit_number: str
    proposed_at: datetime
    deciding_role: Words


class ProposalShown(Answer, frozen=True, kw_only=True):
    """A proposal before the officer who decides. The leader's name is the public check's; `proof` is asked for."""

    officer: OfficerShown
    permit_number: str
    check_code: str
    status: Literal["valid", "expired", "revoked", "replaced"]
    group_name: str
    leader: str
    issued_on: date
    valid_until: date
    reason: Words
    words: str
    proposed_by: str
    proposed_role: Words
    proposed_at: datetime
    proof: Proof
    link_expires_at: datetime


class RevocationRuled(Answer, frozen=True, kw_only=True):
    """What was decided."""

    outcome: Literal["revoked", "declined"]
    permit_number: str
    decided_at: datetime

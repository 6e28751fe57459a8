"""The permit: its draft, its signature, its issue, the register's log; and the report that comes before.

The only functions with the power to sign a permit and to register it; only here pages are laid out.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from chalicelib.errors import Fault

if TYPE_CHECKING:
    from chalicelib.steps.desk import Desk

Event = Mapping[str, Any]


class Order(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the API asks for. The passphrase is used here and kept nowhere."""

    action: Literal["sign", "draft", "check", "report"]
    token: str
    ruling: dict[str, Any] = {}
    report: dict[str, Any] = {}
    passphrase: str = ""
    key: str = ""

    def __repr__(self) -> str:
        return f"Order(action={self.action!r}, …)"


def sign_permit(event: Event, desk: "Desk") -> dict[str, Any]:
    """`{"answer": …}`, or `{"fault": {"code", "facts"}}` for what the caller must be told.

    The answer to "sign" is that of `decide_with_passphrase`, to "draft" the key of the drafted file, to "check"
    nothing: the officer could sign; to "report" nothing but that the report of the open step is kept.
    """
    order = msgspec.convert(event, Order)
    try:
        return {"answer": _answer(order, desk)}
    except Fault as fault:
        return {"fault": {"code": fault.code, "facts": msgspec.to_builtins(fault.facts)}}


def _answer(order: Order, desk: "Desk") -> Any:
    from chalicelib.cases.deciding import Ruling
    from chalicelib.steps.signing import check_signer, decide_with_passphrase, draft_permit

    if order.action == "check":
        check_signer(desk, order.token)
        return {}
    if order.action == "draft":
        return {"key": draft_permit(desk, order.token)}
    if order.action == "report":
        from chalicelib.cases.report import ReportForm
        from chalicelib.steps.report import make_report

        make_report(desk, order.token, msgspec.convert(order.report, ReportForm))
        return {}
    ruling = msgspec.convert(order.ruling, Ruling)
    return json.loads(decide_with_passphrase(desk, order.token, ruling, order.passphrase, order.key))


class RevocationOrder(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A decision on a revocation, as the API asks for it. The proof is used here and kept nowhere."""

    action: Literal["decide_revocation"]
    token: str
    outcome: Literal["revoked", "declined"]
    words: str = ""
    proof: str = ""
    key: str = ""

    def __repr__(self) -> str:
        return f"RevocationOrder(outcome={self.outcome!r}, …)"


def issue_permit(event: Event, desk: "Desk") -> dict[str, Any]:
    """SOP step 6 for the case of the event; answers the permit's number.

    For a `RevocationOrder`, which changes the register as well: `{"answer": …}`, or `{"fault": …}` as `sign_permit`.
    """
    if "action" in event:
        return _decide_revocation(msgspec.convert(event, RevocationOrder), desk)
    from chalicelib.steps.issuing import issue_permit as issue

    return {"permit_number": issue(desk, str(event["case_id"]))}


def publish_log(_event: Event, desk: "Desk") -> dict[str, int]:
    """Shows what was entered in the register's log since; answers its size."""
    from chalicelib.steps.permit_log import publish

    return {"size": publish(desk)}


def _decide_revocation(order: RevocationOrder, desk: "Desk") -> dict[str, Any]:
    from chalicelib.steps.revoking_decision import decide

    try:
        told = decide(desk, order.token, order.outcome, order.words, order.proof, order.key)
    except Fault as fault:
        return {"fault": {"code": fault.code, "facts": msgspec.to_builtins(fault.facts)}}
    return {"answer": json.loads(told)}

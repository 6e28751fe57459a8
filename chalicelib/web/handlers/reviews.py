"""SOP steps 2 to 5 over HTTP: what a signed link opens, and the decision."""

import msgspec

from chalicelib.accounts.codes import VALID_FOR
from chalicelib.accounts.people import Officer, masked_email
from chalicelib.cases.case import Case, Document
from chalicelib.cases.deciding import Ruling
from chalicelib.errors import NotFoundError
from chalicelib.procedures.parts import Words
from chalicelib.procedures.procedure import Procedure
from chalicelib.steps import foreseeing, review
from chalicelib.steps.application import findings_of
from chalicelib.steps.inbox import inbox_token
from chalicelib.steps.incidents import failed
from chalicelib.steps.review import Review
from chalicelib.steps.standing_words import acting_words
from chalicelib.web.answers.people import ProofSent, Sent
from chalicelib.web.answers.review import MailForeseen, ReviewShown
from chalicelib.web.calls import Call
from chalicelib.web.handlers.around import around
from chalicelib.web.handlers.ordering import ordered
from chalicelib.web.handlers.reports import report_asked, report_served
from chalicelib.web.handlers.signers import proofs, signer
from chalicelib.web.views.offering import old_pictures
from chalicelib.web.views.review import Addresses, Seen, review_shown

_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
_DRAFTED_FROM = 4
"""The step whose output the SOP calls the draft (Draft Output Izin): it is looked at there and in the next."""


def one(call: Call) -> ReviewShown:
    """Everything the officer decides on. Looking changes nothing."""
    opened = review.open_link(call.desk, call.link)
    beside = around(call.desk, opened.case)
    step = beside.procedure.step(opened.current.key)
    files, bucket = call.desk.files, call.desk.settings.documents_bucket
    seen = Seen(
        findings=findings_of(call.desk, opened.case),
        addresses={slot: _addresses(call, item) for slot, item in opened.case.documents.items()},
        officers=_officers(call, opened.case),
        draft_permit_url=_draft(call) if step.number >= _DRAFTED_FROM else None,
        inbox_token=inbox_token(call.desk, opened),
        standing=_standing(call, opened, beside.procedure),
        proofs=proofs(call, step),
        signer=signer(call, step, opened.current),
        old_pictures={
            slot: tuple(files.download_url(bucket, key, "", name=f"{slot}.jpg", inline=True) for key in keys)
            for slot, keys in old_pictures(opened.case, opened.current.key).items()
        },
        report=report_asked(call, opened, beside.procedure),
        reports={
            (past.step, past.attempt): report_served(call, past.report)
            for past in opened.case.decisions
            if past.report
        },
    )
    return review_shown(opened, beside, seen)


def send_code(call: Call) -> ProofSent:
    """The second proof by mail."""
    officer = review.ask_for_proof(call.desk, call.link)
    minutes = int(VALID_FOR.total_seconds() // 60)
    return ProofSent(sent_to=masked_email(officer.email), valid_minutes=minutes)


def preview(call: Call) -> MailForeseen:
    """The mail that a decision would send to the applicant. Nothing is decided, sent or kept."""
    sent = call.body
    ruling = Ruling(choice=sent.decision, reasons=sent.reasons, message=sent.message)
    mail = foreseeing.mail_of(call.desk, call.link, ruling)
    return MailForeseen(subject=mail.subject if mail else None, text=mail.text if mail else None)


def decide(call: Call) -> bytes:
    """The decision. With a passphrase it is made by the one function that may sign."""
    sent = call.body
    ruling = Ruling(
        choice=sent.decision,
        reasons=sent.reasons,
        message=sent.message,
        technical_recommendation=sent.technical_recommendation,
        open_marks=sent.open_marks,
        report=sent.report,
    )
    if not sent.passphrase:
        return review.decide(call.desk, call.link, ruling, sent.code, call.key)
    order = {"ruling": msgspec.to_builtins(ruling), "passphrase": sent.passphrase, "key": call.key}
    return msgspec.json.encode(ordered(call, "sign", **order))


def fresh_link(call: Call) -> Sent:
    """A fresh link, to the officer's own mailbox alone."""
    return Sent(sent_to=masked_email(review.resend_link(call.desk, call.link).email))


def _standing(call: Call, opened: Review, procedure: Procedure) -> tuple[Words | None, ...]:
    decided = [acting_words(call.desk, decision, procedure) for decision in opened.case.decisions]
    return (*decided, acting_words(call.desk, opened.current, procedure))


def _draft(call: Call) -> str | None:
    """A draft that cannot be drawn keeps nobody from reviewing."""
    try:
        key = ordered(call, "draft")["key"]
    except Exception as error:  # whatever it was: the review goes on without the draft
        failed("draft failed", error)
        return None
    bucket = call.desk.settings.permits_bucket
    return call.desk.files.download_url(bucket, key, "", name="draft.pdf", inline=True)


def _addresses(call: Call, document: Document) -> Addresses | None:
    if not document.object_key:
        return None
    files, bucket = call.desk.files, call.desk.settings.documents_bucket
    name = f"{document.slot}.{_ENDINGS.get(document.content_type, 'bin')}"
    return Addresses(
        previews=tuple(
            files.download_url(bucket, key, "", name=name, inline=True) for key in document.previews
        ),
        original=files.download_url(
            bucket, document.object_key, document.version_id, name=name, inline=False
        ),
    )


def _officers(call: Call, case: Case) -> dict[str, Officer]:
    found = {}
    for officer_id in {decision.officer_id for decision in case.decisions} - {""}:
        try:
            found[officer_id] = call.desk.people.officer(officer_id)
        except NotFoundError:
            continue
    return found

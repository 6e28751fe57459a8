"""Documents that are here already, over HTTP: those of earlier applications, and the pictures of returned ones."""

from chalicelib.cases.case import Document
from chalicelib.errors import NotFoundError
from chalicelib.steps import application
from chalicelib.steps import reuse as reusing
from chalicelib.web.answers.application import (
    ApplicationShown,
    EarlierDocument,
    EarlierDocuments,
    Pictures,
)
from chalicelib.web.calls import Call
from chalicelib.web.handlers.around import shown
from chalicelib.web.views.parts import in_office


def pictures(call: Call) -> Pictures:
    """The pages of one's own returned document, and of what has taken its place."""
    slot = call.path["slot"]
    case = application.own_case(call.desk, call.account("applicant"), call.path["case_id"])
    before = case.correction.documents.get(slot) if case.correction else None
    now = case.documents.get(slot)
    if before is None:
        raise NotFoundError(what="document", slot=slot)
    fresh = now if now and now.upload_id != before.upload_id else None
    return Pictures(before=_pages(call, before), now=_pages(call, fresh) if fresh else ())


def _pages(call: Call, document: Document) -> tuple[str, ...]:
    files, bucket = call.desk.files, call.desk.settings.documents_bucket
    return tuple(
        files.download_url(bucket, key, "", name=f"{document.slot}.jpg", inline=True)
        for key in document.previews
    )


def earlier(call: Call) -> EarlierDocuments:
    """What was sent with earlier applications and can be used again."""
    found = reusing.earlier_documents(call.desk, call.account("applicant"), call.path["case_id"])
    return EarlierDocuments(
        documents={
            slot: EarlierDocument(
                case_id=one.case_id,
                number=one.number,
                uploaded_at=in_office(one.document.offered_at),
                content_type=one.document.content_type,
                size=one.document.size,
            )
            for slot, one in found.items()
        }
    )


def reuse(call: Call) -> ApplicationShown:
    """An earlier document in the slot; its inspection is on its way."""
    slot, source = call.path["slot"], call.body.case_id
    case = reusing.reuse(call.desk, call.account("applicant"), call.path["case_id"], slot, source)
    return shown(call.desk, case)

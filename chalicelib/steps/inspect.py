"""The inspection of an upload: quarantine, a confined reading, and an accepted copy that nobody can overwrite."""

import hashlib

import msgspec

from chalicelib.cases import uploading
from chalicelib.cases.case import Document
from chalicelib.documents.confined import InspectionResult
from chalicelib.errors import NotFoundError
from chalicelib.steps.desk import Desk, change_case

TEXT_LINES = 200


def inspect_upload(desk: Desk, key: str) -> None:
    """Reads the quarantined object of that key and records what it is. Safe to repeat; unknown keys are left.

    Raises RecognitionUnavailableError when a service that should read pages does not: the upload stays where it
    is, and the queue brings it again.
    """
    case_id, upload_id, slot = _parts(key)
    try:
        case = desk.cases.load(case_id)
        data, etag = desk.files.stored(desk.settings.quarantine_bucket, key)
    except NotFoundError:
        return
    document = case.documents.get(slot)
    if case.ended or document is None or document.upload_id != upload_id:
        return
    if document.inspection and not uploading.sent_again(case, document, etag):
        return
    document = msgspec.structs.replace(document, etag=etag)
    change_case(desk, case_id, lambda now, at: uploading.begin_inspection(now, slot, upload_id, at))
    result = desk.confinement.inspect(data, document.content_type, slot)
    inspected = (
        _kept(desk, document, data, result) if result.inspection.fault is None else _refused(document, result)
    )
    change_case(desk, case_id, lambda now, at: uploading.receive_inspection(now, upload_id, inspected, at))


def _kept(desk: Desk, document: Document, data: bytes, result: InspectionResult) -> Document:
    """The copy is named after the upload: a repeated inspection writes a new version of the same object."""
    bucket, folder = desk.settings.documents_bucket, document.quarantine_key
    version_id = desk.files.write(bucket, f"{folder}/original", data, result.inspection.content_type)
    previews = []
    for number, picture in enumerate(result.previews, start=1):
        previews.append(f"{folder}/page-{number}.jpg")
        desk.files.write(bucket, previews[-1], picture, "image/jpeg")
    return msgspec.structs.replace(
        document,
        state="inspected",
        object_key=f"{folder}/original",
        version_id=version_id,
        sha256=hashlib.sha256(data).hexdigest(),
        content_type=result.inspection.content_type,
        size=len(data),
        previews=tuple(previews),
        inspection=msgspec.structs.replace(result.inspection, text=result.inspection.text[:TEXT_LINES]),
    )


def _refused(document: Document, result: InspectionResult) -> Document:
    return msgspec.structs.replace(document, state="refused", inspection=result.inspection)


def _parts(key: str) -> tuple[str, str, str]:
    case_id, _, rest = key.partition("/")
    upload_id, _, slot = rest.partition("/")
    return case_id, upload_id, slot

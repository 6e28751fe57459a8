"""The photo of a complaint as use cases: a place for it, and a look at what came there, in the confined child."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from chalicelib.complaints import complaint as rules
from chalicelib.complaints.complaint import PREFIX, Complaint, ComplaintChange
from chalicelib.complaints.photo import ACCEPTED, Photo
from chalicelib.documents.files.gate import MAX_BYTES
from chalicelib.errors import InvalidInputError, NotFoundError, StaleVersionError
from chalicelib.steps.complaining import followed
from chalicelib.steps.desk import TRIES, Desk

_NAME = "photo"
Rule = Callable[[Complaint, datetime], ComplaintChange | None]


def offer_photo(desk: Desk, number: str, contact: str, content_type: str, size: int) -> dict[str, Any]:
    """The presigned POST for the photo of that complaint, for who knows its contact.

    Raises NotFoundError alike for a number that is none and a contact that is another's, InvalidInputError for a
    type or size that is never taken, and what `offer_photo` of the rules raises.
    """
    if content_type not in ACCEPTED:
        raise InvalidInputError(where="content_type", allowed=list(ACCEPTED))
    if not 1 <= size <= MAX_BYTES:
        raise InvalidInputError(where="size", allowed=[1, MAX_BYTES])
    complaint_id = followed(desk, number, contact).complaint_id
    upload_id = desk.random(16).hex()
    _change(desk, complaint_id, lambda now, at: rules.offer_photo(now, upload_id, content_type, at))
    key = f"{complaint_id}/{upload_id}/{_NAME}"
    return desk.files.offer(desk.settings.quarantine_bucket, key, content_type, MAX_BYTES)


def is_photo(key: str) -> bool:
    """Whether an object in quarantine belongs to a complaint."""
    return key.startswith(PREFIX)


def look_at_photo(desk: Desk, key: str) -> None:
    """Makes our own picture of the quarantined photo and records it. Safe to repeat; unknown keys are left."""
    complaint_id, _, rest = key.partition("/")
    upload_id, _, name = rest.partition("/")
    try:
        photo = desk.complaints.load(complaint_id).photo
        data = desk.files.read(desk.settings.quarantine_bucket, key)
    except NotFoundError:
        return
    if photo is None or name != _NAME or (photo.upload_id, photo.state) != (upload_id, "awaiting"):
        return
    looked_at = _looked_at(desk, photo, key, data)
    _change(desk, complaint_id, lambda now, at: rules.receive_photo(now, looked_at, at))


def _looked_at(desk: Desk, photo: Photo, key: str, data: bytes) -> Photo:
    """The original stays in quarantine, which forgets it."""
    result = desk.confinement.picture(data, photo.content_type)
    if result.inspection.fault or not result.previews:
        return msgspec.structs.replace(photo, state="refused", fault=result.inspection.fault or "damaged")
    picture, object_key = result.previews[0], f"{key}/page-1.jpg"
    return msgspec.structs.replace(
        photo,
        state="kept",
        object_key=object_key,
        version_id=desk.files.write(desk.settings.documents_bucket, object_key, picture, "image/jpeg"),
        sha256=hashlib.sha256(picture).hexdigest(),
    )


def _change(desk: Desk, complaint_id: str, rule: Rule) -> None:
    """One change by `rule`, which is asked again when somebody else was faster. Raises StaleVersionError."""
    for _ in range(TRIES):
        complaint = desk.complaints.load(complaint_id)
        change = rule(complaint, max(desk.clock.now(), complaint.received_at))
        if change is None:
            return
        try:
            desk.complaints.commit(change)
        except StaleVersionError:
            continue
        return
    raise StaleVersionError(what="complaint")

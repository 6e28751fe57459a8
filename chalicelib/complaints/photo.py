"""The one photo that may come with a complaint. What is kept is a picture made by us, never the file that was sent."""

from datetime import datetime, timedelta
from typing import Literal

import msgspec

from chalicelib.errors import StateConflictError, TooManyError

ACCEPTED = ("image/jpeg", "image/png")
"""Media types of photos that are taken."""
OFFERED_FOR = timedelta(days=1)
"""How long after a complaint its photo can come: later it would change what an officer has read."""
MOST_TRIES = 5
"""Places for one complaint. With the complaints that a contact may make a day, this bounds what it can send."""


class Photo(msgspec.Struct, frozen=True, kw_only=True):
    """A photo on its way, kept, or refused with the `fault` of its file.

    `tries` counts the places that were offered so far. `object_key`, `version_id` and `sha256` (hex) are those of
    the picture that is shown: a JPEG of our own making, without what a camera writes beside the picture.
    """

    upload_id: str
    content_type: str
    tries: int
    state: Literal["awaiting", "kept", "refused"] = "awaiting"
    fault: str = ""
    object_key: str = ""
    version_id: str = ""
    sha256: str = ""


def offerable(photo: Photo | None, received_at: datetime, at: datetime) -> int:
    """The tries so far, where there may be another.

    Raises StateConflictError once a photo is kept or `OFFERED_FOR` has passed, TooManyError after `MOST_TRIES`.
    """
    if (photo and photo.state == "kept") or at > received_at + OFFERED_FOR:
        raise StateConflictError(what="photo")
    tries = photo.tries if photo else 0
    if tries >= MOST_TRIES:
        raise TooManyError(limit=MOST_TRIES)
    return tries

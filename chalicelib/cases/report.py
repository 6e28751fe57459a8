"""The Berita Acara / Rekomendasi Teknis of SOP step 3: what the officer found, and the file that says it."""

from datetime import date, datetime
from typing import Any, Literal

import msgspec

Outcome = Literal["fits", "unfit", "unchecked"]
"""What was found of one item: it is as it should be, it is not, or it was not looked at."""
Result = Literal["recommended", "with_notes"]
"""The recommendation of a positive report. What is not recommended is returned or refused, with its reasons."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was examined: a document's slot, or `field:NAME` for an answer of the form."""

    about: str
    outcome: Outcome
    note: str = ""


class ReportForm(msgspec.Struct, frozen=True, kw_only=True):
    """What the officer says in a report. `held_on` is the day of the examination, `place` where it was."""

    items: tuple[Item, ...]
    result: Result
    recommendation: str
    note: str = ""
    place: str
    held_on: date


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A report of one attempt of a step, laid out by the service or uploaded by its officer.

    A stand-in wrote it for `acting_for`. `tries` counts the reports of this attempt so far. A file that was uploaded
    is `awaiting` until it was looked at, and `refused` with the `fault` of the file. `object_key`, `version_id`,
    `sha256` (hex) and `size` (bytes) name the stored file, `previews` the pictures that were made of an upload.
    """

    step: str
    attempt: int
    officer_id: str
    acting_for: str = ""
    source: Literal["composed", "uploaded"]
    state: Literal["awaiting", "made", "refused"]
    tries: int
    at: datetime
    content_type: str
    upload_id: str = ""
    fault: str = ""
    object_key: str = ""
    version_id: str = ""
    sha256: str = ""
    size: int = 0
    previews: tuple[str, ...] = ()
    form: ReportForm | None = None

    def belongs_to(self, step: str, attempt: int) -> bool:
        """Whether it is a report of that attempt of that step."""
        return (self.step, self.attempt) == (step, attempt)

    @property
    def words(self) -> str:
        """The recommendation in words; nothing for a file that the officer brought."""
        return self.form.recommendation if self.form else ""

    @property
    def facts(self) -> dict[str, Any]:
        """The file as the audit trail names it."""
        return {
            "source": self.source,
            "object_key": self.object_key,
            "version_id": self.version_id,
            "sha256": self.sha256,
            "size": self.size,
        }

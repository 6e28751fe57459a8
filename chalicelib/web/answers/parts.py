"""What several answers share. Moments are in office time (+07:00)."""

from datetime import datetime
from typing import Literal

import msgspec

from chalicelib.cases.case import DocumentState
from chalicelib.documents.types import Box
from chalicelib.procedures.parts import Decision, Words

StepState = Literal["done", "running", "waiting", "overdue"]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What all answers share."""


class Standard(Answer, frozen=True, kw_only=True):
    """A standard time of the SOP: working days, and working minutes beside them."""

    days: int
    minutes: int


class AssistedShown(Answer, frozen=True, kw_only=True):
    """That an officer filled in for the applicant: a sentence, and the very words that were agreed to."""

    told: Words
    words: str
    consented_at: datetime


class StepShown(Answer, frozen=True, kw_only=True):
    """One step of the SOP in the tracker of a case."""

    key: str
    number: int
    name: Words
    who: Words
    standard: Standard
    state: StepState
    started_at: datetime | None
    finished_at: datetime | None
    deadline: datetime | None
    attempt: int


class FindingShown(Answer, frozen=True, kw_only=True):
    """Something to correct (`warn`) or to look at (`info`), in a sentence for its reader. ID numbers are masked.

    `found` is what the document says (in `box`), `expected` what `against` says: the form, another document's
    slot, or our register. `field` is the field of the form; `belongs_to` the slot where the document should be.
    """

    code: str
    slot: str
    severity: str
    expected: str | None
    found: str | None
    box: Box | None
    against: str | None
    field: str | None
    belongs_to: str | None
    sentence: Words


class ReasonShown(Answer, frozen=True, kw_only=True):
    """A reason of a decision, in the sentence that its reader gets.

    It is about a document, a field of the form, or the whole. `late` says that it was there at an earlier look of
    the same step and was not told then.
    """

    code: str
    slot: str | None
    field: str | None
    late: bool
    sentence: Words


class ReasonOffered(Answer, frozen=True, kw_only=True):
    """A ready sentence for a decision: about one document, one field of the form, or (with neither) the whole."""

    code: str
    slot: str | None
    field: str | None
    decision: Decision
    id: str
    en: str


class DocumentShown(Answer, frozen=True, kw_only=True):
    """One uploaded document, with what was read in it. ID numbers are masked; `size` is bytes."""

    state: DocumentState
    upload_id: str
    kind: str | None
    content_type: str
    size: int
    uploaded_at: datetime
    fault: str | None
    quality: tuple[str, ...]
    read: dict[str, str]
    pages: int | None

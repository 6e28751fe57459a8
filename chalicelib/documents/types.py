"""What is known about an uploaded file, and what is found when it is compared with the application."""

import datetime as dt
from enum import StrEnum

import msgspec


class Kind(StrEnum):
    """What a file really is; the first four are also the slots that hold them.

    `unchecked`: it could be opened, but its text was not read in time. That says nothing about the file.
    """

    KTP = "ktp"
    VILLAGE_LETTER = "village_letter"
    BOARD_ROSTER = "board_roster"
    OLD_CERTIFICATE = "old_certificate"
    OTHER = "other"
    BLANK = "blank"
    UNREADABLE = "unreadable"
    UNCHECKED = "unchecked"


class Hint(StrEnum):
    """What the applicant can do better with a photo."""

    DARK = "dark"
    BLURRED = "blurred"
    CUT_OFF = "cut_off"
    GLARE = "glare"
    SMALL = "small"


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """A place on page `page` (from 0) of the upright document, as fractions 0..1 of its width and height."""

    page: int
    x: float
    y: float
    w: float
    h: float


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """One value as printed (dates as YYYY-MM-DD, presence as `true` or `false`).

    `confidence` 0..1 is meant as a probability: above 0.9 the value is right in 99 of 100 cases.
    """

    text: str
    confidence: float
    box: Box | None = None


class Officer(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the board: position (Jabatan) and name (Nama), in printed order."""

    position: Value
    name: Value


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Another document in the same file, and the page (from 0) on which it begins."""

    kind: Kind
    page: int


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that was read from one file.

    `fields` uses the names of the field table of each kind (`national_id` for the 16 digit number on the card,
    `leader_national_id` for the one in the letter). `text` is the printed text in reading order, `fingerprint`
    a perceptual hash (256 hexadecimal digits) of the first page, `fault` the code of an `UploadFault`, `others`
    what else the file holds.
    """

    kind: Kind
    kind_confidence: float
    content_type: str
    pages: int
    fields: dict[str, Value] = {}
    officers: tuple[Officer, ...] = ()
    text: tuple[str, ...] = ()
    quality: tuple[Hint, ...] = ()
    fingerprint: str = ""
    recognised: bool = False
    hidden_text: bool = False
    others: tuple[Part, ...] = ()
    fault: str | None = None


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """What the applicant typed and what the documents must confirm; `application_type` is `new` or `renewal`.

    `renewal_reason` is "" for a renewal at the end of validity, else why the permit is replaced before it:
    `leader_changed`, or another reason.
    """

    application_type: str
    leader_name: str
    national_id: str
    group_name: str
    submitted_on: dt.date
    previous_permit_number: str | None = None
    village: str = ""
    sub_district: str = ""
    renewal_reason: str = ""


class Registered(msgspec.Struct, frozen=True, kw_only=True):
    """What our own register says of a permit number of ours; nothing more when it is not `known`.

    `leader_short` is the first word of the leader's name and the initials of the others.
    """

    known: bool = True
    valid: bool = True
    group_name: str = ""
    leader_short: str = ""


FORM = "form"
"""`Finding.against` for what the applicant typed."""
REGISTER = "register"
"""`Finding.against` for our own register of permits."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Something to correct (`warn`) or to look at (`info`) in one slot; `box` says where on the document.

    `found` is what the document says and `expected` what it was compared with, out of `against`: the form,
    the slot of another document (or of the same one, when its parts disagree), or None when a rule says it.
    `field` names the field of the form that both answer, `belongs_to` the slot where the document should be.
    """

    code: str
    slot: str
    severity: str = "warn"
    expected: str | None = None
    found: str | None = None
    box: Box | None = None
    against: str | None = None
    field: str | None = None
    belongs_to: str | None = None

"""What the applicant types. A draft may be half-filled; `missing` says what is still needed to send it."""

import re
import unicodedata
from datetime import date
from typing import Annotated, Literal

import msgspec

from chalicelib.documents.types import Claims
from chalicelib.errors import InvalidInputError

ApplicationType = Literal["new", "renewal"]
RenewalReason = Literal["", "lost", "corrected", "leader_changed"]
"""Why a permit is asked for in place of one that is good for longer yet; "" because its end is near."""
ShortText = Annotated[str, msgspec.Meta(max_length=200)]
NationalId = Annotated[str, msgspec.Meta(pattern=r"^([0-9]{16})?$")]
"""NIK (kependudukan): 16 digits, or empty while the draft is."""
Phone = Annotated[str, msgspec.Meta(pattern=r"^(\+?[0-9][0-9 -]{7,18})?$")]


class ApplicationForm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The application form (permohonan). Texts are at most 200 characters, on one line."""

    application_type: ApplicationType = "new"
    group_name: ShortText = ""
    art_genre: ShortText = ""
    group_address: ShortText = ""
    village: ShortText = ""
    sub_district: ShortText = ""
    founded_year: Annotated[int, msgspec.Meta(ge=1800, le=2100)] | None = None
    member_count: Annotated[int, msgspec.Meta(ge=1, le=10_000)] | None = None
    leader_name: ShortText = ""
    national_id: NationalId = ""
    phone: Phone = ""
    previous_permit_number: ShortText = ""
    renewal_reason: RenewalReason = ""

    def __repr__(self) -> str:
        return f"ApplicationForm(application_type={self.application_type!r}, …)"


_LONG_NUMBER = re.compile(r"(?<!\d)\d(?:[ .-]?\d){14,16}(?!\d)")
"""An ID number, or what a badly read one looks like: 15 to 17 figures."""
NEEDED = (
    "group_name",
    "art_genre",
    "group_address",
    "village",
    "sub_district",
    "member_count",
    "leader_name",
    "national_id",
    "phone",
)


def missing(form: ApplicationForm) -> tuple[str, ...]:
    """The names of the fields without which the form cannot be sent (SOP step 2 checks completeness)."""
    needed = NEEDED + (("previous_permit_number",) if form.application_type == "renewal" else ())
    return tuple(name for name in needed if getattr(form, name) in ("", None))


def cleaned(form: ApplicationForm) -> ApplicationForm:
    """The same form with every text in Unicode's composed form, without outer or doubled blanks.

    Raises InvalidInputError for control and direction-changing characters: what an officer reads must be
    what was typed.
    """
    texts = {name: _cleaned_text(name, value) for name, value in _texts(form).items()}
    return msgspec.structs.replace(form, **texts)


def claims(form: ApplicationForm, submitted_on: date) -> Claims:
    """What the form claims, for the comparison with what the documents say."""
    return Claims(
        application_type=form.application_type,
        leader_name=form.leader_name,
        national_id=form.national_id,
        group_name=form.group_name,
        previous_permit_number=form.previous_permit_number or None,
        submitted_on=submitted_on,
        village=form.village,
        sub_district=form.sub_district,
        renewal_reason=form.renewal_reason,
    )


def mask_national_id(national_id: str) -> str:
    """`3514…0001`: enough to recognise one's own number, too little to use somebody's."""
    return f"{national_id[:4]}…{national_id[-4:]}" if len(national_id) == 16 else "…" if national_id else ""


def masked_text(text: str) -> str:
    """The text with every ID number in it masked: people write them where nobody asked for one."""
    return _LONG_NUMBER.sub(lambda found: _masked_figures(found.group()), text)


def masked(form: ApplicationForm) -> ApplicationForm:
    """The form as everybody but its own applicant sees it: on screen, in mails, on the permit, in the register.

    The old permit's number stays as it is: it can have as many figures as an ID number.
    """
    texts = {
        name: masked_text(text) for name, text in _texts(form).items() if name != "previous_permit_number"
    }
    return msgspec.structs.replace(form, **texts)


def _masked_figures(text: str) -> str:
    figures = "".join(sign for sign in text if sign.isdigit())
    return mask_national_id(figures) if len(figures) == 16 else f"{figures[:4]}…{figures[-4:]}"


def _texts(form: ApplicationForm) -> dict[str, str]:
    return {name: value for name in form.__struct_fields__ if isinstance(value := getattr(form, name), str)}


def _cleaned_text(name: str, text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co") for character in composed):
        raise InvalidInputError(where=name, problem="control_characters")
    return " ".join(composed.split())

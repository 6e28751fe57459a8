"""What callers send, strictly: an unknown field, a wrong type or a text too long is refused with its place.

Patterns end in `$(?!\\n)`: to Python a bare `$` also fits before a last line break, to JSON Schema it does not.
"""

from datetime import date
from typing import Annotated, Literal

import msgspec

from chalicelib.accounts.people import AccountRole
from chalicelib.cases.form import ApplicationForm, ApplicationType, RenewalReason
from chalicelib.cases.report import Outcome, Result
from chalicelib.procedures.parts import Decision
from chalicelib.survey.rating import Element, Score

END = r"$(?!\n)"
# Control characters and those that turn the direction of writing: what is read must be what was typed.
_HIDDEN = r"\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069"

Line = Annotated[str, msgspec.Meta(max_length=200, pattern=rf"^[^\x00-\x1f{_HIDDEN}]*{END}")]
Words = Annotated[str, msgspec.Meta(max_length=2000, pattern=rf"^[^\x00-\x08\x0b-\x1f{_HIDDEN}]*{END}")]
LongWords = Annotated[str, msgspec.Meta(max_length=8000, pattern=rf"^[^\x00-\x08\x0b-\x1f{_HIDDEN}]*{END}")]
EMAIL_PATTERN = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"
Email = Annotated[str, msgspec.Meta(max_length=254, pattern=f"^{EMAIL_PATTERN}{END}")]
Code = Annotated[str, msgspec.Meta(pattern=rf"^[0-9]{{6}}{END}")]
Phone = Annotated[str, msgspec.Meta(pattern=rf"^(\+?[0-9][0-9 -]{{7,18}})?{END}")]
Contact = Annotated[str, msgspec.Meta(min_length=1, max_length=254, pattern=rf"^[^\x00-\x1f{_HIDDEN}]*{END}")]
PermitNumber = Annotated[
    str, msgspec.Meta(min_length=1, max_length=60, pattern=rf"^[^\x00-\x1f{_HIDDEN}]*{END}")
]
Slot = Annotated[str, msgspec.Meta(pattern=rf"^[a-z_]{{1,40}}{END}")]
Reason = Annotated[str, msgspec.Meta(pattern=rf"^[a-z_]{{1,60}}(:(field:)?[a-z_]{{1,40}})?{END}")]
Mark = Annotated[str, msgspec.Meta(pattern=rf"^[a-z_]{{1,40}}(:[a-z_]{{1,40}})?{END}")]


class Body(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all bodies share: fields that nobody asked for are refused."""


class Nothing(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An empty object, or no body at all."""


class SignIn(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Asks for a one-time code by mail."""

    email: Email
    role: AccountRole


class Verification(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The code from the mail; name and phone are kept with the account."""

    email: Email
    role: AccountRole
    code: Code
    name: Line = ""
    phone: Phone = ""

    def __repr__(self) -> str:
        return f"Verification(role={self.role!r}, …)"


class Address(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mail address."""

    email: Email

    def __repr__(self) -> str:
        return "Address(…)"


class Presented(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is present at the counter, and the code that they read out from the mail that they got."""

    email: Email
    code: Code
    application_type: ApplicationType
    name: Line = ""
    phone: Phone = ""

    def __repr__(self) -> str:
        return f"Presented(application_type={self.application_type!r}, …)"


class NewApplication(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Starts a draft; with `renews`, the number of one's own permit, it begins with what the office knows."""

    application_type: ApplicationType
    renews: Line = ""
    renewal_reason: RenewalReason = ""


Form = ApplicationForm


class Upload(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Asks for a place to upload one document to. `size` is bytes."""

    slot: Slot
    content_type: Annotated[str, msgspec.Meta(max_length=100)]
    size: int


class Move(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Puts a document into the slot `to`; the document that is there takes its place."""

    to: Slot


class Reuse(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Uses the document of an earlier application of one's own again."""

    case_id: Annotated[str, msgspec.Meta(pattern=rf"^case-[0-9a-f]{{32}}{END}")]


class Submission(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Sends the application; `declared_true` is the applicant's word that all of it is true."""

    declared_true: Literal[True]
    send_anyway: bool = False


class CorrectionSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Sends the correction, with words for the officer."""

    message: Words = ""
    send_anyway: bool = False


class Withdrawal(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Takes the application back."""

    reason: Words = ""


class Tracking(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An application's number with the last four digits of its phone number."""

    number: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    phone_last4: Annotated[str, msgspec.Meta(pattern=rf"^[0-9]{{4}}{END}")]


class TrackingForm(msgspec.Struct, frozen=True, kw_only=True):
    """The same from the page's own form: what lacks is told in the page."""

    number: Annotated[str, msgspec.Meta(max_length=60)] = ""
    phone_last4: Annotated[str, msgspec.Meta(max_length=60)] = ""

    def __repr__(self) -> str:
        return "TrackingForm(…)"


class NoFields(msgspec.Struct, frozen=True, kw_only=True):
    """A form of one button."""


class AddressForm(msgspec.Struct, frozen=True, kw_only=True):
    """A mail address from a page's own form: what is wrong with it is told in the page."""

    email: Annotated[str, msgspec.Meta(max_length=300)] = ""

    def __repr__(self) -> str:
        return "AddressForm(…)"


class ComplaintSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A complaint: `kind` is one of the procedure's, `contact` a mail address or a phone number."""

    kind: Slot
    text: Words
    contact: Contact
    application_number: Line = ""

    def __repr__(self) -> str:
        return f"ComplaintSent(kind={self.kind!r}, …)"


class ComplaintAsked(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A complaint's number with the contact that was given with it."""

    number: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    contact: Contact

    def __repr__(self) -> str:
        return f"ComplaintAsked(number={self.number!r}, …)"


class ComplaintPhoto(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Asks for a place to send the photo of a complaint to. `size` is bytes."""

    number: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    contact: Contact
    content_type: Annotated[str, msgspec.Meta(max_length=100)]
    size: int

    def __repr__(self) -> str:
        return f"ComplaintPhoto(number={self.number!r}, …)"


class ComplaintAnswer(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The office's answer, with the mailed code as second proof."""

    answer: Words
    code: Annotated[str, msgspec.Meta(max_length=20)] = ""

    def __repr__(self) -> str:
        return "ComplaintAnswer(…)"


class RevocationAsked(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Asks for the code that proposing to revoke this permit needs."""

    permit_number: PermitNumber


class RevocationProposed(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A proposal to revoke a permit: one of the procedure's reasons, and words for its holder."""

    permit_number: PermitNumber
    reason: Slot
    words: Words
    code: Annotated[str, msgspec.Meta(max_length=20)] = ""

    def __repr__(self) -> str:
        return f"RevocationProposed(reason={self.reason!r}, …)"


class RevocationDecided(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The decision on a proposed revocation, with the passphrase or the mailed code; declining needs words."""

    outcome: Literal["revoked", "declined"]
    words: Words = ""
    passphrase: Annotated[str, msgspec.Meta(max_length=200)] = ""
    code: Annotated[str, msgspec.Meta(max_length=20)] = ""

    def __repr__(self) -> str:
        return f"RevocationDecided(outcome={self.outcome!r}, …)"


class RatingSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rating from 1 (tidak baik) to 4 (sangat baik); elements may be passed over."""

    overall: Score
    answers: dict[Element, Score] = {}
    text: Words = ""


class DecisionForeseen(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A decision that is not made: what would the applicant get to read?"""

    decision: Decision
    reasons: Annotated[tuple[Reason, ...], msgspec.Meta(max_length=60)] = ()
    message: Words = ""

    def __repr__(self) -> str:
        return f"DecisionForeseen(decision={self.decision!r}, …)"


Remark = Annotated[str, msgspec.Meta(max_length=300, pattern=rf"^[^\x00-\x1f{_HIDDEN}]*{END}")]


class ItemExamined(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that was examined: a document's slot, or `field:NAME`."""

    about: Annotated[str, msgspec.Meta(pattern=rf"^(field:)?[a-z_]{{1,40}}{END}")]
    outcome: Outcome
    note: Remark = ""


class ReportTold(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a Berita Acara / Rekomendasi Teknis is to say."""

    items: Annotated[tuple[ItemExamined, ...], msgspec.Meta(max_length=60)]
    result: Result
    recommendation: Words
    note: Words = ""
    place: Line
    held_on: date

    def __repr__(self) -> str:
        return f"ReportTold(result={self.result!r}, …)"


class ReportBrought(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Asks for a place for a report that is a file already. `size` is bytes."""

    content_type: Annotated[str, msgspec.Meta(max_length=100)]
    size: int


class DecisionSent(Body, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An officer's decision with its second proof: the mailed code, or the signer's own passphrase.

    `open_marks` name what was marked as not right and is approved all the same (`field` or `field:slot`).
    `report` is the SHA-256 of the report that the officer has seen, for a step that is approved on one.
    """

    decision: Decision
    reasons: Annotated[tuple[Reason, ...], msgspec.Meta(max_length=60)] = ()
    open_marks: Annotated[tuple[Mark, ...], msgspec.Meta(max_length=60)] = ()
    message: Words = ""
    technical_recommendation: LongWords = ""
    report: Annotated[str, msgspec.Meta(pattern=rf"^([0-9a-f]{{64}})?{END}")] = ""
    code: Annotated[str, msgspec.Meta(max_length=20)] = ""
    passphrase: Annotated[str, msgspec.Meta(max_length=200)] = ""

    def __repr__(self) -> str:
        return f"DecisionSent(decision={self.decision!r}, …)"

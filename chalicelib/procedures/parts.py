"""What a procedure is made of: frozen values that say what its file says, and nothing more."""

from datetime import date
from typing import Literal, TypeAlias

import msgspec

from chalicelib.errors import NotFoundError

ApplicationType: TypeAlias = Literal["new", "renewal"]
Decision: TypeAlias = Literal["approve", "return", "refuse"]
"""What an officer can decide at a step."""
Proof: TypeAlias = Literal["none", "code", "passphrase"]
"""The second proof beside the signed link: nothing, a mailed code, or the signer's own passphrase."""

APPLICANT = "applicant"
"""Where a return ends when it does not end at a step."""


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text for people, in Indonesian (`id`) and English (`en`)."""

    id: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in `language`; Indonesian, the language of the office, for any but "en"."""
        return self.en if language == "en" else self.id


class Sop(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The document the procedure follows. `days` and `minutes` are the sum it prints, in working time."""

    number: str
    name: str
    created: date
    effective: date
    standard_words: str
    days: int
    minutes: int


class Fee(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the applicant pays, in rupiah."""

    amount: int
    sop_words: str
    name: Words


class ComplaintKind(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a complaint is about, and the role that answers it where that is not the usual one."""

    key: str
    name: Words
    role: str = ""


class Complaints(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where complaints and suggestions go, as the SOP prints it (part A, number 6), and how they are answered.

    `number` is the template of their numbers; `role` answers within `answer_working_days`. At most
    `most_a_contact_a_day` and `most_an_hour` are taken, against floods.
    """

    office: str
    place: str
    address: str
    phones: tuple[str, ...]
    fax: str
    websites: tuple[str, ...]
    answer_working_days: int
    role: str
    number: str
    most_a_contact_a_day: int
    most_an_hour: int
    kinds: tuple[ComplaintKind, ...]

    def kind(self, key: str) -> ComplaintKind:
        """The kind of that key. Raises NotFoundError."""
        for kind in self.kinds:
            if kind.key == key:
                return kind
        raise NotFoundError(what="complaint kind", key=key)

    def role_for(self, key: str) -> str:
        """The role that answers complaints of that kind. Raises NotFoundError."""
        return self.kind(key).role or self.role


class Objection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a refusal is objected to, and within how many working days (UU 30/2014 article 77)."""

    working_days: int
    answer_working_days: int
    words: Words


class RevocationReason(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a permit is revoked: the `name` is what the public check and the mail say."""

    code: str
    name: Words


class Revoking(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who proposes that a permit is revoked, who decides on it, and the reasons there are (UU 30/2014 article 64)."""

    proposing: tuple[str, ...]
    deciding: str
    reasons: tuple[RevocationReason, ...]

    def reason(self, code: str) -> RevocationReason:
        """The reason of that code. Raises NotFoundError."""
        for reason in self.reasons:
            if reason.code == code:
                return reason
        raise NotFoundError(what="revocation reason", code=code)


class Role(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One column of the SOP's flow chart. `officer` says whether a person of the office stands in it."""

    key: str
    sop_words: str
    name: Words
    officer: bool


class Document(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One requirement (part A, number 1). `slot` is its code in forms, findings and storage."""

    slot: str
    sop_words: str
    name: Words
    hint: Words
    needed_for: tuple[ApplicationType, ...]


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A paper that an officer adds to the file and the SOP keeps, such as the Rekomendasi Teknis."""

    key: str
    sop_words: str
    name: Words


class Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One row of the SOP's flow chart.

    `question` is the one that the chart's diamond asks; a step without decisions has none. `done` is the
    step's line in the tracker. `days` are working days and `minutes` working minutes; together they are the
    step's standard time. `returns_to` is "applicant", a step's key, or "" where the chart has no TIDAK arrow.
    `after_correction` is the step at which the case goes on when the applicant has corrected it: itself, or
    an earlier one. `requires_on_approve` names the records that must be in the
    file, as words, before the step can be approved; `report_on_approve` the one that must be there as a file of its
    own (PDF or picture), "" where none is asked for.
    """

    key: str
    number: int
    role: str
    name: Words
    done: Words
    sop_words: str
    days: int
    minutes: int
    output: Words
    decisions: tuple[Decision, ...] = ()
    returns_to: str = ""
    after_correction: str = ""
    requires_on_approve: tuple[str, ...] = ()
    report_on_approve: str = ""
    proof: Proof = "none"
    question: Words | None = None


class Reason(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A defect code: why a case is returned or refused, at which steps, and about which document slots or form fields.

    Neither means that it is about the form, the group or the draft as a whole. `message` is what its reader gets
    to read; `{document}` in it stands for the document's name, `{field}` for the field's. `opens` are the fields
    that can be corrected together with a document: those that it is compared with.
    """

    code: str
    decision: Decision
    steps: tuple[str, ...]
    slots: tuple[str, ...]
    name: Words
    message: Words
    fields: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()


class Field(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One field of the form by the name that people know, for the reasons about it."""

    key: str
    name: Words


class Genre(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One art genre (jenis kesenian)."""

    slug: str
    name: Words

"""The state of one case, as it is stored: one value, replaced whole at every change."""

from datetime import date, datetime
from typing import Literal

import msgspec

from chalicelib.audit.chain import Head
from chalicelib.cases.form import ApplicationForm
from chalicelib.cases.report import Report
from chalicelib.documents.types import Inspection
from chalicelib.permits.port import SignedWith
from chalicelib.worktime.ledger import Ledger

Status = Literal["draft", "in_progress", "returned", "issued", "refused", "withdrawn", "lapsed"]
DocumentState = Literal["awaiting", "inspecting", "inspected", "refused"]
ActingAs = Literal["", "plh", "plt"]
"""How somebody acts: in their own place, or as a stand-in (pelaksana harian, pelaksana tugas)."""
Verdict = Literal["approve", "return", "refuse", "withdraw", "resubmit", "lapse"]

CORRECTION = "correction"
"""The name under which the applicant's corrections are counted and decided, beside the steps of the SOP."""

UNFINISHED: frozenset[DocumentState] = frozenset({"awaiting", "inspecting"})
"""The states of a document that may still change by itself."""
NOBODY = "nobody"
"""Who an open step lies before while no officer may decide it; the id of no officer."""
ENDED: frozenset[str] = frozenset({"issued", "refused", "withdrawn", "lapsed"})


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One uploaded document of a slot.

    `quarantine_key` is where the page may write; `object_key`, `version_id` and `sha256` (hex) name the
    inspected copy, which is what officers see and the audit trail names. Sizes are bytes. `taken_from` is the
    upload of an earlier application that this one repeats; `etag` is what S3 calls the bytes that were read.
    """

    slot: str
    upload_id: str
    state: DocumentState
    content_type: str
    size: int
    offered_at: datetime
    quarantine_key: str
    object_key: str = ""
    version_id: str = ""
    sha256: str = ""
    previews: tuple[str, ...] = ()
    taken_from: str = ""
    etag: str = ""
    inspection: Inspection | None = None


class Acting(msgspec.Struct, frozen=True, kw_only=True):
    """Before whom a step is laid. A stand-in acts for the officer `acting_for`.

    `told` is the officer who hears of it while the step lies before NOBODY, "" when there is none.
    """

    officer_id: str
    acting_for: str = ""
    acting_as: ActingAs = ""
    told: str = ""


class SigningTry(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was handed to an outside service to be signed. `lost` says why no answer came, "" while one may."""

    asked_at: datetime
    lost: str = ""


class OpenStep(msgspec.Struct, frozen=True, kw_only=True):
    """The step that waits for an officer's decision.

    `deadline` is when its working time is used up; `wakes_at` when it is next recorded as overdue, which is the
    deadline first and a working day later each time. `level` counts those times. `reminds_at` is when the officer
    is reminded before the deadline, None after the last reminder. A stand-in (`officer_id`) acts for the officer
    `acting_for`. `signing` is a signature that was asked for and whose outcome is not known.
    """

    key: str
    attempt: int
    role: str
    officer_id: str
    opened_at: datetime
    deadline: datetime
    wakes_at: datetime
    reminds_at: datetime | None = None
    level: int = 0
    acting_for: str = ""
    acting_as: ActingAs = ""
    signing: SigningTry | None = None


class Watch(msgspec.Struct, frozen=True, kw_only=True):
    """The watch over a complete file: without a decision by `until` the request can count as granted (UU 30/2014, 53).

    `told` counts the warnings that were given, `wakes_at` is the moment of the next one, None after the last.
    """

    until: datetime
    wakes_at: datetime | None
    told: int = 0


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """A return to the applicant: which step asked, why, and until when it can be answered.

    `documents` are the returned ones as the officer saw them, by slot: the new ones are laid beside them.
    """

    step: str
    attempt: int
    reasons: tuple[str, ...]
    message: str
    returned_at: datetime
    until: datetime
    wakes_at: datetime
    reminders: int = 0
    documents: dict[str, Document] = {}


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """Where the workflow waits for this case. The task token never leaves the back end."""

    step: str
    attempt: int
    task_token: str


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A document as an officer saw it: which upload, the SHA-256 (hex) of its bytes, its pictures."""

    upload_id: str
    sha256: str
    previews: tuple[str, ...] = ()


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """What lay before an officer who decided: the form, and the accepted documents by slot."""

    form: ApplicationForm
    sheets: dict[str, Sheet]


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What an officer, or the applicant, decided. `officer_id` is empty for the applicant's own acts.

    A stand-in decided for the officer `acting_for`, and both are named.
    `look` is the place of what the officer saw among the `looks` of the case, None for the applicant's own acts.
    `late` are those of the `reasons` that could have been given at an earlier look, `open_marks` the rows that an
    approval passes over. `report` is the file on which an approval of a step rests that asks for one.
    """

    step: str
    attempt: int
    verdict: Verdict
    at: datetime
    officer_id: str = ""
    role: str = ""
    reasons: tuple[str, ...] = ()
    message: str = ""
    technical_recommendation: str = ""
    acting_for: str = ""
    acting_as: ActingAs = ""
    look: int | None = None
    late: tuple[str, ...] = ()
    open_marks: tuple[str, ...] = ()
    report: Report | None = None


class SignedPermit(msgspec.Struct, frozen=True, kw_only=True):
    """The signed file of a case: its number, where it lies, the SHA-256 (hex) and the bytes of all of it.

    `size` is 0 for a permit that was signed before sizes were kept. A stand-in signed for `signed_for`.
    `signed_with` and `level` are those of `permits.port`: whose certificate, and what the file holds to prove it;
    `level` is empty before levels were kept.
    `valid_until` is the last day of one that took the place of another before that one's end; None for all others.
    """

    permit_number: str
    check_code: str
    object_key: str
    version_id: str
    sha256: str
    size: int = 0
    level: str = ""
    signed_at: datetime
    signed_by: str
    signed_for: str = ""
    signed_as: ActingAs = ""
    valid_until: date | None = None
    signed_with: SignedWith = "seal"
    published_at: datetime | None = None


class Revocation(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal to revoke the permit of that number, and what became of it; `outcome` is "" while it waits.

    `attempt` counts the case's proposals. Proposed by an officer in `proposed_role`, a stand-in for `proposed_for`;
    decided in `deciding_role`, alike. `words` are the proposer's, `answer` those of who decided.
    """

    attempt: int
    permit_number: str
    reason: str
    words: str
    proposed_by: str
    proposed_role: str
    proposed_for: str = ""
    proposed_as: ActingAs = ""
    proposed_at: datetime
    deciding_role: str
    outcome: Literal["", "revoked", "declined"] = ""
    answer: str = ""
    decided_by: str = ""
    decided_for: str = ""
    decided_as: ActingAs = ""
    decided_at: datetime | None = None


class ProcedureRef(msgspec.Struct, frozen=True):
    """The procedure version that a case started with and keeps."""

    id: str
    version: int


class Assistance(msgspec.Struct, frozen=True, kw_only=True):
    """Who fills in for an applicant who is present, and the consent to it: when it was given, to which words.

    The proof of it is the code that was mailed to the applicant's own address and read out.
    """

    officer_id: str
    officer_name: str
    role: str
    consented_at: datetime
    words: str


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One application. `version` counts its changes; `head` is the end of its audit chain.

    `looks` are what officers decided on, each once: most cases are the same at every step.

    `calendar` is the revision of the office's calendar in which its clocks count (`worktime.revisions`).

    `report` is the one that the open step's officer is at; a decision takes it over.

    `revocation` is the newest proposal to revoke its permit; an issued case stays issued when it is revoked.

    `hand` is the officer through whom the applicant's side acts at the moment, "" when they act themselves.
    """

    case_id: str
    version: int
    procedure: ProcedureRef
    applicant_id: str
    tracking_code: str
    status: Status
    created_at: datetime
    updated_at: datetime
    form: ApplicationForm
    documents: dict[str, Document] = {}
    number: str = ""
    submitted_at: datetime | None = None
    complete_at: datetime | None = None
    watch: Watch | None = None
    current: OpenStep | None = None
    correction: Correction | None = None
    waiting: Waiting | None = None
    ledgers: dict[str, Ledger] = {}
    calendar: int = 0
    attempts: dict[str, int] = {}
    decisions: tuple[Decision, ...] = ()
    looks: tuple[Look, ...] = ()
    permit: SignedPermit | None = None
    report: Report | None = None
    revocation: Revocation | None = None
    assistance: Assistance | None = None
    hand: str = ""
    head: Head = Head()

    @property
    def ended(self) -> bool:
        """Whether nothing can happen to the application any more."""
        return self.status in ENDED

    @property
    def due_at(self) -> datetime | None:
        """The next moment at which an open step asks for something by itself; None while none is open."""
        if self.current is None:
            return None
        watched = self.watch.wakes_at if self.watch else None
        return min(filter(None, (self.current.wakes_at, self.current.reminds_at, watched)))

    @property
    def found_late(self) -> int:
        """How many defects were found late, in all returns."""
        return sum(len(decision.late) for decision in self.decisions)

    def decision_on(self, step: str, attempt: int) -> Decision | None:
        """The decision that closed this attempt of a step, if there is one."""
        return next((d for d in self.decisions if d.step == step and d.attempt == attempt), None)

    def answer_to(self, waiting: Waiting) -> Verdict | None:
        """What the workflow must hear where it waits; None while nobody has decided.

        A withdrawn case answers any wait so: what was decided at that place before is heard no more.
        """
        if self.status == "withdrawn":
            return "withdraw"
        decided = self.decision_on(waiting.step, waiting.attempt)
        return decided.verdict if decided else None

"""The procedure of one kind of permit, read from its file, with the questions that the service asks it."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from chalicelib.errors import NotAllowedError, NotFoundError, ProcedureError
from chalicelib.procedures.number import PermitNumber, format_number
from chalicelib.procedures.parts import (
    ApplicationType,
    Complaints,
    Decision,
    Document,
    Fee,
    Field,
    Genre,
    Objection,
    Reason,
    Record,
    Revoking,
    Role,
    Sop,
    Step,
    Words,
)

NOMOR_INDUK_KESENIAN = "nomor-induk-kesenian"
ISSUED = "issued"
REFUSED = "refused"
ENDS = frozenset({ISSUED, REFUSED})
"""Where a decision can end a case. Withdrawing and lapsing are no officer's decision."""


class Procedure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version of one procedure. Field names and units are those of its TOML file.

    `revocation` is None in versions from before permits were revoked here; the newest one's rules go for all permits.
    """

    id: str
    version: int
    name: Words
    validity_years: int
    renewal_opens_days: int
    renewal_reminder_days: tuple[int, ...]
    correction_days: int
    correction_reminder_days: tuple[int, ...]
    deemed_approval_working_days: int
    step_reminder_percent: tuple[int, ...]
    letter_max_age_months: int
    withdraw_until: str
    permit_type: str
    permit_number: str
    application_number: str
    escalation: tuple[str, ...]
    legal_bases: tuple[str, ...]
    sop: Sop
    fee: Fee
    complaints: Complaints
    objection: Objection
    revocation: Revoking | None = None
    roles: tuple[Role, ...]
    documents: tuple[Document, ...]
    fields: tuple[Field, ...]
    records: tuple[Record, ...]
    steps: tuple[Step, ...]
    reasons: tuple[Reason, ...]
    genres: tuple[Genre, ...]

    def step(self, key: str) -> Step:
        """The step of that key. Raises NotFoundError, as do all lookups here."""
        return _one((step for step in self.steps if step.key == key), "step", key)

    def role(self, key: str) -> Role:
        """The role of that key."""
        return _one((role for role in self.roles if role.key == key), "role", key)

    def document(self, slot: str) -> Document:
        """The document that belongs in `slot`."""
        return _one((document for document in self.documents if document.slot == slot), "slot", slot)

    def field(self, key: str) -> Field:
        """The field of the form of that key."""
        return _one((field for field in self.fields if field.key == key), "field", key)

    def record(self, key: str) -> Record:
        """The officers' record of that key."""
        return _one((record for record in self.records if record.key == key), "record", key)

    def reason(self, code: str) -> Reason:
        """The reason of that code."""
        return _one((reason for reason in self.reasons if reason.code == code), "reason", code)

    def genre(self, slug: str) -> Genre:
        """The art genre of that slug."""
        return _one((genre for genre in self.genres if genre.slug == slug), "genre", slug)

    def slots_needed(self, application_type: ApplicationType) -> tuple[str, ...]:
        """The slots that an application of that type must fill, in the SOP's order."""
        return tuple(item.slot for item in self.documents if application_type in item.needed_for)

    def reasons_at(self, step: str, decision: Decision) -> tuple[Reason, ...]:
        """The reasons that an officer can choose for `decision` at `step`, in the file's order."""
        return tuple(item for item in self.reasons if item.decision == decision and step in item.steps)

    def next_step(self, key: str) -> Step | None:
        """The step that the SOP puts after `key`; None after the last."""
        following = self.step(key).number + 1
        return next((step for step in self.steps if step.number == following), None)

    def step_after(self, key: str, decision: Decision) -> str:
        """Where `decision` at the step `key` leads: a step's key, "applicant", "issued" or "refused".

        The arrows are those of the SOP's flow chart. Raises NotAllowedError when the step does not offer
        that decision. A step that nobody decides (1 and 6) goes on as if approved.
        """
        step = self.step(key)
        if decision not in (step.decisions or ("approve",)):
            raise NotAllowedError(step=key, decision=decision, allowed=step.decisions)
        if decision == "approve":
            following = self.next_step(key)
            return following.key if following else ISSUED
        return step.returns_to if decision == "return" else REFUSED

    def can_withdraw_at(self, key: str) -> bool:
        """Whether the applicant may still withdraw while the case stands at the step `key`."""
        return self.step(key).number <= self.step(self.withdraw_until).number

    def superior(self, role: str, missed: int = 0) -> str | None:
        """Who is told when `role` does not answer; None above the last of the line.

        `missed` counts the deadlines that were missed before: each goes one further up.
        """
        if role not in self.escalation:
            return None
        above = self.escalation[self.escalation.index(role) + 1 :]
        return above[missed] if missed < len(above) else None

    def standard(self) -> tuple[int, int]:
        """The sum of all steps: working days, and working minutes beside them."""
        return sum(step.days for step in self.steps), sum(step.minutes for step in self.steps)

    def number_of_permit(self, *, serial: int, year: int) -> str:
        """The permit's number: "430/0007/424.086/2026" for the seventh of 2026."""
        return format_number(self.permit_number, PermitNumber(self.permit_type, serial, year))

    def number_of_application(self, *, serial: int, year: int) -> str:
        """The application's number: "NKS-2026-00123". Its prefix is never "NIK"."""
        return self.application_number.format(serial=serial, year=year)

    def number_of_complaint(self, *, serial: int, year: int) -> str:
        """The complaint's number: "ADU-2026-00007"."""
        return self.complaints.number.format(serial=serial, year=year)


@cache
def load(procedure_id: str = NOMOR_INDUK_KESENIAN, version: int | None = None) -> Procedure:
    """The procedure in that version, or in the newest when none is named.

    The newest version lives in `<id>.toml`, an older one in `<id>.v<version>.toml`. A running case loads the
    version it started with. Raises ProcedureError when the file is missing, is not of the form that
    `Procedure` gives, or holds another id or version than its name says.
    """
    newest = parse(_text(f"{procedure_id}.toml"))
    found = newest if version in (None, newest.version) else parse(_text(f"{procedure_id}.v{version}.toml"))
    if found.id != procedure_id or found.version != (version or found.version):
        named = f"{procedure_id} version {version}"
        raise ProcedureError(problems=(f"the file of {named} holds {found.id} version {found.version}",))
    return found


def parse(text: str) -> Procedure:
    """The procedure that a TOML text says. Raises ProcedureError when it is not of that form."""
    try:
        return msgspec.convert(tomllib.loads(text), Procedure)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ProcedureError(problems=(str(error),)) from error


def _text(name: str) -> str:
    try:
        # Not importlib.resources: it brings tempfile and shutil, a third of what this module costs to import.
        return Path(__file__).with_name(name).read_text(encoding="utf-8")
    except (FileNotFoundError, ValueError) as error:  # ValueError: not a plain file name
        raise ProcedureError(problems=(f"there is no {name}",)) from error


Found = TypeVar("Found", bound=msgspec.Struct)


def _one(matches: Iterable[Found], what: str, key: str) -> Found:
    for match in matches:
        return match
    raise NotFoundError(what=what, key=key)

"""One case in the hands of a random person, officer and machine; every change is checked as it is made."""

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
from hypothesis import strategies as st

from chalicelib.audit.chain import Entry, breaks
from chalicelib.cases import applying, correcting, deciding, reporting, uploading, workflow
from chalicelib.cases.case import ENDED, Acting, Case, Document, SignedPermit, Waiting
from chalicelib.cases.change import Change
from chalicelib.cases.deciding import Ruling
from chalicelib.cases.form import ApplicationForm
from chalicelib.cases.report import Report
from chalicelib.documents.types import Inspection, Kind
from chalicelib.errors import Fault
from chalicelib.procedures.procedure import load
from chalicelib.worktime import budget
from chalicelib.worktime.calendar import OfficeCalendar, whole_minute
from chalicelib.worktime.holidays_id import office_calendar
from tests.worktime.offices import at

PROCEDURE = load()
CALENDAR = office_calendar(2025, 2030)
STEPS = tuple(step for step in PROCEDURE.steps if step.decisions)
OFFICERS = ("cs-1", "sub-1", "koor-1", "kepala-1", "plh-1")
EDGES = {
    "draft": {"in_progress", "withdrawn"},
    "in_progress": {"returned", "refused", "issued", "withdrawn"},
    "returned": {"in_progress", "withdrawn", "lapsed"},
}
WHOLE = ApplicationForm(
    group_name="Sanggar Uji Coba",
    art_genre="ludruk",
    group_address="Dusun Contoh",
    village="Contohrejo",
    sub_district="Bangil",
    member_count=20,
    leader_name="Sari Contoh",
    national_id="3514014101900001",
    phone="081200001234",
)
forms = st.sampled_from([WHOLE, msgspec.structs.replace(WHOLE, village=""), ApplicationForm()])
slots = st.sampled_from([document.slot for document in PROCEDURE.documents])
rulings = st.builds(
    Ruling,
    choice=st.sampled_from(["approve", "approve", "return", "refuse"]),
    reasons=st.sampled_from(
        [(), ("missing_document:ktp",), ("recommendation_incomplete",), ("outside_regency",), ("?",)]
    ),
    technical_recommendation=st.sampled_from(["", "Layak."]),
)


class Walker:
    """The case, its trail, and a reckoning of the working time that is kept apart from the ledgers."""

    def __init__(self) -> None:
        self.now = at("2026-11-24 09:00")
        made = applying.start_draft("case-1", "code-1", "applicant-1", "new", PROCEDURE, self.now)
        self.case: Case = made.case
        self.entries: list[Entry] = [made.entry]
        self.spent: dict[str, int] = {}
        self.running: tuple[str, datetime] | None = None
        self.permits: list[SignedPermit] = []
        self._uploads = 0

    def make(self, rule: Callable[[Case], Change | None]) -> Change | None:
        """The change that the rule makes; a refusal, or nothing to do, leaves the case to the letter as it was."""
        before = msgspec.json.encode(self.case)
        try:
            made = rule(self.case)
        except Fault:
            made = None
        assert msgspec.json.encode(self.case) == before
        if made:
            self._follow(made)
        return made

    def wait(self, **time: float) -> None:
        """Time passes."""
        self.now += timedelta(**time)

    def save(self, form: ApplicationForm) -> None:
        self.make(lambda case: applying.save_form(case, form, PROCEDURE, self.now))

    def upload(self, slot: str) -> None:
        self._uploads += 1
        document = Document(
            slot=slot,
            upload_id=f"upload-{self._uploads}",
            state="awaiting",
            content_type="image/png",
            size=10,
            offered_at=self.now,
            quarantine_key=f"case-1/{self._uploads}/{slot}",
        )
        self.make(lambda case: uploading.offer_upload(case, document, PROCEDURE, self.now))

    def inspect(self, slot: str, *, readable: bool) -> None:
        """The inspection begins or ends, also of what was replaced, or of a case that is over."""
        document = self.case.documents.get(slot)
        if document is None:
            return
        if document.state == "awaiting":
            self.make(lambda case: uploading.begin_inspection(case, slot, document.upload_id, self.now))
            return
        reading = Inspection(kind=Kind(slot), kind_confidence=1.0, content_type="image/png", pages=1)
        state = "inspected" if readable else "refused"
        read = msgspec.structs.replace(document, state=state, inspection=reading, sha256="00" * 32)
        self.make(lambda case: uploading.receive_inspection(case, document.upload_id, read, self.now))

    def remove(self, slot: str) -> None:
        self.make(lambda case: uploading.remove_document(case, slot, PROCEDURE, self.now))

    def submit(self, *, send_anyway: bool) -> None:
        self.make(
            lambda case: applying.submit(
                case, PROCEDURE, number="NKS-1", finding_codes=(), send_anyway=send_anyway, at=self.now
            )
        )

    def correct(self, *, send_anyway: bool) -> None:
        self.make(
            lambda case: correcting.send_correction(
                case, PROCEDURE, finding_codes=(), message="", send_anyway=send_anyway, at=self.now
            )
        )

    def withdraw(self) -> None:
        if self.make(lambda case: applying.withdraw(case, PROCEDURE, self.now, CALENDAR)):
            self._stop()

    def open(self, step: str, officer: str, calendar: OfficeCalendar = CALENDAR) -> None:
        opening = PROCEDURE.step(step)
        acting = Acting(officer_id=officer)
        if self.make(lambda case: deciding.open_step(case, PROCEDURE, opening, acting, self.now, calendar)):
            assert self.running is None
            self.running = (step, self.now)

    def decide(self, ruling: Ruling, officer: str) -> None:
        """A ruling of whoever; the approval of the signing step brings its signed file."""
        current = self.case.current
        signs = current is not None and current.key == "signing" and ruling.choice == "approve"
        permit = self._permit(officer) if signs else None
        if (
            current is not None
            and PROCEDURE.step(current.key).report_on_approve
            and ruling.technical_recommendation
        ):
            ruling = self._reported(ruling, officer)
        before = self.case
        made = self.make(
            lambda case: deciding.decide(
                case, PROCEDURE, ruling, officer_id=officer, at=self.now, calendar=CALENDAR, permit=permit
            )
        )
        if made:
            self._stop()
            decided = made.case.decisions[-1]
            assert before.decision_on(decided.step, decided.attempt) is None
            assert decided.officer_id == officer

    def machine(self, what: str, step: str) -> None:
        """What the machine asks for beside opening, at any time and as often as it likes."""
        rules: dict[str, Callable[[Case], Change | None]] = {
            "acknowledge": lambda case: workflow.acknowledge(case, self.now),
            "overdue": lambda case: workflow.record_overdue(case, step, "kepala-1", self.now, CALENDAR),
            "wait": lambda case: workflow.wait_for(case, self._wait(step), self.now),
            "remind officer": lambda case: workflow.record_reminder(case, PROCEDURE, self.now, CALENDAR),
            "watch": lambda case: workflow.record_watch(case, ("kepala-1",), self.now),
            "remind": lambda case: correcting.record_correction_timeout(case, PROCEDURE, self.now),
            "tell again": lambda case: deciding.tell_again(case, self.now),
            "publish": lambda case: workflow.publish(case, self.now),
        }
        self.make(rules[what])

    def _wait(self, step: str) -> Waiting:
        return Waiting(
            step=step, attempt=self.case.attempts.get(step, 0), task_token=f"token-{self.case.version}"
        )

    def _reported(self, ruling: Ruling, officer: str) -> Ruling:
        """The ruling on a report that whoever it is has laid down, or was not let lay down."""
        self._uploads += 1
        sha256 = f"{self._uploads:064x}"

        def lay_down(case: Case) -> Change | None:
            current, tries = reporting.begin(case, PROCEDURE, officer)
            report = Report(
                step=current.key,
                attempt=current.attempt,
                officer_id=officer,
                acting_for=current.acting_for,
                source="composed",
                state="made",
                tries=tries,
                at=self.now,
                content_type="application/pdf",
                sha256=sha256,
            )
            return reporting.lay_down(case, report, self.now)

        self.make(lay_down)
        return msgspec.structs.replace(ruling, report=sha256)

    def _permit(self, officer: str) -> SignedPermit:
        return SignedPermit(
            permit_number="430/0001/424.086/2026",
            check_code="0000000000",
            object_key="case-1/permit.pdf",
            version_id="1",
            sha256="00" * 32,
            signed_at=self.now,
            signed_by=officer,
        )

    def _stop(self) -> None:
        if self.running:
            step, since = self.running
            minutes = CALENDAR.working_minutes_between(whole_minute(since), whole_minute(self.now))
            self.spent[step] = self.spent.get(step, 0) + minutes
            self.running = None

    def _follow(self, made: Change) -> None:
        """One change: one version and one audit entry on, along an edge, and nothing decided is unsaid."""
        before, after = self.case, made.case
        assert after.version == before.version + 1
        assert after.status == before.status or after.status in EDGES[before.status]
        assert after.decisions[: len(before.decisions)] == before.decisions
        assert len(after.decisions) <= len(before.decisions) + 1
        if before.status in ENDED:
            assert made.entry.action == "workflow.waits"
        if after.permit is not None and before.permit is None:
            self.permits.append(after.permit)
        assert all(one.case_id == after.case_id and one.created_at == self.now for one in made.outbox)
        assert len({one.id for one in made.outbox}) == len(made.outbox)
        self.case = after
        self.entries.append(made.entry)

    def check(self) -> None:
        """What must be true of a case at any time."""
        case = self.case
        assert breaks(case.case_id, self.entries, case.head) == []
        assert case.version == case.head.seq == len(self.entries)
        assert msgspec.json.decode(msgspec.json.encode(case), type=Case) == case
        assert len(self.permits) <= 1
        assert case.permit is None or case.permit.permit_number == self.permits[0].permit_number
        assert (case.status == "returned") == (case.correction is not None)
        assert case.current is None or case.status == "in_progress"
        attempts = [(d.step, d.attempt) for d in case.decisions]
        assert len(set(attempts)) == len(attempts)
        steps_of: dict[str, set[str]] = {}
        for decision in case.decisions:
            steps_of.setdefault(decision.officer_id, set()).add(decision.step)
        assert all(len(steps) == 1 for officer, steps in steps_of.items() if officer)
        self._check_time()

    def _check_time(self) -> None:
        """No ledger loses a minute or invents one: they say what was reckoned apart from them."""
        assert {key for key, ledger in self.case.ledgers.items() if ledger.standing().phase == "running"} == (
            {self.case.current.key} if self.case.current else set()
        )
        for step, ledger in self.case.ledgers.items():
            minutes = self.spent.get(step, 0)
            if self.running and self.running[0] == step:
                since = whole_minute(self.running[1])
                minutes += CALENDAR.working_minutes_between(since, whole_minute(self.now))
            assert budget.used(ledger, self.now, CALENDAR) == minutes
            assert budget.left(ledger, self.now, CALENDAR) == ledger.standing().allowed - minutes

"""Whatever people and the machine do, in whatever order: a case keeps its promises."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from chalicelib.cases.deciding import Ruling
from chalicelib.cases.form import ApplicationForm
from chalicelib.procedures.parts import Decision as Choice
from tests.cases.walker import OFFICERS, PROCEDURE, STEPS, WHOLE, Walker, forms, rulings, slots

step_keys = st.sampled_from([step.key for step in STEPS])
usual = {step.key: OFFICERS[at] for at, step in enumerate(STEPS)}


class AnySequence(RuleBasedStateMachine):
    """The rules draw from everything that is ever asked of a case, sensible or not."""

    def __init__(self) -> None:
        super().__init__()
        self.walker = Walker()

    @initialize(steps=st.integers(-1, 4))
    def begin(self, steps: int) -> None:
        """A draft, or a case that was sent and so far approved."""
        if steps >= 0:
            self.walker.save(WHOLE)
            self.walker.submit(send_anyway=True)
            self._as_it_should_go("approve", steps)

    @rule(minutes=st.integers(0, 600))
    def minutes_pass(self, minutes: int) -> None:
        self.walker.wait(minutes=minutes)

    @rule(days=st.integers(1, 15))
    def days_pass(self, days: int) -> None:
        self.walker.wait(days=days)

    @rule(form=forms)
    def save(self, form: ApplicationForm) -> None:
        self.walker.save(form)

    @rule(slot=slots)
    def upload(self, slot: str) -> None:
        self.walker.upload(slot)

    @rule(slot=slots, readable=st.booleans())
    def inspect(self, slot: str, readable: bool) -> None:
        self.walker.inspect(slot, readable=readable)

    @rule(slot=slots)
    def remove(self, slot: str) -> None:
        self.walker.remove(slot)

    @rule(send_anyway=st.booleans())
    def submit(self, send_anyway: bool) -> None:
        self.walker.submit(send_anyway=send_anyway)

    @rule(send_anyway=st.booleans())
    def correct(self, send_anyway: bool) -> None:
        self.walker.correct(send_anyway=send_anyway)

    @rule(really=st.integers(0, 9))
    def withdraw(self, really: int) -> None:
        """Seldom: most of what can happen to a case happens to one that goes on."""
        if really == 9:
            self.walker.withdraw()

    @rule(step=step_keys, officer=st.sampled_from(OFFICERS))
    def open(self, step: str, officer: str) -> None:
        self.walker.open(step, officer)

    @rule(ruling=rulings, officer=st.sampled_from(OFFICERS))
    def decide(self, ruling: Ruling, officer: str) -> None:
        self.walker.decide(ruling, officer)

    @rule(choice=st.sampled_from(["approve", "return", "refuse"]), times=st.integers(1, 2))
    def go_on(self, choice: Choice, times: int) -> None:
        self._as_it_should_go(choice, times)

    def _as_it_should_go(self, choice: Choice, times: int) -> None:
        """The awaited step opened, and decided by its own officer with all that this needs."""
        for _ in range(times):
            for step, officer in usual.items():
                self.walker.open(step, officer)
            current = self.walker.case.current
            if current:
                reasons = PROCEDURE.reasons_at(current.key, choice)[:1]
                given = tuple(f"{r.code}:{r.slots[0]}" if r.slots else r.code for r in reasons)
                ruling = Ruling(choice=choice, reasons=given, technical_recommendation="Layak.")
                self.walker.decide(ruling, usual[current.key])

    @rule(
        what=st.sampled_from(
            ["acknowledge", "overdue", "wait", "remind officer", "watch", "remind", "tell again", "publish"]
        ),
        step=step_keys,
    )
    def machine(self, what: str, step: str) -> None:
        self.walker.machine(what, step)

    @rule()
    def nobody_acts_in_time(self) -> None:
        """The next moment at which somebody must be told has come: an officer, or the applicant who corrects."""
        case = self.walker.case
        waits = case.current or case.correction
        if waits:
            self.walker.wait(seconds=max(0.0, (waits.wakes_at - self.walker.now).total_seconds()))
            step = case.current.key if case.current else ""
            self.walker.machine("overdue" if step else "remind", step)

    @invariant()
    def promises_are_kept(self) -> None:
        self.walker.check()


AnySequence.TestCase.settings = settings(
    max_examples=120, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
test_a_case_keeps_its_promises_whatever_is_asked_of_it = AnySequence.TestCase

"""Somebody who guesses: whatever they do in whatever order, they get five tries a code and 25 in half an hour."""

from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from chalicelib.accounts.codes import (
    CODES,
    GUESSES,
    LOCKED_FOR,
    RESEND_AFTER,
    VALID_FOR,
    Challenge,
    CodeWrongError,
    guess,
    new_code,
)
from chalicelib.errors import TooManyError
from tests.accounts.challenges import KEY, NOW, right, wrong

WAITS = [timedelta(seconds=n) for n in (0, 1, 59, 60, 61, 300, 599, 600, 601, 1799, 1800, 3600)]


class Guessing(RuleBasedStateMachine):
    """One mailbox; `judged` counts the guesses that were compared with each code."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.told_to_come: datetime | None = None
        self.challenge: Challenge | None = None
        self.sent_at: list[datetime] = []
        self.judged: dict[str, int] = {}
        self.accepted: dict[str, int] = {}

    @rule(wait=st.sampled_from(WAITS))
    def time_passes(self, wait: timedelta) -> None:
        self.now += wait

    @precondition(lambda self: self.told_to_come is not None)
    @rule()
    def comes_back_when_told(self) -> None:
        assert self.told_to_come
        self.now, self.told_to_come = max(self.now, self.told_to_come), None
        assert self.challenge
        assert new_code(self.challenge, "sign-in-a1", "again", self.now)

    @rule()
    def asks_for_a_code(self) -> None:
        try:
            fresh = new_code(self.challenge, "sign-in-a1", f"n{len(self.sent_at)}", self.now)
        except TooManyError as refusal:
            self.told_to_come = datetime.fromisoformat(refusal.facts["retry_at"])
            return
        if fresh is None:
            assert self.challenge
            assert self.now < self.challenge.sent_at + RESEND_AFTER
            return
        assert fresh.version == (self.challenge.version + 1 if self.challenge else 1)
        self.challenge = fresh
        self.sent_at.append(self.now)

    @precondition(lambda self: self.challenge is not None)
    @rule(knows=st.booleans())
    def guesses(self, *, knows: bool) -> None:
        before = self.challenge
        assert before
        try:
            self.challenge, accepted = guess(before, right(before) if knows else wrong(before), KEY, self.now)
        except (CodeWrongError, TooManyError):
            return
        assert accepted == knows
        assert self.now < before.sent_at + VALID_FOR
        self.judged[before.nonce] = self.judged.get(before.nonce, 0) + 1
        self.accepted[before.nonce] = self.accepted.get(before.nonce, 0) + accepted

    @invariant()
    def never_more_than_five_guesses_a_code(self) -> None:
        assert all(count <= GUESSES for count in self.judged.values())

    @invariant()
    def a_code_opens_once(self) -> None:
        assert all(count <= 1 for count in self.accepted.values())

    @invariant()
    def without_a_right_guess_codes_are_few(self) -> None:
        if any(self.accepted.values()):
            return
        for first in self.sent_at:
            window = [sent for sent in self.sent_at if first <= sent < first + LOCKED_FOR]
            # A window of the count can end within any half hour, so two of them touch it at most.
            assert len(window) <= 2 * CODES


Guessing.TestCase.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
TestGuessing = Guessing.TestCase

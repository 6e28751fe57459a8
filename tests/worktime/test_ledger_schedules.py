"""No schedule of events loses or invents a minute."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.worktime import budget
from chalicelib.worktime.calendar import OfficeCalendar, whole_minute
from chalicelib.worktime.ledger import Allowance, Ledger
from tests.worktime.offices import calendars, moments, naive_count, the_office

starts = moments.map(whole_minute)
events = st.lists(
    st.tuples(
        st.sampled_from(["toggle", "toggle", "calendar", "overdue"]), st.integers(0, 2 * 24 * 60), calendars()
    ),
    max_size=6,
)
allowances = st.builds(Allowance, days=st.integers(0, 3), minutes=st.integers(1, 200))


@dataclass
class Story:
    """A ledger told by drawn events, beside a count of every single minute."""

    ledger: Ledger
    calendar: OfficeCalendar
    now: datetime
    counted: int = 0
    running: bool = True

    def pass_time(self, minutes: int) -> None:
        later = self.now + timedelta(minutes=minutes)
        if self.running:
            self.counted += naive_count(self.calendar, self.now, later)
        self.now = later

    def happen(self, event: str, other: OfficeCalendar) -> None:
        if event == "calendar":
            self.ledger = budget.reproject(self.ledger, other, self.now, "SKB", old=self.calendar)
            self.calendar = other
        elif event == "overdue":
            self._tell_when_overdue()
        elif self.running:
            self.ledger = budget.suspend(self.ledger, self.now, "applicant_corrects", self.calendar)
            self.running = False
        else:
            self.ledger = budget.resume(self.ledger, self.now)
            self.running = True

    def _tell_when_overdue(self) -> None:
        if self.running and budget.left(self.ledger, self.now, self.calendar) <= 0:
            level = self.ledger.standing().level + 1
            self.ledger = budget.mark_overdue(self.ledger, self.now, level, self.calendar)


@st.composite
def stories(draw: st.DrawFn) -> Iterator[Story]:
    """Every state of one drawn story, one after the other."""
    calendar, start = draw(st.one_of(st.builds(the_office), calendars())), draw(starts)
    story = Story(budget.open_ledger(draw(allowances), start, calendar), calendar, start)

    def told() -> Iterator[Story]:
        yield story
        for event, minutes, other in told_events:
            story.pass_time(minutes)
            story.happen(event, other)
            yield story

    told_events = draw(events)
    return told()


@given(stories())
@settings(max_examples=60, deadline=None)
def test_used_minutes_are_exactly_the_open_minutes_in_which_the_clock_ran(told: Iterator[Story]) -> None:
    for story in told:
        assert budget.used(story.ledger, story.now, story.calendar) == story.counted
        allowed = story.ledger.standing().allowed
        assert budget.left(story.ledger, story.now, story.calendar) + story.counted == allowed


@given(stories())
@settings(max_examples=60, deadline=None)
def test_a_deadline_is_the_minute_in_which_nothing_is_left(told: Iterator[Story]) -> None:
    for story in told:
        due = budget.deadline(story.ledger, story.calendar)
        assert (due is None) == (not story.running)
        if due is None:
            continue
        remaining = budget.left(story.ledger, story.now, story.calendar)
        if remaining > 0:
            assert due > story.now
            assert budget.left(story.ledger, due, story.calendar) == 0
            edges = story.calendar.open_intervals(due.date())
            assert any(opens <= due <= closes for opens, closes in edges)
        else:
            assert due <= story.now


@given(stories())
@settings(max_examples=40, deadline=None)
def test_every_ledger_survives_json(told: Iterator[Story]) -> None:
    for story in told:
        again = msgspec.json.decode(msgspec.json.encode(story.ledger), type=Ledger)
        assert again == story.ledger
        assert budget.used(again, story.now, story.calendar) == story.counted
        assert budget.deadline(again, story.calendar) == budget.deadline(story.ledger, story.calendar)


@given(stories())
@settings(max_examples=40, deadline=None)
def test_the_same_calendar_again_changes_nothing(told: Iterator[Story]) -> None:
    for story in told:
        again = budget.reproject(story.ledger, story.calendar, story.now, "same", old=story.calendar)
        assert again.standing().allowed == story.ledger.standing().allowed
        assert budget.deadline(again, story.calendar) == budget.deadline(story.ledger, story.calendar)


@given(stories())
@settings(max_examples=40, deadline=None)
def test_closing_freezes_what_was_used(told: Iterator[Story]) -> None:
    for story in told:
        done = budget.close(story.ledger, story.now, story.calendar)
        later = story.now + timedelta(days=200)
        assert budget.used(done, later, story.calendar) == story.counted
        assert budget.deadline(done, story.calendar) is None

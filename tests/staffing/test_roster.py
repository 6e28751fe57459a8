"""Who acts in a role, over any officers and any stand-ins; and where an open step lies after a change."""

from datetime import datetime, timedelta, timezone

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.accounts.people import Officer
from chalicelib.cases.case import NOBODY, Acting, OpenStep
from chalicelib.staffing.roster import Roster, seat_of
from chalicelib.staffing.standing_in import StandIn, running

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=timezone(timedelta(hours=7)))
DAY = timedelta(days=1)
IDS = ("a-1", "a-2", "b-1", "b-2", "c-1")


def officer(officer_id: str, *, active: bool = True) -> Officer:
    """An officer whose role is the letter before the hyphen."""
    address = f"{officer_id}@kantor.contoh.id"
    return Officer(id=officer_id, role=officer_id[0], name=officer_id, email=address, active=active)


def stand_in(officer_id: str, acting_for: str, since: int = -1, until: int = 1) -> StandIn:
    """From and until in days from now."""
    return StandIn(
        id=f"{officer_id}>{acting_for}",
        kind="plh",
        officer_id=officer_id,
        acting_for=acting_for,
        since=NOW + since * DAY,
        until=NOW + until * DAY,
    )


def step_before(officer_id: str, role: str = "a", acting_for: str = "") -> OpenStep:
    """An open step that lies there."""
    return OpenStep(
        key="verification",
        attempt=1,
        role=role,
        officer_id=officer_id,
        opened_at=NOW,
        deadline=NOW + DAY,
        wakes_at=NOW + DAY,
        acting_for=acting_for,
        acting_as="plh" if acting_for else "",
    )


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    """Officers of three roles, some of them gone, some of them stood in for by anybody at any time."""
    officers = tuple(officer(one, active=draw(st.booleans())) for one in IDS)
    pairs = draw(st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)), max_size=4))
    days = st.integers(-3, 3)
    stand_ins = [stand_in(by, other, draw(days), draw(days)) for by, other in pairs if by != other]
    return Roster(officers=officers, stand_ins=tuple(stand_ins))


BARRED = st.sets(st.sampled_from(IDS))
ROLES = st.sampled_from("abc")


@given(rosters(), ROLES, BARRED, st.sampled_from(("", *IDS)))
def test_a_step_is_never_laid_before_who_is_barred_or_gone(
    roster: Roster, role: str, barred: set[str], seat: str
) -> None:
    found = roster.chosen(role, barred, NOW, seat)
    active = {one.id for one in roster.officers if one.active}
    assert found.officer_id == NOBODY or found.officer_id in active - barred


@given(rosters(), ROLES, BARRED)
def test_who_has_a_step_is_of_the_role_or_stands_in_for_one_of_it(
    roster: Roster, role: str, barred: set[str]
) -> None:
    found = roster.chosen(role, barred, NOW)
    if found.officer_id == NOBODY:
        assert all(one.officer_id in barred for one in roster.acting(role, NOW))
        return
    assert seat_of(found)[0] == role
    if found.acting_for:
        runs = running(roster.stand_ins, found.acting_for, NOW)
        assert runs is not None
        assert (runs.officer_id, runs.kind) == (found.officer_id, found.acting_as)


@given(rosters(), ROLES, BARRED)
def test_who_is_away_has_a_step_only_where_nobody_there_may_decide_it(
    roster: Roster, role: str, barred: set[str]
) -> None:
    found = roster.chosen(role, barred, NOW)
    away = running(roster.stand_ins, found.officer_id, NOW)
    if found.officer_id != NOBODY and not found.acting_for and away:
        there = [
            one for one in roster.acting(role, NOW) if one.acting_for or one.officer_id != found.officer_id
        ]
        assert all(
            one.officer_id in barred or running(roster.stand_ins, one.officer_id, NOW) for one in there
        )


@given(rosters(), st.sampled_from((*IDS, NOBODY)), st.sampled_from(("", *IDS)), BARRED)
def test_a_step_that_was_moved_lies_still_afterwards(
    roster: Roster, holder: str, acting_for: str, barred: set[str]
) -> None:
    before = step_before(holder, acting_for=acting_for if holder != NOBODY else "")
    moved = roster.moved(before, barred, NOW)
    if moved is None:
        return
    after = msgspec.structs.replace(
        before, officer_id=moved.officer_id, acting_for=moved.acting_for, acting_as=moved.acting_as
    )
    assert roster.moved(after, barred, NOW) is None


@given(rosters(), st.sampled_from(IDS), BARRED)
def test_only_who_acts_keeps_a_step_and_every_other_loses_it(
    roster: Roster, holder: str, barred: set[str]
) -> None:
    moved = roster.moved(step_before(holder), barred, NOW)
    away = running(roster.stand_ins, holder, NOW)
    if roster.acts_still(step_before(holder), NOW) and not away:
        assert moved is None
    elif moved is None:
        assert roster.chosen("a", barred, NOW, holder) == Acting(officer_id=holder)
    else:
        # The same officer may have it again, but in another one's place.
        assert (moved.officer_id, moved.acting_for) != (holder, "")


def test_a_stand_in_gets_the_steps_and_gives_them_back() -> None:
    roster = Roster(officers=(officer("a-1"), officer("b-1")), stand_ins=(stand_in("b-1", "a-1"),))
    for_the_other = Acting(officer_id="b-1", acting_for="a-1", acting_as="plh")
    assert roster.chosen("a", (), NOW) == for_the_other
    assert roster.moved(step_before("a-1"), (), NOW) == for_the_other
    assert roster.moved(step_before("b-1", acting_for="a-1"), (), NOW) is None
    assert roster.moved(step_before("b-1", acting_for="a-1"), (), NOW + DAY) == Acting(officer_id="a-1")


def test_a_stand_in_who_decided_another_step_leaves_it_to_who_is_away() -> None:
    roster = Roster(officers=(officer("a-1"), officer("b-1")), stand_ins=(stand_in("b-1", "a-1"),))
    assert roster.chosen("a", {"b-1"}, NOW) == Acting(officer_id="a-1")


def test_a_colleague_comes_before_who_is_away() -> None:
    officers = (officer("a-1"), officer("a-2"), officer("b-1"))
    roster = Roster(officers=officers, stand_ins=(stand_in("b-1", "a-1"),))
    assert roster.chosen("a", {"b-1"}, NOW) == Acting(officer_id="a-2")


def test_an_empty_place_can_be_held_by_a_stand_in() -> None:
    roster = Roster(
        officers=(officer("a-1", active=False), officer("b-1")), stand_ins=(stand_in("b-1", "a-1"),)
    )
    assert roster.chosen("a", (), NOW).officer_id == "b-1"
    assert roster.chosen("a", {"b-1"}, NOW).officer_id == NOBODY


def test_a_stand_in_who_is_away_hands_nothing_on() -> None:
    officers = (officer("a-1"), officer("b-1"), officer("c-1"))
    roster = Roster(officers=officers, stand_ins=(stand_in("b-1", "a-1"), stand_in("c-1", "b-1")))
    assert roster.chosen("a", (), NOW) == Acting(officer_id="a-1")


@given(st.integers(-3, 3), st.integers(-3, 3), st.integers(-3, 3), st.integers(-3, 3), st.integers(-3, 3))
def test_two_stand_ins_meet_when_a_moment_is_in_both(
    since: int, until: int, other_since: int, other_until: int, day: int
) -> None:
    one, other = stand_in("b-1", "a-1", since, until), stand_in("c-1", "a-1", other_since, other_until)
    at = NOW + day * DAY
    if one.runs(at) and other.runs(at):
        assert one.meets(other)
    assert one.meets(other) == other.meets(one)

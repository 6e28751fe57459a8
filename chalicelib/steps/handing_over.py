"""Open steps follow who acts (a stand-in begins or ends, an officer leaves, comes or changes role), and the calendar.

Safe to repeat and to break off anywhere: a step that lies where it should is left alone, and what is not done is
found again by the next look, which the sweep takes every minute.
"""

from datetime import datetime

from chalicelib.aws.case_lists import of_officer
from chalicelib.cases.case import NOBODY, Case
from chalicelib.cases.change import Change
from chalicelib.cases.handing_over import hand_over
from chalicelib.staffing.roster import Roster
from chalicelib.steps.answering import count_anew
from chalicelib.steps.desk import Desk, Rule, change_case
from chalicelib.steps.who_acts import barred, roster_of, told_if_vacant


def settle(desk: Desk) -> list[str]:
    """Lays every open step before who acts now, and counts it in today's calendar, if either may have changed.

    Answers the cases concerned. Whoever gets a step gets a fresh link by mail, and the old link dies with the change.
    """
    book, now = desk.office.load(), desk.clock.now()
    if not book.unsettled(now):
        return []
    desk.revisions.forget()
    roster = roster_of(desk)
    holders = [*(officer.id for officer in roster.officers), NOBODY]
    lying = list(dict.fromkeys(it.case_id for one in holders for it in of_officer(one)))
    moved = [case_id for case_id in lying if _changed(desk, case_id, roster)]
    count_anew(desk, now)
    desk.office.settled(book, now)
    return moved


def _changed(desk: Desk, case_id: str, roster: Roster) -> bool:
    before = desk.cases.load(case_id).current
    after = change_case(desk, case_id, _rule(desk, roster)).current
    return (
        before is not None
        and after is not None
        and (before.key, before.attempt) == (after.key, after.attempt)
        and (before.officer_id, before.acting_for, before.deadline)
        != (after.officer_id, after.acting_for, after.deadline)
    )


def _rule(desk: Desk, roster: Roster) -> Rule:
    def rule(case: Case, at: datetime) -> Change | None:
        current = case.current
        if current is None:
            return None
        found = roster.moved(current, barred(case, current.key), at)
        if found is None:
            return None
        return hand_over(case, told_if_vacant(desk, case, roster, current.role, found, at), at)

    return rule

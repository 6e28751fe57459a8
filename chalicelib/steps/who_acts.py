"""Who acts for the office in a step: its role's officers, and who stands in for them."""

from datetime import datetime

import msgspec

from chalicelib.cases.case import NOBODY, Acting, Case, OpenStep
from chalicelib.staffing.roster import Roster
from chalicelib.steps.desk import Desk


def roster_of(desk: Desk) -> Roster:
    """Officers and stand-ins as they are on record."""
    return Roster(officers=desk.people.officers(), stand_ins=desk.office.load().stand_ins)


def who_acts(desk: Desk, case: Case, role: str, step_key: str, at: datetime) -> Acting:
    """Before whom a step that opens is laid: who decided no other step of this case, and did not fill it in.

    NOBODY where the office has no such officer at the moment; then the nearest superior is told.
    """
    roster = roster_of(desk)
    found = roster.chosen(role, barred(case, step_key), at)
    return told_if_vacant(desk, case, roster, role, found, at)


def barred(case: Case, step_key: str) -> set[str]:
    """Who may not decide that step of the case: nobody decides two, also not in another one's place."""
    decided = {past.officer_id for past in case.decisions if past.officer_id and past.step != step_key}
    return decided | ({case.assistance.officer_id} if case.assistance else set())


def told_if_vacant(desk: Desk, case: Case, roster: Roster, role: str, found: Acting, at: datetime) -> Acting:
    """Adds who hears of a step that nobody may decide: the nearest above in the line, else the nearest below."""
    if found.officer_id != NOBODY:
        return found
    line = desk.procedure_of(case).escalation
    place = line.index(role) if role in line else 0
    for one in (*line[place + 1 :], *reversed(line[:place])):
        acting = roster.acting(one, at)
        if acting:
            return msgspec.structs.replace(found, told=acting[0].officer_id)
    return found


def superior(desk: Desk, case: Case, current: OpenStep, at: datetime) -> str | None:
    """Who is told of a missed deadline: who acts in the superior role, one further up each time (sop.md 7)."""
    above = desk.procedure_of(case).superior(current.role, current.level)
    acting = roster_of(desk).acting(above, at) if above else ()
    return acting[0].officer_id if acting else None


def up_the_line(desk: Desk, case: Case, current: OpenStep, at: datetime) -> list[str]:
    """Who acts in every role above that of the open step, to the head."""
    line, roster = desk.procedure_of(case).escalation, roster_of(desk)
    above = line[line.index(current.role) + 1 :] if current.role in line else line
    return [acting.officer_id for role in above for acting in roster.acting(role, at)]

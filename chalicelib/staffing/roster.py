"""Who acts in a role at a moment, and before whom a step is laid.

The rules, in this order: while a stand-in runs, it acts and the other is away; nobody decides two steps of one
case, also not for somebody else; where the stand-in may not decide, the step waits for the one who is away (the
mandate leaves them the power, UU 30/2014 article 14 paragraph 4); where nobody may, it waits for somebody to come.
"""

from collections.abc import Collection
from datetime import datetime

import msgspec

from chalicelib.accounts.people import Officer
from chalicelib.cases.case import NOBODY, Acting, OpenStep
from chalicelib.staffing.standing_in import StandIn, running


class Roster(msgspec.Struct, frozen=True, kw_only=True):
    """The officers, by id, and everybody who stands in for somebody, at any time."""

    officers: tuple[Officer, ...]
    stand_ins: tuple[StandIn, ...] = ()

    def acting(self, role: str, at: datetime) -> tuple[Acting, ...]:
        """Everybody who may act in the role, those who are away last."""
        seats = [one for one in self.officers if one.role == role]
        there = [acting for seat in seats if (acting := self._in_place_of(seat, at))]
        sitting = {acting.officer_id for acting in there if not acting.acting_for}
        away = [Acting(officer_id=seat.id) for seat in seats if seat.active and seat.id not in sitting]
        return (*there, *away)

    def chosen(self, role: str, barred: Collection[str], at: datetime, seat: str = "") -> Acting:
        """Before whom a step of the role is laid; NOBODY where all who act are barred.

        `seat` is the officer in whose place the step lay before: whoever acts there now comes first.
        """
        free = [acting for acting in self.acting(role, at) if acting.officer_id not in barred]
        there = [acting for acting in free if not self._away(acting, at)]
        first = [acting for acting in there if seat and seat_of(acting) == seat]
        return next(iter((*first, *there, *free)), Acting(officer_id=NOBODY))

    def acts_still(self, current: OpenStep, at: datetime) -> bool:
        """Whether the one before whom the step lies may decide it: active, in the role or still standing in."""
        officer = self._active(current.officer_id)
        if officer is None:
            return False
        if not current.acting_for:
            return officer.role == current.role
        stand_in = running(self.stand_ins, current.acting_for, at)
        return stand_in is not None and stand_in.officer_id == officer.id

    def moved(self, current: OpenStep, barred: Collection[str], at: datetime) -> Acting | None:
        """Before whom the open step must be laid now; None while it lies where it should."""
        away = running(self.stand_ins, current.officer_id, at) if not current.acting_for else None
        if self.acts_still(current, at) and not away:
            return None
        seat = current.acting_for or current.officer_id
        found = self.chosen(current.role, barred, at, seat)
        same = (found.officer_id, found.acting_for) == (current.officer_id, current.acting_for)
        return None if same else found

    def _in_place_of(self, seat: Officer, at: datetime) -> Acting | None:
        stand_in = running(self.stand_ins, seat.id, at)
        if stand_in and self._present(stand_in.officer_id, at):
            return Acting(officer_id=stand_in.officer_id, acting_for=seat.id, acting_as=stand_in.kind)
        return Acting(officer_id=seat.id) if seat.active and not stand_in else None

    def _away(self, acting: Acting, at: datetime) -> bool:
        return not acting.acting_for and running(self.stand_ins, acting.officer_id, at) is not None

    def _present(self, officer_id: str, at: datetime) -> bool:
        """A stand-in who is away hands nothing on: a mandate is not given further."""
        return self._active(officer_id) is not None and running(self.stand_ins, officer_id, at) is None

    def _active(self, officer_id: str) -> Officer | None:
        return next((one for one in self.officers if one.id == officer_id and one.active), None)


def seat_of(acting: Acting) -> str:
    """The officer in whose place somebody acts: the one stood in for, else themselves."""
    return acting.acting_for or acting.officer_id

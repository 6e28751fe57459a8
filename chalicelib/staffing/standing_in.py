"""A stand-in: an officer who acts in another one's place for a time (UU 30/2014 article 14: Plh and Plt)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

import msgspec

Kind = Literal["plh", "plt"]
"""Pelaksana harian: the other is away for a while. Pelaksana tugas: the place is empty, or the other away for long."""


class StandIn(msgspec.Struct, frozen=True, kw_only=True):
    """`officer_id` acts for `acting_for` from `since` until `until`, or until `ended_at` if that is earlier."""

    id: str
    kind: Kind
    officer_id: str
    acting_for: str
    since: datetime
    until: datetime
    ended_at: datetime | None = None

    @property
    def over_at(self) -> datetime:
        """The first moment at which it no longer runs."""
        return min(self.until, self.ended_at) if self.ended_at else self.until

    def runs(self, at: datetime) -> bool:
        """Whether it runs at that moment: the first one counts, the last one does not."""
        return self.since <= at < self.over_at

    def meets(self, other: "StandIn") -> bool:
        """Whether there is a moment at which both run."""
        return max(self.since, other.since) < min(self.over_at, other.over_at)


def running(stand_ins: Iterable[StandIn], acting_for: str, at: datetime) -> StandIn | None:
    """Who stands in for that officer at that moment; at most one does."""
    return next((one for one in stand_ins if one.acting_for == acting_for and one.runs(at)), None)

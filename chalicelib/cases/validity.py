"""How long a permit is good (sop.md position 9)."""

from datetime import date, timedelta

from chalicelib.cases.case import SignedPermit


def valid_until(issued_on: date, years: int) -> date:
    """The last day of validity: the day before the same day `years` later (28 February for 29)."""
    day = 28 if (issued_on.month, issued_on.day) == (2, 29) else issued_on.day
    anniversary = date(issued_on.year + years, issued_on.month, day)
    return date.fromordinal(anniversary.toordinal() - 1)


def last_day(permit: SignedPermit, years: int) -> date:
    """The last day of a signed permit: that of the one whose place it took, or `years` from its signing."""
    return permit.valid_until or valid_until(permit.signed_at.date(), years)


def renewal_from(until: date, days: int) -> date:
    """The first day on which a permit that is good `until` can be renewed, `days` before its end."""
    return until - timedelta(days=days)

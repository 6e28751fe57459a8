"""What a decision would tell the applicant, before it is made: the same rule and the same words as the real one."""

from chalicelib.cases import deciding
from chalicelib.cases.deciding import Ruling
from chalicelib.notices.compose import Written
from chalicelib.steps.desk import Desk
from chalicelib.steps.review import open_link
from chalicelib.steps.telling import foreseen


def mail_of(desk: Desk, token: str, ruling: Ruling) -> Written | None:
    """The mail that the applicant would get for this ruling; None when they would get none.

    Raises the link errors and what `cases.deciding.decide` raises. Reads, and changes nothing.
    """
    review = open_link(desk, token)
    if ruling.choice == "approve":
        return None  # what an approval brings is told by the step that it leads to
    at = desk.clock.now()
    change = deciding.decide(
        review.case,
        desk.procedure_of(review.case),
        ruling,
        officer_id=review.officer.id,
        at=at,
        calendar=desk.calendar(at.date()),
    )
    return foreseen(desk, change)

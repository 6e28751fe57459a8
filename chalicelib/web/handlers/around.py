"""What the views of one case need beside it."""

from datetime import datetime

from chalicelib.cases.case import Case
from chalicelib.steps.application import findings_of
from chalicelib.steps.desk import Desk
from chalicelib.web.answers.application import ApplicationShown
from chalicelib.web.views.application import Around, application_shown


def around(desk: Desk, case: Case, now: datetime | None = None) -> Around:
    """Procedure, calendar, time and site for a view of the case."""
    now = now or desk.clock.now()
    return Around(
        procedure=desk.procedure_of(case),
        calendar=desk.calendar(now.date()),
        now=now,
        site_url=desk.settings.site_url,
    )


def shown(desk: Desk, case: Case) -> ApplicationShown:
    """APPLICATION, with its findings of today."""
    return application_shown(case, around(desk, case), findings_of(desk, case))

"""What the views of one case need beside it."""

from datetime import datetime

from chalicelib.aws import permit_register
from chalicelib.cases.case import Case
from chalicelib.permits.types import PermitRecord
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
        record=_record(case),
    )


def _record(case: Case) -> PermitRecord | None:
    """What the register says of an issued permit today: it may have been revoked or replaced."""
    issued = case.permit if case.status == "issued" else None
    return permit_register.by_check_code(issued.check_code) if issued else None


def shown(desk: Desk, case: Case) -> ApplicationShown:
    """APPLICATION, with its findings of today."""
    return application_shown(case, around(desk, case), findings_of(desk, case))

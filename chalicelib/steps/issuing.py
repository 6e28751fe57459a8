"""SOP step 6 as a use case: the signed permit enters the registry and is published."""

from datetime import datetime

from chalicelib.aws import permit_register
from chalicelib.cases import workflow
from chalicelib.cases.case import Case
from chalicelib.cases.form import masked
from chalicelib.cases.validity import valid_until
from chalicelib.permits.names import shortened_name
from chalicelib.permits.types import PermitRecord
from chalicelib.steps.desk import Desk, Planned, change_case
from chalicelib.steps.standing_words import title_acted


def issue_permit(desk: Desk, case_id: str) -> str:
    """Publishes the case's permit and answers its number. Safe to repeat: one entry, one notice."""

    def rule(case: Case, at: datetime) -> Planned | None:
        change = workflow.publish(case, at)
        return Planned(change=change, record=_record(desk, case)) if change else None

    permit = change_case(desk, case_id, rule).permit
    return permit.permit_number if permit else ""


def registered(number: str, code: str) -> PermitRecord | None:
    """The registry's record by number or, without one, by check code."""
    return permit_register.by_number(number) if number else permit_register.by_check_code(code)


def _record(desk: Desk, case: Case) -> PermitRecord:
    permit = case.permit
    if permit is None:
        raise AssertionError("publish refuses a case without a permit")
    procedure = desk.procedure_of(case)
    signer = desk.people.officer(permit.signed_by)
    other = desk.people.officer(permit.signed_for).title if permit.signed_for else ""
    issued_on = permit.signed_at.date()
    form = masked(case.form)
    return PermitRecord(
        permit_number=permit.permit_number,
        check_code=permit.check_code,
        case_id=case.case_id,
        group_name=form.group_name,
        art_genre=procedure.genre(case.form.art_genre).name.id,
        sub_district=form.sub_district,
        leader_short=shortened_name(form.leader_name),
        issued_on=issued_on,
        valid_until=valid_until(issued_on, procedure.validity_years),
        signer_title=title_acted(signer.title, other, permit.signed_as),
        signer_name=signer.name,
        signed_sha256=permit.sha256,
        object_key=permit.object_key,
        version_id=permit.version_id,
        signed_with=permit.signed_with,
        level=permit.level,
    )

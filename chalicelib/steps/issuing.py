"""SOP step 6 as a use case: the signed permit enters the registry and is published."""

from datetime import datetime

from chalicelib.cases import workflow
from chalicelib.cases.case import Case
from chalicelib.cases.form import masked
from chalicelib.cases.validity import last_day
from chalicelib.permits.life import replaced
from chalicelib.permits.names import shortened_name
from chalicelib.permits.register import RegisterChange
from chalicelib.permits.types import PermitRecord
from chalicelib.steps.desk import Desk, Planned, change_case
from chalicelib.steps.previous_permit import renewed
from chalicelib.steps.standing_words import title_acted
from chalicelib.texts import renewal_words


def issue_permit(desk: Desk, case_id: str) -> str:
    """Publishes the case's permit and answers its number. Safe to repeat: one entry, one notice."""

    def rule(case: Case, at: datetime) -> Planned | None:
        old = renewed(desk, case, desk.procedure_of(case))
        change = workflow.publish(case, at, replaces=old.permit_number if old else "")
        return Planned(change=change, register=_entries(desk, case, old, at)) if change else None

    permit = change_case(desk, case_id, rule).permit
    return permit.permit_number if permit else ""


def _entries(desk: Desk, case: Case, old: PermitRecord | None, at: datetime) -> tuple[RegisterChange, ...]:
    """The permit that enters the register, and what becomes of the one whose place it takes: why and by which."""
    record = _record(desk, case)
    if old is None:
        return (RegisterChange(record=record),)
    why = renewal_words(case.form.renewal_reason)["id"]
    gone = replaced(old, record.permit_number, f"{why}; pengganti: {record.permit_number}", at)
    return RegisterChange(record=record, kind="renewed", previous=old.permit_number), gone


def _record(desk: Desk, case: Case) -> PermitRecord:
    permit = case.permit
    if permit is None:
        raise AssertionError("publish refuses a case without a permit")
    procedure = desk.procedure_of(case)
    signer = desk.people.officer(permit.signed_by)
    other = desk.people.officer(permit.signed_for).title if permit.signed_for else ""
    form = masked(case.form)
    return PermitRecord(
        permit_number=permit.permit_number,
        check_code=permit.check_code,
        case_id=case.case_id,
        group_name=form.group_name,
        art_genre=procedure.genre(case.form.art_genre).name.id,
        sub_district=form.sub_district,
        leader_short=shortened_name(form.leader_name),
        issued_on=permit.signed_at.date(),
        valid_until=last_day(permit, procedure.validity_years),
        signer_title=title_acted(signer.title, other, permit.signed_as),
        signer_name=signer.name,
        signed_sha256=permit.sha256,
        signature_level=permit.level,
        object_key=permit.object_key,
        version_id=permit.version_id,
        signed_with=permit.signed_with,
    )

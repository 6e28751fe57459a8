"""What our own register says of the certificate that is to be renewed, and which one the new permit replaces."""

from chalicelib.aws import permit_register
from chalicelib.cases.case import Case
from chalicelib.cases.form import masked
from chalicelib.documents.types import Kind, Registered
from chalicelib.permits.types import PermitRecord
from chalicelib.procedures.errors import PermitNumberError
from chalicelib.procedures.number import format_number, parse_number
from chalicelib.procedures.procedure import Procedure
from chalicelib.steps.desk import Desk


def registered(case: Case, procedure: Procedure) -> Registered | None:
    """The register's entry of the number on the old certificate or, where that was not read, of the typed one.

    None when neither is one of ours, so that other offices' certificates are never held against anybody.
    """
    document = case.documents.get(Kind.OLD_CERTIFICATE)
    if case.form.application_type != "renewal" or document is None or document.inspection is None:
        return None
    printed = document.inspection.fields.get("certificate_number")
    candidates = (printed.text if printed else "", case.form.previous_permit_number)
    number = next((ours for text in candidates if (ours := _ours(text, procedure))), None)
    if number is None:
        return None
    record = permit_register.by_number(number)
    if record is None:
        return Registered(known=False)
    return Registered(
        valid=record.status == "valid", group_name=record.group_name, leader_short=record.leader_short
    )


def renewed(desk: Desk, case: Case, procedure: Procedure) -> PermitRecord | None:
    """The register's entry that this renewal takes the place of; None when the number leads to none that stands.

    Only the group's own: by the same account, or of the same name. A number is no secret, and nobody may end another
    group's permit by typing it.
    """
    number = _ours(case.form.previous_permit_number, procedure)
    record = permit_register.by_number(number) if number and case.form.application_type == "renewal" else None
    if record is None or record.status != "valid" or record.case_id == case.case_id:
        return None
    same = _letters(record.group_name) == _letters(masked(case.form).group_name)
    return record if same or desk.cases.load(record.case_id).applicant_id == case.applicant_id else None


def _letters(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _ours(text: str, procedure: Procedure) -> str | None:
    """The number as our register writes it."""
    try:
        number = parse_number(procedure.permit_number, text)
    except PermitNumberError:
        return None
    return format_number(procedure.permit_number, number) if number.type == procedure.permit_type else None

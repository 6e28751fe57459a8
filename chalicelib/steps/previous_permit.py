"""What our own register says of the certificate that is to be renewed."""

from chalicelib.aws import permit_register
from chalicelib.cases.case import Case
from chalicelib.documents.types import Kind, Registered
from chalicelib.procedures.errors import PermitNumberError
from chalicelib.procedures.number import format_number, parse_number
from chalicelib.procedures.procedure import Procedure


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


def _ours(text: str, procedure: Procedure) -> str | None:
    """The number as our register writes it."""
    try:
        number = parse_number(procedure.permit_number, text)
    except PermitNumberError:
        return None
    return format_number(procedure.permit_number, number) if number.type == procedure.permit_type else None

"""The procedure as everybody may read it, and the public answer about a permit."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.permits.check_answer import CheckAnswer, sentence
from chalicelib.permits.types import PermitRecord
from chalicelib.procedures.parts import Words
from chalicelib.procedures.procedure import Procedure
from chalicelib.web.answers.parts import Standard
from chalicelib.web.answers.service import (
    DocumentAsked,
    FeeShown,
    GenreOffered,
    PermitChecked,
    ProcedureShown,
    StepOffered,
)
from chalicelib.web.views.parts import in_office
from chalicelib.worktime.calendar import OfficeCalendar


def procedure_shown(
    procedure: Procedure, sub_districts: Sequence[str], calendar: OfficeCalendar, now: datetime
) -> ProcedureShown:
    """The procedure's own words and numbers, and whether the office is open."""
    days, minutes = procedure.standard()
    return ProcedureShown(
        id=procedure.id,
        version=procedure.version,
        name=procedure.name,
        standard=Standard(days=days, minutes=minutes),
        fee=FeeShown(amount=procedure.fee.amount, id=procedure.fee.name.id, en=procedure.fee.name.en),
        legal_bases=procedure.legal_bases,
        steps=_steps(procedure),
        documents=tuple(
            DocumentAsked(slot=item.slot, name=item.name, hint=item.hint, needed_for=item.needed_for)
            for item in procedure.documents
        ),
        art_genres=tuple(
            GenreOffered(slug=genre.slug, id=genre.name.id, en=genre.name.en) for genre in procedure.genres
        ),
        sub_districts=tuple(sub_districts),
        working_day=calendar.working_minutes(in_office(now).date()) > 0,
        office_open=calendar.is_open(now),
        next_opening=in_office(calendar.next_opening(now)),
    )


def _steps(procedure: Procedure) -> tuple[StepOffered, ...]:
    return tuple(
        StepOffered(
            key=step.key,
            number=step.number,
            name=step.name,
            who=procedure.role(step.role).name,
            days=step.days,
            minutes=step.minutes,
        )
        for step in procedure.steps
    )


def permit_checked(answer: CheckAnswer, record: PermitRecord | None) -> PermitChecked:
    """The public check as JSON: what anybody may see of a permit, and nothing else."""
    shown = answer.permit
    return PermitChecked(
        status=answer.status,
        permit_number=shown.permit_number if shown else None,
        group_name=shown.group_name if shown else None,
        art_genre=record.art_genre if record else None,
        sub_district=shown.sub_district if shown else None,
        issued_on=shown.issued_on if shown else None,
        valid_until=shown.valid_until if shown else None,
        signer=shown.signer if shown else None,
        since=answer.since,
        reason=answer.reason,
        checked_at=in_office(answer.checked_at),
        sentence=Words(id=sentence(answer, "id"), en=sentence(answer, "en")),
    )

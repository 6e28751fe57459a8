"""What an officer can choose from and what has changed since their step last looked."""

from collections.abc import Mapping

import msgspec

from chalicelib.cases.case import Case
from chalicelib.cases.deciding import Ruling, late_reasons
from chalicelib.cases.form import ApplicationForm, masked
from chalicelib.cases.looking import changed, earlier_looks, look_at
from chalicelib.cases.reasons import about, givings
from chalicelib.procedures.parts import Reason, Step
from chalicelib.procedures.procedure import Procedure
from chalicelib.web.answers.review import ChangesShown, DocumentChanged, FieldChanged, ReasonNow
from chalicelib.web.views.parts import in_office, reason_offered

RENEWAL_ONLY = frozenset({"previous_permit_number", "renewal_reason"})
"""The fields that a new application does not ask for."""


def reasons_now(case: Case, procedure: Procedure, step: Step) -> tuple[ReasonNow, ...]:
    """Every reason of the step with everything in this application that it can be about."""
    return tuple(
        _now(reason, given, case, procedure)
        for reason in procedure.reasons
        if step.key in reason.steps
        for given in givings(reason)
        if _is_here(given, case, procedure)
    )


def _is_here(given: str, case: Case, procedure: Procedure) -> bool:
    """Whether this kind of application has the document or the field that the reason is about."""
    said, kind = about(given), case.form.application_type
    if said.field:
        return kind == "renewal" or said.field not in RENEWAL_ONLY
    return not said.slot or said.slot in procedure.slots_needed(kind)


def _now(reason: Reason, given: str, case: Case, procedure: Procedure) -> ReasonNow:
    late = late_reasons(case, procedure, Ruling(choice=reason.decision, reasons=(given,)))
    offered = reason_offered(reason, given, procedure)
    return ReasonNow(**msgspec.structs.asdict(offered), late=bool(late))


def changes_shown(case: Case, step: str, pictures: Mapping[str, tuple[str, ...]]) -> ChangesShown | None:
    """What has changed since that step last decided; None at its first look.

    `pictures` are the addresses of the old documents' pages, by slot.
    """
    earlier, now = earlier_looks(case, step), look_at(case)
    if not earlier:
        return None
    last, seen = earlier[0]
    differs = changed(seen, now)
    before, after = masked(seen.form), masked(case.form)
    return ChangesShown(
        since=in_office(last.at),
        fields=tuple(
            FieldChanged(field=name, before=_text(before, name), now=_text(after, name))
            for name in differs.fields
        ),
        documents=tuple(
            DocumentChanged(slot=slot, before=pictures.get(slot, ()), gone=slot not in now.sheets)
            for slot in differs.slots
        ),
    )


def old_pictures(case: Case, step: str) -> dict[str, tuple[str, ...]]:
    """The keys of the pictures of those documents that have been replaced since that step last decided, by slot."""
    return {
        slot: seen.sheets[slot].previews
        for _, seen in earlier_looks(case, step)[:1]
        for slot in changed(seen, look_at(case)).slots
        if slot in seen.sheets
    }


def _text(form: ApplicationForm, name: str) -> str:
    value = getattr(form, name)
    return "" if value is None else str(value)

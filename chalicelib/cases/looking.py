"""What an officer saw at each look: what has changed since, and which defects could have been found earlier.

A defect that was there at an earlier look of the same step, and was not told then, is found late: the applicant
corrected, waited, and is sent back once more for what the office had overlooked.
"""

from collections.abc import Iterable

import msgspec

from chalicelib.cases.applying import usable_documents
from chalicelib.cases.case import Case, Decision, Look, Sheet
from chalicelib.cases.reasons import FIELDS, places
from chalicelib.procedures.procedure import Procedure


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """What differs between two looks: names of form fields, and slots whose document is another, new or gone."""

    fields: tuple[str, ...]
    slots: tuple[str, ...]


def look_at(case: Case) -> Look:
    """What lies before an officer now."""
    sheets = {
        slot: Sheet(upload_id=item.upload_id, sha256=item.sha256, previews=item.previews)
        for slot, item in sorted(usable_documents(case).items())
    }
    return Look(form=case.form, sheets=sheets)


def looks_with_now(case: Case) -> tuple[Look, ...]:
    """The looks of the case with the present one among them, each once."""
    now = look_at(case)
    return case.looks if now in case.looks else (*case.looks, now)


def earlier_looks(case: Case, step: str) -> tuple[tuple[Decision, Look], ...]:
    """The decisions of that step with what the officer saw, the newest first."""
    return tuple(
        (past, case.looks[past.look])
        for past in reversed(case.decisions)
        if past.step == step and past.look is not None
    )


def changed(before: Look, after: Look) -> Changed:
    """What the second look shows and the first did not. The same bytes, sent again, are no change."""
    slots = sorted({*before.sheets, *after.sheets})
    return Changed(
        fields=tuple(name for name in FIELDS if _field(before, name) != _field(after, name)),
        slots=tuple(slot for slot in slots if _bytes(before, slot) != _bytes(after, slot)),
    )


def found_late(case: Case, step: str, reasons: Iterable[str], procedure: Procedure) -> tuple[str, ...]:
    """Those of the reasons that were there to be found at an earlier look of the step, and were not told then.

    A reason stands or falls with what it is about (and what that is compared with): as long as that is unchanged,
    whoever told it once may tell it again, and whoever did not has found it late.
    """
    now, looks = look_at(case), earlier_looks(case, step)
    return tuple(given for given in reasons if _is_late(given, now, looks, procedure))


def _is_late(given: str, now: Look, looks: tuple[tuple[Decision, Look], ...], procedure: Procedure) -> bool:
    alike = [past for past, look in looks if _unchanged(given, look, now, procedure)]
    return bool(alike) and not any(given in past.reasons for past in alike)


def _unchanged(given: str, before: Look, now: Look, procedure: Procedure) -> bool:
    differs, where = changed(before, now), places(given, procedure)
    if where is None:
        return not (differs.fields or differs.slots)
    slots, fields = where
    return slots.isdisjoint(differs.slots) and fields.isdisjoint(differs.fields)


def _field(look: Look, name: str) -> object:
    return getattr(look.form, name)


def _bytes(look: Look, slot: str) -> str:
    sheet = look.sheets.get(slot)
    return sheet.sha256 if sheet else ""

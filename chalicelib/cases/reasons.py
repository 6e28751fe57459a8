"""What a reason is about, and what a return opens: the documents and fields that its reasons name, and no others."""

from collections.abc import Iterable

import msgspec

from chalicelib.cases.form import ApplicationForm
from chalicelib.errors import NotFoundError
from chalicelib.procedures.parts import Reason, Words
from chalicelib.procedures.procedure import Procedure

FIELD = "field:"
"""What stands before the name of a form field in a reason: `code:field:village`."""
FIELDS: tuple[str, ...] = ApplicationForm.__struct_fields__


class About(msgspec.Struct, frozen=True, kw_only=True):
    """A reason as given: its code, and the document or the form field that it is about; both empty for the whole."""

    code: str
    slot: str = ""
    field: str = ""

    @property
    def whole(self) -> bool:
        """Whether it is about the form, the group or the draft as a whole."""
        return not (self.slot or self.field)


def about(given: str) -> About:
    """The parts of `code`, `code:slot` or `code:field:NAME`."""
    code, _, place = given.partition(":")
    if place.startswith(FIELD):
        return About(code=code, field=place.removeprefix(FIELD))
    return About(code=code, slot=place)


def fits(reason: Reason, given: About) -> bool:
    """Whether the reason can be given so: about one of its documents or fields, or about the whole if it has none."""
    if given.whole:
        return not (reason.slots or reason.fields)
    return given.slot in reason.slots if given.slot else given.field in reason.fields


def givings(reason: Reason) -> tuple[str, ...]:
    """Every way in which the reason can be given."""
    if not (reason.slots or reason.fields):
        return (reason.code,)
    return tuple(
        f"{reason.code}:{place}" for place in (*reason.slots, *(FIELD + name for name in reason.fields))
    )


def sentence(given: str, procedure: Procedure) -> Words:
    """The reason in the sentence that its reader gets. Raises NotFoundError for one that is not in the procedure."""
    said = about(given)
    message = procedure.reason(said.code).message
    nothing = Words(id="", en="")
    document = procedure.document(said.slot).name if said.slot else nothing
    field = procedure.field(said.field).name if said.field else nothing
    return Words(
        id=message.id.replace("{document}", document.id).replace("{field}", field.id),
        en=message.en.replace("{document}", document.en).replace("{field}", field.en),
    )


def places(given: str, procedure: Procedure) -> tuple[frozenset[str], frozenset[str]] | None:
    """The slots and the form fields that a reason lays open; None where it is about the whole."""
    said = about(given)
    if said.whole:
        return None
    if said.field:
        return frozenset(), frozenset({said.field})
    return frozenset({said.slot}), frozenset(_together(said.code, procedure))


def opened_slots(reasons: Iterable[str], procedure: Procedure) -> frozenset[str] | None:
    """The slots that a return with these reasons opens; None for all, because a reason is about the whole."""
    opened = [places(given, procedure) for given in reasons]
    return None if None in opened else frozenset().union(*(one[0] for one in opened if one))


def opened_fields(reasons: Iterable[str], procedure: Procedure) -> frozenset[str]:
    """The form fields that a return with these reasons opens: those that they name, or all of the form."""
    opened = [places(given, procedure) for given in reasons]
    return frozenset(FIELDS) if None in opened else frozenset().union(*(one[1] for one in opened if one))


def _together(code: str, procedure: Procedure) -> tuple[str, ...]:
    """The fields that open together with a document; none for a reason of another version of the procedure."""
    try:
        return procedure.reason(code).opens
    except NotFoundError:
        return ()

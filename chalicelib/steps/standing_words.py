"""Who acts for whom, in words: "Plh. Kepala DPMPTSP Bagas untuk Sekar"."""

from collections.abc import Iterable

from chalicelib.audit.chain import Entry
from chalicelib.cases.case import Acting, ActingAs, Case, Decision, OpenStep
from chalicelib.errors import NotFoundError
from chalicelib.procedures.parts import Words
from chalicelib.procedures.procedure import Procedure
from chalicelib.steps.desk import Desk
from chalicelib.texts import standing_title, standing_words


def acting_words(desk: Desk, acted: OpenStep | Decision, procedure: Procedure) -> Words | None:
    """Both names and the role, where a stand-in acts or decided; None for all others."""
    acting = Acting(officer_id=acted.officer_id, acting_for=acted.acting_for, acting_as=acted.acting_as)
    return stands_for(desk, acting, procedure.role(acted.role).name) if acted.role else None


def entry_words(desk: Desk, case: Case, entries: Iterable[Entry]) -> dict[int, Words]:
    """The same for each audit entry of a case in which a stand-in acts, by its place in the chain."""
    procedure, found = desk.procedure_of(case), {}
    for entry in entries:
        facts = entry.facts
        if not facts.get("for"):
            continue
        officer_id = facts.get("officer", entry.actor.id)
        acting = Acting(officer_id=officer_id, acting_for=facts["for"], acting_as=facts["as"])
        role = procedure.step(facts["step"]).role if "step" in facts else entry.actor.role
        words = stands_for(desk, acting, procedure.role(role).name)
        if words:
            found[entry.seq] = words
    return found


def title_acted(own: str, other: str, acting_as: ActingAs) -> str:
    """The title under a signature: the signer's own, or "Plh." before the title of who is stood in for."""
    return standing_title(acting_as, other) if acting_as else own


def stands_for(desk: Desk, acting: Acting, role: Words) -> Words | None:
    """Both names and that role, where somebody acts in another one's place; None for all others."""
    if not acting.acting_for or not acting.acting_as:
        return None
    names = {"name": _name(desk, acting.officer_id), "other": _name(desk, acting.acting_for)}
    return Words(
        id=standing_words(acting.acting_as, role=role.id, **names)["id"],
        en=standing_words(acting.acting_as, role=role.en, **names)["en"],
    )


def _name(desk: Desk, officer_id: str) -> str:
    try:
        return desk.people.officer(officer_id).name
    except NotFoundError:
        return officer_id

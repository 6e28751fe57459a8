"""Documents as if they had been read, without a picture in sight."""

from typing import Any

from chalicelib.documents.types import Claims, Inspection, Kind, Value
from chalicelib.documents.words.vocabulary import places
from tests.documents.people import Story


def read(
    kind: Kind,
    recognised: bool = False,
    confidence: float = 0.99,
    text: tuple[str, ...] = (),
    **fields: str | None,
) -> Inspection:
    """A document of that kind with these fields, all read with that confidence."""
    values = {
        name: Value(text=text, confidence=confidence) for name, text in fields.items() if text is not None
    }
    return Inspection(
        kind=kind,
        kind_confidence=0.99,
        content_type="image/jpeg",
        pages=1,
        fields=values,
        recognised=recognised,
        text=text,
    )


def village_of(told: Story) -> str:
    """A real village of the leader's sub-district: the generator's own are made up."""
    villages = places().villages[told.leader.district]
    return villages[told.seed % len(villages)]


def claims_of(told: Story) -> Claims:
    """What the form of a made-up application says."""
    return Claims(
        application_type="renewal",
        leader_name=told.leader.name,
        national_id=told.leader.national_id,
        group_name=told.group,
        submitted_on=told.submitted_on,
        previous_permit_number=told.certificate_number,
        village=village_of(told),
        sub_district=told.leader.district,
    )


def papers_of(told: Story) -> dict[str, Inspection]:
    """The papers of a made-up application, read without a fault."""
    leader = told.leader
    place: dict[str, Any] = {"village": village_of(told).upper(), "district": leader.district.upper()}
    card: dict[str, Any] = {
        "national_id": leader.national_id,
        "full_name": leader.name.upper(),
        "birth_date": leader.born.isoformat(),
        "gender": "PEREMPUAN" if leader.woman else "LAKI-LAKI",
    }
    letter: dict[str, Any] = {
        "leader_name": leader.name,
        "leader_national_id": leader.national_id,
        "letter_date": told.letter_date.isoformat() if told.letter_date else None,
        "signed": "true",
        "stamped": "true",
    }
    certificate: dict[str, Any] = {
        "certificate_number": told.certificate_number,
        "leader_name": leader.name,
        "valid_until": told.valid_until.isoformat(),
    }
    return {
        "ktp": read(Kind.KTP, **card, **place),
        "village_letter": read(Kind.VILLAGE_LETTER, group_name=told.group, **letter, **place),
        "board_roster": read(Kind.BOARD_ROSTER, group_name=told.group, leader_name=leader.name),
        "old_certificate": read(Kind.OLD_CERTIFICATE, group_name=told.group, **certificate),
    }

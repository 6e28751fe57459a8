"""Bundles of made-up documents with their truth, in the format of the samples.

python -m tests.documents.generator FOLDER COUNT [SEED]
"""

import datetime as dt
import io
import json
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import typst
from PIL import Image

from tests.documents.boards import certificate, roster
from tests.documents.damage import KINDS, as_jpeg, damaged
from tests.documents.papers import card, letter
from tests.documents.people import Story, story
from tests.documents.strays import stray

Layout = Callable[[Story, random.Random], str]
LAYOUTS: dict[str, Layout] = {
    "ktp": card,
    "village_letter": letter,
    "board_roster": roster,
    "old_certificate": certificate,
}
_FAULTS = (
    "none",
    "none",
    "none",
    "nik",
    "name",
    "group",
    "number",
    "date_missing",
    "expired",
    "unsigned",
    "no_leader",
    "missing",
    "wrong",
    "blank",
    "duplicate",
    "unreadable",
)


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """One file and what is really in it."""

    data: bytes
    suffix: str
    kind: str
    damage: str
    fields: dict[str, Any]


def as_pdf(markup: str) -> bytes:
    """A native PDF."""
    data = typst.compile(markup.encode(), format="pdf")
    assert isinstance(data, bytes)
    return data


def as_picture(markup: str, dots: int = 150) -> Image.Image:
    """The first page as a picture."""
    data = typst.compile(markup.encode(), format="png", ppi=dots)
    first = data if isinstance(data, bytes) else data[0]
    return Image.open(io.BytesIO(first)).convert("RGB")


def scan_pdf(picture: Image.Image, rng: random.Random) -> bytes:
    """A PDF of one picture, as scanners make it."""
    out = io.BytesIO()
    picture.save(out, "PDF", resolution=150, quality=rng.choice((60, 75, 85)))
    return out.getvalue()


def make(kind: str, told: Story, rng: random.Random, damage: str = "native") -> Made:
    """The file of one kind for a story: `native` text, or a picture after `damage`."""
    markup = LAYOUTS[kind](told, rng)
    return pack(markup, kind, truth_of(kind, told), rng, damage)


def pack(markup: str, kind: str, fields: dict[str, Any], rng: random.Random, damage: str) -> Made:
    """Markup as a file, damaged as wished."""
    if damage == "native":
        return Made(data=as_pdf(markup), suffix="pdf", kind=kind, damage=damage, fields=fields)
    picture, orientation = damaged(as_picture(markup, 400 if kind == "ktp" else 150), damage, rng)
    if damage in ("clean", "scan", "scan_grey"):
        return Made(data=scan_pdf(picture, rng), suffix="pdf", kind=kind, damage=damage, fields=fields)
    return Made(
        data=as_jpeg(picture, rng, orientation),
        suffix="jpg",
        kind=kind,
        damage=damage,
        fields={} if damage == "unreadable" else fields,
    )


def truth_of(kind: str, told: Story) -> dict[str, Any]:
    """The fields that a paper of the story prints, under the names of the samples."""
    p = told.leader
    group = {"group_name": told.group, "art_type": told.art, "group_address": told.address}
    if kind == "ktp":
        return {
            "province": "JAWA TIMUR",
            "regency": "PASURUAN",
            "nik": p.national_id,
            "full_name": p.name.upper(),
            "birth_place": p.born_at,
            "birth_date": p.born.isoformat(),
            "gender": "PEREMPUAN" if p.woman else "LAKI-LAKI",
            "blood_type": p.blood,
            "address": p.street.upper(),
            "rt_rw": p.rt_rw,
            "village": p.village.upper(),
            "district": p.district.upper(),
            "religion": p.religion,
            "marital_status": p.marital_status,
            "occupation": p.occupation,
            "nationality": "WNI",
            "valid_until": "SEUMUR HIDUP",
        }
    if kind == "village_letter":
        date = told.letter_date.isoformat() if told.letter_date else None
        return group | {
            "letter_number": told.letter_number,
            "letter_date": date,
            "village": p.village.upper(),
            "district": p.district.upper(),
            "head_name": told.head,
            "head_title": told.head_title,
            "leader_name": p.name,
            "leader_nik": p.national_id,
            "signed": told.signed,
            "stamped": told.stamped,
        }
    if kind == "board_roster":
        leader = next((name for position, name in told.officers if position == "Ketua"), None)
        officers = [{"position": position, "name": name} for position, name in told.officers]
        return group | {
            "leader_name": leader,
            "roster_date": told.roster_date.isoformat(),
            "officers": officers,
        }
    return group | {
        "certificate_number": told.certificate_number,
        "leader_name": p.name,
        "issue_date": told.issued_on.isoformat(),
        "valid_until": told.valid_until.isoformat(),
    }


def write_bundle(
    folder: Path, seed: int = 1, fault: str = "none", damages: tuple[str, ...] | None = None
) -> None:
    """One bundle on disk: form.json, the files, truth.json. `fault` plants one mistake (see `_FAULTS`).

    `damages` fixes the treatment of card, letter, roster and certificate; without it they vary with the seed.
    """
    rng, told = random.Random(seed * 7919), story(seed)
    if fault in ("number", "missing") and not told.renewal:
        told = msgspec.structs.replace(told, renewal=True)
    slots = [*LAYOUTS][: 4 if told.renewal else 3]
    chosen = damages or tuple(rng.choice(("native", *KINDS) if slot != "ktp" else KINDS) for slot in slots)
    printed, findings = _printed(told, fault, rng)
    files = {slot: make(slot, printed, rng, damage) for slot, damage in zip(slots, chosen, strict=False)}
    findings += _swap(files, fault, printed, rng)
    _write(folder, told, files, sorted(findings))


def _printed(told: Story, fault: str, rng: random.Random) -> tuple[Story, list[str]]:
    """The story as the papers tell it, where it differs from the form, and the findings that follow."""
    change: Any = msgspec.structs.replace
    other = story(told.seed + 50_000)
    renewal = ["old_certificate"] if told.renewal else []
    match fault:
        case "nik":
            digits = told.leader.national_id
            wrong = digits[:-2] + f"{(int(digits[-2:]) + rng.randrange(1, 90)) % 100:02d}"
            return change(told, leader=change(told.leader, national_id=wrong)), [
                "nik_mismatch:ktp",
                "nik_mismatch:village_letter",
            ]
        case "name":
            name = other.leader.name
            officers = tuple((p, name if p == "Ketua" else n) for p, n in told.officers)
            slots = ["ktp", "village_letter", "board_roster", *renewal]
            return change(told, leader=change(told.leader, name=name), officers=officers), [
                f"name_mismatch:{slot}" for slot in slots
            ]
        case "group":
            return change(told, group=other.group), [
                f"group_mismatch:{slot}" for slot in ["village_letter", "board_roster", *renewal]
            ]
        case "number":
            return change(told, certificate_number=other.certificate_number), [
                "certificate_number_mismatch:old_certificate"
            ]
        case "date_missing":
            return change(told, letter_date=None), ["letter_date_missing:village_letter"]
        case "expired":
            return change(told, letter_date=told.submitted_on - dt.timedelta(days=rng.randrange(190, 600))), [
                "letter_expired:village_letter"
            ]
        case "unsigned":
            return change(told, signed=False, stamped=False), ["letter_unsigned:village_letter"]
        case "no_leader":
            return change(told, officers=tuple(o for o in told.officers if o[0] != "Ketua")), [
                "roster_no_leader:board_roster"
            ]
    if rng.random() < 0.3:
        return change(told, signed=rng.random() < 0.5, stamped=True), []
    return told, []


def _swap(files: dict[str, Made], fault: str, printed: Story, rng: random.Random) -> list[str]:
    """Put something else into a slot."""
    slot = rng.choice([name for name in files if name != "ktp"])
    if fault == "missing":
        del files[slot]
        return [f"missing_document:{slot}"]
    if fault == "wrong":
        subtype, markup = stray(printed, rng)
        files[slot] = pack(markup, "other", {"subtype": subtype}, rng, rng.choice(("native", *KINDS[:5])))
        return [f"wrong_document:{slot}"]
    if fault == "blank":
        files[slot] = pack(
            '#set page(paper: "a4")\n#v(1pt)', "blank", {}, rng, rng.choice(("native", "scan", "photo_mild"))
        )
        return [f"blank_document:{slot}"]
    if fault == "duplicate":
        source = rng.choice([name for name in files if name != slot])
        files[slot] = files[source] if rng.random() < 0.5 else make(source, printed, rng, "scan")
        return [f"duplicate_document:{slot}", f"wrong_document:{slot}"]
    if fault == "unreadable":
        slot = rng.choice([*files])
        files[slot] = make(slot, printed, rng, "unreadable")
        return [f"unreadable_document:{slot}"]
    return []


def _write(folder: Path, told: Story, files: dict[str, Made], findings: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    names = {slot: f"{slot}.{made.suffix}" for slot, made in files.items()}
    kind = "renewal" if told.renewal else "new"
    form = {
        "application_id": folder.name,
        "application_type": kind,
        "submitted_on": told.submitted_on.isoformat(),
        "leader_name": told.leader.name,
        "leader_nik": told.leader.national_id,
        "group_name": told.group,
        "art_type": told.art,
        "group_address": told.address,
        "village": told.leader.village,
        "district": told.leader.district,
        "member_count": told.members,
        "old_certificate_number": told.certificate_number if told.renewal else None,
        "uploads": names,
    }
    documents = {
        slot: {"file": names[slot], "type": made.kind, "degradation": made.damage, "fields": made.fields}
        for slot, made in files.items()
    }
    truth = {
        "bundle_id": folder.name,
        "application_type": kind,
        "documents": documents,
        "verdict": "incomplete" if findings else "complete",
        "findings": findings,
        "rules": {"letter_max_age_months": 6},
    }
    for slot, made in files.items():
        (folder / names[slot]).write_bytes(made.data)
    (folder / "form.json").write_text(json.dumps(form, indent=1))
    (folder / "truth.json").write_text(json.dumps(truth, indent=1))


def write_bundles(folder: Path, count: int, seed: int = 1000) -> None:
    """That many bundles, always the same for a seed; mistakes of every sort, three in sixteen without any."""
    for at in range(count):
        write_bundle(folder / f"made-{seed + at}", seed + at, _FAULTS[at % len(_FAULTS)])


def main() -> int:
    """Write COUNT bundles below FOLDER."""
    write_bundles(Path(sys.argv[1]), int(sys.argv[2]), *map(int, sys.argv[3:4]))
    return 0


if __name__ == "__main__":
    sys.exit(main())

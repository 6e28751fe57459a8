"""Inspect folders of applications and write what was read and found, in the format that the samples are scored in.

python -m local.inspect BUNDLES_DIR OUT.json
"""

import argparse
import datetime as dt
import json
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import msgspec

from chalicelib.documents.confined import Confinement, inspect_confined
from chalicelib.documents.findings import findings, verdict
from chalicelib.documents.types import Claims, Inspection, Kind

_WORKERS = 2
_LETTER_MONTHS = 6
_NEEDED = {
    "new": ("ktp", "village_letter", "board_roster"),
    "renewal": ("ktp", "village_letter", "board_roster", "old_certificate"),
}
_OUTSIDE_NAMES = {"national_id": "nik", "leader_national_id": "leader_nik"}


class Form(msgspec.Struct, frozen=True):
    """What of a bundle's form.json is judged."""

    application_type: str
    submitted_on: dt.date
    leader_name: str
    leader_nik: str
    group_name: str
    uploads: dict[str, str]
    old_certificate_number: str | None = None


def main() -> int:
    """Read all bundles with two workers; a line of progress each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bundles", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    folders = sorted(path.parent for path in given.bundles.glob("*/form.json"))
    idle: SimpleQueue[Confinement] = SimpleQueue()
    confinements = [Confinement() for _ in range(_WORKERS)]
    for confinement in confinements:
        idle.put(confinement)
    with ThreadPoolExecutor(_WORKERS) as pool:
        answers = dict(pool.map(lambda folder: _judged(folder, idle), folders))
    for confinement in confinements:
        confinement.close()
    given.out.write_text(json.dumps(answers, indent=1, ensure_ascii=False), encoding="utf-8")
    return 0


def _judged(folder: Path, idle: "SimpleQueue[Confinement]") -> tuple[str, dict[str, Any]]:
    confinement, started = idle.get(), time.monotonic()
    try:
        form = msgspec.json.decode((folder / "form.json").read_bytes(), type=Form)
        read = {
            slot: inspect_confined(
                (folder / name).read_bytes(), wanted=slot, confinement=confinement
            ).inspection
            for slot, name in form.uploads.items()
        }
    finally:
        idle.put(confinement)
    answer = _answer(form, read)
    print(
        f"{folder.name} {time.monotonic() - started:.1f} s {answer['verdict']} {' '.join(answer['findings'])}",
        file=sys.stderr,
    )
    return folder.name, answer


def _answer(form: Form, read: Mapping[str, Inspection]) -> dict[str, Any]:
    claims = Claims(
        application_type=form.application_type,
        leader_name=form.leader_name,
        national_id=form.leader_nik,
        group_name=form.group_name,
        submitted_on=form.submitted_on,
        previous_permit_number=form.old_certificate_number,
    )
    found = findings(claims, _NEEDED[form.application_type], read, _LETTER_MONTHS)
    return {
        "documents": {
            slot: {"type": str(inspection.kind), "fields": outside_fields(inspection)}
            for slot, inspection in read.items()
        },
        "verdict": verdict(found),
        "findings": [f"{finding.code}:{finding.slot}" for finding in found if finding.severity == "warn"],
    }


def outside_fields(inspection: Inspection) -> dict[str, Any]:
    fields: dict[str, Any] = {
        _OUTSIDE_NAMES.get(name, name): value.text == "true" if name in ("signed", "stamped") else value.text
        for name, value in inspection.fields.items()
    }
    if inspection.kind is Kind.BOARD_ROSTER:
        fields["officers"] = [{"position": o.position.text, "name": o.name.text} for o in inspection.officers]
    return fields


if __name__ == "__main__":
    sys.exit(main())

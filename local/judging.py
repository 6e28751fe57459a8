"""Folders of applications, each read and judged as the service would do it; two at a time."""

import datetime as dt
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue

import msgspec

from chalicelib.documents.checks.findings import findings, verdict
from chalicelib.documents.confined import Confinement, InspectionResult, inspect_confined
from chalicelib.documents.types import Claims, Finding, Inspection, Kind, Value

WORKERS = 2
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
    village: str = ""
    district: str = ""


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """One application: what its files say, by slot, and what was found; `seconds` of wall time."""

    folder: Path
    form: Form
    results: dict[str, InspectionResult]
    findings: tuple[Finding, ...]
    seconds: float

    @property
    def name(self) -> str:
        """The bundle's name: that of its folder."""
        return self.folder.name

    @property
    def verdict(self) -> str:
        """`complete` or `incomplete`."""
        return verdict(self.findings)

    @property
    def codes(self) -> list[str]:
        """What has to be corrected, as `code:slot`."""
        return [f"{one.code}:{one.slot}" for one in self.findings if one.severity == "warn"]


def bundles_in(folder: Path) -> list[Path]:
    """The folders of applications below this one, in order."""
    return sorted(path.parent for path in folder.glob("*/form.json"))


def judge_all(folders: Iterable[Path], workers: int = WORKERS) -> Iterator[Judged]:
    """Every application as soon as it is read, in no promised order."""
    idle: SimpleQueue[Confinement] = SimpleQueue()
    with ExitStack() as at_the_end:
        for _ in range(workers):
            confinement = Confinement()
            at_the_end.callback(confinement.close)
            idle.put(confinement)
        with ThreadPoolExecutor(workers) as pool:
            waiting = [pool.submit(_with_idle, folder, idle) for folder in folders]
            for done in as_completed(waiting):
                yield done.result()


def _with_idle(folder: Path, idle: "SimpleQueue[Confinement]") -> Judged:
    confinement = idle.get()
    try:
        return judge(folder, confinement)
    finally:
        idle.put(confinement)


def judge(folder: Path, confinement: Confinement) -> Judged:
    """One application, read in that child. Raises FileNotFoundError and msgspec's errors when it is none."""
    started = time.monotonic()
    form = msgspec.json.decode((folder / "form.json").read_bytes(), type=Form)
    results = {
        slot: inspect_confined((folder / name).read_bytes(), wanted=slot, confinement=confinement)
        for slot, name in form.uploads.items()
    }
    found = _findings(form, results)
    return Judged(
        folder=folder, form=form, results=results, findings=found, seconds=time.monotonic() - started
    )


def _findings(form: Form, results: Mapping[str, InspectionResult]) -> tuple[Finding, ...]:
    claims = Claims(
        application_type=form.application_type,
        leader_name=form.leader_name,
        national_id=form.leader_nik,
        group_name=form.group_name,
        submitted_on=form.submitted_on,
        previous_permit_number=form.old_certificate_number,
        village=form.village,
        sub_district=form.district,
    )
    read = {slot: result.inspection for slot, result in results.items()}
    return findings(claims, _NEEDED[form.application_type], read, _LETTER_MONTHS)


def outside_values(inspection: Inspection) -> dict[str, Value]:
    """The values of a file under the names that the samples give them."""
    return {_OUTSIDE_NAMES.get(name, name): value for name, value in inspection.fields.items()}


def prediction(judged: Judged) -> dict[str, object]:
    """What was read and found, in the format that the samples are scored in."""
    return {
        "documents": {
            slot: {"type": str(result.inspection.kind), "fields": outside_fields(result.inspection)}
            for slot, result in judged.results.items()
        },
        "verdict": judged.verdict,
        "findings": judged.codes,
    }


def outside_fields(inspection: Inspection) -> dict[str, object]:
    """The fields of a file as the samples write them."""
    fields: dict[str, object] = {
        name: value.text == "true" if name in ("signed", "stamped") else value.text
        for name, value in outside_values(inspection).items()
    }
    if inspection.kind is Kind.BOARD_ROSTER:
        fields["officers"] = [
            {"position": officer.position.text, "name": officer.name.text} for officer in inspection.officers
        ]
    return fields

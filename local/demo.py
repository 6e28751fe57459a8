"""The main job as one command: an application driven from the first sign-in to the permit, as people would.

python -m local.demo --out DIR [--bundle DIR]
"""

import argparse
import logging
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from chalicelib.procedures.procedure import load
from chalicelib.worktime.calendar import office_zone
from chalicelib.worktime.words import left_words
from local.bundle import Bundle, content_type, own_bundle, read_bundle
from local.clock import set_clock
from local.judging import outside_fields
from local.people import office, passphrase_of
from local.person import NoAnswerError, Person, RefusedError, wait_for
from local.stack import Stack, open_stack

APPLICANT = "ketua.sanggar@pemohon.contoh.id"
PHONE = "081200000123"
RECOMMENDATION = "Kelompok aktif berlatih dan layak diberi Nomor Induk Kesenian."


class Ended(msgspec.Struct, kw_only=True):
    """What `result.json` says."""

    outcome: str = ""
    verdict: str = ""
    findings: list[str] = []
    documents: dict[str, Any] = {}
    permit_number: str | None = None
    case_id: str = ""
    steps: list[dict[str, Any]] = []
    audit_ok: bool = False
    seconds: float = 0.0


class Journey:
    """One application on its way; `result` grows with each step."""

    def __init__(self, stack: Stack, bundle: Bundle, out: Path) -> None:
        self.result = Ended()
        self._stack = stack
        self._bundle = bundle
        self._out = out
        self._applicant = Person(stack.url, stack.mailbox, APPLICANT)
        self._path = ""

    def go(self) -> None:
        """Drives the application to its end. Raises NoAnswerError and RefusedError."""
        self._step("application", "applicant", self._apply)
        procedure = load()
        for step in procedure.steps:
            if not step.decisions:
                continue
            decision = self._step(step.key, step.role, partial(self._decide, step.role))
            if decision != "approve":
                break
        if self._status() == "returned":
            self.result.outcome = "returned"
        else:
            self._step("issuance", "system", self._receive)
        self.result.audit_ok = self._audited()

    def _step(self, key: str, role: str, act: Callable[[], str]) -> str:
        started = time.monotonic()
        decision = act()
        seconds = round(time.monotonic() - started, 2)
        step = load().step(key)
        self.result.steps.append({"name": key, "role": role, "decision": decision, "seconds": seconds})
        print(
            f"{step.number} {step.name.id} ({load().role(role).name.id}): {decision}, {seconds:.2f} s",
            flush=True,
        )
        return decision

    def _apply(self) -> str:
        self._applicant.sign_in("applicant", self._bundle.form["leader_name"], PHONE)
        kind = self._bundle.form["application_type"]
        case = self._applicant.ask("POST", "/applications", {"application_type": kind})
        self.result.case_id = case["case_id"]
        self._path = f"/applications/{case['case_id']}"
        self._applicant.ask("PUT", f"{self._path}/form", {**self._bundle.form, "phone": PHONE})
        for slot, file in self._bundle.uploads.items():
            offer = {"slot": slot, "content_type": content_type(file), "size": file.stat().st_size}
            self._applicant.upload(self._applicant.ask("POST", f"{self._path}/uploads", offer), file)
        # Every look costs the processor that reads the documents.
        case = wait_for(self._inspected, "the inspection of the documents", pause=0.5)
        self._note(case)
        sent = {"declared_true": True, "send_anyway": True}
        self._applicant.ask("POST", f"{self._path}/submission", sent)
        return "submit"

    def _inspected(self) -> dict[str, Any] | None:
        case: dict[str, Any] = self._applicant.ask("GET", self._path)
        states = {document["state"] for document in case["documents"].values()}
        return None if states & {"awaiting", "inspecting"} else case

    def _note(self, case: Mapping[str, Any]) -> None:
        warned = [finding for finding in case["findings"] if finding["severity"] == "warn"]
        self.result.findings = sorted(f"{finding['code']}:{finding['slot']}" for finding in warned)
        self.result.verdict = "incomplete" if warned else "complete"
        inspections = self._stack.inspections(self.result.case_id)
        self.result.documents = {
            slot: {"type": str(read.kind), "fields": outside_fields(read)}
            for slot, read in inspections.items()
        }

    def _decide(self, role: str) -> str:
        email = next(officer["email"] for officer in office()["officers"] if officer["role"] == role)
        officer = Person(self._stack.url, self._stack.mailbox, email)
        link = {"X-Sanggar-Link": officer.link("tinjau")}
        review = officer.ask("GET", "/review", **link)
        ruling, step = self._ruling(review), review["step"]
        if review["report"] and ruling["decision"] == "approve":
            ruling["report"] = self._reported(officer, review["report"], link)
        print(
            f"{step['number']} {step['name']['id']}: {left_words(step['minutes_left'])}, {ruling['decision']}"
        )
        if review["proof"] == "passphrase":
            ruling["passphrase"] = passphrase_of(role)
        else:
            ruling["code"] = officer.code(lambda: officer.ask("POST", "/review/code", {}, **link))
        officer.ask("POST", "/review/decision", ruling, **link)
        return str(ruling["decision"])

    def _reported(self, officer: Person, asked: Mapping[str, Any], link: Mapping[str, str]) -> str:
        """The Berita Acara / Rekomendasi Teknis of step 3, kept with the demo's files; answers its SHA-256."""
        told = {
            "items": [{"about": about, "outcome": "fits"} for about in asked["items"]],
            "result": "recommended",
            "recommendation": RECOMMENDATION,
            "place": asked["place"],
            "held_on": asked["today"],
        }
        made = officer.ask("POST", "/review/report", told, **link)["now"]
        (self._out / "report.pdf").write_bytes(officer.download(made["url"]))
        return str(made["sha256"])

    def _ruling(self, review: Mapping[str, Any]) -> dict[str, Any]:
        """Customer Service follows the findings; whoever comes later approves what was found complete."""
        if self.result.findings and "return" in review["allowed"]:
            return {"decision": "return", "reasons": self.result.findings, "message": ""}
        needed = review["requires"]["approve"]
        return {"decision": "approve", "technical_recommendation": RECOMMENDATION if needed else ""}

    def _receive(self) -> str:
        wait_for(lambda: self._status() == "issued" or None, "the permit")
        permit = self._applicant.ask("GET", f"{self._path}/permit")
        (self._out / "permit.pdf").write_bytes(self._applicant.download(permit["url"]))
        desk = (
            self._stack.desk
        )  # what a checker of the signature has to trust: this stack's own test authority
        (self._out / "authority.pem").write_text(desk.keys.secret(desk.settings.permit_chain_secret))
        self.result.permit_number = permit["permit_number"]
        self.result.outcome = "issued"
        return "issue"

    def _status(self) -> str:
        return str(self._applicant.ask("GET", self._path)["status"])

    def _audited(self) -> bool:
        auditor = Person(self._stack.url, self._stack.mailbox, office()["auditors"][0]["email"])
        auditor.sign_in("auditor")
        return bool(auditor.ask("GET", f"/audit/cases/{self.result.case_id}")["chain"]["whole"])


def run(bundle: Bundle, out: Path) -> int:
    """One application through a stack of its own; 0 when it came to an end."""
    out.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    clock = set_clock(opening_of(bundle.submitted_on), 1.0)
    with open_stack(port=0, folder=out, clock=clock) as stack:
        journey = Journey(stack, bundle, out)
        problem = ""
        try:
            journey.go()
        except (NoAnswerError, RefusedError) as error:
            problem = str(error)
        stack.mailbox.collect()
    journey.result.seconds = round(time.monotonic() - started, 2)
    (out / "result.json").write_bytes(msgspec.json.format(msgspec.json.encode(journey.result), indent=1))
    if problem:
        print(f"The case could not be driven to an end: {problem}", file=sys.stderr)
        return 1
    result = journey.result
    print(
        f"{result.outcome} {result.permit_number or ''} {' '.join(result.findings)} in {result.seconds:.1f} s"
    )
    return 0


def opening_of(day: date) -> datetime:
    """Nine in the morning of the day on which the application is sent: it is judged by that day."""
    return datetime(day.year, day.month, day.day, 9, tzinfo=office_zone())


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    parser.add_argument("--bundle", type=Path, help="a folder with form.json and its uploads")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    with TemporaryDirectory() as made:
        return run(read_bundle(given.bundle) if given.bundle else own_bundle(Path(made)), given.out)


if __name__ == "__main__":
    sys.exit(main())

"""The whole office at work: the real functions, the machine executed, and people who act on what they are mailed."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

import boto3
import msgspec
from chalice.test import Client

import app
from chalicelib.cases.case import Case
from chalicelib.links.signing import verify
from chalicelib.procedures.procedure import load
from chalicelib.steps.review import REVIEW
from local.aws import open_aws
from local.clock import Hands
from local.people import passphrase_of
from local.person import text_of, wait_for
from local.template import REGION
from tests.crashes.walk import mails
from tests.web.office import APPROVE, Applicant, Office, Told

TUESDAY = "2026-11-24T09:00:00+07:00"
A_DAY_A_SECOND = 24 * 3600.0
A_WEEK_A_SECOND = 7 * A_DAY_A_SECOND
"""Paces at which every wait for an officer, or for a correction, is over in a second."""
DECIDED_STEPS = tuple(step.key for step in load().steps if step.decisions)
REASONS = {
    "completeness_check": ["missing_document:ktp"],
    "verification": ["wrong_document:ktp"],
    "recommendation_review": ["recommendation_incomplete"],
    "signing": ["draft_incorrect"],
}


class Execution(msgspec.Struct, frozen=True):
    """How the machine went: its status, the states it entered, and all that it kept, as text."""

    status: str
    states: list[str]
    kept: str


class Town(Office):
    """An office in which the machine runs, functions call each other, and links and codes come by mail."""

    def link(self, case: Case, /, **other: Any) -> str:
        """What was mailed to the officer and opens the step; `other` claims make another link of it."""
        if other:
            return super().link(case, **other)
        return wait_for(lambda: self._opening(case), f"the link for {case.current}")

    def proof(self, case: Case) -> dict[str, str]:
        """The passphrase, or the code that comes by mail when it is asked for."""
        current = case.current
        assert current is not None
        if current.key == "signing":
            return {"passphrase": passphrase_of("head")}
        email = self.desk.people.officer(current.officer_id).email
        before = len(codes_to(email))
        assert self.ask("POST", "/api/review/code", {}, X_Sanggar_Link=self.link(case)).status == 202
        codes = wait_for(lambda: codes_to(email)[before:] or None, f"the code for {email}")
        return {"code": codes[-1]}

    def waiting(self, case_id: str, step: str) -> Case:
        """The case when that step lies before its officer and the machine waits for the decision."""

        def waits(case: Case) -> bool:
            opened, where = case.current, case.waiting
            if opened is None or where is None or opened.key != step:
                return False
            return (where.step, where.attempt) == (opened.key, opened.attempt)

        return self.when(case_id, waits, step)

    def when(self, case_id: str, so: Callable[[Case], bool], what: str) -> Case:
        """The case as soon as it is so."""

        def look() -> Case | None:
            case = self.case(case_id)
            return case if so(case) else None

        return wait_for(look, what, patience=20)

    def approve_up_to(self, case_id: str, step: str) -> Case:
        """The case when that step waits, everything before it approved."""
        self.approve(case_id, *DECIDED_STEPS[: DECIDED_STEPS.index(step)])
        return self.waiting(case_id, step)

    def approve(self, case_id: str, *steps: str) -> None:
        """These steps approved one after the other, each when it waits."""
        for step in steps:
            self.waiting(case_id, step)
            self.rule(case_id, APPROVE)

    def rule(self, case_id: str, ruling: dict[str, Any]) -> Told:
        """The decision of the officer before whom the case lies."""
        told = self.decide(case_id, ruling)
        assert told.status == 200, told.text
        return told

    def give_back(self, case_id: str, step: str, decision: str = "return", reason: str = "") -> None:
        """A return or a refusal with the step's usual reason."""
        reasons = [reason] if reason else REASONS[step]
        self.rule(case_id, {"decision": decision, "reasons": reasons, "message": "Mohon dilihat lagi."})

    def correct(self, person: Applicant, case_id: str) -> None:
        """The applicant sends again what was returned, once they were told of it."""
        number = self.case(case_id).correction
        assert number is not None
        self.told(case_id, "returned", number.attempt)
        told = person.ask("POST", f"/{case_id}/correction", {"message": "Sudah.", "send_anyway": True})
        assert told.status == 200, told.text

    def told(self, case_id: str, notice: str, times: int) -> list[EmailMessage]:
        """The mails of that notice about the case, to its officer and above, when so many have come."""
        names = (notice, f"{notice}_above")

        def look() -> list[EmailMessage] | None:
            found = [mail for name, mail in self.letters(case_id) if name.split(".")[2] in names]
            return found if len(found) >= times else None

        return wait_for(look, f"{times} mails {notice}", patience=20)

    def letters(self, case_id: str) -> list[tuple[str, EmailMessage]]:
        """All notices about the case with the name that their audit entry gives them."""
        ours = {entry.hash[:24] for entry in self.desk.cases.entries(case_id)}
        named = [(str(mail["Message-ID"]).strip(" <>").rpartition("@")[0], mail) for mail in mails()]
        return [(name, mail) for name, mail in named if name.partition(".")[0] in ours]

    def execution(self, case_id: str) -> Execution:
        """The execution of the case at its end."""
        machine = boto3.client("stepfunctions", region_name=REGION)
        arn = self.desk.settings.state_machine_arn.replace(":stateMachine:", ":execution:") + f":{case_id}"

        def ended() -> dict[str, Any] | None:
            found = machine.describe_execution(executionArn=arn)
            return dict(found) if found["status"] != "RUNNING" else None

        found = wait_for(ended, "the end of the execution", patience=20)
        events = machine.get_execution_history(executionArn=arn, maxResults=1000)["events"]
        states = [
            event["stateEnteredEventDetails"]["name"]
            for event in events
            if "stateEnteredEventDetails" in event
        ]
        return Execution(found["status"], states, json.dumps([found, events], default=str))

    def _opening(self, case: Case) -> str | None:
        assert case.current is not None
        email = self.desk.people.officer(case.current.officer_id).email
        for _, mail in reversed(self.letters(case.case_id)):
            found = re.search(r"/tinjau/#(\S+)", text_of(mail))
            if not found or email not in str(mail["To"]):
                continue
            claims = verify(found.group(1), REVIEW, self.desk.keyring(), self.desk.clock.now())
            if (claims.step, claims.attempt) == (case.current.key, case.current.attempt):
                return found.group(1)
        return None


def codes_to(email: str) -> list[str]:
    """The codes mailed to that address, oldest first."""
    found = [re.search(r"\b(\d{6})\b", str(m["Subject"])) for m in mails() if email in str(m["To"])]
    return [code.group(1) for code in found if code]


@contextmanager
def open_town() -> Iterator[Town]:
    """A town on a Tuesday at nine."""
    hands = Hands.at(TUESDAY)
    with open_aws(hands.clock) as desk:
        yield Town(desk, hands, Client(app.app))

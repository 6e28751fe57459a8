"""One application on its way, each stage a piece of work that AWS, or the person, would try again."""

import json
import re
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends

from chalicelib.accounts.people import Account
from chalicelib.cases.case import Case
from chalicelib.cases.deciding import Ruling
from chalicelib.cases.form import ApplicationForm
from chalicelib.cases.report import Item, ReportForm
from chalicelib.cases.reporting import items_of
from chalicelib.steps import application, delivering, issuing, progress, report, review, signing
from chalicelib.steps.desk import Desk, Request
from chalicelib.web.views.parts import in_office
from local.people import passphrase_of
from local.person import text_of
from local.template import REGION

FORM = ApplicationForm(
    group_name="Sanggar Uji Coba",
    art_genre="ludruk",
    group_address="Dusun Contoh RT 01 RW 02",
    village="Contohrejo",
    sub_district="Bangil",
    member_count=20,
    leader_name="Sari Made-Up",
    national_id="3514014101900001",
    phone="081200000000",
)
DECIDED = ("completeness_check", "verification", "recommendation_review", "signing")
ROLES = {
    "completeness_check": "cs-1",
    "verification": "sub-1",
    "recommendation_review": "koor-1",
    "signing": "kepala-1",
}
Stage = tuple[str, Callable[[], object]]


class Walk:
    """The stages of a case that is approved straight through; what they need of each other is kept here."""

    def __init__(self, desk: Desk, person: str = "applicant-1") -> None:
        self.desk = desk
        self.account = Account(id=person, role="applicant", email=f"{person}@pemohon.contoh.id", name="Sari")
        self.case_id = ""
        self.report_seen = ""

    def prepare(self) -> None:
        """A draft that is ready to be sent."""
        self.desk.people.save_account(self.account)
        request = Request(actor=self.account.id, key="draft-key-0123456789", body=b"{}")
        made = application.new_application(
            self.desk, self.account, "new", request, lambda case: {"id": case.case_id}
        )
        self.case_id = json.loads(made)["id"]
        application.save_form(self.desk, self.account, self.case_id, FORM)

    def stages(self) -> list[Stage]:
        """From the sending to the mail that brings the permit."""
        stages: list[Stage] = [("submit", self.submit), ("deliver", self.deliver)]
        stages += [
            ("register", lambda: progress.register_application(self.desk, self.case_id)),
            ("deliver", self.deliver),
        ]
        for step in DECIDED:
            stages += [
                (f"open {step}", lambda step=step: self.open(step)),  # type: ignore[misc]
                ("deliver", self.deliver),
                (f"await {step}", lambda step=step: self.wait(step)),  # type: ignore[misc]
                *([("report", self.report)] if step == "verification" else []),
                (f"ask for the code of {step}", lambda step=step: self.ask(step)),  # type: ignore[misc]
                (f"decide {step}", lambda step=step: self.decide(step)),  # type: ignore[misc]
                ("deliver", self.deliver),
            ]
        stages += [
            ("issue", lambda: issuing.issue_permit(self.desk, self.case_id)),
            ("deliver", self.deliver),
        ]
        return stages

    def submit(self) -> None:
        """SOP step 1, with a request key as the page sends it."""
        request = Request(actor=self.account.id, key="submit-key-0123456789", body=b"{}")
        application.submit(
            self.desk, self.account, self.case_id, request, lambda case: {"n": case.number}, send_anyway=True
        )

    def open(self, step: str) -> None:
        """A step laid before its officer."""
        progress.open_step(self.desk, self.case_id, step)

    def wait(self, step: str) -> None:
        """The workflow's wait; moto takes any token while it executes nothing."""
        progress.await_decision(self.desk, self.case_id, step, 1, f"token-of-{step}")

    def ask(self, step: str) -> None:
        """The second proof, asked for by the officer."""
        if step != "signing":
            review.ask_for_proof(self.desk, self.link(step))
            challenge = f"decide-{ROLES[step]}-{self.case_id}-{step}-1"
            delivering.deliver_code(self.desk, challenge, self.desk.people.officer(ROLES[step]).email)

    def report(self) -> None:
        """SOP step 3's Berita Acara; the same answers, tried again."""
        items = tuple(Item(about=about, outcome="fits") for about in items_of(self.case()))
        told = ReportForm(
            items=items,
            result="recommended",
            recommendation="Layak.",
            place="Pasuruan",
            held_on=in_office(self.desk.clock.now()).date(),
        )
        self.report_seen = report.make_report(self.desk, self.link("verification"), told).sha256

    def decide(self, step: str) -> None:
        """The officer's decision, pressed with one request key."""
        key = f"decide-{step}-0123456789"
        if step == "signing":
            signing.decide_with_passphrase(
                self.desk, self.link(step), Ruling(choice="approve"), passphrase_of("head"), key
            )
            return
        ruling = Ruling(choice="approve", report=self.report_seen if step == "verification" else "")
        review.decide(self.desk, self.link(step), ruling, self.code(step), key)

    def deliver(self) -> None:
        """What the outbox holds is delivered: at once, or by the sweep."""
        delivering.deliver_case(self.desk, self.case_id)

    def link(self, step: str) -> str:
        """The token of the newest link mailed for that step."""
        to = self.desk.people.officer(ROLES[step]).email
        found = [re.search(r"/tinjau/#(\S+)", text_of(mail)) for mail in mails() if to in str(mail["To"])]
        return next(match.group(1) for match in reversed(found) if match)

    def code(self, step: str) -> str:
        """The newest code mailed to the officer of that step."""
        to = self.desk.people.officer(ROLES[step]).email
        found = [re.search(r"\b(\d{6})\b", str(mail["Subject"])) for mail in mails() if to in str(mail["To"])]
        return next(match.group(1) for match in reversed(found) if match)

    def case(self) -> Case:
        """The case as it is."""
        return self.desk.cases.load(self.case_id)


def mails() -> list[EmailMessage]:
    """Everything that SES took, oldest first."""
    sent = ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages
    return [message_from_bytes(one.raw_data.encode(), policy=policy.default) for one in sent]

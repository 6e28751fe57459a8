"""What a straight application does not need: lists, checks, and the functions that run by the clock."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode
from urllib.request import urlopen

import boto3
import msgspec
from chalice.test import Client

import app
from chalicelib.accounts.people import Account, account_id
from chalicelib.audit.chain import Head
from chalicelib.aws import permit_register
from chalicelib.aws.case_store import STATE, case_row
from chalicelib.aws.tables import CaseRow, OutboxRow, PermitRow
from chalicelib.cases.case import Case, OpenStep
from chalicelib.links.signing import Claims, sign
from chalicelib.office import OFFICE
from chalicelib.permits.check_code import check_code
from chalicelib.permits.log.growing import appended
from chalicelib.permits.log.leaf import Leaf
from chalicelib.staffing import absences
from chalicelib.staffing.book import Order
from chalicelib.staffing.standing_in import StandIn
from chalicelib.steps.review import REVIEW
from local.aws import fill_bsre_access, function_name
from local.clock import Hands
from local.esign.service import EsignService
from local.people import passphrase_of, signing_person
from local.person import Person, wait_for
from local.stack import Stack
from local.template import REGION
from tests.infrastructure.reporting import write_reports
from tests.site.photos import page, saved
from tests.web.office import APPROVE, FORM, Office


def run_around(stack: Stack, case_id: str) -> None:
    """Everything that people and schedules ask beside the main job, on a stack with one issued permit."""
    case = stack.desk.cases.load(case_id)
    assert case.permit is not None
    anyone = Person(stack.url, stack.mailbox, "siapa.saja@pemohon.contoh.id")
    anyone.ask("GET", f"/permits/{case.permit.check_code}")
    anyone.ask("GET", f"/permits?number={case.permit.permit_number}")
    anyone.ask("POST", "/tracking", {"number": case.number, "phone_last4": case.form.phone[-4:]})
    anyone.sign_in("applicant", "Sari Contoh", "081200000456")
    _ask_for_links(stack, anyone)
    anyone.ask("POST", f"/tracking/{case.tracking_code}/rating", {"overall": 4})
    anyone.ask("GET", f"/tracking/{case.tracking_code}/rating")
    _complain(stack, anyone)
    _list(stack, "auditor.kedua@inspektorat.contoh.id")
    _lie_before_an_officer(stack, anyone)
    _leave_behind(stack, case_id)
    _fall_due(stack, case_id)
    write_reports(stack, anyone)
    _sign_through_bsre(stack)
    _stand_in(stack, anyone)
    _renew(stack, anyone, case)
    boto3.client("lambda", region_name=REGION).invoke(FunctionName=function_name("morning"), Payload=b"{}")
    _revoke(stack, "case-renewal")
    _leave_unshown(stack)
    functions = boto3.client("lambda", region_name=REGION)
    for name in ("sweep", "morning", "seal"):
        assert "FunctionError" not in functions.invoke(FunctionName=function_name(name), Payload=b"{}")


def _list(stack: Stack, email: str) -> None:
    """A second auditor: the first one has a code younger than a minute."""
    stack.desk.people.save_account(Account(id=account_id("auditor", email), role="auditor", email=email))
    auditor = Person(stack.url, stack.mailbox, email)
    auditor.sign_in("auditor")
    auditor.ask("GET", "/audit/cases")
    auditor.ask("GET", "/audit/ratings")


def _ask_for_links(stack: Stack, anyone: Person) -> None:
    """The list with a draft in it, and the links of all open applications, by the form for people without script."""
    draft = anyone.ask("POST", "/applications", {"application_type": "new"})["case_id"]
    assert [one["case_id"] for one in anyone.ask("GET", "/applications")["applications"]] == [draft]
    urlopen(f"{stack.url}/u", urlencode({"email": anyone.email}).encode()).close()  # noqa: S310 - our own stack
    anyone.mailed("Tautan untuk mengunggah")
    anyone.ask("POST", f"/applications/{draft}/withdrawal", {})


def _complain(stack: Stack, anyone: Person) -> None:
    """A complaint with a photo, its officer's look, code and answer, and a look at that."""
    sent = {"kind": "late", "text": "Permohonan saya terlambat.", "contact": anyone.email}
    number = anyone.ask("POST", "/complaints", sent)["number"]
    mine = {"number": number, "contact": anyone.email}
    _add_photo(anyone, mine)
    officer = Person(stack.url, stack.mailbox, "laras.kinanti@kantor.contoh.id")
    link = {"X-Sanggar-Link": officer.link("pengaduan/jawab", number)}
    code = officer.code(lambda: officer.ask("POST", "/complaints/answering/code", {}, **link))
    seen = officer.ask("GET", "/complaints/answering", **link)["photo"]
    assert officer.download(seen["url"]).startswith(b"\xff\xd8\xff")
    officer.ask("POST", "/complaints/answering", {"answer": "Kami minta maaf.", "code": code}, **link)
    assert anyone.ask("POST", "/complaints/tracking", mine)["state"] == "answered"


def _add_photo(anyone: Person, mine: dict[str, str]) -> None:
    """A photo for the complaint, waited for until it was looked at."""
    with TemporaryDirectory() as folder:
        file = Path(saved(Path(folder), page()))
        asked = {"content_type": "image/jpeg", "size": file.stat().st_size}
        anyone.upload(anyone.ask("POST", "/complaints/photos", {**mine, **asked}), file)

    def looked_at() -> str | None:
        state = str(anyone.ask("POST", "/complaints/tracking", mine)["photo"]["state"])
        return None if state == "awaiting" else state

    assert wait_for(looked_at, "the look at a photo") == "kept"


def _lie_before_an_officer(stack: Stack, anyone: Person) -> None:
    """An application that waits: what the officer's inbox shows, and what is mailed in the morning."""
    case_id = anyone.ask("POST", "/applications", {"application_type": "new"})["case_id"]
    anyone.ask("PUT", f"/applications/{case_id}/form", FORM)
    sent = {"declared_true": True, "send_anyway": True}
    number = anyone.ask("POST", f"/applications/{case_id}/submission", sent)["number"]
    officer = Person(stack.url, stack.mailbox, "laras.kinanti@kantor.contoh.id")
    link = {"X-Sanggar-Link": officer.link("menunggu", number)}
    assert number in [line["number"] for line in officer.ask("GET", "/inbox", **link)["waiting"]]
    officer.ask("POST", "/inbox/link", {}, **link)
    officer.mailed("Tautan baru")


def _leave_unshown(stack: Stack) -> None:
    """An entry of the register's log as a process leaves it that dies before it has it shown."""
    leaf = Leaf(kind="key_changed", key="contoh.id/log+00000000+Ag==", at=stack.desk.clock.now())
    stack.desk.log.append(appended(stack.desk.log.head(), [leaf.entry]))


def _revoke(stack: Stack, case_id: str) -> None:
    """The permit revoked: proposed from the coordinator's inbox, confirmed by the head from the mailed link."""
    case, people = stack.desk.cases.load(case_id), stack.desk.people
    assert case.permit is not None
    number = {"permit_number": case.permit.permit_number}
    proposer = Person(stack.url, stack.mailbox, people.officer("koor-1").email)
    inbox = {"X-Sanggar-Link": proposer.link("menunggu", case.number)}
    link = {"X-Sanggar-Link": proposer.ask("GET", "/inbox", **inbox)["proposing_token"]}
    proposer.ask("GET", "/revocations", **link)
    code = proposer.code(lambda: proposer.ask("POST", "/revocations/code", number, **link))
    grounds = {"reason": "group_ended", "words": "Kelompok bubar."}
    proposer.ask("POST", "/revocations", {**number, **grounds, "code": code}, **link)
    head = Person(stack.url, stack.mailbox, people.officer("kepala-1").email)
    link = {"X-Sanggar-Link": head.link("pencabutan", number["permit_number"])}
    head.ask("GET", "/revocations/decision", **link)
    head.ask(
        "POST", "/revocations/decision", {"outcome": "revoked", "passphrase": passphrase_of("head")}, **link
    )
    assert head.ask("GET", f"/permits/{case.permit.check_code}")["status"] == "revoked"


def _fall_due(stack: Stack, case_id: str) -> None:
    """A case as the index of what is due holds it in the moment in which its step is decided."""
    long_ago = (stack.desk.clock.now() - timedelta(minutes=5)).timestamp()
    CaseRow(case_id, STATE).update(actions=[CaseRow.open.set("1"), CaseRow.due_at.set(long_ago)])


def _stand_in(stack: Stack, anyone: Person) -> None:
    """An application at the first desk, and an administrator who dies before its step is laid before a stand-in."""
    case_id = anyone.ask("POST", "/applications", {"application_type": "new"})["case_id"]
    anyone.ask("PUT", f"/applications/{case_id}/form", FORM)
    anyone.ask("POST", f"/applications/{case_id}/submission", {"declared_true": True, "send_anyway": True})
    desk = stack.desk
    current = wait_for(lambda: desk.cases.load(case_id).current, "the completeness check")
    now = desk.clock.now()
    begins = StandIn(
        id="si-errand",
        kind="plh",
        officer_id="koor-1",
        acting_for=current.officer_id,
        since=now,
        until=now + timedelta(days=1),
    )
    order = Order(by="Admin Contoh", why="cuti")
    desk.office.commit(absences.begin(desk.office.load(), desk.people.officers(), begins, order, now))


def _renew(stack: Stack, anyone: Person, old: Case) -> None:
    """A renewal as it lies before the head, looked at, then issued; and its permit sixty days before its end."""
    desk, permit = stack.desk, old.permit
    assert permit is not None
    at = desk.clock.now()
    form = msgspec.structs.replace(
        old.form,
        application_type="renewal",
        previous_permit_number=permit.permit_number,
        renewal_reason="leader_changed",
    )
    head = next(one for one in desk.people.officers() if one.role == "head")
    before_the_head = OpenStep(
        key="signing", attempt=2, role="head", officer_id=head.id, opened_at=at, deadline=at, wakes_at=at
    )
    lying = msgspec.structs.replace(
        old,
        case_id="case-renewal",
        version=1,
        head=Head(),
        status="in_progress",
        form=form,
        permit=None,
        current=before_the_head,
        waiting=None,
        decisions=old.decisions[:-1],
    )
    case_row(lying).save()
    claims = Claims(
        purpose=REVIEW,
        subject=head.id,
        expires=int(at.timestamp()) + 600,
        key="",
        id="errand",
        case="case-renewal",
        step="signing",
        attempt=2,
        role="head",
    )
    review = anyone.ask("GET", "/review", **{"X-Sanggar-Link": sign(claims, desk.keyring())})
    assert review["draft_permit_url"]
    number = desk.procedure_of(old).number_of_permit(serial=9999, year=at.year)
    code = check_code(bytes(16))
    signed = msgspec.structs.replace(permit, permit_number=number, check_code=code)
    case_row(msgspec.structs.replace(lying, permit=signed, current=None)).save()
    asked = json.dumps({"case_id": "case-renewal"}).encode()
    functions = boto3.client("lambda", region_name=REGION)
    functions.invoke(FunctionName=function_name("issue_permit"), Payload=asked)
    first = permit_register.by_check_code(permit.check_code)
    assert first is not None
    assert (first.status, first.replaced_by) == ("replaced", number)
    in_time = (at + timedelta(days=60)).date().isoformat()
    PermitRow(code).update(actions=[PermitRow.ends_on.set(in_time)])


def _sign_through_bsre(stack: Stack) -> None:
    """An application that a stage signs which is set to BSrE."""
    service, before = EsignService([signing_person()]), OFFICE.desk()
    with service.running() as url:
        fill_bsre_access(stack.desk, service.secret())
        settings = msgspec.structs.replace(before.settings, signer="bsre", bsre_url=url)
        OFFICE.open_with(replace(before, settings=settings))
        town = Office(OFFICE.desk(), Hands.at("2026-11-24T09:00:00+07:00"), Client(app.app))
        case = town.open(town.applicant().sent(), "signing")
        assert town.decide(case.case_id, APPROVE).status == 200
        OFFICE.open_with(before)


def _leave_behind(stack: Stack, case_id: str) -> None:
    """A delivery as a worker leaves it that dies before it begins."""
    row = next(iter(OutboxRow.query(case_id, OutboxRow.sk.startswith("OUTBOX#"))))
    long_ago = stack.desk.clock.now() - timedelta(minutes=5)
    OutboxRow(case_id, f"{row.sk}.again", body=row.body, pending="1", created_at=long_ago.timestamp()).save()

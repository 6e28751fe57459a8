"""What a straight application does not need: lists, checks, and the functions that run by the clock."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode
from urllib.request import urlopen

import boto3

from chalicelib.accounts.people import Account, account_id
from chalicelib.aws.case_store import STATE
from chalicelib.aws.tables import CaseRow, OutboxRow
from chalicelib.staffing import absences
from chalicelib.staffing.book import Order
from chalicelib.staffing.standing_in import StandIn
from local.aws import function_name
from local.people import passphrase_of
from local.person import Person, wait_for
from local.stack import Stack
from local.template import REGION
from tests.site.photos import page, saved
from tests.web.office import FORM


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
    _revoke(stack, case_id)
    _leave_behind(stack, case_id)
    _fall_due(stack, case_id)
    _stand_in(stack, anyone)
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


def _leave_behind(stack: Stack, case_id: str) -> None:
    """A delivery as a worker leaves it that dies before it begins."""
    row = next(iter(OutboxRow.query(case_id, OutboxRow.sk.startswith("OUTBOX#"))))
    long_ago = stack.desk.clock.now() - timedelta(minutes=5)
    OutboxRow(case_id, f"{row.sk}.again", body=row.body, pending="1", created_at=long_ago.timestamp()).save()

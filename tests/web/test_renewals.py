"""A permit after its issue: renewed, replaced before its end, and its group reminded in time (sop.md position 9)."""

from datetime import timedelta
from typing import Any

import boto3
import pytest

from chalicelib.aws import outbox, permit_register
from chalicelib.cases.case import Case
from chalicelib.permits.types import PermitRecord
from chalicelib.steps import delivering, ending
from chalicelib.steps.inspect import inspect_upload
from local.person import text_of
from local.template import REGION
from tests.crashes.walk import mails
from tests.web.office import Applicant, Office


@pytest.fixture
def office(_office: Office) -> Office:
    """Here time runs forward only."""
    return _office


def _issued(office: Office, person: Applicant, **form: Any) -> Case:
    return office.issue(person.sent(**form))


def _record(case: Case) -> PermitRecord:
    assert case.permit is not None
    record = permit_register.by_check_code(case.permit.check_code)
    assert record is not None
    return record


def _renewal(person: Applicant, number: str, reason: str = "", **headers: str) -> dict[str, Any]:
    body = {"application_type": "renewal", "renews": number, "renewal_reason": reason}
    told = person.ask("POST", "", body, **headers)
    assert told.status == 201, told.text
    return dict(told.json)


def _sent(person: Applicant, case_id: str) -> str:
    """Sent without the old certificate: reading it takes long, and one test does."""
    assert person.ask("DELETE", f"/{case_id}/documents/old_certificate").status == 200
    told = person.ask("POST", f"/{case_id}/submission", {"declared_true": True, "send_anyway": True})
    assert told.status == 200, told.text
    return case_id


def test_a_renewal_begins_with_what_the_office_knows_and_the_old_certificate(office: Office) -> None:
    person = office.applicant()
    old = _issued(office, person, group_name="Jaranan Lestari")
    number = _record(old).permit_number
    case = office.case(_renewal(person, number)["case_id"])
    assert case.form.application_type == "renewal"
    assert case.form.previous_permit_number == number
    known = ("group_name", "leader_name", "national_id", "village", "phone", "member_count")
    assert [getattr(case.form, name) for name in known] == [getattr(old.form, name) for name in known]
    document = case.documents["old_certificate"]
    assert document.state == "awaiting"
    settings = office.desk.settings
    kept = office.desk.files.read(settings.quarantine_bucket, document.quarantine_key)
    assert kept.startswith(b"%PDF")


def test_our_own_certificate_is_read_and_fits_the_form_and_the_register(office: Office) -> None:
    person = office.applicant()
    old = _issued(office, person, group_name="Karawitan Laras Wening", leader_name="Sri Contoh Wahyuni")
    case_id = _renewal(person, _record(old).permit_number, "lost")["case_id"]
    inspect_upload(office.desk, office.case(case_id).documents["old_certificate"].quarantine_key)
    shown = person.ask("GET", f"/{case_id}").json
    document = shown["documents"]["old_certificate"]
    assert (document["state"], document["kind"]) == ("inspected", "old_certificate")
    ours = [one["code"] for one in shown["findings"] if one["slot"] == "old_certificate"]
    assert ours == []


def test_the_same_request_renews_once(office: Office) -> None:
    person = office.applicant()
    number = _record(_issued(office, person)).permit_number
    key = {"Idempotency_Key": "renewal-key-0123456789"}
    assert _renewal(person, number, **key) == _renewal(person, number, **key)


@pytest.mark.parametrize("number", ["431/9999/424.086/2026", "<b>", ""])
def test_a_number_that_is_not_ones_own_begins_nothing_known(office: Office, number: str) -> None:
    owner, stranger = office.applicant(), office.applicant()
    theirs = _record(_issued(office, owner)).permit_number
    for asked in filter(None, (number, theirs)):
        body = {"application_type": "renewal", "renews": asked}
        assert stranger.ask("POST", "", body).code == "not_found"


def test_an_issued_renewal_takes_the_place_of_the_old_permit_at_once(office: Office) -> None:
    person = office.applicant()
    old = _issued(office, person)
    case_id = _sent(person, _renewal(person, _record(old).permit_number)["case_id"])
    assert _record(old).status == "valid"
    new = _record(office.issue(case_id))
    before = _record(old)
    assert (before.status, before.replaced_by) == ("replaced", new.permit_number)
    assert before.status_reason == f"Diperpanjang; pengganti: {new.permit_number}"
    assert office.ask("GET", f"/api/permits/{before.check_code}").json["status"] == "replaced"
    assert new.permit_number in office.ask("GET", f"/v/{before.check_code}").text
    shown = person.ask("GET", f"/{old.case_id}").json["permit"]
    assert (shown["status"], shown["status_reason"]) == ("replaced", before.status_reason)
    issued = office.desk.cases.entries(case_id)[-1]
    assert issued.facts["replaces"] == before.permit_number
    assert person.ask("POST", "", {"application_type": "renewal", "renews": before.permit_number}).code == (
        "state_conflict"
    )


@pytest.mark.parametrize(
    ("reason", "said"),
    [("lost", "Sertifikat hilang"), ("corrected", "dibetulkan"), ("leader_changed", "Ketua berganti")],
)
def test_a_replacement_is_good_as_long_as_the_one_whose_place_it_takes(
    office: Office, reason: str, said: str
) -> None:
    person = office.applicant()
    old = _issued(office, person)
    office.hands.move(days=30)
    person = Applicant(office, person.email)  # a session is shorter than a month
    case_id = _sent(person, _renewal(person, _record(old).permit_number, reason)["case_id"])
    new = office.issue(case_id)
    assert _record(new).valid_until == _record(old).valid_until
    assert _record(new).issued_on > _record(old).issued_on
    assert said in str(_record(old).status_reason)
    shown = person.ask("GET", f"/{case_id}").json["permit"]
    assert shown["valid_until"] == _record(old).valid_until.isoformat()


def test_nobody_ends_another_groups_permit_by_typing_its_number(office: Office) -> None:
    victim = _issued(office, office.applicant(), group_name="Ludruk Korban")
    thief = office.applicant()
    case_id = thief.sent(
        application_type="renewal",
        group_name="Ludruk Lain",
        previous_permit_number=_record(victim).permit_number,
        renewal_reason="lost",
    )
    office.issue(case_id)
    assert _record(victim).status == "valid"


def test_a_group_is_reminded_sixty_thirty_and_seven_days_before_the_end_once_each(office: Office) -> None:
    case = _issued(office, office.applicant(), group_name="Hadrah Ingat")
    until = _record(case).valid_until
    begun = {entry.id for entry in outbox.pending_of(case.case_id)}
    for days in (60, 30, 7):
        _move_to(office, until - timedelta(days=days))
        ending.remind_of_ends(office.desk)
        assert ending.remind_of_ends(office.desk) == 0
    named = {entry.id for entry in outbox.pending_of(case.case_id)} - begun
    assert named == {f"renewal_due.{days}.{_record(case).check_code}" for days in (60, 30, 7)}
    delivering.deliver_case(office.desk, case.case_id)
    ours = [one for one in mails() if "berlaku sampai" in str(one["Subject"])]
    assert "Hadrah Ingat" in text_of(ours[-1])


def test_a_morning_that_failed_is_made_up_for_and_a_replaced_permit_is_not_reminded_of(
    office: Office,
) -> None:
    person = office.applicant()
    old = _issued(office, person)
    new = office.issue(_sent(person, _renewal(person, _record(old).permit_number, "lost")["case_id"]))
    _move_to(office, _record(new).valid_until - timedelta(days=58))
    ending.remind_of_ends(office.desk)
    assert not any(one.notice == "renewal_due" for one in outbox.pending_of(old.case_id))
    assert [one.id for one in outbox.pending_of(new.case_id) if one.notice == "renewal_due"] == [
        f"renewal_due.60.{_record(new).check_code}"
    ]


def _move_to(office: Office, day: Any) -> None:
    office.hands.move(days=(day - office.desk.clock.now().date()).days)


def test_a_renewal_whose_old_file_is_gone_begins_without_it_and_can_be_sent(office: Office) -> None:
    person = office.applicant()
    old = _issued(office, person)
    record = _record(old)
    boto3.client("s3", region_name=REGION).delete_object(
        Bucket=office.desk.settings.permits_bucket,
        Key=record.object_key,
        VersionId=record.version_id,
        BypassGovernanceRetention=True,
    )
    case_id = _renewal(person, record.permit_number)["case_id"]
    assert "old_certificate" not in office.case(case_id).documents
    assert office.case(case_id).form.previous_permit_number == record.permit_number

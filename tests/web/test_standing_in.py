"""Somebody stands in for an officer: gets the steps, decides in both names, and gives them back."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from chalicelib.aws import permit_register
from chalicelib.permits.passphrase import hash_passphrase
from chalicelib.staffing import absences
from chalicelib.staffing.errors import StaffingError
from chalicelib.staffing.standing_in import StandIn
from chalicelib.steps import administration, issuing
from chalicelib.steps.desk import Desk
from tests.web.office import APPROVE, Office
from tests.web.staff import ORDER, gone, standing_in, sweep, told

OWN = "kunci contoh pengganti"
WORDS = "Plh. Sub Koordinator PTSP II Wening Larasati untuk Bagas Wiratmaja, S.Sos."


@pytest.fixture
def office(_office: Office) -> Office:
    """Here time runs forward only: who stood in until noon would stand in again."""
    return _office


def _opened(office: Office, token: str) -> Any:
    return office.ask("GET", "/api/review", X_Sanggar_Link=token)


def test_a_step_that_opens_is_laid_before_the_stand_in_and_decided_in_both_names(office: Office) -> None:
    case_id = office.applicant().sent()
    with standing_in(office.desk, "cs-2", "sub-1"):
        case = office.open(case_id, "verification")
        assert case.current is not None
        assert (case.current.officer_id, case.current.acting_for) == ("cs-2", "sub-1")
        assert ("decide", "cs-2") in told(case_id)
        assert ("decide", "sub-1") not in told(case_id)
        shown = _opened(office, office.link(case)).json["officer"]
        assert (shown["name"], shown["standing"]["id"]) == ("Wening Larasati", WORDS)
        assert office.decide(case_id, APPROVE).status == 200
    decision = office.case(case_id).decisions[-1]
    assert (decision.officer_id, decision.acting_for, decision.acting_as) == ("cs-2", "sub-1", "plh")
    later = office.open(case_id, "recommendation_review")
    past = _opened(office, office.link(later)).json["case"]["decisions"]
    assert [one["standing"] and one["standing"]["id"] for one in past] == [None, WORDS]
    assert past[-1]["standing"]["en"].startswith("Wening Larasati, standing in (Plh.)")


def test_a_stand_in_s_report_names_both_and_is_no_report_of_the_other(office: Office) -> None:
    case_id = office.applicant().sent()
    with standing_in(office.desk, "cs-2", "sub-1"):
        case = office.open(case_id, "verification")
        assert office.report(case).status == 200
    report, bucket = office.case(case_id).report, office.desk.settings.permits_bucket
    assert report is not None
    printed = " ".join(_text(office.desk.files.read(bucket, report.object_key, report.version_id)).split())
    assert WORDS in printed
    assert f"Plh. {office.desk.people.officer('sub-1').title}" in printed
    assert (
        office.desk.people.officer("sub-1").official_id not in printed
    )  # who signs has none, and lends none
    case = office.case(case_id)  # back before its own officer, who has written none
    assert case.current is not None
    assert case.current.officer_id == "sub-1"
    ruling = {"decision": "approve", "report": report.sha256}
    assert office.decide(case_id, ruling).code == "report_missing"


def test_auditors_read_who_stood_in_for_whom_and_the_chain_holds_ids_alone(office: Office) -> None:
    case_id = office.applicant().sent()
    with standing_in(office.desk, "cs-2", "sub-1"):
        office.open(case_id, "verification")
        assert office.decide(case_id, APPROVE).status == 200
    found = office.ask("GET", f"/api/audit/cases/{case_id}", **office.auditor()).json
    assert found["chain"]["whole"]
    said = {one["action"]: one for one in found["timeline"] if one["standing"]}
    assert set(said) == {"step.opened", "report.made", "step.approve"}
    assert {one["standing"]["id"] for one in said.values()} == {WORDS}
    assert said["step.approve"]["actor"] == {"id": "cs-2", "role": "sub_coordinator"}
    assert said["step.approve"]["facts"]["for"] == "sub-1"
    assert "Wening" not in str([entry.facts for entry in office.desk.cases.entries(case_id)])


def test_an_open_step_moves_when_a_stand_in_begins_and_back_when_it_ends(office: Office) -> None:
    case_id = office.applicant().sent()
    before = office.open(case_id, "verification")
    old_link = office.link(before)
    begins = office.desk.clock.now() + timedelta(hours=1)
    with standing_in(office.desk, "cs-2", "sub-1", since=begins, lasting=timedelta(hours=2)):
        assert _opened(office, old_link).status == 200
        office.hands.move(hours=1)
        assert sweep({}, office.desk)["handed_over"] >= 1
        case = office.case(case_id)
        assert case.current is not None
        assert before.current is not None
        assert (case.current.officer_id, case.current.acting_for) == ("cs-2", "sub-1")
        assert (case.current.deadline, case.current.attempt) == (before.current.deadline, 1)
        assert ("decide", "cs-2") in told(case_id)
        for method, path in (("GET", ""), ("POST", "/code"), ("POST", "/link")):
            answer = office.ask(method, f"/api/review{path}", {} if path else None, X_Sanggar_Link=old_link)
            assert (answer.status, answer.code) == (409, "link_moved")
            assert "petugas lain" in answer.json["detail"]
        during = office.link(case)
        assert _opened(office, during).status == 200
        office.hands.move(hours=2)
        assert _opened(office, during).code == "link_moved"  # the time is over, whether or not anybody swept
        sweep({}, office.desk)
    back = office.case(case_id).current
    assert back is not None
    assert (back.officer_id, back.acting_for, back.acting_as) == ("sub-1", "", "")
    assert told(case_id).count(("decide", "sub-1")) == 2
    assert _opened(office, office.link(office.case(case_id))).status == 200


def test_the_sweep_moves_a_step_once_however_often_it_looks(office: Office) -> None:
    case_id = office.applicant().sent()
    office.open(case_id, "verification")
    with standing_in(office.desk, "cs-2", "sub-1"):
        moved = office.case(case_id)
        for _ in range(3):
            sweep({}, office.desk)
            office.hands.move(seconds=50)
        assert office.case(case_id) == moved
        office.hands.move(minutes=5)
        assert sweep({}, office.desk)["handed_over"] == 0
        assert not office.desk.office.load().unsettled(office.desk.clock.now())


def test_what_an_administrator_who_crashed_left_lying_the_sweep_lays_down(office: Office) -> None:
    case_id = office.applicant().sent()
    office.open(case_id, "verification")
    desk = office.desk
    with standing_in(desk, "cs-2", "sub-1") as one:
        book = desk.office.load()
        ended = absences.end(book, one.id, ORDER, desk.clock.now())
        assert ended is not None
        desk.office.commit(ended)  # and there the program dies
        current = office.case(case_id).current
        assert current is not None
        assert current.officer_id == "cs-2"
        sweep({}, desk)
        current = office.case(case_id).current
        assert current is not None
        assert current.officer_id == "sub-1"


def test_nobody_decides_two_steps_also_not_for_somebody_else(office: Office) -> None:
    case_id = office.applicant().sent()
    with standing_in(office.desk, "sub-1", "koor-1"):
        case = office.open(case_id, "recommendation_review")
        assert case.current is not None
        assert (case.current.officer_id, case.current.acting_for) == ("koor-1", "")  # who is away, not sub-1
        stolen = msgspec.structs.replace(
            case.current, officer_id="sub-1", acting_for="koor-1", acting_as="plh"
        )
        forged = office.link(msgspec.structs.replace(case, current=stolen))
        assert _opened(office, forged).code == "link_moved"


@pytest.fixture
def second_signer(office: Office) -> Desk:
    """The coordinator with a rank, a number and a passphrase of their own, who so decides no step before."""
    officer = office.desk.people.officer("koor-1")
    signer = msgspec.structs.replace(
        officer,
        rank="Pembina",
        official_id="19000202 000000 0 002",
        passphrase_hash=hash_passphrase(OWN, b"0123456789abcdef"),
    )
    office.desk.people.save_officer(
        msgspec.structs.replace(signer, id="koor-2", email="koor2@kantor.contoh.id")
    )
    return office.desk


def test_who_stands_in_for_the_head_signs_with_an_own_passphrase_and_name(
    office: Office, second_signer: Desk
) -> None:
    case_id = office.applicant().sent()
    head = second_signer.people.officer("kepala-1")
    with standing_in(second_signer, "koor-2", "kepala-1"):
        case = office.open(case_id, "signing")
        assert case.current is not None
        assert (case.current.officer_id, case.current.acting_for) == ("koor-2", "kepala-1")
        link = office.link(case)
        sent = {"decision": "approve", "passphrase": "kunci contoh kepala"}
        assert (
            office.ask("POST", "/api/review/decision", sent, X_Sanggar_Link=link).code == "passphrase_wrong"
        )
        sent["passphrase"] = OWN
        assert office.ask("POST", "/api/review/decision", sent, X_Sanggar_Link=link).status == 200
    issuing.issue_permit(second_signer, case_id)
    permit = office.case(case_id).permit
    assert permit is not None
    assert (permit.signed_by, permit.signed_for, permit.signed_as) == ("koor-2", "kepala-1", "plh")
    record = permit_register.by_check_code(permit.check_code)
    assert record is not None
    assert record.signer_title == f"Plh. {head.title}"
    assert record.signer_name == "Ratna Palupi, S.E., M.M."
    printed = _text(second_signer.files.read(second_signer.settings.permits_bucket, permit.object_key))
    assert "Plh. Kepala Dinas Penanaman Modal" in printed
    assert "19000202 000000 0 002" in printed
    assert head.name not in printed


def test_who_has_no_passphrase_cannot_stand_in_for_the_signer(office: Office) -> None:
    with pytest.raises(StaffingError, match="passphrase"), standing_in(office.desk, "cs-2", "kepala-1"):
        pass


def test_a_plt_holds_an_empty_place_and_a_plh_does_not(office: Office) -> None:
    case_id = office.applicant().sent()
    with gone(office.desk, "sub-1"):
        with pytest.raises(StaffingError, match="Plt"), standing_in(office.desk, "cs-2", "sub-1"):
            pass
        with standing_in(office.desk, "cs-2", "sub-1", kind="plt"):
            case = office.open(case_id, "verification")
            shown = _opened(office, office.link(case)).json["officer"]
            assert shown["standing"]["id"].startswith("Plt. Sub Koordinator PTSP II Wening")


@pytest.mark.parametrize(
    ("officer_id", "acting_for", "said"),
    [
        ("sub-1", "sub-1", "themselves"),
        ("cs-9", "sub-1", "no such officer"),
        ("koor-1", "sub-1", "somebody stands in there"),
        ("koor-1", "cs-2", "away stands in"),
        ("sub-1", "koor-1", "is away"),
    ],
)
def test_a_stand_in_that_could_not_act_is_refused(
    office: Office, officer_id: str, acting_for: str, said: str
) -> None:
    now = office.desk.clock.now()
    with standing_in(office.desk, "cs-2", "sub-1"):
        before = office.desk.office.load()
        wanted = StandIn(
            id="",
            kind="plh",
            officer_id=officer_id,
            acting_for=acting_for,
            since=now,
            until=now + timedelta(days=1),
        )
        with pytest.raises(StaffingError, match=said):
            administration.begin_stand_in(office.desk, wanted, ORDER)
        assert office.desk.office.load() == before


def _text(pdf: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    return " ".join(str(document[0].get_textpage().get_text_bounded()).split())

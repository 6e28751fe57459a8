"""A permit is revoked by two officers, at once for everybody who checks it; nothing less revokes it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import msgspec
import pytest

from chalicelib.accounts.codes import code_of
from chalicelib.audit.chain import breaks
from chalicelib.aws import outbox, permit_register
from chalicelib.aws.tables import PermitRow
from chalicelib.cases.case import Case
from chalicelib.cases.change import SYSTEM, change
from chalicelib.links.signing import Claims, sign
from chalicelib.permits import life
from chalicelib.steps import administration, delivering
from chalicelib.steps.desk import Planned, change_case
from chalicelib.steps.inbox import INBOX, tell_in_the_morning
from chalicelib.steps.revoking import PROPOSE
from chalicelib.steps.revoking_decision import DECIDE
from local.people import passphrase_of
from local.person import text_of
from tests.crashes.walk import mails
from tests.web.office import Office, Told
from tests.web.staff import ORDER, gone, standing_in

WORDS = "Surat desa <b>tidak pernah</b> dikeluarkan & dibenarkan kepala desa."
OWN = "kunci contoh sub koordinator"
KEY = {"Idempotency_Key": "revocation-key-0123456789"}


def token(office: Office, meant: str, officer: str, **other: Any) -> dict[str, str]:
    """The header of a signed link of an officer."""
    claims: dict[str, Any] = {
        "purpose": meant,
        "subject": officer,
        "expires": int(office.desk.clock.now().timestamp()) + 3000,
        "key": "",
        "id": "link-1",
        "epoch": office.desk.office.load().epoch(officer),
    }
    return {"X_Sanggar_Link": sign(Claims(**claims | other), office.desk.keyring())}


def proposer(
    office: Office, officer: str = "sub-1", role: str = "sub_coordinator", **other: Any
) -> dict[str, str]:
    """The link of who proposes."""
    return token(office, PROPOSE, officer, **{"role": role, **other})


def decider(office: Office, about: Case, officer: str = "kepala-1", /, **other: Any) -> dict[str, str]:
    """The link of who decides."""
    claims = {"role": "head", "case": about.case_id, "attempt": 1, **other}
    return token(office, DECIDE, officer, **claims)


def issued(office: Office) -> Case:
    """A case with an issued permit."""
    return office.issue(office.applicant().sent())


def number_of(case: Case) -> str:
    """The permit's number."""
    assert case.permit is not None
    return case.permit.permit_number


def code_for(office: Office, case: Case, officer: str = "sub-1", **link: str) -> str:
    """The mailed code."""
    link = link or proposer(office)
    told = office.ask("POST", "/api/revocations/code", {"permit_number": number_of(case)}, **link)
    assert told.status == 202
    challenge = office.desk.people.challenge(f"revoke-{officer}-{case.case_id}")
    assert challenge is not None
    return code_of(challenge, office.desk.keyring().newest())


def propose(office: Office, case: Case, headers: dict[str, str] | None = None, **other: Any) -> Told:
    """The proposal as the page sends it, with its code."""
    body = {"permit_number": number_of(case), "reason": "untrue", "words": WORDS} | other
    if "code" not in body:
        body["code"] = code_for(office, case)
    return office.ask("POST", "/api/revocations", body, **(proposer(office) | (headers or {})))


def decide(office: Office, case: Case, outcome: str = "revoked", **other: Any) -> Told:
    """The decision as the page sends it."""
    body = {"outcome": outcome, "words": "", "passphrase": passphrase_of("head")} | other
    link = body.pop("link", None) or decider(office, case)
    return office.ask("POST", "/api/revocations/decision", body, **link)


def status(office: Office, case: Case) -> str:
    """What everybody is told who checks the permit."""
    return str(office.ask("GET", f"/api/permits?number={number_of(case)}").json["status"])


def mailed(office: Office, case: Case) -> list[Any]:
    """What was delivered for the case that had not been before."""
    before = len(mails())
    delivering.deliver_case(office.desk, case.case_id)
    return mails()[before:]


@contextmanager
def with_passphrase(office: Office, officer_id: str) -> Iterator[str]:
    """An officer with a passphrase of their own; without it afterwards."""
    before = office.desk.people.officer(officer_id)
    administration.set_passphrase(office.desk, officer_id, OWN, ORDER)
    try:
        yield OWN
    finally:
        office.desk.people.save_officer(before)


def test_two_officers_revoke_a_permit_and_everybody_sees_it_at_once(office: Office) -> None:
    case = issued(office)
    mailed(office, case)
    told = propose(office, case)
    assert (told.status, told.json["deciding_role"]["id"]) == (201, "Kepala DPMPTSP")
    assert status(office, case) == "valid"
    shown = office.ask("GET", "/api/revocations/decision", **decider(office, case)).json
    assert (shown["permit_number"], shown["words"]) == (number_of(case), WORDS)
    assert decide(office, case).json["outcome"] == "revoked"
    answer = office.ask("GET", f"/api/permits?number={number_of(case)}").json
    assert answer["status"] == "revoked"
    assert answer["reason"] == "Data atau dokumen permohonan ternyata tidak benar"
    assert answer["since"] == "2026-11-24"
    page = office.ask("GET", f"/v?number={number_of(case)}").text
    assert "dicabut pada 24 November 2026" in page
    assert "ternyata tidak benar" in page
    assert WORDS not in page
    entries = office.desk.cases.entries(case.case_id)
    assert [one.action for one in entries[-2:]] == ["permit.revocation_proposed", "permit.revoked"]
    assert [one.actor.id for one in entries[-2:]] == ["sub-1", "kepala-1"]
    assert breaks(case.case_id, entries, office.case(case.case_id).head) == []


def test_the_head_is_mailed_a_link_and_the_applicant_the_reason_and_how_to_object(office: Office) -> None:
    case = issued(office)
    mailed(office, case)
    propose(office, case)
    (asked,) = mailed(office, case)
    assert asked["To"] == office.desk.people.officer("kepala-1").email
    text = text_of(asked)
    link = {"X_Sanggar_Link": text.partition("/pencabutan/#")[2].split()[0]}
    assert office.ask("GET", "/api/revocations/decision", **link).status == 200
    assert decide(office, case, link=link).status == 200
    (told,) = mailed(office, case)
    assert told["To"] == office.desk.people.account(case.applicant_id).email
    said = text_of(told)
    assert "Data atau dokumen permohonan ternyata tidak benar" in said
    assert "keberatan tertulis" in said
    assert "object in writing" in said
    assert WORDS in said
    page = told.get_body(("html",))
    assert page is not None
    assert "<b>tidak" not in page.get_content()


def test_a_declined_proposal_leaves_the_permit_and_tells_who_proposed(office: Office) -> None:
    case = issued(office)
    mailed(office, case)
    propose(office, case)
    assert decide(office, case, "declined", words=" ").code == "revocation_unexplained"
    assert decide(office, case, "declined", words="Surat itu sah.").json["outcome"] == "declined"
    assert status(office, case) == "valid"
    (told,) = mailed(office, case)
    assert told["To"] == office.desk.people.officer("sub-1").email
    assert "Surat itu sah." in text_of(told)
    assert decide(office, case).code == "link_spent"
    assert propose(office, case, KEY).status == 201
    assert decide(office, case).code == "link_spent"
    assert decide(office, case, link=decider(office, case, attempt=2)).status == 200


def test_looking_changes_nothing(office: Office) -> None:
    case = issued(office)
    propose(office, case)
    before = office.case(case.case_id)
    for _ in range(3):
        assert office.ask("GET", "/api/revocations", **proposer(office)).status == 200
        assert office.ask("GET", "/api/revocations/decision", **decider(office, case)).status == 200
    assert office.case(case.case_id) == before


def test_the_same_request_key_proposes_and_decides_once(office: Office) -> None:
    case = issued(office)
    code = code_for(office, case)
    first, again = (propose(office, case, KEY, code=code) for _ in range(2))
    assert first.text == again.text
    assert propose(office, case, KEY, code=code, words="Lain.").code == "request_key_reused"
    link = decider(office, case) | KEY
    made, repeated = (decide(office, case, link=link) for _ in range(2))
    assert (made.status, made.text) == (200, repeated.text)


def test_a_second_proposal_waits_for_the_first(office: Office) -> None:
    case = issued(office)
    code = code_for(office, case)
    propose(office, case, code=code)
    asked = office.ask(
        "POST", "/api/revocations/code", {"permit_number": number_of(case)}, **proposer(office)
    )
    assert asked.code == "revocation_proposed"
    assert propose(office, case, code=code).code == "revocation_proposed"


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"code": "000000"}, "proof_failed"),
        ({"code": ""}, "proof_failed"),
        ({"reason": "disliked"}, "reason_unknown"),
        ({"reason": ""}, "invalid_input"),
        ({"words": " \n "}, "revocation_unexplained"),
        ({"words": "x" * 2001}, "invalid_input"),
        ({"permit_number": "430/9999/424.086/2026"}, "not_found"),
        ({"permit_number": ""}, "invalid_input"),
        ({"more": 1}, "invalid_input"),
    ],
)
def test_a_bad_proposal_is_refused_and_changes_nothing(office: Office, other: Any, code: str) -> None:
    case = issued(office)
    assert propose(office, case, **other).code == code
    assert office.case(case.case_id).revocation is None


def test_words_of_three_hundred_letters_with_markup_reach_the_holder_as_they_were_typed(
    office: Office,
) -> None:
    case = issued(office)
    words = "<script>alert(1)</script> {permit_number} & " + "kata " * 52
    assert propose(office, case, words=words).status == 201
    assert decide(office, case).status == 200
    told = next(one for one in mailed(office, case) if "dicabut" in one["Subject"])
    assert words.strip() in text_of(told)
    page = told.get_body(("html",))
    assert page is not None
    assert "<script>" not in page.get_content()


def test_an_id_number_in_the_words_is_masked_before_it_is_kept(office: Office) -> None:
    case = issued(office)
    propose(office, case, words="NIK 3514014101900001 palsu")
    kept = office.case(case.case_id).revocation
    assert kept is not None
    assert "3514014101900001" not in kept.words


def test_who_proposed_does_not_decide_not_even_as_the_heads_stand_in(office: Office) -> None:
    case = issued(office)
    propose(office, case)
    with with_passphrase(office, "sub-1"), standing_in(office.desk, "sub-1", "kepala-1"):
        told = office.ask("GET", "/api/revocations/decision", **decider(office, case, "sub-1"))
        assert told.code == "own_proposal"
        assert (
            decide(office, case, link=decider(office, case, "sub-1"), passphrase=OWN).code == "own_proposal"
        )
        assert status(office, case) == "valid"


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"purpose": INBOX}, "link_misused"),
        ({"purpose": PROPOSE}, "link_misused"),
        ({"subject": "koor-1"}, "link_misused"),
        ({"subject": "nobody-1"}, "link_misused"),
        ({"role": "coordinator"}, "link_misused"),
        ({"attempt": 2}, "link_spent"),
        ({"case": "case-" + "0" * 32}, "link_misused"),
        ({"expires": 1}, "link_expired"),
        ({"epoch": -1}, "link_revoked"),
    ],
)
def test_a_link_for_something_else_decides_nothing(office: Office, claims: Any, code: str) -> None:
    case = issued(office)
    propose(office, case)
    assert decide(office, case, link=decider(office, case, **claims)).code == code
    assert status(office, case) == "valid"


def test_an_altered_link_opens_nothing(office: Office) -> None:
    case = issued(office)
    propose(office, case)
    good = decider(office, case)["X_Sanggar_Link"]
    for bad in ("", good[:-1], good.replace(".", "x", 1), "é"):
        told = office.ask("GET", "/api/revocations/decision", X_Sanggar_Link=bad)
        assert told.code in ("link_missing", "link_altered")


@pytest.mark.parametrize(
    "claims",
    [
        {"subject": "cs-1", "role": "customer_service"},
        {"subject": "kepala-1", "role": "head"},
        {"subject": "cs-1"},
        {"purpose": INBOX},
        {"role": "coordinator"},
    ],
)
def test_only_the_procedures_roles_propose(office: Office, claims: Any) -> None:
    link = proposer(office, **claims)
    assert office.ask("GET", "/api/revocations", **link).code == "link_misused"


def test_a_wrong_passphrase_revokes_nothing(office: Office) -> None:
    case = issued(office)
    propose(office, case)
    for passphrase in ("", "salah", "x" * 200):
        assert decide(office, case, passphrase=passphrase).code == "passphrase_wrong"
    assert status(office, case) == "valid"


def test_an_officer_without_a_passphrase_is_told_so_and_revokes_nothing(office: Office) -> None:
    case = issued(office)
    propose(office, case)
    head = office.desk.people.officer("kepala-1")
    office.desk.people.save_officer(msgspec.structs.replace(head, passphrase_hash=""))
    try:
        told = decide(office, case)
    finally:
        office.desk.people.save_officer(head)
    assert told.code == "signer_not_active"
    assert status(office, case) == "valid"


def test_of_two_decisions_at_once_one_is_made(office: Office) -> None:
    case = issued(office)
    propose(office, case)
    with ThreadPoolExecutor(2) as pool:
        asked = [
            pool.submit(decide, office, case, outcome, words="Surat itu sah.")
            for outcome in ("revoked", "declined")
        ]
        told = [one.result() for one in asked]
    assert sorted(one.status for one in told) == [200, 409]
    outcome = next(one.json["outcome"] for one in told if one.status == 200)
    assert status(office, case) == {"revoked": "revoked", "declined": "valid"}[outcome]
    kept = office.case(case.case_id).revocation
    assert kept is not None
    assert kept.outcome == outcome


def replace(office: Office, case: Case) -> None:
    """The register's entry as another permit's issue leaves it."""
    record = permit_register.by_number(number_of(case))
    assert record is not None

    def rule(now: Case, at: Any) -> Planned:
        made = change(now, at=at, actor=SYSTEM, action="permit.replaced", facts={})
        return Planned(change=made, register=(life.replaced(record, "430/0999/424.086/2026", "Diganti", at),))

    change_case(office.desk, case.case_id, rule)


def test_a_permit_that_was_replaced_or_has_expired_or_was_revoked_is_not_revoked(office: Office) -> None:
    replaced, revoked, expired = issued(office), issued(office), issued(office)
    replace(office, replaced)
    assert propose(office, replaced, code="000000").json["facts"]["status"] == "replaced"
    propose(office, revoked)
    decide(office, revoked)
    assert propose(office, revoked, code="000000").json["facts"]["status"] == "revoked"
    office.hands.move(days=800)
    told = propose(office, expired, code="000000")
    assert (told.code, told.json["facts"]["status"]) == ("permit_not_standing", "expired")


def test_a_permit_that_is_replaced_while_a_proposal_waits_stays_replaced(office: Office) -> None:
    case = issued(office)
    propose(office, case)
    replace(office, case)
    assert decide(office, case).code == "permit_not_standing"
    assert status(office, case) == "replaced"
    assert decide(office, case, "declined", words="Sudah diganti.").status == 200


def test_a_permit_that_expires_while_a_proposal_waits_can_still_be_revoked(office: Office) -> None:
    case = issued(office)
    propose(office, case)
    office.hands.move(days=800)
    assert decide(office, case).status == 200
    assert status(office, case) == "revoked"


def test_the_inbox_leads_on_to_both_pages(office: Office) -> None:
    case = issued(office)
    of_head = token(office, INBOX, "kepala-1", role="head")
    seen = office.ask("GET", "/api/inbox", **of_head).json
    assert seen["proposing_token"] is None
    assert number_of(case) not in str(seen["revocations"])
    mine = office.ask("GET", "/api/inbox", **token(office, INBOX, "sub-1", role="sub_coordinator")).json
    link = {"X_Sanggar_Link": mine["proposing_token"]}
    assert office.ask("GET", "/api/revocations", **link).json["officer"]["id"] == "sub-1"
    propose(office, case)
    waiting = office.ask("GET", "/api/inbox", **of_head).json["revocations"]
    (one,) = [one for one in waiting if one["permit_number"] == number_of(case)]
    assert decide(office, case, link={"X_Sanggar_Link": one["token"]}).status == 200
    waiting = office.ask("GET", "/api/inbox", **of_head).json["revocations"]
    assert number_of(case) not in str(waiting)


def test_the_code_is_good_for_one_permit_alone(office: Office) -> None:
    one, other = issued(office), issued(office)
    code = code_for(office, one)
    assert propose(office, other, code=code).code == "proof_failed"


def test_the_register_changes_with_an_entry_that_was_kept_before_it_had_all_its_fields(
    office: Office,
) -> None:
    case = issued(office)
    assert case.permit is not None
    row = PermitRow.get(case.permit.check_code)
    kept = msgspec.json.decode(row.body or "")
    del kept["replaced_by"]
    row.body = msgspec.json.encode(kept).decode()
    row.save()
    propose(office, case)
    assert decide(office, case).status == 200
    assert status(office, case) == "revoked"


def test_nothing_that_was_typed_is_left_in_the_outbox_or_the_trail(office: Office) -> None:
    case = issued(office)
    propose(office, case)
    entries = str(office.desk.cases.entries(case.case_id)) + str(outbox.pending_of(case.case_id))
    assert "tidak pernah" not in entries


def test_a_stand_in_decides_in_both_names_and_the_trail_tells_them(office: Office) -> None:
    case = issued(office)
    with with_passphrase(office, "koor-1"), standing_in(office.desk, "koor-1", "kepala-1"):
        mailed(office, case)
        propose(office, case)
        (asked,) = mailed(office, case)
        assert asked["To"] == office.desk.people.officer("koor-1").email
        link = {"X_Sanggar_Link": text_of(asked).partition("/pencabutan/#")[2].split()[0]}
        shown = office.ask("GET", "/api/revocations/decision", **link).json
        assert shown["officer"]["standing"]["id"].startswith("Plh. Kepala DPMPTSP")
        assert decide(office, case, link=link, passphrase=OWN).status == 200
    kept = office.case(case.case_id).revocation
    assert kept is not None
    assert (kept.decided_by, kept.decided_for, kept.decided_as) == ("koor-1", "kepala-1", "plh")
    told = office.ask("GET", f"/api/audit/cases/{case.case_id}", **office.auditor()).json
    last = told["timeline"][-1]
    assert last["action"] == "permit.revoked"
    assert last["standing"]["id"].startswith("Plh. Kepala DPMPTSP")


def test_a_proposal_is_refused_while_nobody_else_could_decide_on_it(office: Office) -> None:
    case = issued(office)
    with (
        with_passphrase(office, "sub-1"),
        standing_in(office.desk, "sub-1", "kepala-1", kind="plt"),
        gone(office.desk, "kepala-1"),
    ):
        body = {"permit_number": number_of(case)}
        assert office.ask("POST", "/api/revocations/code", body, **proposer(office)).code == "nobody_decides"
    assert office.case(case.case_id).revocation is None


def test_a_proposal_is_named_in_the_morning_until_it_is_decided(office: Office) -> None:
    case = issued(office)
    propose(office, case)
    office.hands.move(days=1)
    assert tell_in_the_morning(office.desk) > 0
    before = len(mails())
    delivering.deliver_case(office.desk, "inbox#kepala-1")
    (told,) = mails()[before:]
    said = " ".join(text_of(told).split())
    assert "usul pencabutan, sejak Selasa, 24 November 2026" in said
    assert "a proposed revocation, since Tuesday, 24 November 2026" in said

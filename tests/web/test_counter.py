"""The assisted counter: who gets in, what an applicant agrees to, what the officer may do, and who then decides."""

import re
from typing import Any

import msgspec
import pytest

from chalicelib.accounts.codes import code_of
from chalicelib.accounts.people import Officer, account_id
from chalicelib.accounts.tries import TRIES
from chalicelib.cases.deciding import Ruling, check_ruling
from chalicelib.cases.errors import AssistedError
from chalicelib.links.signing import sign, verify
from chalicelib.steps import progress
from chalicelib.steps.counter import COUNTER, counter_token
from chalicelib.steps.review import REVIEW
from chalicelib.tasks import deliveries
from chalicelib.texts import consent_words
from local.person import text_of
from tests.crashes.walk import mails
from tests.web.office import APPROVE, FORM, Office, Told

EMAIL = "bu.sari@pemohon.contoh.id"
LARAS = "laras.kinanti@kantor.contoh.id"


@pytest.fixture
def laras(office: Office) -> Officer:
    """An officer of the first desk."""
    return office.desk.people.officer("cs-1")


def link(office: Office, officer: Officer, /, **other: Any) -> str:
    """The officer's link to the counter; `other` claims make another one of it."""
    token = counter_token(office.desk, officer, at=office.desk.clock.now(), name="n" * 24)
    keyring = office.desk.keyring()
    claims = verify(token, COUNTER, keyring, office.desk.clock.now())
    return sign(msgspec.structs.replace(claims, **other), keyring)


def at_counter(office: Office, officer: Officer, method: str, path: str = "", body: Any = None) -> Told:
    """A request with the officer's own link."""
    return office.ask(method, f"/api/counter{path}", body, X_Sanggar_Link=link(office, officer))


def read_out(office: Office, officer: Officer, email: str = EMAIL) -> str:
    """The code that the applicant has been mailed and reads out."""
    told = at_counter(office, officer, "POST", "/consent", {"email": email})
    assert told.status == 202, told.text
    challenge = office.desk.people.challenge(f"assist-{officer.id}-{account_id('applicant', email)}")
    assert challenge is not None
    return code_of(challenge, office.desk.keyring().newest())


def begun(office: Office, officer: Officer, email: str = EMAIL, **other: Any) -> Told:
    """The application of somebody who is present."""
    body = {
        "email": email,
        "code": read_out(office, officer, email),
        "application_type": "new",
        "name": "Sari",
    }
    return at_counter(office, officer, "POST", "/applications", {**body, **other})


class Assisted:
    """An officer who acts for an applicant in one case."""

    def __init__(self, office: Office, officer: Officer, email: str = EMAIL) -> None:
        told = begun(office, officer, email)
        assert told.status == 201, told.text
        self._office = office
        self.case_id = str(told.json["case_id"])
        self.session = str(told.json["session"])

    def ask(self, method: str, path: str = "", body: Any = None) -> Told:
        """A request below the one case."""
        address = f"/api/applications/{self.case_id}{path}"
        return self._office.ask(method, address, body, Authorization=f"Bearer {self.session}")

    def send(self) -> None:
        """The form filled in, and sent."""
        assert self.ask("PUT", "/form", FORM).status == 200
        told = self.ask("POST", "/submission", {"declared_true": True, "send_anyway": True})
        assert told.status == 200, told.text


def test_the_consent_is_kept_with_who_when_and_which_words(office: Office, laras: Officer) -> None:
    email = "persetujuan@pemohon.contoh.id"
    helped = Assisted(office, laras, email)
    case = office.case(helped.case_id)
    assert case.applicant_id == account_id("applicant", email)
    assert case.assistance is not None
    assert case.assistance.officer_id == "cs-1"
    assert case.assistance.consented_at == office.desk.clock.now()
    assert case.assistance.words == consent_words("Laras Kinanti")["id"]
    first = office.desk.cases.entries(helped.case_id)[0]
    assert (first.actor.id, first.actor.role) == ("cs-1", "customer_service")
    assert first.facts["assisted"]["applicant"] == case.applicant_id
    assert re.fullmatch("[0-9a-f]{64}", first.facts["assisted"]["words_sha256"])


def test_the_trail_names_the_hand_that_acted(office: Office, laras: Officer) -> None:
    email = "tangan@pemohon.contoh.id"
    helped = Assisted(office, laras, email)
    helped.ask("PUT", "/form", FORM)
    own = {"Authorization": f"Bearer {office.sign_in('applicant', email)}"}
    path = f"/api/applications/{helped.case_id}/form"
    assert office.ask("PUT", path, {**FORM, "member_count": 21}, **own).status == 200
    helped.send()
    acted = {(e.action, e.actor.role) for e in office.desk.cases.entries(helped.case_id)}
    assert ("application.started", "customer_service") in acted
    assert ("application.submitted", "customer_service") in acted
    saved = [e.actor.id for e in office.desk.cases.entries(helped.case_id) if e.action == "form.saved"]
    assert saved == ["cs-1", account_id("applicant", email), "cs-1"]


def test_everybody_is_told_that_an_officer_filled_it_in(office: Office, laras: Officer) -> None:
    helped = Assisted(office, laras, "kabar@pemohon.contoh.id")
    helped.send()
    told = helped.ask("GET").json["assisted"]
    sentence = "Permohonan ini diisikan oleh Laras Kinanti di loket, dengan persetujuan pemohon pada Selasa"
    assert told["told"]["id"].startswith(sentence)
    assert told["words"] == consent_words("Laras Kinanti")["id"]
    case = office.open(helped.case_id, "completeness_check")
    review = office.ask("GET", "/api/review", X_Sanggar_Link=office.link(case)).json
    assert review["case"]["assisted"]["told"]["id"].startswith(sentence)
    tracked = office.ask("GET", f"/api/tracking/{case.tracking_code}").json
    assert tracked["assisted"] is True
    page = office.ask("GET", f"/l/{case.tracking_code}").text
    assert "Diisikan oleh petugas di loket, dengan persetujuan pemohon." in page
    assert "Laras" not in page


def test_the_applicant_is_told_by_mail_and_whom_to_tell_if_it_is_not_true(
    office: Office, laras: Officer
) -> None:
    email = "surat@pemohon.contoh.id"
    helped = Assisted(office, laras, email)
    helped.send()
    progress.register_application(office.desk, helped.case_id)
    before = len(mails())
    deliveries.deliver({"case_id": helped.case_id}, office.desk)
    (mail,) = [one for one in mails()[before:] if "kami terima" in one["Subject"]]
    assert mail["To"] == email
    said = text_of(mail)
    assert "diisikan oleh Laras Kinanti di loket" in said
    assert "Anda tidak menyetujuinya? Telepon (0343) 4505657." in said
    assert "filled in by Laras Kinanti" in said


def test_what_was_not_filled_in_by_an_officer_says_nothing_of_it(office: Office) -> None:
    person = office.applicant()
    case_id = person.sent()
    assert person.ask("GET", f"/{case_id}").json["assisted"] is None
    assert 'id="assisted"' not in office.ask("GET", f"/l/{office.case(case_id).tracking_code}").text


def test_another_officer_decides(office: Office, laras: Officer) -> None:
    helped = Assisted(office, laras, "pisah@pemohon.contoh.id")
    helped.send()
    case = office.open(helped.case_id, "completeness_check")
    assert case.current is not None
    assert case.current.officer_id == "cs-2"
    assert office.decide(helped.case_id, APPROVE).status == 200
    assert office.open(helped.case_id, "verification").current is not None


@pytest.mark.parametrize("step", ["completeness_check", "verification"])
def test_who_filled_it_in_decides_no_step(office: Office, laras: Officer, step: str) -> None:
    helped = Assisted(office, laras, f"{step}@pemohon.contoh.id")
    helped.send()
    case = office.open(helped.case_id, step)
    assert case.current is not None
    before_laras = msgspec.structs.replace(case.current, officer_id="cs-1")
    with pytest.raises(AssistedError):
        check_ruling(
            msgspec.structs.replace(case, current=before_laras),
            office.desk.procedure_of(case),
            Ruling(choice="approve"),
            "cs-1",
        )


def test_the_officer_acts_in_that_one_case_alone(office: Office, laras: Officer) -> None:
    email = "satu@pemohon.contoh.id"
    own = {"Authorization": f"Bearer {office.sign_in('applicant', email)}"}
    other = office.ask("POST", "/api/applications", {"application_type": "new"}, **own).json["case_id"]
    helped = Assisted(office, laras, email)
    session = {"Authorization": f"Bearer {helped.session}"}
    before = office.case(other)
    refused = [
        office.ask("GET", "/api/applications", **session),
        office.ask("POST", "/api/applications", {"application_type": "new"}, **session),
        office.ask("GET", f"/api/applications/{other}", **session),
        office.ask("PUT", f"/api/applications/{other}/form", FORM, **session),
        helped.ask("POST", "/withdrawal", {}),
        helped.ask("POST", "/correction", {}),
        helped.ask("POST", "/rating", {"overall": 4}),
        helped.ask("GET", "/permit"),
        helped.ask("POST", "/documents/ktp/reuse", {"case_id": other}),
        office.ask("POST", "/api/session", {}, **session),
    ]
    assert {told.code for told in refused} == {"not_allowed"}
    assert office.case(other) == before
    assert helped.ask("GET", "/earlier").json == {"documents": {}}
    upload = {"slot": "ktp", "content_type": "image/png", "size": 10}
    assert helped.ask("POST", "/uploads", upload).status == 201
    assert office.ask("GET", "/api/audit/cases", **session).code == "not_allowed"


def test_the_hour_at_the_counter_ends(office: Office, laras: Officer) -> None:
    helped = Assisted(office, laras, "sejam@pemohon.contoh.id")
    office.hands.move(minutes=61)
    assert helped.ask("GET").code == "session_expired"


def test_without_the_code_nothing_begins(office: Office, laras: Officer) -> None:
    email = "tanpa.kode@pemohon.contoh.id"
    body = {"email": email, "code": "000000", "application_type": "new"}
    assert at_counter(office, laras, "POST", "/applications", body).code == "sign_in_failed"
    code = read_out(office, laras, email)
    right = {**body, "code": code}
    other = at_counter(office, laras, "POST", "/applications", {**right, "email": "lain@pemohon.contoh.id"})
    assert other.code == "sign_in_failed"
    colleague = office.desk.people.officer("cs-2")
    assert at_counter(office, colleague, "POST", "/applications", right).code == "sign_in_failed"
    assert at_counter(office, laras, "POST", "/applications", right).status == 201
    assert at_counter(office, laras, "POST", "/applications", right).code == "sign_in_failed"


def test_the_code_to_sign_in_is_no_consent(office: Office, laras: Officer) -> None:
    email = "masuk@pemohon.contoh.id"
    assert office.ask("POST", "/api/sign-in", {"email": email, "role": "applicant"}).status == 202
    challenge = office.desk.people.challenge(f"sign-in-{account_id('applicant', email)}")
    assert challenge is not None
    code = code_of(challenge, office.desk.keyring().newest())
    body = {"email": email, "code": code, "application_type": "new"}
    assert at_counter(office, laras, "POST", "/applications", body).code == "sign_in_failed"


@pytest.mark.parametrize("email", [LARAS, LARAS.upper(), LARAS.replace("@", "+pemohon@")])
def test_the_officers_own_address_is_no_applicants(office: Office, laras: Officer, email: str) -> None:
    assert at_counter(office, laras, "POST", "/consent", {"email": email}).code == "own_contact"
    body = {"email": email, "code": "000000", "application_type": "new"}
    assert at_counter(office, laras, "POST", "/applications", body).code == "own_contact"


def test_no_code_of_consent_goes_to_any_officer(office: Office, laras: Officer) -> None:
    email = office.desk.people.officer("sub-1").email
    read_out(office, laras, email)
    before = len(mails())
    challenge_id = f"assist-cs-1-{account_id('applicant', email)}"
    deliveries.deliver({"challenge_id": challenge_id, "to": email, "officer": "cs-1"}, office.desk)
    assert len(mails()) == before


def test_the_mail_with_the_code_holds_the_words_that_are_agreed_to(office: Office, laras: Officer) -> None:
    email = "kata@pemohon.contoh.id"
    code = read_out(office, laras, email)
    challenge_id = f"assist-cs-1-{account_id('applicant', email)}"
    deliveries.deliver({"challenge_id": challenge_id, "to": email, "officer": "cs-1"}, office.desk)
    mail = mails()[-1]
    assert (mail["To"], code in mail["Subject"]) == (email, True)
    assert consent_words("Laras Kinanti")["id"] in text_of(mail)
    assert "petugas tidak pernah memintanya" not in text_of(mail)


def _mailed(office: Office, email: str) -> list[Any]:
    before = len(mails())
    event = {"counter_for": email, "name": "c" * 24, "at": office.desk.clock.now().isoformat()}
    deliveries.deliver(event, office.desk)
    return mails()[before:]


def test_the_link_comes_to_officers_of_the_first_desk_alone(office: Office) -> None:
    (mail,) = _mailed(office, LARAS)
    (token,) = set(re.findall(r"/loket/#(\S+)", text_of(mail)))
    shown = office.ask("GET", "/api/counter", X_Sanggar_Link=token).json
    assert shown["officer"] == "Laras Kinanti"
    assert shown["consent"] == consent_words("Laras Kinanti")
    assert mail["To"] == LARAS
    assert _mailed(office, "bagas.wiratmaja@kantor.contoh.id") == []
    assert _mailed(office, "siapa@contoh.id") == []


def test_the_counter_stays_closed_while_nobody_else_could_check(office: Office) -> None:
    other = office.desk.people.officer("cs-2")
    office.desk.people.save_officer(msgspec.structs.replace(other, active=False))
    try:
        (mail,) = _mailed(office, LARAS)
    finally:
        office.desk.people.save_officer(other)
    assert "/loket/#" not in text_of(mail)
    assert "belum dapat dibuka" in mail["Subject"]


def test_whoever_asks_for_the_link_learns_nothing(office: Office) -> None:
    for email in ("loket.satu@kantor.contoh.id", "wening.larasati@kantor.contoh.id"):
        told = [office.ask("POST", "/api/counter/link", {"email": email}) for _ in range(TRIES + 1)]
        assert [one.status for one in told] == [202] * TRIES + [429]
        assert told[0].json["sent_to"].endswith("***@kantor.contoh.id")


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"purpose": REVIEW}, "link_misused"),
        ({"purpose": "assisting"}, "link_misused"),
        ({"subject": "sub-1"}, "link_misused"),
        ({"subject": "nobody"}, "link_misused"),
        ({"role": "head"}, "link_misused"),
        ({"expires": 1}, "link_expired"),
    ],
    ids=str,
)
def test_a_link_for_something_else_opens_no_counter(
    office: Office, laras: Officer, other: dict[str, Any], code: str
) -> None:
    token = link(office, laras, **other)
    body = {"email": EMAIL, "code": "000000", "application_type": "new"}
    for method, path, sent in (
        ("GET", "", None),
        ("POST", "/consent", {"email": EMAIL}),
        ("POST", "/applications", body),
    ):
        assert office.ask(method, f"/api/counter{path}", sent, X_Sanggar_Link=token).code == code


def test_an_officer_who_left_the_desk_opens_no_counter(office: Office, laras: Officer) -> None:
    token = link(office, laras)
    office.desk.people.save_officer(msgspec.structs.replace(laras, active=False))
    try:
        assert office.ask("GET", "/api/counter", X_Sanggar_Link=token).code == "link_misused"
    finally:
        office.desk.people.save_officer(laras)


def test_a_session_for_one_case_is_no_link_and_a_link_no_session(office: Office, laras: Officer) -> None:
    helped = Assisted(office, laras, "bukan.tautan@pemohon.contoh.id")
    assert office.ask("GET", "/api/counter", X_Sanggar_Link=helped.session).code == "link_misused"
    told = office.ask("GET", "/api/applications", Authorization=f"Bearer {link(office, laras)}")
    assert told.code == "session_invalid"

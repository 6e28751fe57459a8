"""The links for uploading without script: how they come, and when they open nothing."""

import json
import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import msgspec
import pytest

from chalicelib.accounts.tries import TRIES
from chalicelib.links.signing import sign, verify
from chalicelib.steps.review import REVIEW
from chalicelib.steps.upload_links import UPLOAD
from chalicelib.tasks import deliveries
from chalicelib.web.routes import FORM
from local.person import text_of
from tests.crashes.walk import mails
from tests.web.office import Office, Told
from tests.web.plain_uploads import LANGUAGES, RETURN, link, press, returned, words


@pytest.fixture(scope="module")
def draft(_office: Office) -> str:
    """A draft that no test here may change."""
    return _office.applicant().draft()


def _everywhere(office: Office, token: str) -> list[Told]:
    return [
        told
        for language in LANGUAGES
        for told in (
            office.ask("GET", f"{language}/u/{token}"),
            office.ask("GET", f"{language}/u/{token}/ktp"),
            press(office, f"{language}/u/{token}/ktp"),
        )
    ]


def _refused(office: Office, case_id: str, token: str, status: int, sentence: str) -> None:
    before = office.case(case_id)
    pages = _everywhere(office, token)
    assert {page.status for page in pages} == {status}
    assert sentence in words(pages[0])
    assert all(f'class="button" href="{at}u"' in page.text for page, at in zip(pages, "/" * 3, strict=False))
    assert office.case(case_id) == before


def test_an_expired_link_opens_nothing(office: Office, draft: str) -> None:
    token = link(office, draft)
    office.hands.move(days=3)
    _refused(office, draft, token, 410, "Tautan ini sudah tidak berlaku. Minta tautan baru.")


@pytest.mark.parametrize(
    "how", [lambda t: t[:-1], lambda t: f"{t}x", lambda t: t.swapcase(), lambda t: f"é{t}"]
)
def test_an_altered_link_opens_nothing(office: Office, draft: str, how: Any) -> None:
    _refused(office, draft, how(link(office, draft)), 403, "Sebagian tautan hilang atau berubah.")


@pytest.mark.parametrize(
    "other",
    [{"purpose": REVIEW}, {"purpose": "session"}, {"subject": "x" * 24}, {"case": "case-" + "0" * 32}],
    ids=str,
)
def test_a_link_for_something_else_opens_nothing(office: Office, draft: str, other: dict[str, Any]) -> None:
    keyring = office.desk.keyring()
    claims = verify(link(office, draft), UPLOAD, keyring, office.desk.clock.now())
    token = sign(msgspec.structs.replace(claims, **other), keyring)
    _refused(office, draft, token, 403, "Tautan ini dibuat untuk keperluan lain.")


def test_a_link_opens_nothing_else(office: Office, draft: str) -> None:
    token = link(office, draft)
    assert office.ask("GET", "/api/review", X_Sanggar_Link=token).code == "link_misused"
    told = office.ask("GET", "/api/applications", Authorization=f"Bearer {token}")
    assert told.code == "session_invalid"


def test_a_link_is_spent_when_the_case_moves_on(office: Office) -> None:
    person = office.applicant()
    case_id = person.draft()
    of_draft = link(office, case_id)
    body = {"declared_true": True, "send_anyway": True}
    assert person.ask("POST", f"/{case_id}/submission", body).status == 200
    _refused(office, case_id, of_draft, 409, "Permohonan ini sudah dikirim atau berpindah.")
    office.open(case_id, "completeness_check")
    office.decide(case_id, RETURN)
    _refused(office, case_id, of_draft, 409, "Permohonan ini sudah dikirim atau berpindah.")
    of_correction = link(office, case_id)
    assert office.ask("GET", f"/u/{of_correction}").status == 200
    assert person.ask("POST", f"/{case_id}/correction", {"send_anyway": True}).status == 200
    _refused(office, case_id, of_correction, 409, "Permohonan ini sudah dikirim atau berpindah.")
    office.open(case_id, "completeness_check")
    office.decide(case_id, RETURN)
    _refused(office, case_id, of_correction, 409, "Permohonan ini sudah dikirim atau berpindah.")


def test_a_withdrawn_draft_opens_nothing(office: Office) -> None:
    person = office.applicant()
    case_id = person.draft()
    token = link(office, case_id)
    assert person.ask("POST", f"/{case_id}/withdrawal", {}).status == 200
    _refused(office, case_id, token, 409, "Permohonan ini sudah dikirim atau berpindah.")


class Outbox:
    """What the delivery function is asked to do, and does when it is told to."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def send(self, **event: str) -> list[str]:
        """The links that one event mails."""
        before = len(mails())
        deliveries.deliver(
            {"at": self._office.desk.clock.now().isoformat(), "name": "m" * 24, **event}, self._office.desk
        )
        return [found for mail in mails()[before:] for found in re.findall(r"/u/(\S+)", text_of(mail))]


@pytest.fixture
def outbox(office: Office) -> Outbox:
    """The deliveries of this office."""
    return Outbox(office)


def test_a_link_comes_by_mail_for_each_open_case_and_to_its_own_applicant(
    office: Office, outbox: Outbox
) -> None:
    person = office.applicant()
    drafts = {person.draft(), person.draft(), returned(office, person)}
    person.sent()
    account = office.case(next(iter(drafts))).applicant_id
    tokens = outbox.send(applicant_id=account)
    opened = [verify(token, UPLOAD, office.desk.keyring(), office.desk.clock.now()) for token in tokens]
    assert {claims.case for claims in opened} == drafts
    assert all(office.ask("GET", f"/u/{token}").status == 200 for token in tokens)
    assert {mail["To"] for mail in mails()[-3:]} == {person.email}


def test_an_account_that_is_none_is_mailed_nothing(outbox: Outbox) -> None:
    assert outbox.send(applicant_id="0" * 24) == []


def ask(office: Office, email: str, language: str = "") -> Told:
    """The form for a mail address as a browser sends it."""
    return office.ask("POST", f"{language}/u", urlencode({"email": email}), Content_Type=FORM)


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_asks_for_links_learns_nothing_of_the_address(office: Office, language: str) -> None:
    assert office.ask("GET", f"{language}/u").status == 200
    person = office.applicant()
    person.draft()
    known, unknown = ask(office, person.email, language), ask(office, "bukan.siapa@contoh.id", language)
    assert (known.status, known.text, known.headers) == (unknown.status, unknown.text, unknown.headers)
    assert known.status == 200


def test_asking_has_an_end_alike_for_every_address(office: Office) -> None:
    person = office.applicant()
    person.draft()
    for email in (person.email, "tidak.dikenal@contoh.id"):
        assert [ask(office, email).status for _ in range(TRIES + 1)] == [200] * TRIES + [429]
        assert "Coba lagi Selasa, 24 November 2026, pukul 09.15 WIB" in words(ask(office, email))
    office.hands.move(minutes=15)
    assert ask(office, person.email).status == 200


@pytest.mark.parametrize(
    "typed",
    ["", "tanpa-at", "a@b", "a@contoh.id\nBcc: b@contoh.id", "<script>@contoh.id", "a" * 290 + "@c.id"],
)
def test_an_address_that_is_none_is_told_and_not_written_back(office: Office, typed: str) -> None:
    told = ask(office, typed)
    assert told.status == 400
    assert "Tulis alamat email yang benar" in words(told)
    assert not typed or typed not in unescape(told.text).split("</style>")[1]


def test_the_mail_of_a_returned_application_holds_the_link(office: Office) -> None:
    case_id = returned(office, office.applicant())
    before = len(mails())
    deliveries.deliver({"case_id": case_id}, office.desk)
    (letter,) = [mail for mail in mails()[before:] if "diperbaiki" in mail["Subject"]]
    (token,) = set(re.findall(r"/u/(\S+)", text_of(letter)))
    claims = verify(token, UPLOAD, office.desk.keyring(), office.desk.clock.now())
    correction = office.case(case_id).correction
    assert correction is not None
    assert claims.expires == int(correction.until.timestamp())
    assert office.ask("GET", f"/u/{token}").status == 200
    assert json.dumps(msgspec.to_builtins(claims)).find("@") == -1

"""The tracker as a page: what it says at each stage, what it never says, and how it answers to guessing."""

import re
from html import unescape
from urllib.parse import unquote, urlencode

import pytest

from chalicelib.accounts.tries import TRIES
from tests.web.office import FORM, NATIONAL_ID, Applicant, Office, Told

RETURN = {
    "decision": "return",
    "reasons": ["missing_document:ktp"],
    "message": "Untuk Bu Sari di Dusun Contoh.",
}
PERSONAL = [
    *(FORM[name] for name in ("group_name", "group_address", "village", "leader_name", "phone")),
    NATIONAL_ID,
    FORM["phone"][-4:],
    "@pemohon.contoh.id",
    RETURN["message"],
]
LANGUAGES = ("", "/en")


def tracker(office: Office, case_id: str, language: str = "") -> Told:
    """The page by its private link."""
    return office.ask("GET", f"{language}/l/{office.case(case_id).tracking_code}")


def words(told: Told) -> str:
    """What is read on the page."""
    return unescape(re.sub(r"<[^>]+>", " ", told.text.split("</style>")[1]))


def by_phone(office: Office, number: str, last4: str, language: str = "") -> Told:
    """The form as a browser without script sends it."""
    body = urlencode({"number": number, "phone_last4": last4})
    return office.ask("POST", f"{language}/l", body, Content_Type="application/x-www-form-urlencoded")


def test_the_page_says_the_steps_the_standards_the_turn_and_the_deadline(office: Office) -> None:
    case_id = office.applicant().sent()
    office.open(case_id, "completeness_check")
    page = tracker(office, case_id)
    said = words(page)
    assert page.status == 200
    for told in (
        "Sedang diproses",
        f"Nomor permohonan {office.case(case_id).number}".split()[-1],
        "Kelengkapan diperiksa oleh Customer Service",
        "standar 1 hari kerja",
        "standar 30 menit",
        "Sekarang giliran kantor: Customer Service.",
        "Selesai Selasa, 24 November 2026, pukul 09.00 WIB",
        "Sedang berjalan, paling lambat Rabu, 25 November 2026, pukul 09.00 WIB",
        "Belum mulai",
        "Keadaan pada Selasa, 24 November 2026, pukul 09.00 WIB.",
    ):
        assert told in said
    steps = page.text.partition('id="tracking-steps"')[2].partition("</ol>")[0]
    assert steps.count("<li") == 6
    assert steps.count('aria-current="step"') == 1


def test_the_english_page_is_english_and_leads_to_the_other_one(office: Office) -> None:
    case_id = office.applicant().sent()
    office.open(case_id, "completeness_check")
    page = tracker(office, case_id, "/en")
    assert '<html lang="en">' in page.text
    assert "It is the office's turn: Customer Service." in words(page)
    assert f'href="/l/{office.case(case_id).tracking_code}" lang="id"' in page.text


def stages(office: Office) -> list[str]:
    """A case in every stage that the page knows."""
    person = office.applicant()
    draft, returned, late, withdrawn, issued = person.draft(), *(person.sent() for _ in range(4))
    person.ask("POST", f"/{withdrawn}/withdrawal", {"reason": PERSONAL[3]})
    office.open(returned, "completeness_check")
    assert office.decide(returned, RETURN).status == 200
    office.open(late, "completeness_check")
    office.issue(issued)
    return [draft, returned, late, withdrawn, issued]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_personal_is_on_the_page_at_any_stage(office: Office, language: str) -> None:
    cases = stages(office)
    office.hands.move(seconds=4 * 24 * 3600)
    for case_id in cases:
        page = tracker(office, case_id, language)
        calendar = office.ask("GET", f"{language}/l/{office.case(case_id).tracking_code}/kalender.ics")
        for private in [*PERSONAL, case_id, office.case(case_id).applicant_id, "cs-1", "kepala-1"]:
            assert private not in page.text, (case_id, private)
            assert private not in calendar.text
        assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert '<meta name="robots" content="noindex, nofollow">' in page.text
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["Cache-Control"] == "private, no-cache"
        policy = page.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy


def test_while_the_applicant_corrects_it_is_their_turn_and_their_time(office: Office) -> None:
    person = office.applicant()
    case_id = person.sent()
    office.open(case_id, "completeness_check")
    office.hands.move(seconds=3600)
    assert office.decide(case_id, RETURN).status == 200
    office.hands.move(seconds=2 * 24 * 3600)
    said = " ".join(words(tracker(office, case_id)).split())
    assert "Sekarang giliran pemohon" in said
    assert "Perbaikan paling lambat" in said
    assert "Di kantor 1 jam pada jam kerja" in said
    assert "Di pemohon 15 jam pada jam kerja" in said
    person.session = office.sign_in("applicant", person.email)
    assert person.ask("POST", f"/{case_id}/correction", {"send_anyway": True}).status == 200
    office.open(case_id, "completeness_check")
    office.hands.move(seconds=1800)
    said = " ".join(words(tracker(office, case_id)).split())
    assert "Di kantor 1 jam 30 menit pada jam kerja" in said
    assert "Di pemohon 15 jam pada jam kerja" in said


def test_who_is_kept_waiting_reads_an_apology_and_the_way_to_complain(office: Office) -> None:
    case_id = office.applicant().sent()
    office.open(case_id, "completeness_check")
    assert 'id="late"' not in tracker(office, case_id).text
    office.hands.move(seconds=24 * 3600 + 2 * 3600)
    assert "Terlambat 2 jam pada jam kerja. Kami minta maaf." in words(tracker(office, case_id))
    office.hands.move(seconds=2 * 24 * 3600)
    page = tracker(office, case_id)
    assert "Terlambat 2 hari kerja. Kami minta maaf." in words(page)
    assert f'href="/pengaduan/#{office.case(case_id).number}"' in page.text
    assert "Seharusnya selesai Rabu, 25 November 2026, pukul 09.00 WIB" in words(page)


def test_a_holiday_in_the_count_is_named(office: Office) -> None:
    office.hands.move(seconds=30 * 24 * 3600 - 24 * 3600)  # Wednesday, 23 December 2026
    case_id = office.applicant().sent()
    office.open(case_id, "completeness_check")
    said = words(tracker(office, case_id))
    assert "Jumat, 25 Desember 2026 libur (Hari Raya Natal), tidak dihitung." in said
    assert "26 Desember" not in said  # a Saturday
    assert "Christmas Day" in words(tracker(office, case_id, "/en"))


def test_number_and_phone_lead_to_the_private_link(office: Office) -> None:
    case = office.case(office.applicant().sent())
    for language in LANGUAGES:
        told = by_phone(office, f" {case.number.lower()} ", "1234", language)
        assert (told.status, told.headers["Location"]) == (303, f"{language}/l/{case.tracking_code}")
        assert told.headers["Cache-Control"] == "no-store"


def test_an_unknown_number_and_a_wrong_phone_get_the_same_answer(office: Office) -> None:
    case = office.case(office.applicant().sent())
    wrong = by_phone(office, case.number, "9999")
    unknown = by_phone(office, "NKS-2026-99998", "9999")
    assert (wrong.status, unknown.status) == (404, 404)
    assert unknown.headers == wrong.headers
    assert "Nomor tidak ditemukan" in words(wrong)
    assert unknown.text.replace("NKS-2026-99998", case.number) == wrong.text


@pytest.mark.parametrize("real", [True, False])
def test_guessing_is_stopped_alike_for_a_real_and_an_unknown_number(office: Office, *, real: bool) -> None:
    number = office.case(office.applicant().sent()).number if real else "NKS-2026-99999"
    statuses = [by_phone(office, number, f"{digits:04}").status for digits in range(TRIES + 1)]
    assert statuses == [404] * TRIES + [429]
    assert by_phone(office, number, "1234").status == 429
    told = office.ask("POST", "/api/tracking", {"number": number, "phone_last4": "1234"})
    assert (told.status, told.code) == (429, "too_many")
    assert "pukul 09.15 WIB" in words(by_phone(office, number, "1234"))
    office.hands.move(seconds=15 * 60)
    assert by_phone(office, number, "1234").status == (303 if real else 404)


def test_whoever_knows_the_phone_is_never_locked_out(office: Office) -> None:
    number = office.case(office.applicant().sent()).number
    assert {by_phone(office, number, "1234").status for _ in range(2 * TRIES)} == {303}


def test_a_private_code_is_no_number(office: Office) -> None:
    """Whoever holds the last digits of a phone cannot use a code as a number, nor learn that it is one."""
    case = office.case(office.applicant().sent())
    assert by_phone(office, case.tracking_code, "1234").status == 404


@pytest.mark.parametrize("typed", ['"><script>alert(1)</script>', NATIONAL_ID, "x" * 60])
def test_what_was_typed_is_never_said_again_unless_it_is_a_number_of_ours(office: Office, typed: str) -> None:
    told = by_phone(office, typed, "9" * 12)
    assert told.status == 400
    assert typed not in unescape(told.text)
    assert "9" * 12 not in told.text


@pytest.mark.parametrize("body", [b"\xff=1".decode("latin-1"), "&".join(["a=1"] * 30), "number=" + "1" * 70])
def test_a_form_that_no_page_of_ours_sends_is_told_so_on_a_page(office: Office, body: str) -> None:
    told = office.ask("POST", "/l", body, Content_Type="application/x-www-form-urlencoded")
    assert told.status == 400
    assert told.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("code", ["0" * 32, "x", "0" * 31 + "g", "0" * 200])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_that_leads_nowhere_says_so_and_leads_on(office: Office, code: str, language: str) -> None:
    told = office.ask("GET", f"{language}/l/{code}")
    assert told.status == 404
    assert told.headers["Content-Type"].startswith("text/html")
    assert f'class="button" href="{language}/lacak/"' in told.text


def test_the_message_to_share_holds_the_number_and_the_link_alone(office: Office) -> None:
    case = office.case(office.applicant().sent())
    page = tracker(office, case.case_id)
    (link,) = re.findall(r'id="share-link"[^>]*href="https://wa\.me/\?text=([^"]+)"', page.text)
    site = office.desk.settings.site_url
    assert unquote(link) == (
        f"Permohonan Nomor Induk Kesenian {case.number}. Lacak di {site}/l/{case.tracking_code}"
    )
    assert page.text.partition('<div class="paper code">')[2].startswith("<svg")


def _calendar(office: Office, person: Applicant, language: str = "") -> tuple[Told, str]:
    case_id = person.sent()
    office.open(case_id, "completeness_check")
    return office.ask("GET", f"{language}/l/{office.case(case_id).tracking_code}/kalender.ics"), case_id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_deadline_goes_into_a_calendar(office: Office, language: str) -> None:
    told, case_id = _calendar(office, office.applicant(), language)
    assert told.headers["Content-Type"] == "text/calendar; charset=utf-8"
    lines = told.text.replace("\r\n ", "").split("\r\n")
    facts = dict(line.split(":", 1) for line in lines if line)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert facts["DTSTART"] == "20261127T030000Z"
    assert facts["SUMMARY"].startswith(f"Nomor Induk Kesenian {office.case(case_id).number}")
    assert facts["SUMMARY"].endswith("latest" if language else "selesai")
    assert all(len(line.encode()) <= 75 for line in told.text.split("\r\n"))


def test_a_moved_deadline_takes_the_place_of_the_earlier_one(office: Office) -> None:
    before, case_id = _calendar(office, office.applicant())
    office.decide(case_id, RETURN)
    after = office.ask("GET", f"/l/{office.case(case_id).tracking_code}/kalender.ics")

    def fact(told: Told, name: str) -> str:
        return str(re.findall(rf"{name}:(.*)\r\n", told.text)[0])

    assert fact(before, "UID") == fact(after, "UID")
    assert int(fact(before, "SEQUENCE")) < int(fact(after, "SEQUENCE"))
    assert "kirim perbaikan" in after.text.replace("\r\n ", "")


def test_there_is_no_calendar_without_a_deadline(office: Office) -> None:
    case = office.case(office.applicant().draft())
    assert office.ask("GET", f"/l/{case.tracking_code}/kalender.ics").status == 404

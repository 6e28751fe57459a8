"""What an applicant has of the permit once it is out: number, file, ways to share, print and check it."""

import json
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.site import answers
from tests.site.office import Office
from tests.site.service import served

pytestmark = pytest.mark.browser
CASE = "/permohonan/isi/#c1"


@pytest.fixture
def issued(signed_in: Page, office: Office) -> Page:
    """The page of an application whose permit is out."""
    office.app = answers.issued()
    signed_in.goto(CASE)
    expect(signed_in.locator("#section-permit")).to_be_visible()
    return signed_in


def test_the_certificate_tells_number_validity_size_and_when_to_renew(issued: Page) -> None:
    expect(issued.locator("#case-title")).to_have_text("Sertifikat Anda sudah terbit")
    expect(issued.locator("#permit-facts")).to_contain_text("430/0001/424.086/2026")
    expect(issued.locator("#permit-facts")).to_contain_text("Sabtu, 25 November 2028")
    expect(issued.locator("#download-permit")).to_have_text("Unduh (PDF, 184 KB)")
    expect(issued.locator("#permit-renewal")).to_contain_text("mulai Selasa, 26 September 2028")
    expect(issued.locator("#check-link")).to_have_attribute("href", "https://izin.contoh.id/v/AB12CD34")
    expect(issued.locator("#rate-service")).to_have_attribute("href", "/penilaian/#k7Qp2mTrackingCode")


def test_what_is_shared_names_the_permit_and_nobody(issued: Page) -> None:
    shared = unquote(issued.get_attribute("#share-permit", "href") or "")
    assert shared == (
        "https://wa.me/?text=Nomor Induk Kesenian 430/0001/424.086/2026 sudah terbit. "
        "Periksa keasliannya di https://izin.contoh.id/v/AB12CD34"
    )


def test_a_permit_whose_size_was_not_kept_is_downloaded_all_the_same(signed_in: Page, office: Office) -> None:
    office.app = answers.issued()
    office.app["permit"]["size"] = None
    signed_in.goto("/en/permohonan/isi/#c1")
    expect(signed_in.locator("#download-permit")).to_have_text("Download (PDF)")
    signed_in.click("#download-permit")
    signed_in.wait_for_url("**/preview.svg")


def test_on_paper_the_certificate_stands_alone_on_one_page(issued: Page, tmp_path: Path) -> None:
    file = tmp_path / "page.pdf"
    issued.pdf(path=file, format="A4")
    paper = pypdfium2.PdfDocument(file)
    assert len(paper) == 1
    words = paper[0].get_textpage().get_text_range()
    assert "430/0001/424.086/2026" in words
    assert "izin.contoh.id/v/AB12CD34" in words
    assert not [word for word in ("Perkembangan", "Unduh", "Batalkan", "Nilai layanan") if word in words]


@pytest.mark.skipif(not shutil.which("zbarimg"), reason="needs zbar-tools")
def test_the_code_on_the_page_leads_to_the_check_of_this_very_permit(
    browser: Browser, public: Path, tmp_path: Path
) -> None:
    with served(public) as (url, office):
        person = office.applicant()
        # The signer runs an event loop of its own, and an open browser has one in this thread.
        with ThreadPoolExecutor(1) as elsewhere:
            case = elsewhere.submit(lambda: office.issue(person.sent())).result()
        assert case.permit
        session = {"session": person.session, "lasts_seconds": 3600, "until": 4070908800000}
        context = browser.new_context(base_url=url, viewport={"width": 360, "height": 740})
        page = context.new_page()
        page.add_init_script(f"localStorage.setItem('sanggar.session.applicant', {json.dumps(session)!r})")
        page.goto(f"/permohonan/isi/#{case.case_id}")
        expect(page.locator("#download-permit")).to_contain_text(f"{-(-case.permit.size // 1000)} KB")
        page.locator("#permit-qr").screenshot(path=tmp_path / "code.png")
        context.close()
    read = ["zbarimg", "--quiet", "--raw", str(tmp_path / "code.png")]
    told = subprocess.run(read, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603
    assert told == f"{url}/v/{case.permit.check_code}"


def test_a_renewal_is_one_press_away(issued: Page) -> None:
    asked: list[object] = []

    def draft(route: Route) -> None:
        asked.append(route.request.post_data_json)
        route.fulfill(status=201, json={"case_id": "c2"})

    issued.route("**/api/applications", draft)
    with issued.expect_request("**/api/applications/c2"):
        issued.click("#renew-permit")
    assert asked == [{"application_type": "renewal", "renews": "430/0001/424.086/2026"}]


def test_a_renewal_asks_why_and_a_new_application_does_not(signed_in: Page, office: Office) -> None:
    form = dict(answers.FORM, application_type="renewal", previous_permit_number="430/0001/424.086/2026")
    office.app = answers.application("draft", form=form)
    office.app["application_type"] = "renewal"
    signed_in.goto(f"{CASE}/kelompok")
    expect(signed_in.locator("#renewal_reason")).to_have_value("")
    assert signed_in.locator("#renewal_reason option").all_inner_texts() == [
        "Masa berlakunya hampir habis",
        "Ketua berganti",
        "Isi sertifikat salah",
        "Sertifikat hilang",
    ]
    office.app = answers.application("draft", form=dict(answers.FORM))
    signed_in.reload()
    expect(signed_in.locator("#group_name")).to_be_visible()
    expect(signed_in.locator("#renewal_reason")).to_be_hidden()


@pytest.mark.parametrize(
    ("status", "said"),
    [("revoked", "sudah dicabut. Alasan: Kelompok bubar."), ("replaced", "sudah diganti. Kelompok bubar.")],
)
def test_a_permit_that_stands_no_more_says_so_and_is_not_renewed(
    signed_in: Page, office: Office, status: str, said: str
) -> None:
    office.app = answers.issued()
    office.app["permit"] |= {"status": status, "status_reason": "Kelompok bubar"}
    signed_in.goto(CASE)
    expect(signed_in.locator("#permit-gone")).to_contain_text(said)
    expect(signed_in.locator("#renew-permit")).to_be_hidden()
    expect(signed_in.locator("#permit-renewal")).to_be_hidden()

"""People before a browser: they click, type, look into their mail, and a picture is taken of what they see."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from playwright.sync_api import Browser, Page, ViewportSize, expect

from local.bundle import Bundle
from local.people import office, passphrase_of
from local.person import Person
from local.stack import Stack

PICTURES = Path(__file__).parents[2] / "build" / "screenshots"
PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)  # documents are really read, on whatever machine this is
RECOMMENDATION = "Kelompok aktif berlatih dan layak diberi Nomor Induk Kesenian."


class Walker:
    """One person with a browser of their own and a mailbox."""

    def __init__(self, stack: Stack, page: Page, email: str) -> None:
        self.page = page
        self.mail = Person(stack.url, stack.mailbox, email)

    def picture(self, name: str) -> None:
        """Writes what the page shows, whole, to `build/screenshots/NAME.png`."""
        self.page.screenshot(path=PICTURES / f"{name}.png", full_page=True)

    def pictures(self, name: str) -> None:
        """The same at the width of a desk's screen and at that of a phone's."""
        self.picture(f"{name}-1280")
        self.page.set_viewport_size(PHONE)
        self.picture(f"{name}-360")
        self.page.set_viewport_size(DESK)

    def type_code(self, asks: Callable[[], object]) -> None:
        """Types the digits of the mail that comes when `asks` is done."""
        code = self.mail.code(asks)
        self.page.fill("#code", code)


class Applicant(Walker):
    """The leader of a group, with a phone."""

    def __init__(self, stack: Stack, page: Page, email: str, bundle: Bundle) -> None:
        super().__init__(stack, page, email)
        self._form = bundle.form
        self._uploads = bundle.uploads

    def register(self) -> None:
        """From the front page to an account."""
        page = self.page
        page.goto("/")
        page.click("#apply")
        page.click("#show-register")
        page.fill("#name", self._form["leader_name"])
        page.fill("#phone", "0812 0000 0123")
        page.fill("#email", self.mail.email)
        page.check("#consent")
        self.type_code(lambda: page.click("#send-code"))
        page.click("#verify-code")
        expect(page.locator("#signed-in-as")).to_contain_text(self._form["leader_name"])

    def start(self) -> None:
        """Answers the first question and comes to an empty page for the group."""
        kind = self._form["application_type"]
        self.page.click("#start-application")
        self.page.check("#type-renewal" if kind == "renewal" else "#application_type")
        self.go_on("Data kelompok")

    def go_on(self, title: str) -> None:
        """Presses the one button of the page and comes to the next, which has that title."""
        self.page.click("#go-on")
        expect(self.page.locator("#case-title")).to_have_text(title)

    def fill_in(self, **otherwise: str) -> None:
        """Types the two pages as they are in the bundle, or otherwise."""
        page, form = self.page, self._form | otherwise
        for name in ("group_name", "group_address", "village", "member_count"):
            page.fill(f"#{name}", str(form[name]))
        page.select_option("#art_genre", form["art_genre"])
        page.select_option("#sub_district", form["sub_district"])
        if form["application_type"] == "renewal":
            page.fill("#previous_permit_number", form["previous_permit_number"])
        self.go_on("Data ketua")
        page.click("#i-am-leader")
        page.fill("#national_id", form["national_id"])
        self.picture("03-form-filled")
        self.go_on("Unggah dokumen")

    def upload(self, *slots: str) -> None:
        """Chooses a file for each slot, all given ones by default, and waits until they were read."""
        for slot in slots or self._uploads:
            self.page.set_input_files(f"#{slot}-file", self._uploads[slot])
        for slot in slots or self._uploads:
            expect(self.page.locator(f"#{slot}-delete, #{slot}-read dd").first).to_be_visible()

    def check(self) -> None:
        """Comes to the page with all answers, and waits until they are with the service."""
        self.go_on("Periksa isian sebelum mengirim")
        expect(self.page.locator("#saved")).to_contain_text("Tersimpan pukul")

    def send(self) -> None:
        """Declares that all is true and sends."""
        self.page.check("#declared")
        self.page.click("#send-application")
        expect(self.page.locator("#case-title")).to_have_text("Permohonan terkirim")

    def open(self, case_id: str) -> None:
        """Goes to the list and from there to that application."""
        self.page.click("#back")
        self.page.get_by_test_id(f"application-{case_id}").get_by_role("link").click()

    def number(self) -> str:
        """The number that the application got when it was sent."""
        return self.page.inner_text("#case-name").rsplit(" ", 1)[1]

    def download(self) -> Path:
        """The permit's file as the phone saved it."""
        with self.page.expect_download() as saving:
            self.page.click("#download-permit")
        return Path(saving.value.path())


class Officer(Walker):
    """Somebody of the office, before a desk's screen."""

    def __init__(self, stack: Stack, page: Page, role: str, *, other: int = 0) -> None:
        email = [one["email"] for one in office()["officers"] if one["role"] == role][other]
        super().__init__(stack, page, email)
        self._role = role

    def open(self, number: str) -> None:
        """Opens the link of the next mail about that application."""
        self.page.goto(f"/tinjau/#{self.mail.link('tinjau', number)}")
        expect(self.page.locator("#review")).to_be_visible()

    def approve(self) -> None:
        """Chooses to approve, with the report where one is asked for."""
        self.page.check("#decision-approve")
        if self.page.locator("#report-part").is_visible():
            self._report()
        self.page.click("#to-check")

    def _report(self) -> None:
        """Has the Berita Acara made, with a remark on whatever the page found."""
        for note in self.page.locator("#report-items input").all():
            if not note.input_value():
                note.fill("Diperiksa.")
        self.page.fill("#report_recommendation", RECOMMENDATION)
        self.page.click("#make-report")
        expect(self.page.locator("#report-kept a")).to_be_visible()

    def give_back(self, reason: str, message: str) -> None:
        """Chooses to return the application for that reason."""
        self.page.check("#decision-return")
        closed = self.page.locator("details:not([open])", has=self.page.locator(f"#reason-{reason}"))
        if closed.count():
            closed.locator("summary").click()
        self.page.check(f"#reason-{reason}")
        self.page.fill("#message", message)

    def prove_and_send(self) -> None:
        """Proves who they are by the mailed code, the head by the passphrase."""
        if self._role == "head":
            self.page.fill("#passphrase", passphrase_of("head"))
        else:
            self.type_code(lambda: self.page.click("#request-code"))
        self.page.click("#send-decision")
        expect(self.page.locator("#decided-heading")).to_be_visible()


@contextmanager
def window(browser: Browser, stack: Stack, size: ViewportSize) -> Iterator[Page]:
    """A browser of its own; a fault in a page's script, or a thing that the page's policy stops, fails the walk."""
    context = browser.new_context(base_url=stack.url, viewport=size, locale="id-ID")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert faults == []


def address_in_qr(permit: Path, folder: Path) -> str:
    """What a phone's camera reads from the printed permit."""
    document = pypdfium2.PdfDocument(permit.read_bytes())
    printed = folder / "permit.png"
    document[0].render(scale=150 / 72).to_pil().save(printed)
    document.close()
    read = ["zbarimg", "--quiet", "--raw", str(printed)]
    return subprocess.run(read, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603


def person_with_draft(person: Person, bundle: Bundle) -> str:
    """The case of somebody who has signed in and filled in the form of the bundle, and uploaded nothing yet."""
    person.sign_in("applicant", bundle.form["leader_name"], "081200000123")
    kind = {"application_type": bundle.form["application_type"]}
    case_id = str(person.ask("POST", "/applications", kind)["case_id"])
    person.ask("PUT", f"/applications/{case_id}/form", {**bundle.form, "phone": "081200000123"})
    return case_id

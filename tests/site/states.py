"""Every page in the states that matter, each as the way there."""

import tomllib
from collections.abc import Callable
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page, expect

from tests.site import answers, office_answers, photos
from tests.site.conftest import SESSION
from tests.site.office import Office, Refusal

PAGES = Path(__file__).parents[2] / "site" / "pages.toml"
NEEDS = {
    "rating": "#k7Qp2m",
    "review": f"#{'t' * 40}",
    "inbox": f"#{'i' * 40}",
    "complaint_answer": f"#{'x' * 40}",
    "revoke": f"#{'p' * 40}",
    "revocation": f"#{'r' * 40}",
    "case": "#c1",
}
"""What the address of a page names after `#`."""
KEPT = (
    f"localStorage.setItem('sanggar.session.applicant', {SESSION!r});"
    f"sessionStorage.setItem('sanggar.session.auditor', {SESSION!r})"
)


def _stays(_: object) -> None:
    """Nothing more is done."""


class State(NamedTuple):
    """A page at `path`, with `office` set before it is opened and `then` done on it."""

    name: str
    path: str
    office: Callable[[Office], None] = _stays
    then: Callable[[Page], None] = _stays


def _case(app: answers.Json) -> Callable[[Office], None]:
    def set_office(office: Office) -> None:
        office.app = deepcopy(app)

    return set_office


def _press(button: str) -> Callable[[Page], None]:
    """Sent as it stands, and refused by the page."""

    def act(page: Page) -> None:
        page.click(button)
        expect(page.locator("#problem")).to_be_visible()

    return act


def _broken(path: str) -> Callable[[Office], None]:
    def set_office(office: Office) -> None:
        office.fault[path] = Refusal(503, "unavailable")

    return set_office


def _offline(page: Page) -> None:
    page.context.set_offline(True)
    expect(page.locator("#offline")).to_be_visible()


def _waiting(page: Page) -> None:
    page.check("#declared")
    page.context.set_offline(True)
    page.click("#send-application")
    expect(page.locator("#waiting")).to_be_visible()


def _changed_twice(page: Page) -> None:
    other = page.context.new_page()
    for tab, name in ((other, "Sanggar Tab Dua"), (page, "Sanggar Tab Satu")):
        tab.goto(f"{CASE}/kelompok")
        expect(tab.locator("#village")).to_have_value(str(answers.FORM["village"]))
        tab.evaluate(
            "document.addEventListener('visibilitychange', (event) => event.stopImmediatePropagation(), true)"
        )
        tab.fill("#group_name", name)
    for tab in (other, page):
        tab.locator("#go-on").focus()
        expect(tab.locator("#saved")).to_contain_text("Tersimpan pukul")
    other.close()
    expect(page.locator("#group_name-other")).to_be_visible()


def _complained(page: Page) -> None:
    page.check("#kind")
    page.fill("#text", "Permohonan saya belum selesai.")
    page.fill("#contact", "siti@contoh.id")
    page.click("#send-complaint")
    expect(page.locator("#complaint-receipt")).to_be_visible()


def _with_photo(page: Page) -> None:
    drawn = BytesIO()
    photos.page(400, 300).save(drawn, "JPEG")
    page.set_input_files("#photo", {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": drawn.getvalue()})
    expect(page.locator("#photo-drop")).to_be_visible()


def _photo_kept(office: Office) -> None:
    office.photo = {"state": "kept", "url": "/preview.svg"}


def _followed(page: Page) -> None:
    page.fill("#number", "ADU-2026-00007")
    page.fill("#contact", "siti@contoh.id")
    page.click("#show-complaint")
    expect(page.locator("#followed")).to_be_visible()


def _rated(page: Page) -> None:
    page.check("#overall-4")
    page.click("#send-rating")
    expect(page.locator("#rating-closed")).to_be_visible()


def _code_asked(page: Page) -> None:
    page.fill("#email", "siti@contoh.id")
    page.click("#send-code")
    expect(page.locator("#code")).to_be_visible()


def _case_opened(page: Page) -> None:
    page.get_by_test_id("open-c1").click()
    expect(page.locator("#timeline")).to_be_visible()


def _rows(page: Page) -> None:
    if page.locator("#side-rows").is_visible():
        page.click("#side-rows")
    page.locator("[data-row='leader_name:ktp'] [data-which=wrong]").click()
    expect(page.locator("[data-row='leader_name:ktp'] canvas")).to_be_hidden()


def _second_look(office: Office) -> None:
    office.review["changes"] = office_answers.changes()


def _compared(page: Page) -> None:
    page.click("#changes summary")
    expect(page.locator("#changes .pair img")).to_have_count(2)


def _to_be_checked(page: Page) -> None:
    page.check("#decision-return")
    page.check("#reason-group_mismatch-village_letter")
    page.click("#to-check")
    expect(page.locator("#preview")).to_be_visible()


def _to_be_returned(page: Page) -> None:
    page.check("#decision-return")


def _nothing_waits(office: Office) -> None:
    office.inbox["waiting"] = office.inbox["complaints"] = office.inbox["revocations"] = []


FILLED = answers.application(
    "draft",
    form=dict(answers.FORM),
    documents={slot: answers.document(slot) for slot in answers.SLOTS[:3]},
    findings=[answers.MISMATCH],
)
AS_OPENED = [
    State(page["key"], f"{root}{page['path']}{NEEDS.get(page['key'], '')}")
    for page in tomllib.loads(PAGES.read_text())["pages"]
    for root in ("/", "/en/")
]
CASE = "/permohonan/isi/#c1"
STEPS = ("jenis", "kelompok", "ketua", "dokumen", "kirim")
FURTHER = [
    State("registering, empty", "/masuk/#daftar", then=_press("#send-code")),
    State("code asked for", "/masuk/", then=_code_asked),
    State("tracking form, empty", "/lacak/", then=_press("#show-tracking")),
    State("check form, empty", "/periksa/", then=_press("#check-permit")),
    State("start, nothing chosen", "/permohonan/isi/#baru", then=_press("#go-on")),
    State("applications, service out", "/permohonan/", _broken("/api/applications")),
    State("draft, filled in", CASE, _case(FILLED)),
    State("draft, filled in", f"/en{CASE}", _case(FILLED)),
    *(State("draft, filled in", f"{CASE}/{step}", _case(FILLED)) for step in STEPS),
    *(State("draft, filled in", f"/en{CASE}/{step}", _case(FILLED)) for step in STEPS),
    *(State("draft, empty", f"{CASE}/{step}", then=_press("#go-on")) for step in ("kelompok", "ketua")),
    State("draft, not declared", f"{CASE}/kirim", _case(FILLED), _press("#send-application")),
    State("draft, waiting for the line", f"{CASE}/kirim", _case(FILLED), _waiting),
    State("draft, changed in two places", f"{CASE}/kelompok", _case(FILLED), _changed_twice),
    State("draft, offline", CASE, _case(FILLED), _offline),
    State("sent", CASE, _case(answers.application("in_progress"))),
    State("returned", CASE, _case(answers.returned())),
    State("returned", f"/en{CASE}", _case(answers.returned())),
    State("issued", CASE, _case(answers.issued())),
    State("issued", f"/en{CASE}", _case(answers.issued())),
    State("withdrawn", CASE, _case(answers.application("withdrawn"))),
    State("refused", CASE, _case(answers.application("refused"))),
    State("case, service out", CASE, _broken("/api/applications/c1")),
    State("rating, nothing chosen", "/penilaian/#k7Qp2m", then=_press("#send-rating")),
    State("rated", "/penilaian/#k7Qp2m", then=_rated),
    State("complaint, empty", "/pengaduan/", then=_press("#send-complaint")),
    State("complaint, offline", "/pengaduan/", then=_offline),
    State("complained", "/pengaduan/", then=_complained),
    State("complaint, a photo chosen", "/pengaduan/", then=_with_photo),
    State("complaint with a photo", f"/pengaduan/jawab/{NEEDS['complaint_answer']}", _photo_kept),
    State("complaint followed", "/pengaduan/lacak/", then=_followed),
    State("complaint to follow, empty", "/pengaduan/lacak/", then=_press("#show-complaint")),
    State("inbox, nothing chosen", f"/menunggu/{NEEDS['inbox']}", then=_press("#sign-all")),
    State("inbox, empty", f"/menunggu/{NEEDS['inbox']}", _nothing_waits),
    State("revoking, empty", f"/cabut/{NEEDS['revoke']}", then=_press("#send-proposal")),
    State("revocation, empty", f"/pencabutan/{NEEDS['revocation']}", then=_press("#send-decision")),
    State("review, the rows", f"/tinjau/{NEEDS['review']}", then=_rows),
    State("review, a second look", f"/tinjau/{NEEDS['review']}", _second_look, _compared),
    State("review, checking", f"/tinjau/{NEEDS['review']}", then=_to_be_checked),
    State("review, returning", f"/tinjau/{NEEDS['review']}", then=_to_be_returned),
    State("audit, one case", "/audit/", then=_case_opened),
]
STATES = AS_OPENED + FURTHER


def bring(page: Page, office: Office, state: State) -> None:
    """The page in that state, with all that it asks the service for."""
    page.add_init_script(KEPT)
    state.office(office)
    page.goto(state.path)
    state.then(page)
    # The service answers within this process: what is asked for at once has come by then.
    page.wait_for_load_state("networkidle")

"""The stack with something to show: a permit that was issued, an application on its way, and a draft."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from local.bundle import Bundle, own_bundle
from local.clock import set_clock
from local.demo import APPLICANT, PHONE, Journey, opening_of
from local.person import Person
from local.stack import Stack, open_stack

OFFICER = "laras.kinanti@kantor.contoh.id"


class Stage(msgspec.Struct, frozen=True):
    """Where the pages are, who is signed in, and the addresses below the language root that need something to show.

    `session` is what the applicant's browser keeps; `draft` is the id of a draft whose form is filled in.
    """

    url: str
    session: str
    draft: str
    bundle: Bundle
    addresses: dict[str, str]


@contextmanager
def open_stage() -> Iterator[Stage]:
    """Starts a stack of its own, drives one application to its permit, and leaves two more on their way."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        bundle = own_bundle(folder, quick=True)
        clock = set_clock(opening_of(bundle.submitted_on), 1.0)
        with open_stack(port=0, folder=folder, clock=clock) as stack:
            yield _set(stack, bundle, folder)


def _set(stack: Stack, bundle: Bundle, folder: Path) -> Stage:
    journey = Journey(stack, bundle, folder)
    journey.go()
    issued = stack.desk.cases.load(journey.result.case_id)
    person = Person(stack.url, stack.mailbox, APPLICANT)
    session = person.sign_in("applicant", bundle.form["leader_name"], PHONE)
    kept = session | {"until": int((time.time() + session["lasts_seconds"]) * 1000)}
    draft, running = _applied(person, bundle), _applied(person, bundle)
    sent = {"declared_true": True, "send_anyway": True}
    applied = person.ask("POST", f"/applications/{running}/submission", sent)
    tracking, number = applied["tracking_code"], applied["number"]
    addresses = {
        "draft": f"permohonan/isi/#{draft}",
        "documents of a draft": f"permohonan/isi/#{draft}/dokumen",
        "application sent": f"permohonan/isi/#{running}",
        "permit issued": f"permohonan/isi/#{issued.case_id}",
        "rating": f"penilaian/#{issued.tracking_code}",
        "tracker": f"l/{tracking}",
        "inbox": f"menunggu/#{_mailed(stack, 'menunggu', number)}",
        "review": f"tinjau/#{_mailed(stack, 'tinjau', number)}",
        "permit checked": f"v/{issued.permit.check_code}" if issued.permit else "v",
    }
    return Stage(stack.url, json.dumps(kept), draft, bundle, addresses)


def _mailed(stack: Stack, page: str, number: str) -> str:
    """The token of the link to that page, from the mail about the application to the officer of the first desk."""
    return Person(stack.url, stack.mailbox, OFFICER).link(page, number)


def _applied(person: Person, bundle: Bundle) -> str:
    kind = bundle.form["application_type"]
    case = person.ask("POST", "/applications", {"application_type": kind})
    person.ask("PUT", f"/applications/{case['case_id']}/form", {**bundle.form, "phone": PHONE})
    return str(case["case_id"])

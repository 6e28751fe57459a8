"""Cases before the head, and what the head does with them."""

import threading
from collections.abc import Callable

from chalicelib.cases.case import Case
from local.people import passphrase_of
from tests.web.office import Office, Told

SIGN = {"decision": "approve", "passphrase": passphrase_of("head")}


def at_signing(office: Office) -> Case:
    """A new case that lies before the head."""
    return office.open(office.applicant().sent(), "signing")


def review(office: Office, case: Case) -> Told:
    """What the head sees."""
    return office.ask("GET", "/api/review", X_Sanggar_Link=office.link(case))


def sign(office: Office, case: Case, **other: str) -> Told:
    """The head approves."""
    body = {**SIGN, **other}
    return office.ask("POST", "/api/review/decision", body, X_Sanggar_Link=office.link(case))


def said(office: Office, case: Case) -> list[str]:
    """What the trail says of signing, in order."""
    names = [entry.action for entry in office.desk.cases.entries(case.case_id)]
    return [name for name in names if name.startswith("signing.")]


def still_waits(office: Office, case: Case) -> None:
    """Nothing was decided, numbered or published."""
    now = office.case(case.case_id)
    assert now.permit is None
    assert now.current is not None
    assert (now.current.key, now.current.attempt) == ("signing", 1)


def next_number(office: Office, case: Case) -> int:
    """The serial that the next permit gets."""
    return office.desk.cases.next_serial(f"permit-{case.procedure.id}-{office.desk.clock.now().year}").value


def signing_meanwhile(office: Office, case: Case) -> tuple[threading.Thread, list[Told]]:
    """The head approves in a thread; the answer is there when it has ended."""
    told: list[Told] = []
    thread = threading.Thread(target=lambda: told.append(sign(office, case)))
    thread.start()
    return thread, told


def wait_for(happened: Callable[[], bool]) -> None:
    """Until it has happened; fails after ten seconds."""
    pause = threading.Event()
    for _ in range(200):
        if happened():
            return
        pause.wait(0.05)
    raise AssertionError("it did not happen")

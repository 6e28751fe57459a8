"""The one-machine stack: moto's AWS, the shipping template, the real handlers of `app.py`, one web address."""

import os
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from botocore.credentials import Credentials
from moto.server import ThreadedMotoServer
from werkzeug.serving import make_server

from chalicelib.documents.types import Inspection
from chalicelib.steps.desk import Desk
from chalicelib.worktime.now import Clock
from local.aws import environment, fill_bsre_access, open_aws
from local.errands import Errands
from local.esign.service import EsignService
from local.files_gate import PREFIX, FilesGate
from local.mailbox import Mailbox
from local.people import signing_person
from local.template import REGION
from local.web import Web

HOST = "127.0.0.1"
PAGES = Path(__file__).resolve().parent.parent / "site" / "public"


class PortTakenError(Exception):
    """Another program listens on that port already."""


@dataclass(frozen=True)
class Stack:
    """A running stack: where its pages are, where its AWS answers, and what a test may look at."""

    url: str
    aws_url: str
    desk: Desk
    mailbox: Mailbox
    environment: Mapping[str, str]

    def inspections(self, case_id: str) -> dict[str, Inspection]:
        """What was read in the documents of a case, by slot."""
        documents = self.desk.cases.load(case_id).documents
        return {slot: item.inspection for slot, item in documents.items() if item.inspection}


@contextmanager
def open_stack(
    *, port: int, folder: Path, clock: Clock, pages: Path = PAGES, bsre: bool = False
) -> Iterator[Stack]:
    """Starts everything on loopback and stops it again. Port 0 means any free one. Raises PortTakenError.

    With `bsre`, officials sign through a trial service that speaks like BSrE's.
    """
    port, aws_port = free_port(port), free_port()
    url, aws_url = f"http://{HOST}:{port}", f"http://{HOST}:{aws_port}"
    public_files = {"SANGGAR_PUBLIC_FILES_URL": f"{url}{PREFIX}"}
    with ExitStack() as open_things:
        open_things.enter_context(environment({"MOTO_PORT": str(aws_port)}))
        service = EsignService([signing_person()]) if bsre else None
        signing = _reaching(service, open_things.enter_context(service.running())) if service else {}
        desk = open_things.enter_context(open_aws(clock, site_url=url, settings=public_files | signing))
        if service:
            fill_bsre_access(desk, service.secret())
        aws = ThreadedMotoServer(ip_address=HOST, port=aws_port, verbose=False)
        aws.start()
        open_things.callback(aws.stop)
        open_things.enter_context(Errands(clock).running())
        mailbox = Mailbox(folder / "outbox", REGION)
        open_things.enter_context(_served(port, mailbox, pages))
        settings = {name: value for name, value in os.environ.items() if name.startswith("SANGGAR_")}
        yield Stack(url, aws_url, desk, mailbox, settings)


def _reaching(service: EsignService, url: str) -> dict[str, str]:
    return {"SANGGAR_SIGNER": "bsre", "SANGGAR_BSRE_URL": url, "SANGGAR_BSRE_API": service.spoken}


def free_port(wanted: int = 0) -> int:
    """A port that nobody listens on: the wanted one, else any. Raises PortTakenError.

    Asked before anything is started: a stack that finds its port taken must not touch what the other one wrote.
    """
    with socket.socket() as probe:
        probe.setsockopt(
            socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
        )  # as the server does after a quick restart
        try:
            probe.bind((HOST, wanted))
        except OSError as error:
            raise PortTakenError(wanted) from error
        return int(probe.getsockname()[1])


def _credentials() -> Credentials:
    """Those that the functions sign with: moto puts its own into the environment."""
    return Credentials(os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"])


@contextmanager
def _served(port: int, mailbox: Mailbox, pages: Path) -> Iterator[None]:
    import app

    web = Web(app.app, pages, FilesGate(REGION, _credentials()), mailbox)
    server = make_server(HOST, port, web, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join(timeout=10)

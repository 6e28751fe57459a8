"""The log's checkpoints in other hands: on the next permit, in auditors' mail, and under the site's address."""

import contextlib
import io
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chalice.app import Chalice
from werkzeug.serving import make_server
from werkzeug.test import Client

from chalicelib.accounts.people import Account, account_id
from chalicelib.permits.log.leaf import Leaf
from chalicelib.permits.types import PermitRecord
from chalicelib.steps.delivering import deliver_case
from chalicelib.steps.desk import Desk
from chalicelib.steps.log_letters import grouped, tell_auditors
from chalicelib.steps.permit_log import append, publish
from local.clock import Hands
from local.log import key_of
from local.person import text_of
from local.stack import HOST
from local.web import Web
from tests.crashes.log_office import file, issued, seen, signed_permits
from tests.crashes.walk import mails
from tests.tools.logs import main as checker

SECOND = "auditor.kedua@inspektorat.contoh.id"


@pytest.fixture
def visitor(desk: Desk, tmp_path: Path) -> Web:
    """The site's address over that desk, without pages."""
    nothing: Any = None
    return Web(Chalice(app_name="sanggar"), tmp_path, nothing, nothing)


@pytest.fixture
def address(visitor: Web) -> Iterator[str]:
    """Where the log is to be read over HTTP."""
    server = make_server(HOST, 0, visitor, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://{HOST}:{server.server_port}/log"
    server.shutdown()
    thread.join(timeout=10)


def test_a_permit_bears_the_checkpoint_that_was_the_newest_when_it_was_signed(
    desk: Desk, tmp_path: Path
) -> None:
    (first,) = signed_permits(desk, 1)
    assert "buku log" not in _printed(desk, issued(first), tmp_path)
    publish(desk)
    checkpoint, _ = seen(desk)
    (second,) = signed_permits(desk, 1, first=2)
    printed = _printed(desk, issued(second), tmp_path)
    assert (
        f"buku log publik 127.0.0.1:8000/log berisi 1 entri, dengan akar {grouped(checkpoint.root)}"
        in printed
    )


def test_every_auditor_is_mailed_a_checkpoint_once_when_the_log_has_changed(desk: Desk, hands: Hands) -> None:
    desk.people.save_account(
        Account(id=account_id("auditor", SECOND), role="auditor", email=SECOND, name="B")
    )
    assert tell_auditors(desk) == 0
    _enter(desk, 1)
    assert (tell_auditors(desk), tell_auditors(desk)) == (2, 0)
    note = file(desk, "checkpoint").decode()
    _enter(desk, 2)  # the mail is of the checkpoint of that morning, whatever came after
    hands.move(days=1)
    assert tell_auditors(desk) == 2
    for auditor in desk.people.auditors():
        deliver_case(desk, f"log#{auditor.id}")
    told = [mail for mail in mails() if "Buku log izin" in str(mail["Subject"])]
    assert sorted(str(mail["To"]) for mail in told) == sorted([SECOND, "auditor@inspektorat.contoh.id"] * 2)
    assert sum(" ".join(note.split()) in " ".join(text_of(mail).split()) for mail in told) == 2
    hands.move(days=1)
    assert tell_auditors(desk) == 0


def test_the_log_is_shown_under_the_sites_address_with_what_may_be_kept_of_it(
    desk: Desk, visitor: Web
) -> None:
    _enter(desk, 1)
    client = Client(visitor)
    checkpoint, tile = client.get("/log/checkpoint"), client.get("/log/tile/0/000.p/1")
    assert checkpoint.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert checkpoint.headers["Cache-Control"] == "no-cache"
    assert tile.headers["Content-Type"] == "application/octet-stream"
    assert tile.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/log/checkpoints/1").data == checkpoint.data
    for other in (
        "/log/",
        "/log/tile/0/001",
        "/log/../checkpoint",
        "/log/tile/0/000.p/1/x",
        "/log/checkpoints/9",
    ):
        assert client.get(other).status_code == 404


def test_somebody_outside_checks_the_running_log_and_a_permit_over_its_address(
    desk: Desk, address: str, tmp_path: Path
) -> None:
    (walk,) = signed_permits(desk, 1)
    record = issued(walk)
    publish(desk)
    permit = tmp_path / "permit.pdf"
    permit.write_bytes(desk.files.read(desk.settings.permits_bucket, record.object_key, record.version_id))
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        status = checker([address, "--key", key_of(desk), "--permit", str(permit)])
    assert status == 0
    assert f"Entri ke-1: issued, izin {record.permit_number}" in said.getvalue()


def _enter(desk: Desk, number: int) -> None:
    key = f"contoh.id/log+0000000{number}+Ag=="
    append(desk, Leaf(kind="key_changed", key=key, at=desk.clock.now()))
    publish(desk)


def _printed(desk: Desk, record: PermitRecord, folder: Path) -> str:
    pdf = folder / f"{record.check_code}.pdf"
    pdf.write_bytes(desk.files.read(desk.settings.permits_bucket, record.object_key, record.version_id))
    done = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True)  # noqa: S603, S607
    return " ".join(done.stdout.split())
